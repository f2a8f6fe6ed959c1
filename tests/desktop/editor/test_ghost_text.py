"""Ghost text with real keys and input-method events: shown, taken, kept, refused, and never written."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QInputMethodEvent, QTextCharFormat
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from core.complete.model import Fate
from core.settings import GhostSettings
from tests.desktop.editor.ghost_desk import ALT, CTRL, NONE, suggestion


def test_a_ghost_is_on_the_screen_and_nowhere_else(write):
    desk = write("今天我们讨论| 之后\n后面的文字。")
    text, document = desk.text, desk.editor.document()
    steps, revision = document.availableUndoSteps(), document.revision()
    desk.offer("了界面与安全，\n并决定周五完成")
    assert desk.painted == "了界面与安全，\u2028并决定周五完成"
    assert desk.layout.preeditAreaPosition() == 6
    assert desk.text == text
    assert (document.availableUndoSteps(), document.revision()) == (steps, revision)
    assert not document.isModified()
    assert desk.editor.textCursor().position() == 6
    surroundings = desk.editor.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText)
    assert surroundings == "今天我们讨论 之后"
    spoken = QAccessible.queryAccessibleInterface(desk.editor).text(QAccessible.Text.Value)
    assert "界面" not in spoken


def test_a_ghost_wraps_and_makes_room_in_the_middle_of_a_line(write):
    desk = write("- an item| with an end")
    before = desk.layout.lineCount()
    desk.offer(" that goes on and on" * 8)
    QApplication.processEvents()
    assert desk.layout.lineCount() > before


def test_the_ghost_is_grey_whatever_it_stands_in_and_the_line_keeps_its_looks(write, theme):
    desk = write("# 标题 **fett**| [[link]] end")
    desk.offer(" and 更多")
    formats = {}
    for found in desk.layout.formats():
        for place in range(found.start, found.start + found.length):
            formats.setdefault(place, {}).update(found.format.properties())
    start = desk.layout.preeditAreaPosition()
    ghost = range(start, start + len(" and 更多"))
    foreground = 0x821  # QTextFormat.Property.ForegroundBrush
    assert {formats[place][foreground].color().name() for place in ghost} == {theme.colour("ghost").name()}
    link = start + len(" and 更多") + len(" [[")
    assert formats[link][foreground].color() == theme.colour("accent")


def test_the_ghost_stays_grey_when_the_lines_are_styled_anew(write, theme):
    desk = write("> quoted| words")
    desk.offer(" more")
    desk.editor.document().highlighter._restyle()
    desk.editor.style_what_is_seen()
    last = desk.layout.formats()[-1]
    assert last.format.foreground().color() == theme.colour("ghost")
    theme.set_preference("dark")
    assert desk.layout.formats()[-1].format.foreground().color() == theme.colour("ghost")
    theme.set_preference("light")


def test_tab_takes_all_in_one_undo_step(write):
    desk = write("We open| today")
    desk.offer(" the beta\nin March")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta\nin March today"
    assert desk.painted == ""
    assert desk.accepted == [" the beta\nin March"]
    assert desk.editor.textCursor().position() == len("We open the beta\nin March")
    desk.editor.undo()
    assert desk.text == "We open today"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_End])
def test_enter_twice_behind_a_taken_one_begins_a_paragraph(write, key):
    desk = write("# D\n\nkeeps|")
    desk.offer(" the tide tables.")
    desk.key(key, CTRL if key == Qt.Key.Key_End else NONE)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "# D\n\nkeeps the tide tables.\n\n"


def test_typing_before_and_after_is_not_part_of_the_acceptance_step(write):
    desk = write("We|")
    desk.type(" open")
    desk.offer(" the beta")
    desk.key(Qt.Key.Key_Tab)
    desk.type("!")
    desk.editor.undo()
    assert desk.text == "We open the beta"
    desk.editor.undo()
    assert desk.text == "We open"


def test_ctrl_right_takes_word_after_word_each_one_undo_step(write):
    desk = write("我们|")
    desk.offer(suggestion("在三月开始公测。", words=(1, 3, 5, 7, 8)))
    desk.key(Qt.Key.Key_Right, CTRL)
    assert (desk.text, desk.painted) == ("我们在", "三月开始公测。")
    desk.key(Qt.Key.Key_Right, CTRL)
    assert (desk.text, desk.painted) == ("我们在三月", "开始公测。")
    desk.editor.undo()
    assert (desk.text, desk.painted) == ("我们在", "")
    desk.editor.undo()
    assert desk.text == "我们"


def test_ctrl_right_takes_an_english_word_with_the_space_before_it(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    assert (desk.text, desk.painted) == ("We open", " the beta")


def test_ctrl_end_takes_the_sentence(write):
    desk = write("|")
    desk.offer("It opens. Then it grows.")
    desk.key(Qt.Key.Key_End, CTRL)
    assert (desk.text, desk.painted) == ("It opens.", " Then it grows.")


def test_what_was_taken_piece_by_piece_is_reported_once(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.key(Qt.Key.Key_Left)
    assert desk.fates == [Fate.SHOWN, Fate.ACCEPTED]
    assert desk.reports[-1].taken == " open the"
    assert desk.reports[-1].suggestion.text == " open the beta"


def test_the_other_candidates_are_a_key_away(write):
    desk = write("We|")
    desk.offer(" open", " close", " wait")
    desk.key(Qt.Key.Key_BracketRight, ALT)
    assert desk.painted == " close"
    desk.key(Qt.Key.Key_BracketLeft, ALT)
    desk.key(Qt.Key.Key_BracketLeft, ALT)
    assert desk.painted == " wait"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We wait"


def test_esc_refuses(write):
    desk = write("We|")
    desk.offer(" open")
    desk.key(Qt.Key.Key_Escape)
    assert (desk.text, desk.painted) == ("We", "")
    assert desk.refused == [" open"]
    assert desk.fates == [Fate.SHOWN, Fate.REFUSED]


def test_the_keys_are_the_editors_own_without_a_ghost(write):
    desk = write("one| two")
    desk.key(Qt.Key.Key_Right, CTRL)
    assert desk.editor.textCursor().position() > 3
    desk.key(Qt.Key.Key_End, CTRL)
    assert desk.editor.textCursor().atEnd()
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "one two\t"


def test_alt_backslash_asks_with_or_without_a_ghost(write):
    desk = write("We|")
    desk.key(Qt.Key.Key_Backslash, ALT)
    desk.offer(" open")
    desk.key(Qt.Key.Key_Backslash, ALT)
    assert desk.asked == [True, True]
    assert desk.text == "We"


def test_keys_can_be_rebound_and_left_out(write):
    desk = write("We|")
    desk.ghost.use(replace(GhostSettings(), take="Ctrl+Return", refuse=""))
    desk.offer(" open")
    desk.key(Qt.Key.Key_Escape)
    assert desk.painted == " open"
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.text == "We open"


def test_typing_what_is_shown_keeps_the_rest(write):
    desk = write("We| today")
    desk.offer(" open the beta", " wait")
    desk.type(" op")
    assert (desk.text, desk.painted) == ("We op today", "en the beta")
    assert desk.layout.preeditAreaPosition() == 5
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta today"


@pytest.mark.parametrize(
    ("line", "offered", "begun", "left"),
    [
        ("we|", " open\nand close", " open", "and close"),
        ("- we|", " open\n- and close", " open", "and close"),
        ("  - 我们|", "\n  - 他们", "", "他们"),
    ],
)
def test_enter_goes_through_it_into_the_next_line(write, line, offered, begun, left):
    desk = write(line)
    desk.offer(offered)
    desk.type(begun)
    desk.key(Qt.Key.Key_Return)
    assert desk.painted == left
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == line.replace("|", offered)


def test_enter_that_it_does_not_foresee_drops_it(write):
    desk = write("- we|")
    desk.offer(" open\n* and close")
    desk.type(" open")
    desk.key(Qt.Key.Key_Return)
    assert (desk.text, desk.painted) == ("- we open\n- ", "")


def test_typing_something_else_drops_it(write):
    desk = write("We|")
    desk.offer(" open")
    desk.type(" x")
    assert (desk.text, desk.painted) == ("We x", "")
    assert desk.fates == [Fate.SHOWN]


def test_a_wrong_key_taken_back_brings_it_again(write):
    desk = write("We| today")
    desk.offer(" open the beta", " wait")
    desk.type(" oc")
    assert desk.painted == ""
    desk.key(Qt.Key.Key_Backspace)
    assert (desk.text, desk.painted) == ("We o today", "pen the beta")
    desk.type("xy")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == ""
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == "pen the beta"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta today"
    assert desk.fates == [Fate.SHOWN, Fate.ACCEPTED]


def test_taking_back_what_was_typed_through_takes_it_back_from_the_ghost_too(write):
    desk = write("会议|")
    desk.offer("纪要第三章", "记录")
    desk.compose("jiyao")
    desk.compose(commit="纪要")
    desk.key(Qt.Key.Key_Backspace)
    assert (desk.text, desk.painted) == ("会议纪", "要第三章")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == "纪要第三章"
    desk.key(Qt.Key.Key_BracketRight, ALT)
    assert desk.painted == "记录"
    desk.key(Qt.Key.Key_Backspace)
    assert (desk.text, desk.painted) == ("会", "")


def test_what_was_left_of_a_taken_one_comes_again_as_one_of_its_own(write):
    desk = write("We|")
    desk.offer(" open the beta")
    desk.key(Qt.Key.Key_Right, CTRL)
    desk.type("x")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == " the beta"
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta"
    assert desk.fates == [Fate.SHOWN, Fate.ACCEPTED, Fate.SHOWN, Fate.ACCEPTED]
    assert [report.taken for report in desk.reports] == ["", " open", "", " the beta"]


def test_the_one_before_comes_again_behind_the_one_after_the_mistake(write):
    desk = write("We|")
    desk.offer(" open")
    desk.type(" x")
    desk.offer("ray it")
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == "open"


@pytest.mark.parametrize(
    "leave",
    [
        lambda desk: desk.key(Qt.Key.Key_Delete),
        lambda desk: desk.key(Qt.Key.Key_Return),
        lambda desk: (desk.key(Qt.Key.Key_Left), desk.key(Qt.Key.Key_Right)),
        lambda desk: desk.editor.undo(),
        lambda desk: desk.caret(2),
    ],
)
def test_it_does_not_come_again_at_another_place_or_in_another_text(write, leave):
    desk = write("We| today")
    desk.offer(" open")
    desk.type(" x")
    leave(desk)
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == ""


def test_what_was_refused_does_not_come_again(write):
    desk = write("We|")
    desk.offer(" open")
    desk.type(" o")
    desk.key(Qt.Key.Key_Escape)
    desk.type("x")
    desk.key(Qt.Key.Key_Backspace)
    desk.key(Qt.Key.Key_Backspace)
    assert desk.painted == ""


def test_typing_all_of_it_ends_it(write):
    desk = write("W|")
    desk.offer("e")
    desk.type("e")
    assert (desk.text, desk.painted) == ("We", "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Up])
def test_moving_deleting_and_breaking_the_line_drop_it(write, key):
    desk = write("first\nWe| there")
    desk.offer(" open")
    desk.key(key)
    assert desk.painted == ""


def test_undo_drops_it(write):
    desk = write("We|")
    desk.type(" o")
    desk.offer("pen")
    desk.editor.undo()
    assert desk.painted == ""


def test_a_selection_and_its_copy_know_nothing_of_it(write):
    desk = write("We| there")
    desk.offer(" open")
    desk.editor.selectAll()
    desk.editor.copy()
    assert QApplication.clipboard().text() == "We there"
    assert desk.painted == ""
    desk.offer(" open")
    assert desk.painted == ""


def test_a_paste_drops_it_even_where_it_begins_with_the_same_words(write):
    desk = write("We|")
    desk.offer(" open")
    data = QMimeData()
    data.setText(" op")
    desk.editor.insertFromMimeData(data)
    assert (desk.text, desk.painted) == ("We op", "")


def test_nothing_is_shown_while_an_input_method_composes(write):
    desk = write("我们| 之后")
    desk.offer("开始公测")
    desk.compose("kai")
    assert desk.painted == "kai"
    desk.offer("不行")
    assert desk.painted == "kai"
    desk.key(Qt.Key.Key_Tab)
    assert "公测" not in desk.text
    desk.editor.undo()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Tab, NONE),
        (Qt.Key.Key_Right, CTRL),
        (Qt.Key.Key_End, CTRL),
        (Qt.Key.Key_BracketRight, ALT),
        (Qt.Key.Key_BracketLeft, ALT),
        (Qt.Key.Key_Escape, NONE),
        (Qt.Key.Key_Backslash, ALT),
    ],
)
def test_no_key_is_ours_between_the_first_letter_and_the_commit(write, key, modifier):
    desk = write("我们|")
    desk.offer("开始公测", "关门")
    desk.compose("kai")
    desk.key(key, modifier)
    assert (desk.accepted, desk.refused, desk.asked) == ([], [], [])
    assert "公测" not in desk.text
    assert "门" not in desk.text
    assert desk.fates == [Fate.SHOWN]


def test_what_an_input_method_commits_is_typed_through(write):
    desk = write("我们| 之后")
    desk.offer("开始公测")
    desk.compose("kai")
    desk.compose("kai'shi")
    desk.compose(commit="开始")
    assert (desk.text, desk.painted) == ("我们开始 之后", "公测")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "我们开始公测 之后"


def test_an_event_that_says_nothing_leaves_it_on_the_screen(write):
    desk = write("我们|")
    desk.offer("开始公测")
    composed = QSignalSpy(desk.watch.composed)
    desk.say_nothing()
    assert (desk.painted, desk.watch.busy, composed.count()) == ("开始公测", False, 0)


def test_an_empty_event_after_the_word_leaves_the_rest_in_place(write):
    desk = write("我们|")
    desk.offer("开始公测")
    desk.compose("kai'shi")
    desk.compose(commit="开始")
    desk.say_nothing()
    assert (desk.text, desk.painted) == ("我们开始", "公测")


@pytest.mark.parametrize("caret", [0, 6])
def test_what_is_composed_looks_as_the_input_method_says_and_is_no_ghost(write, theme, caret):
    """Of fcitx5 the caret stands before the letters, of ibus behind them."""
    desk = write("我们|")
    desk.offer("开始公测")
    underlined = QTextCharFormat()
    underlined.setFontUnderline(True)
    kinds = QInputMethodEvent.AttributeType
    desk.compose(
        "ni hao",
        attributes=[
            QInputMethodEvent.Attribute(kinds.TextFormat, 0, 6, underlined),
            QInputMethodEvent.Attribute(kinds.TextFormat, 6, 0, underlined),
            QInputMethodEvent.Attribute(kinds.Cursor, caret, 1, None),
        ],
    )
    assert (desk.text, desk.painted) == ("我们", "ni hao")
    formats = desk.layout.formats()
    assert (2, 6, True) in [(look.start, look.length, look.format.fontUnderline()) for look in formats]
    assert theme.colour("ghost") not in [look.format.foreground().color() for look in formats]


def test_a_word_that_comes_while_the_next_is_begun_keeps_the_ghost_away(write):
    desk = write("我们|")
    desk.offer("开始公测")
    desk.compose("kai'shi'gong")
    desk.compose("gong", commit="开始")
    assert (desk.text, desk.painted, desk.watch.composing) == ("我们开始", "gong", True)
    desk.compose(commit="公")
    assert (desk.text, desk.painted) == ("我们开始公", "测")


def test_a_key_that_leads_to_another_line_leaves_the_letters_in_the_text(write):
    desk = write("我们|\n后来")
    desk.offer("开始公测")
    desk.compose("kai")
    desk.key(Qt.Key.Key_Down)
    assert (desk.text, desk.painted, desk.editor.line()) == ("我们kai\n后来", "", 2)


def test_another_note_finds_nothing_composed(write, open_text):
    desk = write("我们|")
    first = desk.editor.document()
    desk.compose("kai")
    open_text("另一篇")
    assert (desk.painted, desk.editor.composing) == ("", False)
    assert (first.toPlainText(), first.firstBlock().layout().preeditAreaText()) == ("我们kai", "")


def test_another_commit_drops_it_and_a_cancelled_one_brings_it_back(write):
    desk = write("我们|")
    desk.offer("开始公测")
    desk.compose("ma")
    desk.give_up()
    assert (desk.text, desk.painted) == ("我们", "开始公测")
    desk.compose("ma")
    desk.compose(commit="吗")
    assert (desk.text, desk.painted) == ("我们吗", "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_End])
def test_a_list_of_words_without_letters_keeps_the_ghost_away(write, key):
    """Tab in ibus-libpinyin: letters and keys go to a window of its own, but for keys with Ctrl."""
    desk = write("我们|")
    desk.offer("开始公测")
    desk.compose("ma")
    desk.compose()
    desk.say_nothing()
    QTest.keyRelease(desk.editor, Qt.Key.Key_Tab)
    assert (desk.watch.busy, desk.painted) == (True, "")
    for _ in range(2):
        desk.key(key, CTRL)
    assert (desk.text, desk.accepted, desk.painted) == ("我们", [], "")


def test_after_letters_without_a_word_the_next_letter_is_typed_through(write, qtbot):
    desk = write("We|")
    desk.offer(" open")
    desk.compose("m")
    desk.compose()
    desk.type(" ")
    qtbot.waitUntil(lambda: desk.painted == "open")


def test_the_line_keeps_its_looks_through_a_composition(write, theme):
    desk = write("[[链接]] 我们|")
    desk.offer("开始")
    desk.compose("kai")
    desk.compose(commit="开")
    accents = [f for f in desk.layout.formats() if f.format.foreground().color() == theme.colour("accent")]
    assert [(f.start, f.length) for f in accents] == [(2, 2)]


def test_a_click_takes_it_away_before_qt_takes_it_for_composition(write, theme):
    desk = write("[[link]] We| there")
    desk.offer(" open")
    QTest.mouseClick(desk.editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert desk.painted == ""
    block = desk.editor.document().firstBlock()
    assert theme.colour("accent") in [f.format.foreground().color() for f in block.layout().formats()]


def test_a_drag_takes_it_away(write):
    desk = write("We|")
    desk.offer(" open")
    data = QMimeData()
    data.setText("x")
    enter = QDragEnterEvent(QPoint(3, 3), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    QApplication.sendEvent(desk.editor.viewport(), enter)
    assert desk.painted == ""
    QApplication.sendEvent(desk.editor.viewport(), QDragLeaveEvent())  # else Qt keeps it beyond its life


def test_leaving_the_editor_drops_it(write, qtbot):
    desk = write("We|")
    desk.offer(" open")
    other = QLineEdit(desk.editor)
    other.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert desk.painted == ""
    desk.offer(" open")
    assert desk.painted == ""


def test_another_note_drops_it(write, open_text):
    desk = write("We|")
    first = desk.editor.document()
    desk.offer(" open")
    open_text("another")
    assert first.firstBlock().layout().preeditAreaText() == ""
    assert desk.painted == ""
    first.rewrite("changed behind the back")
    assert desk.painted == ""


def test_a_change_made_elsewhere_drops_it(write):
    desk = write("We|\n\nbelow")
    desk.offer(" open")
    desk.editor.document().rewrite("We\n\nbelow and more")
    assert desk.painted == ""


def test_nothing_is_offered_in_a_note_that_is_only_shown(write):
    desk = write("We|")
    desk.editor.setReadOnly(True)
    desk.offer(" open")
    assert desk.painted == ""


def test_what_is_being_read_is_not_swapped_but_may_grow(write):
    desk = write("We|")
    desk.offer(" open")
    desk.offer(" close", " open the beta")
    assert desk.painted == " open the beta"
    desk.key(Qt.Key.Key_BracketRight, ALT)
    assert desk.painted == " close"


def test_a_ghost_that_grew_while_it_was_typed_is_reported_whole(write):
    desk = write("We|")
    desk.offer(" open")
    desk.type(" o")
    desk.offer("pen the beta")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta"
    assert desk.reports[-1].suggestion.text == " open the beta"


def test_emoji_before_and_in_it_are_counted_right(write):
    desk = write("😀 x|")
    desk.caret(4)
    desk.offer("y 😀 [[链接]] z")
    desk.type("y ")
    assert desk.painted == "😀 [[链接]] z"
    assert desk.layout.preeditAreaPosition() == 6
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "😀 xy 😀 [[链接]] z"


def test_nothing_is_shown_with_no_note_open(desk):
    desk.offer("words")
    assert desk.ghost.text == ""
