"""Files and folders in, outcomes out."""

import os

import pytest

from core.concurrency import Cancelled, CancelToken
from core.documents import importer
from core.documents.importer import Began, Imported, Refused, found, import_files
from core.documents.model import Converted, Part
from core.documents.process import Reading
from core.errors import DocumentLocked, DocumentNotStored, DocumentUnreadable
from core.files import content_hash
from tests.core.documents.made import docx, pdf, run, words


def reader(file, *, cancel):
    """Reads text in this process; a file called `locked` is."""
    if "locked" in file.name:
        raise DocumentLocked
    data = file.read_bytes()
    return Reading(Converted((Part(data.decode()),)), content_hash(data), len(data))


def test_a_bad_file_does_not_stop_the_others(tmp_path, library):
    (tmp_path / "a.pdf").write_bytes(pdf(words("Hello")))
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    (tmp_path / "c.docx").write_bytes(docx(run("World")))
    outcomes = list(import_files([tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.docx"], library))
    began = [outcome for outcome in outcomes if isinstance(outcome, Began)]
    assert [(start.number, start.total) for start in began] == [(1, 3), (2, 3), (3, 3)]
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Began)] == [
        Imported,
        Refused,
        Imported,
    ]
    assert [document.name for document in library.documents()] == ["a.pdf", "c.docx"]


def test_the_same_file_twice_is_known(tmp_path, library):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "copy.txt").write_text("one")
    outcomes = [*import_files([tmp_path / "a.txt", tmp_path / "copy.txt"], library, reader=reader)]
    added = [outcome.added for outcome in outcomes if isinstance(outcome, Imported)]
    assert [one.was_known for one in added] == [False, True]
    assert added[1].document.name == "a.txt"


def test_folders_give_their_documents_and_nothing_else(tmp_path):
    for name in ("b.pdf", "a.md", "sub/c.DOCX", ".hidden/d.pdf", ".e.pdf", "program.exe", "sub/notes.bin"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    names = [file.relative_to(tmp_path).as_posix() for file in found([tmp_path, tmp_path / "b.pdf"])]
    assert names == ["a.md", "b.pdf", "sub/c.DOCX"]


def test_a_file_that_is_dropped_by_itself_is_tried_whatever_it_is_called(tmp_path):
    (tmp_path / "program.exe").write_text("x")
    assert list(found([tmp_path / "program.exe"])) == [tmp_path / "program.exe"]


def test_a_drop_without_end_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(importer, "MOST_FILES", 3)
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("x")
    assert len(list(found([tmp_path]))) == 3


def test_a_missing_file_is_refused_without_a_process(tmp_path, library):
    def never(_file, **_):
        raise AssertionError

    (*_, outcome) = import_files([tmp_path / "nothing.pdf"], library, reader=never)
    assert isinstance(outcome.error, DocumentUnreadable)


@pytest.mark.skipif(os.name == "nt", reason="Windows spells names in Unicode")
def test_a_name_that_is_no_text_is_imported_all_the_same(tmp_path, library):
    path = tmp_path / os.fsdecode(b"b\xe9ta.txt")
    path.write_bytes(b"words")
    (*_, outcome) = import_files([path], library, reader=reader)
    assert isinstance(outcome, Imported)
    outcome.added.document.name.encode()
    assert len(library.documents()) == 1


def test_cancelled_between_two_files_what_was_imported_stays(tmp_path, library):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    token = CancelToken()
    steps = import_files([tmp_path], library, cancel=token, reader=reader)
    assert isinstance(next(steps), Began)
    assert isinstance(next(steps), Imported)
    token.cancel()
    with pytest.raises(Cancelled):
        next(steps)
    assert [document.name for document in library.documents()] == ["a.txt"]


def test_a_full_disk_is_an_outcome(tmp_path, library, monkeypatch):
    def full(*_args, **_more):
        raise DocumentNotStored(reason="disk_full")

    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setattr(library, "add", full)
    (*_, outcome) = import_files([tmp_path], library, reader=reader)
    assert isinstance(outcome.error, DocumentNotStored)


def test_what_comes_from_a_watched_folder_remembers_it(tmp_path, library):
    (tmp_path / "a.txt").write_text("x")
    list(import_files([tmp_path], library, watched="/inbox", reader=reader))
    assert library.documents()[0].watched == "/inbox"


def test_locked_files_are_told(tmp_path, library):
    (tmp_path / "locked.txt").write_text("x")
    (*_, outcome) = import_files([tmp_path], library, reader=reader)
    assert isinstance(outcome, Refused)
    assert "password" in str(outcome.error)
