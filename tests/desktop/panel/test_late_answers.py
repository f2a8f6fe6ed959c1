"""What the engine says too late, twice, or about something that is gone: nothing is mixed up or breaks."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from core import errors
from core.assist.model import Answered, AskRequest, Finish, NoteContext
from core.session.model import Conversation, Sent, Session
from desktop.panel.answer_card import AnswerState
from tests.desktop.fake_assist import DRAFT, POLISH, a_preview
from tests.desktop.fake_link import an_answer
from tests.desktop.panel.late import Late

SELECTED = NoteContext("a.md", title="A", selection="我们计划在三月开放测试，名单已经超过两千人。")
FAR = "名单很长，所以我们改在四月、分成三批、慢慢开放。"
NEAR = SELECTED.selection.replace("三月", "四月")


@pytest.fixture
def late(link):
    return Late(link)


def delete_what_is_gone():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def said(card):
    return card.findChild(QLabel, "answerStatus").text()


@pytest.fixture
def rewritten(qtbot, panel, ask, note):
    """A card with an answer that may replace the selection."""
    note.context = SELECTED
    panel.refresh_context()

    def answer(text):
        ask("改").send(Answered(an_answer(text)))
        card = panel.conversation.cards[-1]
        qtbot.waitUntil(lambda: card.can_replace)
        return card

    return answer


# Comparing


def test_a_double_press_on_replace_replaces_once(panel, rewritten, late):
    card = rewritten(NEAR)
    replaced = []
    panel.replace_requested.connect(lambda _anchor, text: replaced.append(text))
    card.actions_row.replace_button.click()
    card.actions_row.replace_button.click()
    late.all_come()
    assert replaced == [NEAR]


def test_a_comparison_that_comes_after_the_card_is_gone_is_dropped(panel, rewritten, late):
    card = rewritten(FAR)
    card.actions_row.replace_button.click()
    panel.clear()
    delete_what_is_gone()
    late.all_come()
    assert panel.conversation.cards == []


def test_a_small_change_is_not_made_in_another_vault(panel, rewritten, late):
    replaced = []
    panel.replace_requested.connect(lambda _anchor, text: replaced.append(text))
    card = rewritten(NEAR)
    card.actions_row.replace_button.click()
    panel.clear()
    late.all_come()
    assert replaced == []


def test_a_comparison_the_engine_could_not_make_is_made_without_it(panel, rewritten, late):
    card = rewritten(FAR)
    card.actions_row.replace_button.click()
    late.come(value=errors.EngineStopped())
    assert card.review.is_open


def test_the_changes_go_when_the_same_is_asked_again_on_the_card(panel, rewritten, late):
    card = rewritten(FAR)
    card.actions_row.replace_button.click()
    late.all_come()
    card.retry_requested.emit()
    assert not card.review.is_open
    assert card.is_under_way


# What would be sent


@pytest.fixture
def typing(panel, late):
    """A conversation is in force, so that only previews are asked for."""
    panel.sessions.current = "s0"

    def write(text):
        panel.composer.set_text(text)
        panel.previewing._ask()  # what the pause after the last edit does

    return write


def test_a_preview_of_an_older_request_does_not_replace_that_of_the_newer_one(panel, typing, late):
    typing("why?")
    typing("why not?")
    late.come(1, a_preview(222, place="local"))
    late.come(0, a_preview(111, place="local"))
    assert "222" in panel.context_bar.cost_button.text()


def test_an_old_preview_that_fails_leaves_the_newer_figure_alone(panel, typing, late):
    typing("why?")
    typing("why not?")
    late.come(1, a_preview(222, place="local"))
    late.come(0, errors.EngineStopped())
    assert not panel.context_bar.cost_button.isHidden()


def test_a_preview_that_comes_after_the_words_were_sent_shows_no_price(panel, typing, late):
    typing("why?")
    panel.composer.submit()
    typing("")
    late.come(0)
    assert panel.context_bar.cost_button.isHidden()


def test_the_page_of_what_will_be_sent_follows_a_newer_preview(panel, typing, late):
    typing("why?")
    late.come(0)
    panel.context_bar.details_requested.emit()
    dialog = panel.window().findChild(QDialog, "sendingDialog")
    panel.previewing._ask()
    late.come(0, a_preview(987))
    assert any("987" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    panel.previewing._ask()
    late.come(0, a_preview(654))
    assert "654" in panel.context_bar.cost_button.text()


def test_what_was_sent_is_shown_even_when_the_answer_takes_its_time(qtbot, panel, ask, late):
    ask("why?").send(Answered(an_answer("In March.")))
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: card.state is AnswerState.COMPLETE)
    late.waiting.clear()
    card.actions_row.sent_button.click()
    assert panel.window().findChild(QDialog, "sentDialog") is None
    late.come(value=(Sent("https://api.example.com/v1", '{"a": "三月"}', 1_700_000_000.0),))
    dialog = panel.window().findChild(QDialog, "sentDialog")
    assert dialog.isVisible()
    dialog.reject()


# Filling the form


@pytest.fixture
def form(panel):
    panel.drafting.open_form(DRAFT)
    return panel.form


def kind(form):
    return form.values()["kind"]


def test_values_proposed_for_a_form_that_was_closed_are_dropped(panel, form, late):
    form.fill_button.click()
    form.close_form()
    late.come(value={"kind": "email"})
    assert form.prompt is None
    assert form.isHidden()


def test_values_proposed_for_another_prompt_are_dropped(panel, form, late):
    form.fill_button.click()
    panel.drafting.open_form(POLISH)
    late.come(value={"focus": "not mine", "kind": "email"})
    assert form.values() == {"focus": ""}


def test_the_fill_button_waits_for_its_answer_and_comes_back(form, late):
    form.fill_button.click()
    assert not form.fill_button.isEnabled()
    late.come(value={"kind": "邮件"})
    assert form.fill_button.isEnabled()
    assert kind(form) == "邮件"


def test_another_prompt_can_be_filled_while_the_first_is_not_answered(panel, form, late):
    form.fill_button.click()
    panel.drafting.open_form(POLISH)
    assert form.fill_button.isEnabled()


def test_a_proposal_that_fails_says_so_and_leaves_what_was_typed(form, late):
    form.show_values({"kind": "letter"})
    form.fill_button.click()
    late.come(value=errors.ModelTimedOut())
    assert kind(form) == "letter"
    assert any("answer" in label.text().casefold() for label in form.findChildren(QLabel))


# Conversations


def a_session(session_id):
    return Session(session_id, "Title", "", 0.0, 0.0, 2)


def test_a_conversation_that_begins_late_does_not_displace_the_one_opened_meanwhile(panel, link, late):
    panel.composer.set_text("w")
    late.waiting = late.waiting[-1:]
    link.assist.conversations = {"old": Conversation(a_session("old"), ())}
    panel.sessions.open("old")
    late.come(1)
    late.come(0)
    assert panel.sessions.current == "old"


def test_a_conversation_that_begins_after_the_vault_was_left_is_not_used(panel, late):
    panel.composer.set_text("w")
    panel.clear()
    late.all_come()
    assert panel.sessions.current == ""


def test_after_the_vault_was_left_the_next_words_begin_a_conversation_of_their_own(panel, link, late):
    panel.composer.set_text("w")
    panel.clear()
    late.waiting.clear()  # the former engine took its answers along
    panel.composer.set_text("wh")
    late.come(value=a_session("fresh"))
    assert panel.sessions.current == "fresh"


def test_words_typed_while_a_conversation_begins_begin_no_second_one(panel, link, late):
    panel.composer.set_text("w")
    panel.composer.set_text("why")
    assert len(link.assist.session_list) == 1


def test_a_conversation_that_could_not_begin_is_tried_again_at_the_next_words(panel, link, late):
    panel.composer.set_text("w")
    late.come(value=errors.EngineStopped())
    panel.composer.set_text("wh")
    late.come(value=a_session("s9"))
    assert panel.sessions.current == "s9"


# Scenes


def keep_a_scene_and_close_its_form(panel):
    panel.scene_editing._open(None)
    dialog = panel.window().findChild(QDialog, "sceneDialog")
    dialog.title.setText("周报")
    dialog.findChild(QPushButton, "saveScene").click()
    dialog.reject()
    delete_what_is_gone()


def test_a_scene_kept_after_its_form_was_closed_is_in_the_bar_all_the_same(panel, link):
    panel.library.load()
    late = Late(link)
    keep_a_scene_and_close_its_form(panel)
    late.all_come()
    assert "周报" in [scene.title.en for scene in panel.library.scenes]


def test_a_scene_that_could_not_be_kept_after_its_form_was_closed_breaks_nothing(panel, link):
    panel.library.load()
    late = Late(link)
    keep_a_scene_and_close_its_form(panel)
    late.come(value=errors.EngineStopped())
    assert "周报" not in [scene.title.en for scene in panel.library.scenes]


# Words of the stream


def test_words_and_ends_of_a_request_that_was_replaced_change_nothing(qtbot, panel, ask, link):
    first = ask("first")
    panel.requests.ask(AskRequest("second"), None)
    second = link.asked[-1]
    first.say("late words")
    first.end("late end")
    first.send(errors.ModelTimedOut())
    QApplication.processEvents()
    old, new = panel.conversation.cards
    assert (old.state, old.view.markdown) == (AnswerState.STOPPED, "")
    assert new.state is AnswerState.WAITING
    second.end("on time", finish=Finish.COMPLETE)
    qtbot.waitUntil(lambda: new.state is AnswerState.COMPLETE)
    assert old.state is AnswerState.STOPPED


def test_an_end_that_comes_twice_is_taken_once(qtbot, panel, ask, link):
    asking = ask()
    ended = []
    panel.requests.completed.connect(lambda: ended.append(1))
    asking.end("one")
    asking.end("two")
    qtbot.waitUntil(lambda: bool(ended))
    QApplication.processEvents()
    assert panel.conversation.cards[-1].text_for_note == "one"
    assert len(ended) == 1


def test_stopping_twice_tells_the_engine_and_the_card_once(panel, ask):
    asking = ask()
    asking.say("In")
    panel.stop()
    asking.cancelled = False
    panel.stop()
    assert not asking.cancelled
    assert said(panel.conversation.cards[-1]) == "Stopped."


def test_a_request_whose_card_was_put_away_can_say_what_it_likes(panel, ask):
    asking = ask()
    panel.new_conversation()
    delete_what_is_gone()
    asking.say("words")
    asking.end("end")
    QApplication.processEvents()
    assert panel.conversation.cards == []
    assert panel.composer.send_button.isVisible()
    assert panel.composer.edit.focusPolicy() & Qt.FocusPolicy.TabFocus
