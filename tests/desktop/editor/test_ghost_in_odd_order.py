"""Ghost text when keys, answers and other people's changes come in odd orders."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from core.complete.model import Fate
from core.settings import GhostSettings
from desktop.editor.note_document import NoteDocument
from tests.desktop.editor.ghost_desk import ALT, CTRL, suggestion

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_pressing_tab_twice_takes_once_and_then_is_a_tab(write):
    desk = write("We|")
    desk.offer(" open")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open\t"
    assert desk.fates == [Fate.SHOWN, Fate.ACCEPTED]


def test_tab_on_a_list_item_takes_the_ghost_and_indents_nothing(write):
    desk = write("- 今天|")
    desk.offer("开会")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "- 今天开会"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "    - 今天开会"


def test_enter_is_never_taken_for_yes(write):
    desk = write("- 今天|")
    desk.offer("开会")
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "- 今天\n- "
    assert desk.painted == ""
    assert Fate.ACCEPTED not in desk.fates


@pytest.mark.parametrize("key", [Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock])
def test_a_modifier_by_itself_leaves_the_ghost(write, key):
    desk = write("We|")
    desk.offer(" open")
    desk.key(key)
    assert desk.painted == " open"


def test_copying_with_nothing_selected_leaves_the_ghost_and_the_clipboard(write):
    desk = write("We|")
    QApplication.clipboard().setText("before")
    desk.offer(" open")
    desk.key(Qt.Key.Key_C, CTRL)
    assert desk.painted == " open"
    assert QApplication.clipboard().text() == "before"


def test_selecting_all_drops_it_and_selects_only_the_note(write):
    desk = write("We| end")
    desk.offer(" open")
    desk.key(Qt.Key.Key_A, CTRL)
    assert desk.painted == ""
    assert desk.editor.textCursor().selectedText() == "We end"


def test_deleting_forwards_into_the_words_after_it_drops_it(write):
    desk = write("We| end")
    desk.offer(" open")
    desk.key(Qt.Key.Key_Delete)
    assert (desk.text, desk.painted) == ("Weend", "")


def test_scrolling_and_a_narrower_window_leave_it(write):
    desk = write("line\n" * 100 + "We|")
    desk.editor.ensureCursorVisible()
    desk.offer(" open the beta in March")
    wheel = QWheelEvent(
        QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(desk.editor.viewport(), wheel)
    desk.editor.resize(320, 300)
    QApplication.processEvents()
    assert desk.painted == " open the beta in March"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text.endswith("We open the beta in March")


def test_a_right_click_takes_it_away_too(write):
    desk = write("We| end")
    desk.offer(" open")
    place, button, none = QPointF(60, 40), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
    press = QMouseEvent(QEvent.Type.MouseButtonPress, place, place, button, button, none)
    QApplication.sendEvent(desk.editor.viewport(), press)
    assert desk.painted == ""


def test_undo_and_redo_of_a_taken_suggestion_go_to_and_fro(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Tab)
    states = [desk.text]
    for _ in range(2):
        desk.editor.undo()
        states.append(desk.text)
    assert states == ["We open the beta", "We open", "We"]
    desk.editor.redo()
    desk.editor.redo()
    assert desk.text == "We open the beta"
    assert desk.painted == ""


def test_undo_while_a_rest_is_shown_takes_the_rest_away(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (desk.text, desk.painted) == ("We", "")
    assert desk.reports[-1].taken == " open"


def test_a_change_elsewhere_while_a_rest_is_shown_reports_what_was_taken(write):
    desk = write("first\nWe|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.editor.document().rewrite("FIRST\nWe open")
    assert (desk.text, desk.painted) == ("FIRST\nWe open", "")
    assert [(r.fate, r.taken) for r in desk.reports] == [(Fate.SHOWN, ""), (Fate.ACCEPTED, " open")]


def test_refusing_after_a_part_was_taken_is_no_refusal(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Escape)
    assert desk.fates == [Fate.SHOWN, Fate.ACCEPTED]
    assert desk.refused == [" the beta"]
    assert desk.text == "We open"


def test_esc_a_second_time_is_the_windows(write):
    desk = write("We|")
    desk.offer(" open")
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    assert desk.fates == [Fate.SHOWN, Fate.REFUSED]
    assert desk.refused == [" open"]


def test_the_next_one_of_one_is_itself(write):
    desk = write("We|")
    desk.offer(" open")
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        desk.key(key, ALT)
        assert desk.painted == " open"
    assert desk.text == "We"
    assert desk.fates == [Fate.SHOWN]


def test_looking_through_all_of_them_comes_round_and_reports_each_once(write):
    desk = write("We|")
    desk.offer(" a", " b", " c")
    seen = [desk.painted]
    for _ in range(6):
        desk.key(Qt.Key.Key_BracketRight, ALT)
        seen.append(desk.painted)
    assert seen == [" a", " b", " c", " a", " b", " c", " a"]
    assert desk.fates == [Fate.SHOWN] * 3


def test_typing_leaves_only_the_candidates_that_say_the_same(write):
    desk = write("We|")
    desk.offer(" open", " close", " often meet")
    desk.type(" o")
    seen = {desk.painted}
    for _ in range(3):
        desk.key(Qt.Key.Key_BracketRight, ALT)
        seen.add(desk.painted)
    assert seen == {"pen", "ften meet"}


def test_an_answer_that_arrives_while_the_other_candidate_is_shown_does_not_swap_it(write):
    desk = write("We|")
    desk.offer(" open", " close")
    desk.key(Qt.Key.Key_BracketRight, ALT)
    desk.offer(" open", " wait")
    assert desk.painted == " close"


def test_an_empty_answer_changes_nothing(write):
    desk = write("We|")
    desk.offer()
    assert (desk.painted, desk.reports) == ("", [])
    desk.offer(" open")
    desk.offer()
    assert desk.painted == " open"


def test_an_answer_that_was_cut_to_what_is_shown_is_no_other_candidate(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.offer(" open")
    desk.key(Qt.Key.Key_BracketRight, ALT)
    assert desk.painted == " open the beta"


def test_an_answer_while_composing_waits_for_the_end_of_it(write):
    desk = write("今天|")
    desk.compose("kai")
    desk.offer("开会讨论")
    assert desk.painted == "kai"
    desk.compose(commit="开")
    assert desk.text == "今天开"


def test_deleting_letters_of_a_composition_leaves_the_ghost_for_after(write):
    desk = write("今天|")
    desk.offer("开会讨论")
    for preedit in ("k", "ka", "k"):
        desk.compose(preedit)
        assert "开会" not in desk.painted
    desk.give_up(Qt.Key.Key_Backspace)
    assert desk.painted == "开会讨论"


def test_a_commit_in_two_parts_is_typed_through(write):
    desk = write("今天|")
    desk.offer("开会讨论计划")
    for preedit, commit in (("kh", "开会"), ("tl", "讨论")):
        desk.compose(preedit)
        desk.compose(commit=commit)
    assert (desk.text, desk.painted) == ("今天开会讨论", "计划")


def test_a_commit_that_goes_past_the_end_ends_it(write):
    desk = write("今天|")
    desk.offer("开会")
    desk.compose(commit="开会了")
    assert (desk.text, desk.painted) == ("今天开会了", "")
    assert not desk.ghost.is_alive


def test_full_width_punctuation_is_typed_through_like_letters(write):
    desk = write("好|")
    desk.offer("，开始吧。")
    desk.compose(commit="，")
    assert desk.painted == "开始吧。"


def test_a_note_closed_and_opened_again_has_no_ghost(write, open_text):
    desk = write("We|")
    desk.offer(" open")
    desk.editor.show_nothing()
    assert desk.ghost.text == ""
    open_text("We")
    assert desk.painted == ""
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "\tWe"


def test_going_back_to_the_note_finds_its_lines_without_the_ghost(write, theme):
    desk = write("We|")
    first = desk.editor.note
    desk.offer(" open")
    desk.editor.show_note("b.md", NoteDocument("other", theme, desk.editor))
    desk.editor.show_note("note.md", first)
    desk.editor.setReadOnly(False)
    assert desk.painted == ""
    assert desk.text == "We"


def test_a_note_that_becomes_read_only_under_it_takes_nothing(write):
    desk = write("We|")
    desk.offer(" open")
    desk.editor.setReadOnly(True)
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We"


@pytest.mark.parametrize(
    "words", ["مرحبا بالعالم", "👩‍💻👍🏽 ok", "e\u0301te\u0301", "𠮷野家", "\u00a0\u202f—"]
)
def test_any_script_is_shown_taken_and_undone_exactly(write, words):
    desk = write("x | y")
    desk.offer(words)
    assert desk.painted == words
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == f"x {words} y"
    desk.editor.undo()
    assert desk.text == "x  y"


def test_a_very_long_suggestion_is_shown_and_taken_whole(write):
    desk = write("x|")
    long = "这是很长的一段话。" * 500 + "\n\n" + "word " * 500
    desk.offer(long)
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "x" + long
    desk.editor.undo()
    assert desk.text == "x"


def test_a_ghost_of_several_lines_is_taken_line_by_line(write):
    desk = write("Plan:|")
    desk.offer("\n- 一\n- 二")
    taken = []
    while desk.painted:
        desk.key(Qt.Key.Key_End, CTRL)
        taken.append(desk.accepted[-1])
    assert "".join(taken) == "\n- 一\n- 二"
    assert desk.text == "Plan:\n- 一\n- 二"
    assert len(taken) > 1


def test_keys_that_the_person_gave_away_do_what_they_always_did(write):
    desk = write("We|")
    desk.ghost.use(GhostSettings(take="Ctrl+Return", refuse=""))
    desk.offer(" open")
    desk.key(Qt.Key.Key_Escape)
    assert desk.painted == " open"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We\t"
    desk.offer("open")
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.text == "We\topen"


KEYS = {
    "take": lambda desk: desk.key(Qt.Key.Key_Tab),
    "word": lambda desk: desk.key(Qt.Key.Key_Right, CTRL),
    "next": lambda desk: desk.key(Qt.Key.Key_BracketRight, ALT),
    "refuse": lambda desk: desk.key(Qt.Key.Key_Escape),
    "type": lambda desk: desk.type("a"),
    "delete": lambda desk: desk.key(Qt.Key.Key_Backspace),
    "left": lambda desk: desk.key(Qt.Key.Key_Left),
    "enter": lambda desk: desk.key(Qt.Key.Key_Return),
    "undo": lambda desk: desk.key(Qt.Key.Key_Z, CTRL),
    "compose": lambda desk: (desk.compose("ni"), desk.compose(commit="你")),
    "offer": lambda desk: desk.offer("ab 中文。", "你好"),
    "select": lambda desk: desk.key(Qt.Key.Key_Left, SHIFT),
}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(KEYS)), max_size=14))
def test_no_order_of_keys_writes_what_nobody_took(write, acts):
    desk = write("# 标题\n今天|")
    desk.accepted.clear()
    for act in acts:
        KEYS[act](desk)
        assert bool(desk.painted) == bool(desk.ghost.text)
        assert not desk.ghost.text or desk.ghost.is_alive
    desk.ghost.dismiss()
    assert desk.painted == ""
    if not desk.accepted:
        typed = set("# 标题\n今天\ta你")
        assert set(desk.text) <= typed, "words of a suggestion are in the note"


def test_what_was_accepted_is_what_is_reported_as_taken(write):
    desk = write("|")
    desk.offer(suggestion("今天开会讨论", words=(2, 4, 6)))
    for _ in range(3):
        desk.key(Qt.Key.Key_Right, CTRL)
    assert desk.accepted == ["今天", "开会", "讨论"]
    assert "".join(desk.accepted) == desk.reports[-1].taken == desk.text
