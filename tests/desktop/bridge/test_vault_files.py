"""The vault's files as the window reaches them."""

import pytest
from PySide6.QtCore import QFile

from core.errors import NoteMissing, NoteNotSaved
from desktop.bridge.welcome import welcome_vault


def test_a_scan_lists_notes_with_posix_paths(vault, files):
    (vault / "a.md").write_text("one")
    (vault / "日记").mkdir()
    (vault / "日记" / "二〇二六.md").write_text("two", encoding="utf-8")
    assert set(files.scan().notes) == {"a.md", "日记/二〇二六.md"}


def test_a_rename_moves_the_note(vault, files):
    (vault / "old.md").write_text("words")
    files.rename("old.md", "sub/new.md")
    assert (vault / "sub" / "new.md").read_text() == "words"
    assert not (vault / "old.md").exists()


def test_a_rename_never_goes_over_another_note(vault, files):
    (vault / "old.md").write_text("mine")
    (vault / "new.md").write_text("other")
    with pytest.raises(NoteNotSaved) as caught:
        files.rename("old.md", "new.md")
    assert caught.value.details["reason"] == "exists"
    assert (vault / "new.md").read_text() == "other"


def test_a_rename_stays_in_the_vault(vault, files):
    (vault / "old.md").write_text("mine")
    with pytest.raises(NoteMissing):
        files.rename("old.md", "../out.md")
    assert (vault / "old.md").exists()


def test_a_note_that_is_gone_cannot_be_renamed(files):
    with pytest.raises(NoteNotSaved):
        files.rename("nothing.md", "new.md")


def test_trash_that_refuses_leaves_the_note_alone(vault, files, monkeypatch):
    (vault / "a.md").write_text("words")
    monkeypatch.setattr(QFile, "moveToTrash", lambda _name: False)
    with pytest.raises(NoteNotSaved):
        files.trash("a.md")
    assert (vault / "a.md").read_text() == "words"


def test_trash_takes_the_draft_along(vault, files, monkeypatch):
    (vault / "a.md").write_text("words")
    files.keep_draft(files.read("a.md"), "unsaved", 3)
    monkeypatch.setattr(QFile, "moveToTrash", lambda _name: True)
    files.trash("a.md")
    assert list(files.drafts()) == []


def test_saving_forgets_the_draft(vault, files):
    (vault / "a.md").write_text("words")
    note = files.read("a.md")
    files.keep_draft(note, "more words", 4)
    assert [draft.text for draft in files.drafts()] == ["more words"]
    files.write(note, "more words")
    assert list(files.drafts()) == []


def test_a_backup_lies_outside_the_vault(vault, files, places):
    (vault / "a.md").write_text("words")
    files.back_up("a.md")
    copies = [file for file in places.backups.rglob("*") if file.is_file() and file.suffix == ".md"]
    assert [file.read_text() for file in copies] == ["words"]


def test_the_welcome_vault_is_copied_once_and_then_belongs_to_the_person(tmp_path):
    vault = welcome_vault(tmp_path)
    (vault / "Welcome.md").write_text("mine now")
    assert welcome_vault(tmp_path) == vault
    assert (vault / "Welcome.md").read_text() == "mine now"
    assert (vault / "欢迎.md").exists()
