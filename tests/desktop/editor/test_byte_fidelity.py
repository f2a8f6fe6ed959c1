"""Whatever a note is made of, and whatever is done to it: lines that nobody touched keep their bytes."""

import codecs
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.paths import places
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.editor import Editor
from desktop.editor.ghost import Ghost
from desktop.editor.note_session import NoteSession

ENDS = ("\n", "\r\n")
LINES = st.lists(
    st.tuples(st.text(alphabet="ab \t\u00a0中文，#-*[]|`\u200b\u2028😀", max_size=12), st.sampled_from(ENDS)),
    min_size=1,
    max_size=8,
)
GBK_LINES = st.lists(
    st.tuples(st.text(alphabet="ab 中文，", max_size=12), st.sampled_from(ENDS)), min_size=2, max_size=8
)


@pytest.fixture
def edited(qapp, theme_once):
    """Write bytes, do something on one line of the note in a real editor, save, and return the bytes."""
    tasks = TaskRunner()

    def edit(data, line, act):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "vault" / "note.md"
            file.parent.mkdir()
            file.write_bytes(data)
            session = NoteSession(
                VaultFiles(file.parent, places(Path(folder) / "base")).read("note.md"),
                VaultFiles(file.parent, places(Path(folder) / "base")),
                tasks,
                theme_once,
            )
            editor = Editor(theme_once)
            editor.show_note("note.md", session.document)
            editor.setReadOnly(False)
            editor.go_to(line + 1)
            act(editor)
            session.save()
            assert tasks.settle(timeout_s=30)
            editor.show_nothing()
            session.dispose()
            editor.deleteLater()
            return file.read_bytes()

    yield edit
    assert tasks.shutdown()


def type_a_letter(editor):
    QTest.keyClick(editor, "x")


def compose_a_word(editor):
    event = QInputMethodEvent("ni", [])
    QApplication.sendEvent(editor, event)
    event = QInputMethodEvent("", [])
    event.setCommitString("你")
    QApplication.sendEvent(editor, event)


def show_a_ghost_and_type(editor):
    ghost = Ghost(editor, editor._theme)
    ghost.show("pale words\nand more")
    QTest.keyClick(editor, "x")
    ghost.hide()


def type_and_undo(editor):
    QTest.keyClick(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Backspace)


ACTS = [type_a_letter, compose_a_word, show_a_ghost_and_type]


def in_bytes(lines, encoding, bom):
    return bom + "".join(text + end for text, end in lines).encode(encoding)


@pytest.mark.parametrize("act", ACTS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, place=st.integers(0, 7), has_bom=st.booleans(), closed=st.booleans())
def test_only_the_line_that_was_typed_in_changes(edited, act, lines, place, has_bom, closed):  # noqa: PLR0917
    bom = codecs.BOM_UTF8 if has_bom else b""
    if not closed:
        lines = [*lines[:-1], (lines[-1][0] + "z", "")]
    data, line = in_bytes(lines, "utf-8", bom), min(place, len(lines) - 1)
    typed = "你" if act is compose_a_word else "x"
    expected = [(text, end) for text, end in lines]
    expected[line] = (typed + expected[line][0], expected[line][1])
    assert edited(data, line, act) == in_bytes(expected, "utf-8", bom)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=GBK_LINES, place=st.integers(0, 7))
def test_a_gbk_note_stays_gbk(edited, lines, place):
    lines = [("这是一份用国标编码写成的笔记，内容是中文的。", "\r\n"), *lines]
    line = min(place, len(lines) - 1)
    expected = list(lines)
    expected[line] = ("你" + expected[line][0], expected[line][1])
    assert edited(in_bytes(lines, "gbk", b""), line, compose_a_word) == in_bytes(expected, "gbk", b"")


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_what_was_typed_and_taken_back_leaves_the_same_file(edited, lines):
    data = in_bytes(lines, "utf-8", b"")
    assert edited(data, 0, type_and_undo) == data
