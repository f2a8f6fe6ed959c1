"""Two versions side by side, whatever they say: the marks, the ends of lines, the keyboard, both schemes."""

from difflib import ndiff
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop.windows.comparison import Comparison


class Session:
    """As much of a note in conflict as the comparison reads, and what was decided."""

    def __init__(self, mine, path="note.md"):
        self.path = path
        self.document = SimpleNamespace(text=lambda: mine)
        self.decided = []

    def keep_mine(self):
        self.decided.append("mine")

    def take_theirs(self):
        self.decided.append("theirs")

    def keep_both(self):
        self.decided.append("both")


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def compare(parent, theme):
    def compare(mine, theirs, path="note.md"):
        session = Session(mine, path)
        conflict = SimpleNamespace(theirs=SimpleNamespace(text=theirs))
        dialog = Comparison(session, conflict, theme, parent)
        dialog.session = session
        return dialog

    return compare


def sides(dialog):
    return dialog.findChildren(QPlainTextEdit)


def marked(view):
    return [selection.cursor.block().text() for selection in view.extraSelections()]


lines = st.lists(st.sampled_from(["", "a", "b", "三月", "# 计划", "- x"]), max_size=6).map("\n".join)


@given(lines, lines)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_not_marked_is_the_same_on_both_sides(compare, mine, theirs):
    dialog = compare(mine, theirs)
    rest = []
    for view, text in zip(sides(dialog), (mine, theirs), strict=True):
        assert view.toPlainText() == text
        numbers = {selection.cursor.blockNumber() for selection in view.extraSelections()}
        rest.append([line for n, line in enumerate(text.split("\n")) if n not in numbers])
    assert rest[0] == rest[1]
    dialog.deleteLater()


@given(lines)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_equal_texts_have_no_mark(compare, text):
    dialog = compare(text, text)
    assert [marked(view) for view in sides(dialog)] == [[], []]
    dialog.deleteLater()


def test_a_line_that_came_is_marked_where_it_came_and_nowhere_else(compare):
    mine, theirs = sides(compare("一\n三", "一\n二\n三"))
    assert marked(mine) == []
    assert marked(theirs) == ["二"]


def test_no_more_is_marked_than_differs(compare):
    old = [f"line {n}" for n in range(60)]
    new = [*old[:10], "other", *old[11:40], *old[45:]]
    mine, theirs = sides(compare("\n".join(old), "\n".join(new)))
    changed = [line for line in ndiff(old, new) if line[0] in "+-"]
    assert len(marked(mine)) + len(marked(theirs)) == len(changed)


def test_long_texts_of_equal_lines_are_still_compared_line_by_line(compare):
    """Lines that are everywhere are no reason to mark the whole note."""
    text = ["- [ ] "] * 400
    mine, theirs = sides(compare("\n".join([*text, "mine"]), "\n".join([*text, "theirs"])))
    assert (marked(mine), marked(theirs)) == (["mine"], ["theirs"])


def test_an_empty_side_is_shown_as_empty(compare):
    mine, theirs = sides(compare("", "words"))
    assert mine.toPlainText() == ""
    assert marked(theirs) == ["words"]


@pytest.mark.parametrize("path", ["计划.md", "a/b <b>c</b>.md", "📌.md"])
def test_the_title_names_the_note(compare, path):
    assert f"“{path}”" in compare("a", "b", path).windowTitle()


def test_each_side_says_whose_it_is_to_eye_and_ear(compare):
    dialog = compare("a", "b")
    names = [view.accessibleName() for view in sides(dialog)]
    assert names == ["Your text", "The file as it was changed elsewhere"]
    assert {label.text() for label in dialog.findChildren(QLabel)} >= set(names)


@pytest.mark.parametrize(
    ("button", "decided"),
    [("keepMineButton", "mine"), ("takeTheirsButton", "theirs"), ("keepBothButton", "both")],
)
def test_a_decision_is_made_once_and_closes(compare, button, decided):
    dialog = compare("a", "b")
    dialog.findChild(QPushButton, button).click()
    assert dialog.session.decided == [decided]
    assert dialog.result() == dialog.DialogCode.Accepted


def test_escape_decides_nothing(compare, qtbot):
    dialog = compare("a", "b")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.session.decided == []
    assert dialog.result() == dialog.DialogCode.Rejected


def test_one_button_alone_is_the_one_that_loses_nothing_typed(compare):
    dialog = compare("a", "b")
    primary = [
        button.objectName() for button in dialog.findChildren(QPushButton) if button.property("primary")
    ]
    assert primary == ["keepMineButton"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_have_the_colours_of_the_scheme(compare, theme, scheme):
    theme.set_preference(scheme)
    mine, _theirs = sides(compare("mine", "theirs"))
    (selection,) = mine.extraSelections()
    assert selection.format.background().color() == theme.colour("added")
    assert selection.format.foreground().color() == theme.colour("added_text")


def test_words_can_be_copied_from_either_side(compare):
    for view in sides(compare("mine", "theirs")):
        assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
        view.selectAll()
        assert view.textCursor().selectedText() in ("mine", "theirs")
