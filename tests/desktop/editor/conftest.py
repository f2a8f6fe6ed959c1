"""A note on the desk: editor, document, session."""

import pytest
from PySide6.QtGui import QTextCursor

from desktop.editor.editor import Editor
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_session import NoteSession
from desktop.theme.theme import Theme
from tests.desktop.editor.ghost_desk import GhostDesk


@pytest.fixture
def editor(qtbot, theme):
    editor = Editor(theme)
    qtbot.addWidget(editor)
    editor.resize(900, 600)
    return editor


@pytest.fixture
def open_text(editor, theme):
    """Show a text in the editor as the note `note.md` and return the editor."""

    def show(text):
        document = NoteDocument(text, theme, editor)
        editor.show_note("note.md", document)
        editor.setReadOnly(False)
        return editor

    return show


@pytest.fixture
def open_session(vault, files, tasks, theme, qapp):
    """Write a file, and return a session on it."""
    opened = []

    def make(data, name="note.md"):
        (vault / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        session = NoteSession(files.read(name), files, tasks, theme)
        opened.append(session)
        return session

    yield make
    tasks.settle()
    for session in opened:
        session.dispose()


@pytest.fixture(scope="session")
def theme_once(qapp):
    """A theme for tests that run many examples."""
    return Theme("light")


@pytest.fixture
def desk(editor, theme, qtbot):
    with qtbot.waitActive(editor):
        editor.show()
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    return GhostDesk(editor, theme)


@pytest.fixture
def write(desk, open_text):
    """Open a text with the caret where `|` stands."""

    def show(text):
        open_text(text.replace("|", ""))
        desk.caret(text.index("|"))
        return desk

    return show


@pytest.fixture
def at(open_text):
    """Open a text with the caret where `^` stands, or with what stands between two of them selected."""

    def show(text):
        editor = open_text(text.replace("^", ""))
        cursor = editor.textCursor()
        cursor.setPosition(len(text[: text.index("^")].encode("utf-16-le")) // 2)
        if text.count("^") == 2:
            between = text.split("^")[1]
            end = cursor.position() + len(between.encode("utf-16-le")) // 2
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        return editor

    return show
