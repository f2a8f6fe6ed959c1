"""Reading and writing notes on a real disk."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    NoteChangedElsewhere,
    NoteMissing,
    NoteNotSaved,
    NoteNotText,
    NoteTooLarge,
    NoteUnreadable,
)
from core.vault import notes


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "库"
    folder.mkdir()
    return folder


def put(vault: Path, data: bytes, path: str = "笔记.md"):
    (vault / path).write_bytes(data)
    return notes.read(vault, path)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_note_is_read_with_all_that_is_needed_to_write_it_back(vault):
    note = put(vault, codecs.BOM_UTF8 + "# 标题\r\n正文\r\n".encode())
    assert note.text == "# 标题\n正文\n"
    assert (note.path, note.encoding, note.bom, note.newlines) == (
        "笔记.md",
        "utf-8",
        codecs.BOM_UTF8,
        ("\r\n",),
    )
    assert note.stamp.size == (vault / "笔记.md").stat().st_size


def test_an_edit_changes_only_the_lines_that_were_touched(vault):
    note = put(vault, codecs.BOM_UTF8 + "一\r\n二\n三\r\n".encode())
    notes.write(vault, note, "一\n二\n三！\n四\n")
    assert (vault / "笔记.md").read_bytes() == codecs.BOM_UTF8 + "一\r\n二\n三！\r\n四\r\n".encode()


@given(before=st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_note_saved_unedited_is_the_same_file(before, tmp_path_factory):
    vault = tmp_path_factory.mktemp("vault")
    (vault / "n.md").write_bytes(before.encode())
    status = (vault / "n.md").stat()
    try:
        note = notes.read(vault, "n.md")
    except NoteNotText:
        return
    notes.write(vault, note, note.text)
    assert (vault / "n.md").read_bytes() == before.encode()
    assert (vault / "n.md").stat().st_mtime_ns == status.st_mtime_ns


def test_a_gbk_note_stays_gbk(vault):
    note = put(vault, "旧笔记：数据库\n".encode("gbk"))
    saved = notes.write(vault, note, note.text + "新的一行\n")
    assert (vault / "笔记.md").read_bytes() == "旧笔记：数据库\n新的一行\n".encode("gbk")
    assert saved.encoding == "gbk"


def test_a_note_keeps_its_encoding_while_its_text_is_plain_for_a_moment(vault):
    note = put(vault, "数据\n".encode("gbk"))
    plain = notes.write(vault, note, "data\n")
    notes.write(vault, plain, "数据\n")
    assert (vault / "笔记.md").read_bytes() == "数据\n".encode("gbk")


def test_a_character_the_encoding_cannot_hold_is_named_and_utf8_offered(vault):
    note = put(vault, "旧笔记\n".encode("gbk"))
    with pytest.raises(NoteNotSaved, match="GBK") as caught:
        notes.write(vault, note, "旧笔记\n好 😀\n")
    assert caught.value.details["character"] == "😀"
    assert caught.value.details["line"] == "2"
    assert caught.value.details["offer"] == "utf-8"
    assert "UTF-8" in caught.value.hint
    assert (vault / "笔记.md").read_bytes() == "旧笔记\n".encode("gbk")


def test_the_offered_encoding_is_taken_when_asked_for(vault):
    note = put(vault, "旧笔记\r\n".encode("gbk"))
    saved = notes.write(vault, note, "旧笔记 😀\n", encoding="utf-8")
    assert (vault / "笔记.md").read_bytes() == "旧笔记 😀\r\n".encode()
    assert notes.read(vault, "笔记.md").text == saved.text
    assert saved.encoding == "utf-8"


def test_half_a_surrogate_pair_is_refused_and_nothing_written(vault):
    note = put(vault, b"a\n")
    with pytest.raises(NoteNotSaved):
        notes.write(vault, note, "a \ud83d\n")
    assert (vault / "笔记.md").read_bytes() == b"a\n"


def test_what_was_saved_is_what_is_read(vault):
    note = put(vault, b"a\r\nb\r\n")
    saved = notes.write(vault, note, "a\nB\n")
    assert saved == notes.read(vault, "笔记.md")
    assert notes.write(vault, saved, "a\nB\nc\n").text == "a\nB\nc\n"


def test_line_ends_of_windows_in_a_new_text_are_folded(vault):
    note = put(vault, b"a\n")
    notes.write(vault, note, "a\r\nb\r\n")
    assert (vault / "笔记.md").read_bytes() == b"a\nb\n"


def test_a_change_made_elsewhere_is_never_overwritten(vault):
    note = put(vault, "原文\n".encode())
    (vault / "笔记.md").write_text("别人改的\n", encoding="utf-8")
    with pytest.raises(NoteChangedElsewhere):
        notes.write(vault, note, "我改的\n")
    assert (vault / "笔记.md").read_text(encoding="utf-8") == "别人改的\n"


def test_a_change_at_the_very_last_moment_is_not_overwritten_either(vault, monkeypatch):
    note = put(vault, "原文\n".encode())
    sync = os.fsync

    def sync_slowly(descriptor):
        sync(descriptor)
        (vault / "笔记.md").write_bytes("同时改的\n".encode())

    monkeypatch.setattr(os, "fsync", sync_slowly)
    with pytest.raises(NoteChangedElsewhere):
        notes.write(vault, note, "我改的\n")
    assert (vault / "笔记.md").read_text(encoding="utf-8") == "同时改的\n"
    assert names(vault) == ["笔记.md"]


def test_a_touched_file_with_the_same_bytes_has_not_changed(vault):
    note = put(vault, b"a\n")
    os.utime(vault / "笔记.md", (1, 1))
    notes.write(vault, note, "b\n")
    assert (vault / "笔记.md").read_bytes() == b"b\n"


def test_a_note_deleted_elsewhere_is_not_made_again_unasked(vault):
    note = put(vault, b"a\n")
    (vault / "笔记.md").unlink()
    with pytest.raises(NoteMissing):
        notes.write(vault, note, "b\n")
    assert names(vault) == []


def test_a_note_deleted_with_its_folder_can_be_made_again(vault):
    (vault / "a").mkdir()
    note = put(vault, "旧\r\n".encode("gbk"), "a/n.md")
    (vault / "a/n.md").unlink()
    (vault / "a").rmdir()
    notes.write(vault, note, "新\n", recreate=True)
    assert (vault / "a/n.md").read_bytes() == "新\r\n".encode("gbk")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "denied"),
        (errno.EIO, "other"),
    ],
)
def test_when_the_disk_refuses_the_old_note_is_whole_and_the_reason_told(vault, monkeypatch, number, reason):
    note = put(vault, b"old\n")

    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NoteNotSaved) as caught:
        notes.write(vault, note, "new\n")
    assert caught.value.details == {"path": "笔记.md", "reason": reason}
    assert (vault / "笔记.md").read_bytes() == b"old\n"
    assert names(vault) == ["笔记.md"]


def test_a_full_disk_is_named_in_plain_words(vault, monkeypatch):
    note = put(vault, b"old\n")

    def refuse(descriptor):
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NoteNotSaved, match="the disk is full"):
        notes.write(vault, note, "new\n")


def test_a_note_with_broken_bytes_is_shown_but_never_written(vault):
    data = "几乎全是好的文字".encode() + b"\xe4\xb8"
    note = put(vault, data)
    assert note.read_only_reason
    with pytest.raises(NoteNotSaved):
        notes.write(vault, note, "修好了")
    assert (vault / "笔记.md").read_bytes() == data


def test_a_note_over_the_limit_is_refused_unread(vault):
    (vault / "big.md").write_bytes(b"x" * 2_000_001)
    with pytest.raises(NoteTooLarge, match="2 MiB") as caught:
        notes.read(vault, "big.md", max_bytes=2_000_000)
    assert caught.value.details["size"] == "2000001"
    assert notes.read(vault, "big.md", max_bytes=2_000_001).text.startswith("x")


def test_a_binary_file_is_refused_by_name(vault):
    (vault / "x.md").write_bytes(b"\x00\x01\x02\x03" * 50)
    with pytest.raises(NoteNotText, match=r"x\.md"):
        notes.read(vault, "x.md")


def test_a_missing_note_a_folder_and_a_pipe_are_no_notes(vault):
    (vault / "folder.md").mkdir()
    os.mkfifo(vault / "pipe.md")
    (vault / "file").write_bytes(b"")
    for path in ("gone.md", "folder.md", "pipe.md", "file/x.md"):
        with pytest.raises(NoteMissing):
            notes.read(vault, path)


@pytest.mark.parametrize("path", ["../x.md", "a/../../x.md", "/etc/passwd", "", ".", "a\0b.md"])
def test_no_path_leads_out_of_the_vault(vault, path):
    (vault.parent / "x.md").write_text("secret", encoding="utf-8")
    with pytest.raises(NoteMissing):
        notes.read(vault, path)
    with pytest.raises(NoteMissing):
        notes.create(vault, path, "x")


def test_a_link_out_of_the_vault_is_neither_read_nor_written(vault):
    outside = vault.parent / "outside.md"
    outside.write_text("secret", encoding="utf-8")
    (vault / "link.md").symlink_to(outside)
    (vault / "folder").symlink_to(vault.parent)
    for path in ("link.md", "folder/outside.md"):
        with pytest.raises(NoteMissing):
            notes.read(vault, path)
    with pytest.raises(NoteMissing):
        notes.create(vault, "folder/new.md", "x")
    assert outside.read_text(encoding="utf-8") == "secret"


def test_links_in_a_circle_are_a_missing_note(vault):
    (vault / "a.md").symlink_to(vault / "b.md")
    (vault / "b.md").symlink_to(vault / "a.md")
    with pytest.raises(NoteMissing):
        notes.read(vault, "a.md")


def test_a_link_within_the_vault_is_followed_and_stays_a_link(vault):
    (vault / "real.md").write_text("a\n", encoding="utf-8")
    (vault / "link.md").symlink_to("real.md")
    notes.write(vault, notes.read(vault, "link.md"), "b\n")
    assert (vault / "link.md").is_symlink()
    assert (vault / "real.md").read_text(encoding="utf-8") == "b\n"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_note_that_may_not_or_cannot_be_read_says_so(vault, monkeypatch, number):
    put(vault, b"a")

    def fail(self, mode):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(NoteUnreadable, match=os.strerror(number)):
        notes.read(vault, "笔记.md")


def test_a_new_note_gets_its_folders_and_reads_back(vault):
    made = notes.create(vault, "日记/2026/一月.md", "# 一月\n")
    assert made == notes.read(vault, "日记/2026/一月.md")


def test_a_new_note_never_takes_the_place_of_another(vault):
    put(vault, b"old\n")
    with pytest.raises(NoteNotSaved) as caught:
        notes.create(vault, "笔记.md", "new\n")
    assert caught.value.details["reason"] == "exists"
    assert (vault / "笔记.md").read_bytes() == b"old\n"


def test_a_new_note_is_not_made_where_a_file_stands_in_for_a_folder(vault):
    put(vault, b"x", "file.md")
    with pytest.raises(NoteNotSaved):
        notes.create(vault, "file.md/new.md", "x")


def test_mode_of_the_file_is_kept(vault):
    note = put(vault, b"a\n")
    (vault / "笔记.md").chmod(0o640)
    notes.write(vault, note, "b\n")
    assert stat.S_IMODE((vault / "笔记.md").stat().st_mode) == 0o640
