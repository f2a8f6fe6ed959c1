"""A note on the desk: editor, document, session."""

import pytest

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
