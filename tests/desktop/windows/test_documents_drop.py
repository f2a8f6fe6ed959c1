"""What may be dropped where."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop.windows.documents_drop import DropArea

_BUTTON, _KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.editor = QPlainTextEdit(made)
    made.show()
    yield made
    made.hide()


@pytest.fixture
def area(window, theme):
    made = DropArea(window, theme)
    made.watch(window.editor.viewport())
    made.files = []
    made.dropped.connect(made.files.extend)
    return made


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    data.setText("\n".join(paths))
    return data


def html(text="<p>Kept <b>page</b></p>"):
    data = QMimeData()
    data.setHtml(text)
    data.setText("Kept page")
    return data


def enter(widget, data):
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget, data):
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_files_are_taken_from_any_part_of_the_window(area, window):
    for widget in (window, window.editor.viewport()):
        area.files.clear()
        assert enter(widget, files("/a/b.pdf", "/a/文件夹"))
        assert area._veil.isVisible()
        assert "2 files" in area._veil.accessibleName()
        assert drop(widget, files("/a/b.pdf", "/a/文件夹"))
        assert not area._veil.isVisible()
        assert area.files == [Path("/a/b.pdf"), Path("/a/文件夹")]
    assert window.editor.toPlainText() == ""


def test_a_picture_that_is_dropped_on_the_note_is_for_the_note(area, window):
    held = files("/a/b.PNG", "/a/c.jpg")
    enter(window.editor.viewport(), held)
    assert not area._veil.isVisible()
    drop(window.editor.viewport(), held)
    assert area.files == []
    assert enter(window, held)
    assert drop(window, held)
    assert len(area.files) == 2


def test_a_drag_that_leaves_takes_the_veil_along(area, window):
    enter(window, files("/a/b.pdf"))
    held = files("/a/b.pdf")
    move = QDragMoveEvent(QPoint(9, 9), Qt.DropAction.CopyAction, held, _BUTTON, _KEYS)
    QApplication.sendEvent(window, move)
    assert area._veil.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not area._veil.isVisible()


def test_words_are_left_to_the_editor(area, window):
    data = QMimeData()
    data.setText("only words")
    assert not enter(window, data)
    drop(window.editor.viewport(), data)
    assert area.files == []


def test_addresses_of_the_web_are_not_taken(area, window):
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/a.pdf")])
    assert not enter(window, data)
    assert not drop(window, data)
    assert area.files == []


def test_a_piece_of_a_page_becomes_a_document_beside_the_note_only(area, window):
    for widget in (window.editor.viewport(), window):
        enter(widget, html())
        drop(widget, html())
    (file,) = area.files
    assert (file.name, file.read_text("utf-8")) == ("Kept page.html", "<p>Kept <b>page</b></p>")


def test_the_veil_says_in_words_where_things_go(area, window, qtbot):
    enter(window, files("/a/b.pdf"))
    picture = area._veil.grab()
    assert picture.size() == window.size()
    assert "beside your notes" in area._veil.accessibleName()
    QApplication.sendEvent(window, QDragLeaveEvent())
