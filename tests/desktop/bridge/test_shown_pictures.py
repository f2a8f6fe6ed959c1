"""Pictures shown beside a note: where they are found, and that nothing else ever is."""

import json

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.bridge import attachments, shown_pictures
from desktop.bridge.shown_pictures import WIDEST, find_picture, read_picture


def picture(file, width=8, height=4):
    file.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#0B6E78"))
    assert image.save(str(file))
    return file


@pytest.mark.parametrize(
    ("at", "note", "name"),
    [
        ("a/鱼.png", "a/note.md", "鱼.png"),
        ("鱼.png", "a/note.md", "../鱼.png"),
        ("a/b/x.png", "note.md", "a/b/x.png"),
        ("assets/x.png", "pages/note.md", "../assets/x.png"),
        ("somewhere/else/x.png", "note.md", "x.png"),
    ],
)
def test_a_picture_is_found_as_obsidian_and_logseq_name_it(vault, at, note, name):
    file = picture(vault / at)
    assert find_picture(vault, note, name) == file.resolve()


def test_a_picture_in_the_attachment_folder_is_found(vault):
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "app.json").write_text(json.dumps({"attachmentFolderPath": "files"}))
    file = picture(vault / "files" / "sub" / "x.png")
    assert find_picture(vault, "n.md", "sub/x.png") == file.resolve()


@pytest.mark.parametrize(
    "name", ["../outside.png", "/etc/hosts.png", "link.png", "note.md", "gone.png", "..", ""]
)
def test_nothing_outside_of_the_vault_and_no_other_file_is_found(vault, name):
    outside = picture(vault.parent / "outside.png")
    (vault / "link.png").symlink_to(outside)
    (vault / "note.md").write_text("x")
    assert find_picture(vault, "note.md", name) is None


def test_hidden_folders_are_not_looked_through(vault):
    picture(vault / ".trash" / "x.png")
    assert find_picture(vault, "n.md", "x.png") is None


def test_a_vault_with_too_many_files_is_not_looked_through_to_the_end(vault, monkeypatch):
    picture(vault / "z" / "x.png")
    (vault / "a").mkdir()
    monkeypatch.setattr(attachments, "MOST_ENTRIES", 1)
    assert find_picture(vault, "n.md", "x.png") is None


def test_a_wide_picture_is_read_no_wider_than_it_can_be_shown(vault):
    picture(vault / "w.png", 2 * WIDEST, 10)
    image = read_picture(vault, "n.md", "w.png")
    assert (image.width(), image.height()) == (WIDEST, 5)


def test_what_is_no_picture_or_too_large_is_none(vault, monkeypatch):
    (vault / "bad.png").write_bytes(b"no picture")
    assert read_picture(vault, "n.md", "bad.png") is None
    picture(vault / "good.png")
    assert read_picture(vault, "n.md", "good.png").width() == 8
    monkeypatch.setattr(shown_pictures, "MOST_BYTES", 10)
    assert read_picture(vault, "n.md", "good.png") is None
