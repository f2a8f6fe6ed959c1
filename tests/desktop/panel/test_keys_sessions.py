"""Earlier conversations without a mouse: found, opened, named anew, written as a note, deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core import errors
from core.session.model import Author, Conversation, Session, SessionMessage
from desktop.error_text import word
from desktop.panel.answer_card import AnswerCard, AnswerState
from tests.desktop.panel.keyboard import Keyboard

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TITLES = {"s1": "三月的发布", "s2": "Hiring plan", "s3": "试点复盘 🐟"}


def a_session(session_id, title=""):
    return Session(session_id, title or TITLES[session_id], "项目/发布计划.md", 0.0, 1_700_000_000.0, 2)


def a_talk(session_id, *turns):
    messages = []
    for number, (author, text) in enumerate(turns):
        messages.append(SessionMessage(f"m{number}", session_id, author, text, float(number), {}))
    return Conversation(a_session(session_id), tuple(messages))


@pytest.fixture
def kept(link):
    link.assist.session_list = [a_session(one) for one in TITLES]
    link.assist.conversations = {
        "s1": a_talk("s1", (Author.PERSON, "何时？"), (Author.MODEL, "三月。")),
        "s2": a_talk("s2", (Author.PERSON, "Who?"), (Author.MODEL, "Two people."), (Author.PERSON, "When?")),
        "s3": a_talk("s3"),
    }
    return link.assist


@pytest.fixture
def keys(qtbot, panel):
    panel.activateWindow()
    panel.focus_composer()
    qtbot.waitUntil(panel.composer.edit.hasFocus)
    return Keyboard(panel)


@pytest.fixture
def page(qtbot, panel, kept, keys):
    """The page of conversations, opened by its key."""
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    qtbot.waitUntil(lambda: len(panel.session_list.list.hits) == 3)
    return panel.session_list


def titles(page):
    return [hit.title for hit in page.list.hits]


def calls(kept, name):
    return [arguments for called, arguments in kept.calls if called == name]


def test_the_key_opens_the_page_with_the_caret_in_its_search(keys, page, panel):
    assert keys.name == "sessionSearch"
    assert panel.head.history_button.isChecked()
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    assert not page.isVisible()
    assert keys.name == "composer"
    assert not panel.head.history_button.isChecked()


def test_typing_and_enter_open_the_best_one(qtbot, keys, page, panel):
    keys("hiring")
    qtbot.waitUntil(lambda: titles(page) == ["Hiring plan"])
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: len(panel.conversation.cards) == 2)
    assert panel.sessions.current == "s2"
    assert [card.title for card in panel.conversation.cards] == ["Who?", "When?"]
    assert [card.state for card in panel.conversation.cards] == [AnswerState.COMPLETE, AnswerState.STOPPED]


def test_chinese_words_find_a_conversation_once_they_are_composed(qtbot, keys, page):
    keys("复盘")
    qtbot.waitUntil(lambda: titles(page) == ["试点复盘 🐟"])


def test_words_nobody_said_say_so_and_leave_no_button_to_press(qtbot, keys, page):
    keys("zebra")
    qtbot.waitUntil(lambda: titles(page) == [])
    assert any("No conversation has these words" in label.text() for label in page.findChildren(QLabel))
    assert not any(button.isEnabled() for button in page.findChildren(QPushButton))


def test_with_nothing_kept_the_page_says_what_will_be_here(qtbot, panel, keys):
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    note = "No conversations yet"
    qtbot.waitUntil(lambda: any(note in one.text() for one in panel.session_list.findChildren(QLabel)))


def test_a_conversation_is_gone_to_in_the_list_and_opened_there(qtbot, keys, page, panel):
    page.list.setFocus()
    keys(KEY.Key_Down, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.sessions.current == "s2")


def test_an_opened_one_without_words_shows_no_cards(qtbot, keys, page, panel):
    page.list.setFocus()
    keys(KEY.Key_End, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.sessions.current == "s3")
    assert panel.conversation.cards == []


def test_f2_names_the_current_one_anew(qtbot, keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_Down, KEY.Key_F2)
    assert keys.name == "sessionTitle"
    assert page.title_field.text() == "Hiring plan"
    keys("招人计划", KEY.Key_Return)
    assert calls(kept, "rename_session") == [("s2", "招人计划")]
    assert page.list.hasFocus()
    assert not page.title_field.isVisible()


def test_a_name_without_words_is_no_name(keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_F2, "   ", KEY.Key_Return)
    assert calls(kept, "rename_session") == []
    assert not page.title_field.isVisible()


def test_a_name_belongs_to_the_conversation_it_was_begun_for(qtbot, keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_F2, "Spring")
    page.list.go_to(2)  # a press on another one
    page.title_field.setFocus()
    keys(KEY.Key_Return)
    assert calls(kept, "rename_session") == [("s1", "Spring")]


def test_escape_takes_back_a_name_that_was_begun(keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_F2, "Spring", KEY.Key_Escape)
    page.show()
    assert calls(kept, "rename_session") == []


def test_a_name_that_was_begun_is_forgotten_when_the_page_is_left(qtbot, keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_F2, "Spring")
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    qtbot.waitUntil(page.isVisible)
    assert not page.title_field.isVisible()


def test_delete_in_the_list_deletes_the_current_one(qtbot, keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_Down, KEY.Key_Delete, KEY.Key_Delete)
    qtbot.waitUntil(lambda: titles(page) == ["三月的发布", "试点复盘 🐟"])
    assert calls(kept, "delete_session") == [("s2",)]


@pytest.mark.parametrize("pressed", [KEY.Key_Delete, KEY.Key_Backspace])
def test_delete_in_the_search_deletes_letters_and_no_conversation(qtbot, keys, page, kept, pressed):
    keys("hiring", KEY.Key_Home, KEY.Key_Delete, KEY.Key_End, pressed)
    qtbot.waitUntil(lambda: bool(calls(kept, "sessions")))
    assert calls(kept, "delete_session") == []


def test_delete_in_a_new_name_deletes_letters_and_no_conversation(keys, page, kept):
    page.list.setFocus()
    keys(KEY.Key_F2, KEY.Key_End, KEY.Key_Delete, KEY.Key_Home, KEY.Key_Delete)
    assert calls(kept, "delete_session") == []
    assert page.title_field.text() == TITLES["s1"][1:]


def test_a_search_that_is_still_in_force_stays_so_after_a_deletion(qtbot, keys, page, kept):
    keys("plan")
    qtbot.waitUntil(lambda: titles(page) == ["Hiring plan"])
    page.list.setFocus()
    keys(KEY.Key_Delete, KEY.Key_Delete)
    qtbot.waitUntil(lambda: titles(page) == [])
    assert calls(kept, "sessions")[-1][0] == "plan"


def test_deleting_the_one_in_force_makes_the_next_question_begin_another(qtbot, keys, page, panel, kept):
    page.list.setFocus()
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.sessions.current == "s1")
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    qtbot.waitUntil(lambda: len(page.list.hits) == 3)
    page.list.go_to(0)
    page.list.setFocus()
    keys(KEY.Key_Delete, KEY.Key_Delete)
    qtbot.waitUntil(lambda: len(page.list.hits) == 2)
    assert panel.sessions.current == ""


def test_a_deletion_the_engine_refuses_is_said_and_nothing_disappears(qtbot, keys, page, kept):
    kept.delete_session = lambda _id: kept._link.future(errors.EngineStopped())
    page.list.setFocus()
    keys(KEY.Key_Delete, KEY.Key_Delete)
    qtbot.waitUntil(
        lambda: any(word(errors.EngineStopped()).text in one.text() for one in page.findChildren(QLabel))
    )
    assert len(titles(page)) == 3


def test_escape_on_the_page_goes_back_to_the_answers(qtbot, keys, page, panel):
    page.list.setFocus()
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.conversation.cards))
    keys(KEY.Key_H, modifiers=CTRL | SHIFT)
    keys(KEY.Key_Escape)
    assert panel.conversation.isVisible()
    assert keys.name == "composer"


def test_an_opened_conversation_goes_on_with_what_is_typed(qtbot, keys, page, panel, link):
    page.list.setFocus()
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.conversation.cards))
    panel.focus_composer()
    keys("然后呢？", KEY.Key_Return)
    assert link.asked[-1].request.session_id == "s1"
    assert len([card for card in panel.conversation.cards if isinstance(card, AnswerCard)]) == 2


def test_opening_one_stops_the_answer_that_streams(qtbot, keys, page, panel, link):
    panel.composer.set_text("why?")
    panel.composer.submit()
    page.open_requested.emit("s1")
    qtbot.waitUntil(lambda: panel.sessions.current == "s1")
    assert link.asked[-1].cancelled
    assert panel.composer.send_button.isVisible()


def test_every_control_of_the_page_is_reached_by_tab_and_has_a_name(keys, page):
    reached = []
    for _ in range(20):
        reached.append(keys.focus)
        keys(KEY.Key_Tab)
    inside = [widget for widget in reached if page.isAncestorOf(widget)]
    assert {"openSession", "renameSession", "exportSession", "deleteSession"} <= {
        w.objectName() for w in inside
    }
    assert all(widget.accessibleName() or widget.text() for widget in inside)


@pytest.mark.parametrize("width", [320, 380, 900])
def test_the_page_fits_its_panel_however_long_the_titles(qtbot, page, panel, kept, width):
    kept.session_list = [a_session("s1", "极长的标题" * 60), a_session("s2", "word" * 200)]
    panel.resize(width, 500)
    panel.sessions.search("")
    qtbot.waitUntil(lambda: len(page.list.hits) == 2)
    QApplication.processEvents()
    assert panel.width() == width
    for button in page.findChildren(QPushButton):
        assert button.geometry().right() <= page.width(), button.objectName()
