"""A prompt from the first key to the words in the note without a mouse: run, choose, polish, look, take."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from core import errors
from core.assist.model import (
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    Finish,
    NoteContext,
)
from core.session.model import Outcome
from tests.desktop.fake_assist import DRAFT, written
from tests.desktop.panel.keyboard import Keyboard

KEY = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
SELECTED = NoteContext("a.md", title="A", selection="我们计划在三月开放测试，名单已经超过两千人。")
THREE = (
    "名单很长，所以四月分批开放测试。",
    "名单已有两千多人，我们打算从四月起分三批、慢慢地开放测试。",
    "测试改在四月，分三批进行。",
)


@pytest.fixture
def keys(qtbot, panel):
    """Presses keys where the keyboard is, as a person does."""
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("polish") is not None and len(panel.scenes.buttons) == 4)
    panel.activateWindow()
    panel.focus_composer()

    return Keyboard(panel)


@pytest.fixture
def running(keys, panel, note, link):
    """The prompt run by typing its name on a selection: the card and the engine's side."""
    note.context = SELECTED
    panel.refresh_context()
    keys("/polish", KEY.Key_Return, KEY.Key_Return)
    if panel.form.prompt is not None:  # it asks for what it may want to know; Enter runs it
        keys(KEY.Key_Return)
    return panel.conversation.cards[-1], link.assist.written[-1]


@pytest.fixture
def three(qtbot, running):
    card, writing = running
    writing.write(*THREE)
    qtbot.waitUntil(lambda: not card.is_under_way)
    return card


def chosen(card):
    return card.candidates.current.n


def test_the_keyboard_is_on_the_candidates_once_the_prompt_runs(running):
    card, writing = running
    assert writing.request.prompt_id == "polish"
    assert card.candidates.hasFocus()


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ([KEY.Key_Down], 2),
        ([KEY.Key_Right, KEY.Key_Right], 3),
        ([KEY.Key_Down] * 9, 3),
        ([KEY.Key_3, KEY.Key_Up], 2),
        ([KEY.Key_2, KEY.Key_Left, KEY.Key_Left], 1),
        ([KEY.Key_3, KEY.Key_1, KEY.Key_2], 2),
        ([KEY.Key_4], 1),
        ([KEY.Key_0, KEY.Key_9], 1),
    ],
)
def test_arrows_and_digits_go_to_a_candidate_that_is_there(keys, three, pressed, expected):
    keys(*pressed)
    assert chosen(three) == expected
    assert three.candidates.hasFocus()


def test_digits_count_places_also_after_one_was_taken_away(qtbot, keys, running):
    card, writing = running
    writing.send(
        CandidateDone(Candidate(1, THREE[0], Finish.COMPLETE)),
        CandidateDone(Candidate(2, THREE[1], Finish.COMPLETE)),
        CandidateDone(Candidate(3, THREE[2], Finish.COMPLETE)),
        CandidateDropped(2, 1),
        written(Candidate(1, THREE[0], Finish.COMPLETE), Candidate(3, THREE[2], Finish.COMPLETE)),
    )
    qtbot.waitUntil(lambda: not card.is_under_way)
    keys(KEY.Key_2)
    assert chosen(card) == 3
    keys(KEY.Key_3)
    assert chosen(card) == 3


def test_ctrl_and_a_digit_go_to_a_scene_and_not_to_a_candidate(keys, panel, three):
    keys(KEY.Key_3, modifiers=CTRL)
    assert panel.scenes.scene.id == "ask"
    assert chosen(three) == 1


def test_enter_shows_the_changes_and_enter_takes_them_one_by_one(qtbot, keys, panel, three):
    keys(KEY.Key_2, KEY.Key_Return)
    qtbot.waitUntil(lambda: three.review.is_open)
    replaced = []
    panel.replace_requested.connect(lambda anchor, text: replaced.append((anchor, text)))
    for _ in range(40):
        if replaced:
            break
        keys(KEY.Key_Return)
    assert replaced == [("anchor", THREE[1])]
    assert not three.review.is_open


def test_refusing_every_change_replaces_nothing_and_shows_the_candidates_again(qtbot, keys, panel, three):
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: three.review.is_open)
    with qtbot.assertNotEmitted(panel.replace_requested):
        for _ in range(40):
            if not three.review.is_open:
                break
            keys(KEY.Key_Delete)
    assert not three.review.is_open
    assert three.candidates.isVisible()
    assert three.actions_row.isVisible()


