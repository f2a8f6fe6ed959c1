"""Pictures dropped on the editor or pasted: copied, linked at the caret, one undo step."""

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop.editor.picture_drop import PictureDrop


@pytest.fixture
def given(vault, tasks, open_text, qtbot):
    """Give an open note some data, as a drop or a paste does."""

    def give(data, text="one two"):
        editor = open_text(text)
        drop = PictureDrop(editor, lambda: vault, tasks, editor)
        errors = []
        drop.failed.connect(errors.append)
        editor.textCursor()
        cursor = editor.textCursor()
        cursor.setPosition(4)
        editor.setTextCursor(cursor)
        assert editor.canInsertFromMimeData(data)
        editor.insertFromMimeData(data)
        assert tasks.settle(timeout_s=30)
        return editor, errors

    return give


def urls(*files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def test_dropped_pictures_are_copied_and_linked_in_one_undo_step(given, vault, tmp_path):
    for name in ("a.png", "b.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    editor, errors = given(urls(tmp_path / "a.png", tmp_path / "b.jpg"))
    assert editor.document().text() == "one ![a](a.png)\n![b](b.jpg)two"
    assert (vault / "b.jpg").read_bytes() == b"b.jpg"
    assert errors == []
    editor.undo()
    assert editor.document().text() == "one two"


def test_a_pasted_picture_becomes_a_file(given, vault):
    data = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(0)
    data.setImageData(image)
    editor, _ = given(data)
    file = next(vault.glob("Pasted image *.png"))
    assert QImage(str(file)).size() == image.size()
    assert f"({file.name.replace(' ', '%20')})" in editor.document().text()


def test_a_picture_that_cannot_be_copied_is_told_and_nothing_written(given, tmp_path):
    editor, errors = given(urls(tmp_path / "gone.png"))
    assert editor.document().text() == "one two"
    assert len(errors) == 1


def test_other_files_are_left_to_the_window(editor, tmp_path):
    assert not editor.canInsertFromMimeData(urls(tmp_path / "a.pdf"))
    assert not editor.canInsertFromMimeData(urls(tmp_path / "a.png", tmp_path / "a.pdf"))


def test_words_are_pasted_even_where_a_picture_of_them_comes_along(open_text):
    editor = open_text("")
    data = QMimeData()
    data.setText("cells")
    data.setImageData(QImage(1, 1, QImage.Format.Format_RGB32))
    editor.insertFromMimeData(data)
    assert editor.document().text() == "cells"
