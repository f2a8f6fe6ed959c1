"""Watched folders in the window."""

import threading

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from core.documents import watching
from core.documents.library import Library
from core.documents.model import Converted, Part
from core.documents.process import Reading
from core.errors import DocumentLocked
from core.files import content_hash
from desktop.bridge.documents_watch import DocumentWatch
from desktop.windows.documents_watched import WatchMenu


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "收件箱"
    (folder / "inner").mkdir(parents=True)
    return folder


@pytest.fixture
def watch(qapp, library, monkeypatch):
    def reader(file, *, cancel):
        if "locked" in file.name:
            raise DocumentLocked
        data = file.read_bytes()
        return Reading(Converted((Part(data.decode()),)), content_hash(data), len(data))

    monkeypatch.setattr(watching.FolderSync.__init__, "__kwdefaults__", {"reader": reader})
    made = DocumentWatch()
    made.lists, made.paths, made.refusals = [], [], []
    made.folders_changed.connect(made.lists.append)
    made.stored.connect(made.paths.append)
    made.refused.connect(made.refusals.append)
    made.use(library)
    yield made
    made.close()


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def names(library):
    return [document.name for document in library.documents()]


def test_a_folder_that_is_added_is_read_at_once_and_refusals_are_told(watch, library, inbox, qtbot):
    (inbox / "a.txt").write_text("one")
    (inbox / "locked.txt").write_text("x")
    watch.add(inbox)
    qtbot.waitUntil(lambda: watch.paths == ["document://a.txt"])
    qtbot.waitUntil(lambda: len(watch.refusals) == 1)
    assert watch.folders == (inbox,)
    assert watch.refusals[0].file == inbox / "locked.txt"


def test_what_comes_and_goes_later_is_noticed(watch, library, inbox, qtbot):
    watch.add(inbox)
    qtbot.waitUntil(lambda: str(inbox / "inner") in watch._system.directories())
    (inbox / "inner" / "b.txt").write_text("two")
    qtbot.waitUntil(lambda: names(library) == ["b.txt"])
    (inbox / "inner" / "b.txt").unlink()
    qtbot.waitUntil(lambda: names(library) == [])
    qtbot.waitUntil(lambda: watch.paths == ["document://b.txt"] * 2)


def test_what_comes_while_a_look_goes_on_is_looked_at_right_after(watch, library, inbox, qtbot):
    looked, asked = [], threading.Event()
    sync = watch._sync.sync

    def slow(folder, *, cancel):
        yield from sync(folder, cancel=cancel)
        if not looked:
            (folder / "late.txt").write_text("late")
            asked.wait(30)
        looked.append(folder)

    watch._sync.sync = slow
    watch.add(inbox)
    qtbot.waitUntil(lambda: watch._running is not None)
    watch.look()
    asked.set()
    qtbot.waitUntil(lambda: names(library) == ["late.txt"])


def test_folders_that_are_watched_stay_watched(watch, inbox, qtbot, monkeypatch):
    watch.add(inbox)
    qtbot.waitUntil(lambda: str(inbox / "inner") in watch._system.directories())
    qtbot.waitUntil(lambda: watch._running is None)
    removed = []
    monkeypatch.setattr(watch._system, "removePaths", removed.append)
    watch.look()
    qtbot.waitUntil(lambda: watch._running is None)
    assert removed == []


def test_without_a_word_from_the_system_the_clock_finds_it(watch, library, inbox, qtbot):
    watch.add(inbox)
    qtbot.waitUntil(lambda: watch._clock.isActive() and watch._running is None)
    watch._watch(())
    (inbox / "late.txt").write_text("late")
    watch._clock.timeout.emit()
    qtbot.waitUntil(lambda: names(library) == ["late.txt"])


def test_a_folder_that_is_let_go_keeps_its_documents(watch, library, inbox, qtbot):
    (inbox / "a.txt").write_text("one")
    watch.add(inbox)
    qtbot.waitUntil(lambda: names(library) == ["a.txt"])
    watch.remove(inbox)
    qtbot.waitUntil(lambda: watch.lists[-1] == ())
    (inbox / "a.txt").unlink()
    watch.look()
    assert (names(library), watch._clock.isActive()) == (["a.txt"], False)


def test_another_run_follows_the_same_folders(watch, library, inbox, qtbot):
    watch.add(inbox)
    qtbot.waitUntil(lambda: watch.folders == (inbox,))
    watch.use(None)
    assert watch.folders == ()
    watch.use(library)
    qtbot.waitUntil(lambda: watch.folders == (inbox,))


def test_the_menu_lists_folders_and_takes_them_away(watch, inbox, qtbot, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    menu = WatchMenu(window, watch)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(inbox))
    menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: len(menu.actions()) == 3)
    entry = menu.actions()[0]
    assert (entry.text(), entry.isChecked()) == (str(inbox), True)
    entry.trigger()
    qtbot.waitUntil(lambda: len(menu.actions()) == 1)
    assert watch.folders == ()
