"""Lists, quotes and tables under real keys and an input method: what the note becomes, and one undo back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.editor.align_table import align_table
from desktop.editor.tables import aligned

RETURN, TAB, BACKTAB = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def press(editor, *keys):
    for key in keys:
        QTest.keyClick(editor, key)


def commit(editor, words):
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)


def text(editor):
    return editor.document().text()


def shown(editor):
    """The text with `^` where the caret is."""
    whole, place = text(editor), editor.textCursor().position()
    data = whole.encode("utf-16-le")
    return data[: 2 * place].decode("utf-16-le") + "^" + data[2 * place :].decode("utf-16-le")


# Lists


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- 一^", "- 一\n- ^"),
        ("  * a^", "  * a\n  * ^"),
        ("9. nine^", "9. nine\n10. ^"),
        ("3) three^", "3) three\n4) ^"),
        ("- [x] done^", "- [x] done\n- [ ] ^"),
        ("> 引用^", "> 引用\n> ^"),
        ("> - both^", "> - both\n> - ^"),
        ("- 😀 first^ second", "- 😀 first\n- ^ second"),
        ("\t- deep^", "\t- deep\n\t- ^"),
        ("- ^", "^"),
        ("1. ^", "^"),
        ("- [ ] ^", "^"),
        ("- a\n    - ^", "- a\n- ^"),
        ("- a\n\t\t- [ ] ^", "- a\n\t- [ ] ^"),
        ("> - ^", "^"),
        ("1. a^\n2. b\n3. c\n\n4. d", "1. a\n2. ^\n3. b\n4. c\n\n4. d"),
        ("9) 一^\n   more\n10) b\n    - c\n11) d", "9) 一\n10) ^\n   more\n11) b\n    - c\n12) d"),
        ("1. a^\n1. b", "1. a\n2. ^\n1. b"),
        ("1. a^\n2) b", "1. a\n2. ^\n2) b"),
        ("> 1. a^\n> 2. b\ntext", "> 1. a\n> 2. ^\n> 3. b\ntext"),
        ("- 项^\n  id:: 64aa\n- b", "- 项\n  id:: 64aa\n- ^\n- b"),
        ("\t- 😀 a^ 二 😀\n\t  id:: 64aa\n\t\t- c", "\t- 😀 a\n\t  id:: 64aa\n\t- ^ 二 😀\n\t\t- c"),
        (
            "- TODO a^\n  SCHEDULED: <2026-03-01 Sun>\n  k:: v",
            "- TODO a\n  SCHEDULED: <2026-03-01 Sun>\n  k:: v\n- ^",
        ),
        ("1. a^\n   id:: x\n2. b", "1. a\n   id:: x\n2. ^\n3. b"),
        ("- ^a\n  id:: x", "- \n- ^a\n  id:: x"),
        ("- a^\n\t- b\n- c", "- a\n\t- ^\n\t- b\n- c"),
        ("- 项^\n  id:: 64aa\n\t- 子", "- 项\n  id:: 64aa\n\t- ^\n\t- 子"),
        ("1. a^\n   1. b\n   2. c\n2. d", "1. a\n   1. ^\n   2. b\n   3. c\n2. d"),
        ("- a^\n  - [x] b", "- a\n  - [ ] ^\n  - [x] b"),
        ("- a^\n  b\n  - c", "- a\n- ^\n  b\n  - c"),
        ("- a^\nkey:: page", "- a\n- ^\nkey:: page"),
        ("^- a", "\n^- a"),
        ("-a^", "-a\n^"),
        ("plain^", "plain\n^"),
    ],
)
def test_enter(at, before, after):
    editor = at(before)
    press(editor, RETURN)
    assert shown(editor) == after
    editor.undo()
    assert text(editor) == before.replace("^", "")


def test_enter_on_the_keypad_is_enter(at):
    editor = at("- a^")
    QTest.keyClick(editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert text(editor) == "- a\n- "


def test_enter_over_a_selection_replaces_it(at):
    editor = at("- one ^two^ three")
    press(editor, RETURN)
    assert text(editor) == "- one \n three"


def test_a_whole_list_is_written_with_keys_and_an_input_method(at):
    editor = at("- ^")
    for words in ("买牛奶", "写信", "开会"):
        commit(editor, words)
        press(editor, RETURN)
    press(editor, RETURN)
    assert text(editor) == "- 买牛奶\n- 写信\n- 开会\n"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("- a^b", TAB, "    - a^b"),
        ("    - a^b", BACKTAB, "- a^b"),
        ("- a^b", BACKTAB, "- a^b"),
        ("  - a^", BACKTAB, "- a^"),
        ("\t- a^", TAB, "\t\t- a^"),
        ("\t- a^", BACKTAB, "- a^"),
        ("words^", TAB, "words\t^"),
        ("    code^", BACKTAB, "code^"),
        ("- 😀^ x", TAB, "    - 😀^ x"),
        ("- a\n- b^\n\t- c\n\t  more\n\n- d", TAB, "- a\n\t- b^\n\t\t- c\n\t\t  more\n\n- d"),
        ("- a\n\t- b^\n\t\t- c\n- d", BACKTAB, "- a\n- b^\n\t- c\n- d"),
        ("- a\n  - b\n- c^", TAB, "- a\n  - b\n  - c^"),
        ("- a\n  - b\n    - c^", BACKTAB, "- a\n  - b\n  - c^"),
        ("- a\n   - b\n1. c^", TAB, "- a\n   - b\n   1. c^"),
        ("- a^\n  - b", BACKTAB, "- a^\n  - b"),
        ("- a\n  - b\n  - ^", RETURN, "- a\n  - b\n- ^"),
    ],
)
def test_tab_and_backtab(at, before, key, after):
    editor = at(before)
    press(editor, key)
    assert shown(editor) == after


def test_in_and_out_again_over_many_lines_is_the_same_text(at):
    whole = "- 一\n- two\n\n\t- 三\nplain\n> quote"
    editor = at(f"^{whole}^")
    press(editor, TAB, TAB)
    assert text(editor) != whole
    press(editor, BACKTAB, BACKTAB)
    assert text(editor) == whole
    for _ in range(4):
        editor.undo()
    assert text(editor) == whole


def test_a_selection_that_ends_at_the_start_of_a_line_leaves_that_line(at):
    editor = at("^- a\n- b\n^- c")
    press(editor, TAB)
    assert text(editor) == "    - a\n    - b\n- c"


def test_in_a_note_that_is_only_shown_keys_change_nothing(at):
    editor = at("- a^")
    editor.setReadOnly(True)
    press(editor, RETURN, TAB, BACKTAB, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    commit(editor, "字")
    assert text(editor) == "- a"


# Clipboard


@pytest.mark.parametrize("odd", ["\u00a0", "\u2028", "\u2029", "\ufeff", "\u200b", "\t", "a\u0301", "👩‍👧"])
def test_copied_and_pasted_characters_are_the_same(at, odd):
    editor = at(f"^x{odd}y^ end")
    editor.copy()
    press(editor, Qt.Key.Key_End)
    editor.paste()
    assert text(editor) == f"x{odd}y endx{odd}y"


@pytest.mark.parametrize(("given_", "put"), [("a\r\nb", "a\nb"), ("a\nb\n", "a\nb\n"), ("", "")])
def test_lines_that_are_pasted_are_lines(at, given_, put):
    editor = at("^")
    data = QMimeData()
    data.setText(given_)
    editor.insertFromMimeData(data)
    assert text(editor) == put


def test_rich_text_is_pasted_as_its_words(at):
    editor = at("^")
    data = QMimeData()
    data.setHtml("<b>fett</b>")
    data.setText("plain")
    editor.insertFromMimeData(data)
    assert text(editor) == "plain"


def test_cutting_everything_and_undo_brings_every_character_back(at):
    whole = "---\ntitle: 一\n---\n\u00a0x\u2028😀\ufeff\n\n| a |\n"
    editor = at(f"^{whole}")
    editor.selectAll()
    editor.cut()
    assert text(editor) == ""
    editor.undo()
    assert text(editor) == whole


# Tables


@pytest.mark.parametrize(
    ("rough", "neat"),
    [
        ("|名称|价|\n|-|-:|\n|发布计划|5|", "| 名称     |  价 |\n| -------- | --: |\n| 发布计划 |   5 |"),
        ("|ａｂ|x|\n|-|-|\n|１|y|", "| ａｂ | x   |\n| ---- | --- |\n| １   | y   |"),
        ("|e\u0301e\u0301|\n|-|\n|abcd|", "| e\u0301e\u0301   |\n| ---- |\n| abcd |"),
        ("|ｶﾅ|\n|-|\n|カナ|", "| ｶﾅ   |\n| ---- |\n| カナ |"),
        ("|：|\n|-|\n|、。|", "| ：   |\n| ---- |\n| 、。 |"),
        ("|a\\|b|\n|-|\n|`x|y`|", "| a\\|b  |\n| ----- |\n| `x|y` |"),
    ],
)
def test_columns_stand_in_line_whatever_their_script(at, rough, neat):
    editor = at(f"before\n\n^{rough}\n\nafter 😀")
    assert align_table(editor)
    assert text(editor) == f"before\n\n{neat}\n\nafter 😀"
    editor.undo()
    assert text(editor) == f"before\n\n{rough}\n\nafter 😀"


def test_the_last_of_two_tables_is_aligned_and_the_first_left_alone(at):
    first = "|a|b|\n|-|-|\n|1|2|"
    editor = at(f"{first}\n\n|名^|\n|-|\n|发布|")
    assert align_table(editor)
    assert text(editor) == f"{first}\n\n| 名   |\n| ---- |\n| 发布 |"


def test_a_table_at_the_very_end_and_one_without_a_last_bar(at):
    editor = at("|a|b\n|-|-\n|1|2^")
    assert align_table(editor)
    assert text(editor) == "| a   | b   |\n| --- | --- |\n| 1   | 2   |"


def test_typing_after_aligning_goes_where_the_caret_is(at):
    editor = at("|a|\n|-|\n|1^|")
    align_table(editor)
    line = editor.line()
    commit(editor, "字")
    changed = text(editor).split("\n")
    assert line == 3
    assert "字" in changed[2]
    assert changed[:2] == ["| a   |", "| --- |"]


def test_a_table_in_a_note_that_is_only_shown_stays_rough(at):
    editor = at("|a^|\n|-|\n|123456|")
    editor.setReadOnly(True)
    align_table(editor)
    assert text(editor) == "|a|\n|-|\n|123456|"


CELL = st.text(alphabet="ab 中，😀e\u0301", max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_aligned_rows_hold_the_same_cells_in_the_same_order(rows):
    lines = ["|" + "|".join(row) + "|" for row in rows]
    lines.insert(1, "|" + "-|" * len(rows[0]))
    for line, row in zip([n for k, n in enumerate(aligned(lines)) if k != 1], rows, strict=True):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        wanted = [cell.strip() for cell in row]
        while wanted and not wanted[-1]:
            wanted.pop()
        assert cells[: len(wanted)] == wanted


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["- a", "1. b", "> c", "", "  - 中", "\t* x", "|a|", "|-|", "😀"]), max_size=6),
    st.lists(st.sampled_from([RETURN, TAB, BACKTAB, Qt.Key.Key_Up, Qt.Key.Key_End]), max_size=8),
)
def test_no_keys_lose_a_word_and_undo_brings_all_back(at, lines, keys):
    whole = "\n".join(lines)
    editor = at(f"{whole}^")
    press(editor, *keys)
    for mark in ("a", "b", "c", "中", "x", "😀"):
        assert text(editor).count(mark) == whole.count(mark)
    while editor.document().isUndoAvailable():
        editor.undo()
    assert text(editor) == whole