def test_ctrl_shift_enter_looks_first_and_accepts_at_the_second_press(qtbot, keys, panel, three):
    keys(KEY.Key_Return, modifiers=CTRL | SHIFT)
    qtbot.waitUntil(lambda: three.review.is_open)
    with qtbot.waitSignal(panel.replace_requested) as got:
        keys(KEY.Key_Return, modifiers=CTRL | SHIFT)
    assert got.args == ["anchor", THREE[0]]


def test_escape_leaves_the_changes_then_the_panel(qtbot, keys, panel, three):
    keys(KEY.Key_Return)
    qtbot.waitUntil(lambda: three.review.is_open)
    with qtbot.assertNotEmitted(panel.editor_requested):
        keys(KEY.Key_Escape)
    assert not three.review.is_open
    assert three.candidates.isVisible()
    with qtbot.waitSignal(panel.editor_requested):
        keys(KEY.Key_Escape)


def test_ctrl_enter_inserts_the_chosen_one_from_anywhere(qtbot, keys, panel, three):
    keys(KEY.Key_3)
    panel.focus_composer()
    with qtbot.waitSignal(panel.insert_requested) as got:
        keys(KEY.Key_Return, modifiers=CTRL)
    assert got.args == [None, THREE[2]]


def test_enter_inserts_where_nothing_was_selected(qtbot, keys, panel, link, note):
    note.context = NoteContext("a.md", title="A", before="前文。")
    panel.refresh_context()
    panel.drafting.memory.keep_form_values("draft", {"kind": "信"})
    panel.drafting.run_or_ask(DRAFT)
    card = panel.conversation.cards[-1]
    link.assist.written[-1].write("你好，", "您好，")
    qtbot.waitUntil(lambda: not card.is_under_way)
    keys(KEY.Key_2)
    with qtbot.waitSignal(panel.insert_requested) as got:
        keys(KEY.Key_Return)
    assert got.args == [None, "您好，"]


def test_enter_takes_nothing_while_the_chosen_one_is_written(qtbot, keys, panel, running):
    card, writing = running
    writing.send(CandidateAdded(1, "四月"))
    qtbot.waitUntil(lambda: card.candidates.get(1).text == "四月")
    with qtbot.assertNotEmitted(panel.insert_requested), qtbot.assertNotEmitted(panel.replace_requested):
        keys(KEY.Key_Return)
        keys(KEY.Key_Return, modifiers=CTRL)
        keys(KEY.Key_Return, modifiers=CTRL | SHIFT)
    assert not card.review.is_open


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(KEY.Key_Return, Qt.KeyboardModifier.NoModifier), (KEY.Key_Enter, Qt.KeyboardModifier.KeypadModifier)],
)
def test_enter_takes_the_chosen_one_on_the_keypad_too(qtbot, keys, three, key, modifiers):
    keys(KEY.Key_2)
    with qtbot.waitSignal(three.candidates.taken):
        keys(key, modifiers=modifiers)


def test_one_that_is_whole_can_be_taken_while_the_others_are_written(qtbot, keys, panel, running):
    card, writing = running
    writing.send(CandidateAdded(1, "四月"), CandidateDone(Candidate(2, THREE[1], Finish.COMPLETE)))
    qtbot.waitUntil(lambda: card.candidates.get(2).is_whole)
    keys(KEY.Key_2)
    with qtbot.waitSignal(panel.insert_requested) as got:
        keys(KEY.Key_Return, modifiers=CTRL)
    assert got.args == [None, THREE[1]]
    assert panel.requests.runner.is_busy


def test_escape_stops_the_writing_and_keeps_the_keyboard_in_the_panel(qtbot, keys, panel, running):
    card, writing = running
    writing.send(CandidateAdded(1, "四月"))
    qtbot.waitUntil(lambda: card.candidates.get(1).text == "四月")
    with qtbot.assertNotEmitted(panel.editor_requested):
        keys(KEY.Key_Escape)
    assert writing.cancelled
    assert [view.text for view in card.candidates.views] == ["四月"]


