"""Ghost text with an engine that is late, silent, gone, or says the same thing twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.complete.model import Fate, Offer
from core.complete.rhythm import Rhythm
from core.settings import GhostSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.ghost_asker import GhostAsker
from desktop.editor.note_document import NoteDocument
from tests.desktop.editor.ghost_desk import ALT, CTRL, suggestion
from tests.desktop.fake_link import FakeLink


@pytest.fixture
def link():
    return FakeLink()


@pytest.fixture
def ask(write, desk, link, qtbot, monkeypatch):
    """Open a text at `|` with an engine behind it; pauses are short, and end when the test says so."""
    monkeypatch.setattr(Rhythm, "pause_s", lambda _self, *, boundary=False: 0.001 if boundary else 0.002)
    bridge = EngineBridge(link)
    desk.asker = GhostAsker(desk.editor, desk.watch, desk.ghost, bridge)
    desk.link, desk.bridge = link, bridge

    def begin(text):
        write(text)
        desk.wait_for = lambda n: qtbot.waitUntil(lambda: len(link.completed) == n)
        desk.rest = lambda: qtbot.waitUntil(lambda: not desk.asker._pause.isActive())
        return desk

    yield begin
    bridge.close()


def asked(desk, words="We"):
    """Type, wait for the look, and return it."""
    before = len(desk.link.completed)
    desk.type(words)
    desk.wait_for(before + 1)
    return desk.link.completed[-1]


def settle():
    """Let everything that was handed over arrive."""
    for _ in range(3):
        QApplication.processEvents()


def test_an_engine_that_never_answers_is_waited_for_by_nobody(ask):
    desk = ask("|")
    look = asked(desk)
    desk.type(" go on writing. ")
    assert desk.text == "We go on writing. "
    assert desk.painted == ""
    desk.wait_for(2)
    assert look.cancelled


def test_an_engine_that_ends_without_a_word_shows_nothing_and_is_asked_again(ask):
    desk = ask("|")
    asked(desk).end()
    settle()
    assert desk.painted == ""
    asked(desk, " open")
    assert desk.link.completed[-1].request.before == "We open"


def test_an_answer_with_nothing_in_it_shows_nothing(ask):
    desk = ask("|")
    asked(desk).offer()
    settle()
    assert (desk.painted, desk.link.outcomes) == ("", [])


def test_an_answer_of_another_revision_is_dropped(ask):
    desk = ask("|")
    look = asked(desk)
    stale = Offer(look.request.revision + 1, (suggestion(" stale"),))
    desk.link.run(look._on_offer, stale)
    settle()
    assert desk.painted == ""


@pytest.mark.parametrize(
    "leave",
    [
        lambda desk, _theme: desk.editor.show_nothing(),
        lambda desk, theme: desk.editor.show_note("b.md", NoteDocument("We", theme, desk.editor)),
        lambda desk, _theme: desk.caret(0),
        lambda desk, _theme: desk.caret(0, 2),
        lambda desk, _theme: desk.key(Qt.Key.Key_Backspace),
        lambda desk, _theme: desk.key(Qt.Key.Key_Z, CTRL),
        lambda desk, _theme: desk.editor.document().rewrite("We, rewritten"),
        lambda desk, _theme: desk.editor.insert_at(None, " from the panel"),
    ],
    ids=["closed", "another note", "moved", "selected", "deleted", "undone", "rewritten", "inserted"],
)
def test_an_answer_that_comes_after_everything_changed_is_never_shown(ask, theme, leave):
    desk = ask("|")
    look = asked(desk)
    leave(desk, theme)
    look.offer(suggestion(" open"))
    settle()
    assert desk.painted == ""
    assert look.cancelled
    assert desk.link.outcomes == []


def test_an_answer_for_a_note_that_became_read_only_is_never_shown(ask):
    desk = ask("|")
    look = asked(desk)
    desk.editor.setReadOnly(True)
    look.offer(suggestion(" open"))
    settle()
    assert desk.painted == ""


def test_an_answer_that_comes_while_an_input_method_composes_is_never_painted_over_it(ask):
    desk = ask("|")
    look = asked(desk)
    desk.compose("kai")
    look.offer(suggestion("开会"))
    settle()
    assert "开会" not in desk.painted
    desk.compose(commit="关")
    assert "开会" not in desk.painted


def test_an_answer_that_was_typed_to_its_end_has_nothing_left_to_show(ask):
    desk = ask("|")
    look = asked(desk)
    desk.type(" open")
    look.offer(suggestion(" open"))
    settle()
    assert desk.painted == ""
    assert Fate.SHOWN not in [outcome.fate for outcome in desk.link.outcomes]


def test_of_a_late_answer_only_what_is_missing_is_shown(ask, qtbot):
    desk = ask("|")
    desk.compose(commit="今天")
    desk.wait_for(1)
    look = desk.link.completed[0]
    desk.compose(commit="开会")
    look.offer(suggestion("休息"), suggestion("开会讨论计划"))
    qtbot.waitUntil(lambda: bool(desk.painted))
    assert desk.painted == "讨论计划"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "今天开会讨论计划"


def test_the_same_answer_twice_is_shown_once(ask, qtbot):
    desk = ask("|")
    look = asked(desk)
    for _ in range(3):
        look.offer(suggestion(" open"))
    qtbot.waitUntil(lambda: bool(desk.painted))
    settle()
    assert desk.painted == " open"
    assert [outcome.fate for outcome in desk.link.outcomes] == [Fate.SHOWN]


def test_an_answer_after_the_end_is_not_listened_to(ask):
    desk = ask("|")
    look = asked(desk)
    look.end()
    look.offer(suggestion(" open"))
    settle()
    assert desk.painted == ""


def test_an_answer_that_grows_behind_what_is_typed_goes_on_from_there(ask, qtbot):
    desk = ask("|")
    look = asked(desk)
    look.offer(suggestion(" open"))
    qtbot.waitUntil(lambda: desk.painted == " open")
    desk.type(" op")
    look.offer(suggestion(" open the beta"))
    qtbot.waitUntil(lambda: desk.painted == "en the beta")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta"


def test_a_taken_part_and_a_late_answer_do_not_double_words(ask, qtbot):
    desk = ask("|")
    look = asked(desk)
    look.offer(suggestion(" open the beta", words=(5, 9, 14)))
    qtbot.waitUntil(lambda: bool(desk.painted))
    desk.key(Qt.Key.Key_Right, CTRL)
    look.offer(suggestion(" open the beta in March", words=(5, 9, 14, 17, 23)))
    qtbot.waitUntil(lambda: desk.painted == " the beta in March")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta in March"


def test_without_an_engine_typing_and_asking_do_nothing_and_harm_nothing(write, desk, qtbot, monkeypatch):
    monkeypatch.setattr(Rhythm, "pause_s", lambda _self, *, boundary=False: 0.001)
    bridge = EngineBridge()
    asker = GhostAsker(desk.editor, desk.watch, desk.ghost, bridge)
    write("|")
    desk.type("We")
    qtbot.waitUntil(lambda: not asker._pause.isActive())
    desk.key(Qt.Key.Key_Backslash, ALT)
    settle()
    assert (desk.text, desk.painted) == ("We", "")
    bridge.close()


def test_switching_it_off_while_a_look_is_under_way_still_lets_the_keys_alone(ask):
    desk = ask("|")
    asked(desk)
    desk.asker.use(GhostSettings(enabled=False))
    desk.type(" x")
    desk.rest()
    settle()
    assert len(desk.link.completed) == 1
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We x\t"


def test_asking_twice_by_key_asks_anew_and_lets_the_first_go(ask):
    desk = ask("We|")
    desk.key(Qt.Key.Key_Backslash, ALT)
    desk.key(Qt.Key.Key_Backslash, ALT)
    first, second = desk.link.completed
    assert (first.cancelled, second.cancelled) == (True, False)
    assert second.request.asked


def test_asking_by_key_with_words_selected_asks_nothing(ask):
    desk = ask("We open|")
    desk.caret(0, 2)
    desk.key(Qt.Key.Key_Backslash, ALT)
    assert desk.link.completed == []
    assert desk.text == "We open"


def test_asking_by_key_in_a_note_that_is_only_shown_asks_nothing(ask):
    desk = ask("We|")
    desk.editor.setReadOnly(True)
    desk.key(Qt.Key.Key_Backslash, ALT)
    assert desk.link.completed == []


def test_many_keys_in_a_row_leave_one_look_alive_at_most(ask):
    desk = ask("|")
    for number, word in enumerate(("We ", "open ", "the ", "beta "), start=1):
        desk.type(word)
        desk.wait_for(number)
    alive = [look for look in desk.link.completed if not look.cancelled]
    assert alive == desk.link.completed[-1:]
    assert desk.text == "We open the beta "
