"""A folder that the library follows."""

import os

import pytest

from core.concurrency import Cancelled, CancelToken
from core.documents import watching
from core.documents.importer import Began, Imported, Refused
from core.documents.model import Converted, Part
from core.documents.process import Reading
from core.documents.watching import FolderSync, Removed, WatchedFolders
from core.errors import DocumentLocked, DocumentNotStored
from core.files import content_hash


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def sync(library, inbox):
    """Bring the library in step; returns the outcomes without `Began`."""
    read = []

    def reader(file, *, cancel):
        read.append(file.name)
        if "locked" in file.name:
            raise DocumentLocked
        data = file.read_bytes()
        return Reading(Converted((Part(data.decode()),)), content_hash(data), len(data))

    made = FolderSync(library, reader=reader)

    def sync(cancel=None):
        return [step for step in made.sync(inbox, cancel=cancel) if not isinstance(step, Began)]

    sync.read = read
    return sync


def touch(file, seconds):
    """Give a file another time, as a later save does."""
    stamp = file.stat().st_mtime + seconds
    os.utime(file, (stamp, stamp))


def names(library):
    return [document.name for document in library.documents()]


def test_what_comes_is_read_once(inbox, sync, library):
    (inbox / "a.txt").write_text("one")
    assert [type(step) for step in sync()] == [Imported]
    assert sync() == []
    assert (names(library), sync.read) == (["a.txt"], ["a.txt"])
    assert library.documents()[0].watched == str(inbox)


def test_a_new_run_does_not_read_what_is_known(inbox, sync, library):
    (inbox / "a.txt").write_text("one")
    touch(inbox / "a.txt", -60)
    sync()

    def never(_file, **_):
        raise AssertionError

    assert list(FolderSync(library, reader=never).sync(inbox)) == []


def test_what_changes_is_read_anew(inbox, sync, library):
    file = inbox / "a.txt"
    file.write_text("one")
    sync()
    file.write_text("two and more")
    sync()
    assert library.text(library.documents()[0]) == "two and more\n"
    touch(file, 5)
    sync()
    assert sync.read == ["a.txt"] * 3
    assert names(library) == ["a.txt"]


def test_what_goes_leaves_the_library_and_what_was_dropped_by_hand_stays(inbox, sync, library, tmp_path):
    (inbox / "a.txt").write_text("one")
    (tmp_path / "own.txt").write_text("own")
    sync()
    from core.documents.importer import import_files

    list(import_files([tmp_path / "own.txt"], library))
    (tmp_path / "own.txt").unlink()
    (inbox / "a.txt").unlink()
    (step,) = sync()
    assert isinstance(step, Removed)
    assert step.document.name == "a.txt"
    assert names(library) == ["own.txt"]


def test_a_folder_that_was_pulled_out_takes_nothing_along(inbox, sync, library):
    (inbox / "a.txt").write_text("one")
    sync()
    inbox.rename(inbox.with_name("away"))
    assert sync() == []
    assert names(library) == ["a.txt"]


def test_a_refused_file_is_tried_again_only_when_it_changes(inbox, sync):
    (inbox / "locked.txt").write_text("x")
    assert [type(step) for step in sync()] == [Refused]
    assert sync() == []
    touch(inbox / "locked.txt", 5)
    assert [type(step) for step in sync()] == [Refused]


def test_a_copy_is_not_read_again_and_again(inbox, sync):
    (inbox / "a.txt").write_text("same")
    (inbox / "b.txt").write_text("same")
    sync()
    assert sync() == []
    assert sync.read == ["a.txt", "b.txt"]


def test_cancelled_it_stops(inbox, sync):
    (inbox / "a.txt").write_text("one")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        sync(token)


def test_the_list_of_folders_outlives_the_program(library, inbox, tmp_path):
    WatchedFolders(library).add(inbox)
    WatchedFolders(library).add(tmp_path / "二")
    WatchedFolders(library).add(inbox)
    assert WatchedFolders(library).folders() == (tmp_path / "二", inbox)
    WatchedFolders(library).remove(inbox)
    assert WatchedFolders(library).folders() == (tmp_path / "二",)
    assert library.documents() == []


@pytest.mark.parametrize("text", ["{", "7", "[7]"])
def test_a_broken_list_names_no_folder(library, inbox, text, caplog):
    folders = WatchedFolders(library)
    folders.add(inbox)
    folders._file.write_text(text)
    with caplog.at_level("ERROR"):
        assert folders.folders() == ()


def test_a_disk_that_does_not_take_the_list_is_told(library, inbox, monkeypatch):
    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(watching, "write_atomically", full)
    with pytest.raises(DocumentNotStored):
        WatchedFolders(library).add(inbox)