def test_what_should_be_different_is_typed_and_sent_with_enter(qtbot, keys, panel, three, link):
    keys(KEY.Key_2)
    three.actions_row.polish_button.setFocus()
    keys(KEY.Key_Space)
    assert three.polish_field.hasFocus()
    keys("shorter", KEY.Key_Return)
    request = link.assist.written[-1].request
    assert (request.polish, request.instruction, request.first) == (THREE[1], "shorter", 4)
    assert not three.polish_field.isVisible()
    link.assist.written[-1].write("四月分批开放。")
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert chosen(three) == 4


def test_a_wish_without_words_asks_for_nothing(keys, three, link):
    three.actions_row.polish_button.setFocus()
    keys(KEY.Key_Space, "   ", KEY.Key_Return)
    assert len(link.assist.written) == 1
    assert chosen(three) == 1


def test_polishing_a_polished_one_tells_the_whole_way(qtbot, keys, three, link):
    for wish, text in (("短", "四月分批开放。"), ("更短", "四月分批。")):
        three.ask_to_polish(wish)
        link.assist.written[-1].write(text)
        qtbot.waitUntil(lambda: not three.is_under_way)
    assert "1 → 4 (短) → 5 (更短)" in three.findChild(QLabel, "refinement").text()
    keys(KEY.Key_1)
    assert not three.findChild(QLabel, "refinement").isVisible()


def test_a_polish_that_is_stopped_before_its_first_word_leaves_the_one_it_was_made_from(qtbot, three, panel):
    three.candidates.choose(2)
    three.ask_to_polish("短")
    panel.stop()
    assert [view.n for view in three.candidates.views] == [1, 2, 3]
    assert three.can_insert


def test_a_polish_that_says_the_same_says_that_nothing_new_came(qtbot, three, link):
    three.ask_to_polish("一样")
    link.assist.written[-1].send(CandidateDropped(4, 1), written())
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert [view.n for view in three.candidates.views] == [1, 2, 3]
    assert three.findChild(QLabel, "answerStatus").text().startswith("Nothing new")


def test_when_every_candidate_fails_each_says_why_and_nothing_can_be_taken(qtbot, keys, panel, running):
    card, writing = running
    writing.send(*(CandidateFailed(n, errors.ModelTimedOut()) for n in (1, 2, 3)), written())
    qtbot.waitUntil(lambda: not card.is_under_way)
    with qtbot.assertNotEmitted(panel.insert_requested), qtbot.assertNotEmitted(panel.replace_requested):
        keys(KEY.Key_1, KEY.Key_Return, KEY.Key_3, KEY.Key_Return)
    assert not card.actions_row.insert_button.isEnabled()
    assert card.actions_row.more_button.isEnabled()


def test_a_vote_belongs_to_the_candidate_it_was_given_to(qtbot, keys, three, link):
    three.actions_row.good_button.setFocus()
    keys(KEY.Key_Space)
    assert three.actions_row.good_button.isChecked()
    three.candidates.setFocus()
    keys(KEY.Key_2)
    assert not three.actions_row.good_button.isChecked()
    assert link.assist.outcomes == [("trace-w", Outcome.GOOD)]


def test_every_button_of_the_card_is_reached_by_tab_in_the_order_it_is_seen(keys, three):
    three.candidates.setFocus()
    reached = []
    for _ in range(12):
        keys(KEY.Key_Tab)
        reached.append(QApplication.focusWidget().objectName())
    row = ["insertButton", "replaceButton", "moreButton", "polishButton", "appendButton", "newNoteButton"]
    places = [reached.index(name) for name in row]
    assert places == sorted(places)


def test_tab_goes_back_as_it_went(keys, panel, three):
    three.candidates.setFocus()
    keys(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Backtab, SHIFT)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Backtab, SHIFT)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Backtab, SHIFT)
    assert three.candidates.hasFocus()


def test_more_by_the_keyboard_numbers_on_and_keeps_the_choice(qtbot, keys, three, link):
    keys(KEY.Key_2)
    three.actions_row.more_button.setFocus()
    keys(KEY.Key_Space)
    link.assist.written[-1].write("四。", "五。", "六。")
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert [view.n for view in three.candidates.views] == [1, 2, 3, 4, 5, 6]
    assert chosen(three) == 2
    three.candidates.setFocus()
    keys(KEY.Key_6)
    assert three.text_for_note == "六。"
