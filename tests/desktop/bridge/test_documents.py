"""The shelf of documents: imports beside the window, lists, removals, cancelling."""

import threading

import pytest

from core.concurrency import Cancelled
from core.documents import importer
from core.documents.importer import Began, Imported, Refused
from core.documents.library import Library
from core.documents.model import Converted, Part
from core.documents.process import Reading
from core.errors import DocumentLocked, DocumentMissing
from core.files import content_hash
from desktop.bridge.documents import DocumentShelf


@pytest.fixture
def gate():
    made = threading.Event()
    made.set()
    return made


@pytest.fixture
def read(monkeypatch, gate):
    """Read files in this process; one called `slow` waits for the gate or for being cancelled."""

    def read(file, *, cancel):
        if "locked" in file.name:
            raise DocumentLocked
        while "slow" in file.name and not gate.wait(0.01):
            cancel.raise_if_cancelled()
        data = file.read_bytes()
        return Reading(Converted((Part(data.decode(), "p. 1"),)), content_hash(data), len(data))

    monkeypatch.setattr(importer.import_files, "__kwdefaults__", {
        **importer.import_files.__kwdefaults__, "reader": read,
    })  # fmt: skip


@pytest.fixture
def shelf(qapp, tmp_path, read):
    made = DocumentShelf()
    made.lists, made.steps, made.paths, made.errors, made.ends = [], [], [], [], []
    made.listed.connect(made.lists.append)
    made.stepped.connect(made.steps.append)
    made.changed.connect(made.paths.append)
    made.failed.connect(made.errors.append)
    made.ended.connect(made.ends.append)
    made.use(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def file(tmp_path):
    def file(name, text=""):
        (tmp_path / name).write_text(text or name)
        return tmp_path / name

    return file


def names(shelf):
    return [document.name for document in shelf.lists[-1]] if shelf.lists else None


def test_imported_files_are_stepped_listed_and_told_to_the_index(shelf, file, qtbot):
    with qtbot.waitSignal(shelf.ended) as ended:
        shelf.add([file("a.txt"), file("locked.txt"), file("b.txt")])
        assert shelf.is_busy
    assert ended.args == [False]
    kinds = [type(step) for step in shelf.steps]
    assert kinds == [Began, Imported, Began, Refused, Began, Imported]
    qtbot.waitUntil(lambda: names(shelf) == ["a.txt", "b.txt"])
    assert shelf.paths == ["document://a.txt", "document://b.txt"]
    assert not shelf.is_busy


def test_what_was_known_is_not_told_to_the_index_again(shelf, file, qtbot):
    with qtbot.waitSignal(shelf.ended):
        shelf.add([file("a.txt", "same"), file("copy.txt", "same")])
    assert shelf.paths == ["document://a.txt"]


def test_a_second_drop_follows_the_first(shelf, file, qtbot, gate):
    gate.clear()
    shelf.add([file("slow.txt")])
    shelf.add([file("b.txt")])
    gate.set()
    qtbot.waitUntil(lambda: shelf.ends == [False])
    qtbot.waitUntil(lambda: names(shelf) == ["b.txt", "slow.txt"])


def test_cancelled_it_stops_at_once_and_keeps_what_was_read(shelf, file, qtbot, gate):
    gate.clear()
    shelf.add([file("a.txt"), file("slow.txt"), file("z.txt")])
    qtbot.waitUntil(lambda: any(isinstance(step, Began) and step.number == 2 for step in shelf.steps))
    shelf.cancel()
    assert shelf.ends == [True]
    qtbot.waitUntil(lambda: names(shelf) == ["a.txt"])
    shelf.cancel()
    assert shelf.ends == [True]


def test_documents_are_removed_and_the_index_is_told(shelf, file, qtbot):
    with qtbot.waitSignal(shelf.ended):
        shelf.add([file("a.txt")])
    shelf.remove("document://a.txt")
    qtbot.waitUntil(lambda: names(shelf) == [])
    assert shelf.paths[-1] == "document://a.txt"
    shelf.remove("document://a.txt")
    qtbot.waitUntil(lambda: len(shelf.errors) == 1)
    assert isinstance(shelf.errors[0], DocumentMissing)


def test_a_text_is_read_with_its_document(shelf, file, qtbot):
    with qtbot.waitSignal(shelf.ended):
        shelf.add([file("a.txt", "words")])
    read = []
    shelf.read("document://a.txt", lambda document, text: read.append((document.name, text)))
    qtbot.waitUntil(lambda: read == [("a.txt", "words\n")])


def test_another_vault_has_its_own_documents(shelf, file, qtbot, tmp_path):
    with qtbot.waitSignal(shelf.ended):
        shelf.add([file("a.txt")])
    qtbot.waitUntil(lambda: names(shelf) == ["a.txt"])
    shelf.use(tmp_path / "other")
    qtbot.waitUntil(lambda: names(shelf) == [])
    shelf.use(None)
    assert names(shelf) == []
    shelf.add([file("b.txt")])
    shelf.remove("document://a.txt")
    assert not shelf.is_busy
    assert [document.name for document in Library(tmp_path / "library").documents()] == ["a.txt"]


def test_an_import_that_breaks_off_is_told(shelf, file, qtbot, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("no threads left")
        yield

    monkeypatch.setattr(importer, "import_files", broken)
    with qtbot.waitSignal(shelf.ended):
        shelf.add([file("a.txt")])
    assert isinstance(shelf.errors[0], RuntimeError)


def test_closing_ends_an_import_under_way(qapp, tmp_path, read, file, gate):
    gate.clear()
    made = DocumentShelf()
    made.use(tmp_path / "library")
    made.add([file("slow.txt")])
    made.close()
    assert not made.is_busy


def test_cancelled_is_no_failure():
    assert not issubclass(Cancelled, DocumentMissing)
