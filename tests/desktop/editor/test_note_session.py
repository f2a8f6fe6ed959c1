"""A note and its file: nothing typed is lost, nothing foreign is overwritten."""

import os

import pytest
from PySide6.QtGui import QTextCursor

from core.errors import NoteMissing, NoteNotSaved, NoteUnreadable
from core.vault import notes
from core.vault.recovery import Draft


def type_in(session, text, position=0):
    cursor = QTextCursor(session.document)
    cursor.setPosition(position)
    cursor.insertText(text)


def save(session, tasks):
    session.save()
    assert tasks.settle()


def look(session, tasks):
    session.look_at_disk()
    assert tasks.settle()


HOSTILE = {
    "crlf": b"one\r\ntwo\r\n",
    "mixed": b"one\r\ntwo\nthree\r\nfour",
    "bom": b"\xef\xbb\xbfone\ntwo\n",
    "no-break": "10\u00a0000\u202fpeople\nline\u2028sep\n".encode(),
    "separators": "a\u2029b\nc\x0bd\x0ce\n".encode(),
    "no final line end": b"one",
    "utf-16": "一二三\n四\n".encode("utf-16"),
    "gb18030": ("这是一个简体中文的笔记，用来检查编码。" * 5 + "\n").encode("gb18030"),
    "emoji": "😀\u200d👩\n".encode(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_save_changes_only_what_was_typed(data, vault, open_session, tasks):
    session = open_session(data)
    before = session.document.text()
    type_in(session, "x")
    save(session, tasks)
    session.document.undo()
    save(session, tasks)
    assert session.document.text() == before
    assert (vault / "note.md").read_bytes() == data


def test_a_note_that_was_not_touched_is_not_written(vault, open_session, tasks):
    session = open_session(b"one\r\n")
    stamp = (vault / "note.md").stat().st_mtime_ns
    save(session, tasks)
    session.close()
    assert (vault / "note.md").stat().st_mtime_ns == stamp


def test_a_pause_in_typing_saves(vault, open_session, qtbot):
    session = open_session("one\n")
    with qtbot.waitSignal(session.saved) as saved:
        type_in(session, "typed ")
    assert saved.args == ["note.md"]
    assert (vault / "note.md").read_text() == "typed one\n"
    assert not session.is_dirty


def test_text_typed_during_a_save_is_saved_next(vault, open_session, tasks, qtbot):
    session = open_session("one\n")
    type_in(session, "a")
    session.save()
    type_in(session, "b")
    tasks.settle()
    assert session.is_dirty
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert (vault / "note.md").read_text() == "baone\n"


def test_a_change_made_elsewhere_goes_into_a_clean_note(vault, open_session, tasks, qtbot):
    session = open_session("one\ntwo\nthree\n")
    cursor = QTextCursor(session.document)
    cursor.setPosition(len("one\ntwo\nth"))
    (vault / "note.md").write_text("zero\none\ntwo\nthree\n")
    with qtbot.waitSignal(session.reloaded):
        session.look_at_disk()
    assert session.document.text() == "zero\none\ntwo\nthree\n"
    assert not session.is_dirty
    assert session.document.text()[: cursor.position()].endswith("\nth")


def test_changes_on_both_sides_are_merged_and_saved(vault, open_session, tasks):
    session = open_session("one\ntwo\nthree\nfour\nfive\n")
    type_in(session, "MINE ")
    (vault / "note.md").write_text("one\ntwo\nthree\nfour\nTHEIRS\n")
    save(session, tasks)
    assert tasks.settle()
    save(session, tasks)
    assert (vault / "note.md").read_text() == "MINE one\ntwo\nthree\nfour\nTHEIRS\n"
    assert session.conflict is None
    assert session.problem is None


def conflict(vault, open_session, tasks):
    session = open_session("one\ntwo\n")
    type_in(session, "mine ")
    (vault / "note.md").write_text("theirs\ntwo\n")
    look(session, tasks)
    assert session.conflict is not None
    return session


def test_a_conflict_writes_nothing_until_it_is_decided(vault, open_session, tasks):
    session = conflict(vault, open_session, tasks)
    save(session, tasks)
    assert (vault / "note.md").read_text() == "theirs\ntwo\n"
    assert session.document.text() == "mine one\ntwo\n"


def test_keeping_mine_keeps_theirs_as_a_backup(vault, open_session, tasks, places):
    session = conflict(vault, open_session, tasks)
    session.keep_mine()
    tasks.settle()
    save(session, tasks)
    assert (vault / "note.md").read_text() == "mine one\ntwo\n"
    assert "theirs\ntwo\n" in [file.read_text() for file in places.backups.rglob("*.md")]


def test_taking_theirs_can_be_undone(vault, open_session, tasks):
    session = conflict(vault, open_session, tasks)
    session.take_theirs()
    assert session.document.text() == "theirs\ntwo\n"
    assert not session.is_dirty
    session.document.undo()
    assert session.document.text() == "mine one\ntwo\n"


def test_keeping_both_has_the_lines_of_both(vault, open_session, tasks):
    session = conflict(vault, open_session, tasks)
    session.keep_both()
    save(session, tasks)
    assert (vault / "note.md").read_text() == "mine one\ntheirs\ntwo\n"


def test_a_full_disk_leaves_the_old_note_whole_and_the_text_in_the_editor(
    vault, open_session, tasks, monkeypatch
):
    session = open_session("old\n")
    type_in(session, "new ")

    def full(*_args, **_kwargs):
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(notes, "write_atomically", full)
        save(session, tasks)
    assert isinstance(session.problem, NoteNotSaved)
    assert (vault / "note.md").read_text() == "old\n"
    assert session.document.text() == "new old\n"
    save(session, tasks)
    assert session.problem is None
    assert (vault / "note.md").read_text() == "new old\n"


def test_a_note_deleted_elsewhere_stays_in_the_editor_and_can_be_saved_again(vault, open_session, tasks):
    session = open_session("words\n")
    (vault / "note.md").unlink()
    look(session, tasks)
    assert isinstance(session.problem, NoteMissing)
    assert session.is_dirty
    session.save_anew()
    tasks.settle()
    assert (vault / "note.md").read_text() == "words\n"
    assert session.problem is None


@pytest.mark.parametrize("typed", ["", "mine "])
def test_a_deleted_note_that_is_put_back_is_an_ordinary_note_again(vault, open_session, tasks, typed):
    session = open_session("一\n")
    if typed:
        type_in(session, typed)
    (vault / "note.md").rename(vault / "away")
    look(session, tasks)
    assert isinstance(session.problem, NoteMissing)
    (vault / "away").rename(vault / "note.md")
    look(session, tasks)
    assert session.problem is None
    assert session.is_dirty == bool(typed)
    save(session, tasks)
    assert (vault / "note.md").read_text(encoding="utf-8") == f"{typed}一\n"


def test_a_note_that_may_be_read_again_loses_its_banner(vault, open_session, tasks, monkeypatch):
    session = open_session("一\n")
    with monkeypatch.context() as forbidden:
        forbidden.setattr(session._files, "read", lambda path: (_ for _ in ()).throw(NoteUnreadable(path)))
        look(session, tasks)
    assert isinstance(session.problem, NoteUnreadable)
    look(session, tasks)
    assert session.problem is None
    assert not session.is_dirty


def test_a_look_at_the_file_does_not_take_a_failed_save_for_mended(open_session, tasks):
    session = open_session("一\n")
    type_in(session, "mine ")
    session.problem = NoteNotSaved("full", path="note.md", reason="disk_full")
    look(session, tasks)
    assert isinstance(session.problem, NoteNotSaved)


def test_a_note_that_cannot_be_decoded_is_shown_and_never_written(vault, open_session, tasks):
    data = b"abc \xff\xfe\xfd \x80 def \x81\n" * 3
    try:
        session = open_session(data)
    except Exception as error:  # noqa: BLE001 -- core may also refuse it as no text at all
        assert type(error).__name__ == "NoteNotText"
        return
    if session.read_only_reason:
        type_in(session, "x")
        save(session, tasks)
        session.close()
    assert (vault / "note.md").read_bytes() == data


def test_drafts_are_kept_while_there_is_unsaved_text(vault, open_session, tasks, files, qtbot):
    session = conflict(vault, open_session, tasks)
    qtbot.waitUntil(lambda: bool(files.drafts()))
    assert files.drafts()[0].text == "mine one\ntwo\n"
    session.take_theirs()


def test_leaving_saves_what_is_unsaved(vault, open_session, tasks):
    session = open_session("old\n")
    type_in(session, "new ")
    tasks.settle()
    session.close()
    assert (vault / "note.md").read_text() == "new old\n"


def test_leaving_keeps_a_draft_of_what_cannot_be_saved(vault, open_session, tasks, files):
    session = open_session("old\n")
    type_in(session, "new ")
    (vault / "note.md").write_text("somebody else's\n")
    session.close()
    assert (vault / "note.md").read_text() == "somebody else's\n"
    assert [draft.text for draft in files.drafts()] == ["new old\n"]


def draft_of(session, vault, text, base_hash):
    return Draft(str(vault), "note.md", text, base_hash, 0.0)


def test_a_draft_of_the_same_file_comes_back_as_unsaved_text(vault, open_session, files):
    session = open_session("old\n")
    session.restore(draft_of(session, vault, "old and new\n", files.read("note.md").content_hash))
    assert session.document.text() == "old and new\n"
    assert session.is_dirty
    assert session.conflict is None


def test_a_draft_of_another_file_lets_the_person_decide(vault, open_session, tasks):
    session = open_session("changed since\n")
    session.restore(draft_of(session, vault, "draft\n", "other"))
    assert session.conflict is not None
    session.take_theirs()
    assert session.document.text() == "changed since\n"


def test_a_renamed_note_is_saved_under_its_new_name(vault, open_session, tasks, files):
    session = open_session("one\n")
    files.rename("note.md", "other.md")
    session.move_to("other.md")
    type_in(session, "x")
    save(session, tasks)
    assert (vault / "other.md").read_text() == "xone\n"
    assert not (vault / "note.md").exists()
