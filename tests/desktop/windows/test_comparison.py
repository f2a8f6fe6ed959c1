"""Two versions side by side."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from desktop.editor.note_session import NoteSession
from desktop.windows.comparison import Comparison


@pytest.fixture
def session(vault, files, tasks, theme, qapp):
    """A note that both sides changed in its 300th line."""
    lines = [f"line {n}" for n in range(400)]
    note = vault / "note.md"
    note.write_text("\n".join(lines))
    session = NoteSession(files.read("note.md"), files, tasks, theme)
    cursor = QTextCursor(session.document.findBlockByNumber(300))
    cursor.insertText("mine ")
    lines[300] = "theirs " + lines[300]
    note.write_text("\n".join(lines))
    session.look_at_disk()
    assert tasks.settle()
    yield session
    tasks.settle()
    session.dispose()


@pytest.fixture
def dialog(session, theme, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    dialog = Comparison(session, session.conflict, theme, parent)
    dialog.open()
    yield dialog
    dialog.close()


def marked(view):
    return [selection.cursor.block().text() for selection in view.extraSelections()]


def test_each_side_shows_its_own_lines_marked(dialog):
    mine, theirs = dialog.findChildren(QPlainTextEdit)
    assert marked(mine) == ["mine line 300"]
    assert marked(theirs) == ["theirs line 300"]


def test_the_first_difference_is_where_the_eye_falls(dialog):
    for view in dialog.findChildren(QPlainTextEdit):
        assert view.textCursor().blockNumber() == 300


def test_nothing_can_be_typed_there(dialog):
    assert all(view.isReadOnly() for view in dialog.findChildren(QPlainTextEdit))


@pytest.mark.parametrize(
    ("button", "line"),
    [
        ("takeTheirsButton", "theirs line 300"),
        ("keepMineButton", "mine line 300"),
        ("keepBothButton", "mine line 300\ntheirs line 300"),
    ],
)
def test_each_button_settles_it(dialog, session, tasks, button, line):
    dialog.findChild(QPushButton, button).click()
    assert tasks.settle()
    assert session.conflict is None
    assert f"\n{line}\n" in session.document.text()
    assert dialog.isHidden()


def test_both_sides_scroll_together(dialog, qtbot):
    mine, theirs = dialog.findChildren(QPlainTextEdit)
    mine.verticalScrollBar().setValue(17)
    assert theirs.verticalScrollBar().value() == mine.verticalScrollBar().value()
