"""The glossary is made once, whole or not at all."""

from __future__ import annotations

import importlib.metadata
import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from core.concurrency import Cancelled, CancelToken
from core.search.glossary import building, building_process
from core.search.glossary.building import GlossaryUnavailable
from tests.core.search import glossaries

CHILD = "pilotfish-build-glossary"


def _children() -> list[multiprocessing.process.BaseProcess]:
    return [child for child in multiprocessing.active_children() if child.name == CHILD]


def _leftovers(models: Path) -> list[str]:
    return sorted(file.name for file in models.iterdir() if file.suffix != ".lock")


def _when_writing(models: Path, act: Callable[[], object]) -> threading.Thread:
    """Act as soon as the child has begun its file; the thread ends at once after that."""

    def watch() -> None:
        for _ in range(6000):  # a build that never gets so far fails the test, but does not keep it
            if list(models.glob(".cedict-*")):
                act()
                return
            time.sleep(0.01)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def _build(models: Path) -> None:
    """Run in a process of its own."""
    building.build(models)


def _program(models: Path) -> multiprocessing.process.BaseProcess:
    program = multiprocessing.get_context("spawn").Process(target=_build, args=(models,))
    program.start()
    return program


def test_the_real_glossary_is_whole(tmp_path: Path):
    file = glossaries.real_file(tmp_path)
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("chinese", "english")
        ]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert counts[0] > 150_000
    assert counts[1] > 70_000
    assert building.glossary_file(file.parent).is_file()


def test_a_glossary_that_is_there_is_not_made_again(tmp_path: Path):
    file = building.glossary_file(tmp_path)
    file.write_bytes(b"there")
    assert building.build(tmp_path) == file
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"there", [file])


def test_another_dictionary_has_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = building.glossary_file(tmp_path)
    monkeypatch.setattr(importlib.metadata, "version", lambda _name: "9.9")
    assert building.glossary_file(tmp_path) != before
    assert building.glossary_file(tmp_path).parent == tmp_path


def test_of_two_programs_one_builds_after_a_third_was_killed(tmp_path: Path):
    killed = _program(tmp_path)
    watcher = _when_writing(tmp_path, lambda: os.kill(killed.pid or 0, signal.SIGKILL))
    killed.join(60)
    watcher.join(60)
    assert killed.exitcode == -signal.SIGKILL
    assert not building.glossary_file(tmp_path).exists()
    (tmp_path / f".{building.glossary_file(tmp_path).name}.1").write_bytes(b"left by a power cut")
    programs = [_program(tmp_path) for _ in range(2)]
    for program in programs:
        program.join(120)
    assert [program.exitcode for program in programs] == [0, 0]
    assert _leftovers(tmp_path) == [building.glossary_file(tmp_path).name]


def test_a_child_whose_parent_is_gone_takes_its_file_away(tmp_path: Path):
    program = _program(tmp_path)
    watcher = _when_writing(tmp_path, program.kill)
    program.join(60)
    watcher.join(60)
    for _ in range(1000):
        if not _leftovers(tmp_path):
            break
        time.sleep(0.02)
    assert _leftovers(tmp_path) == []


def test_a_killed_child_leaves_no_glossary(tmp_path: Path):
    watcher = _when_writing(tmp_path, lambda: [child.kill() for child in _children()])
    with pytest.raises(GlossaryUnavailable, match="ended from outside"):
        building.build(tmp_path)
    watcher.join(60)
    assert _leftovers(tmp_path) == []


def test_a_cancelled_build_ends_and_leaves_nothing(tmp_path: Path):
    token = CancelToken()
    watcher = _when_writing(tmp_path, token.cancel)
    with pytest.raises(Cancelled):
        building.build(tmp_path, token=token)
    watcher.join(60)
    assert _leftovers(tmp_path) == []
    assert _children() == []


def test_waiting_for_another_program_can_be_cancelled(tmp_path: Path):
    token = CancelToken()
    threading.Timer(0.1, token.cancel).start()
    with FileLock(building.glossary_file(tmp_path).with_suffix(".lock")), pytest.raises(Cancelled):
        building.build(tmp_path, token=token)
    assert _leftovers(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(GlossaryUnavailable, match=f"could not be made in {tmp_path}/file"):
        building.build(tmp_path / "file")


def test_what_fails_in_the_child_is_told(tmp_path: Path):
    with pytest.raises(GlossaryUnavailable, match="unable to open database file"):
        building._run_child(tmp_path / "missing" / "g.sqlite", CancelToken())
    assert _children() == []


def test_a_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(FileNotFoundError, match="no_such_package is not installed"):
        building_process.packaged_file("no_such_package", "data")
    monkeypatch.setattr(building_process, "DICTIONARY", ("no_such_package", "data"))
    assert not building.glossary_file(tmp_path).exists()
    with pytest.raises(FileNotFoundError):
        building_process.compile_into(tmp_path / "g.sqlite")
    assert _leftovers(tmp_path) == []
