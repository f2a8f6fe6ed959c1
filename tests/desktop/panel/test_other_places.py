"""The panel in front of a note that it does not see: what was done, and what stands there now."""

import pytest
from PySide6.QtCore import Qt

from core.assist.model import NoteContext
from tests.desktop.fake_link import a_quote, model_chosen, quotes_found

OLD = "我们三月开放。"
NEW = "我们四月开放。"
THEIRS = "我们三月底开放。"


@pytest.fixture
def rewritten(qtbot, panel, ask, note):
    note.context = NoteContext("a.md", title="A", selection=OLD)
    panel.refresh_context()
    asking = ask("改得简洁些")
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say(NEW)
    asking.end(NEW)
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: card.can_replace)
    return card


def replace(qtbot, panel, card):
    with qtbot.waitSignal(panel.replace_requested):
        qtbot.mouseClick(card.actions_row.replace_button, Qt.MouseButton.LeftButton)


def test_what_was_done_is_said_on_the_card_that_asked_for_it(qtbot, panel, rewritten):
    replace(qtbot, panel, rewritten)
    panel.done("Put into “A”.")
    assert rewritten._status.text() == "Put into “A”."


def test_with_no_card_that_asked_there_is_nothing_to_say(panel):
    panel.done("Put into “A”.")
    panel.look_again("place", OLD, NEW)
    assert not panel.conversation.cards


def test_other_words_at_the_place_are_shown_with_what_would_become_of_them(qtbot, panel, rewritten):
    replace(qtbot, panel, rewritten)  # a change of one sign goes ahead unseen
    with qtbot.assertNotEmitted(panel.replace_requested, wait=50):
        panel.look_again("their place", THEIRS, NEW)
        qtbot.waitUntil(lambda: rewritten.review.is_open)
    assert "has changed" in rewritten._status.text()
    with qtbot.waitSignal(panel.replace_requested) as got:
        rewritten.review.accept()
    assert got.args == ["their place", NEW]


def test_where_the_wanted_words_stand_there_already_it_says_so(qtbot, panel, rewritten):
    replace(qtbot, panel, rewritten)
    panel.look_again("their place", NEW, NEW)
    assert not rewritten.review.is_open
    assert "already" in rewritten._status.text()
