"""SQLite files that are damaged, deleted, replaced, busy or on a full disk."""

from __future__ import annotations

import shutil
import sqlite3
import threading

import pytest

from core.errors import IndexDamaged, IndexUnavailable
from core.index import damage, database
from core.index.database import Database, remove

SCHEMA = "CREATE TABLE IF NOT EXISTS t (x INTEGER);"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sub" / "db.sqlite"


@pytest.fixture
def opened(file):
    made = Database(file, SCHEMA)
    yield made
    made.close()


def add(opened, x):
    with opened.writing() as connection:
        connection.execute("INSERT INTO t VALUES (?)", (x,))


def rows(opened):
    with opened.reading() as connection:
        return [x for (x,) in connection.execute("SELECT x FROM t ORDER BY x")]


def test_a_failed_transaction_leaves_nothing(opened):
    add(opened, 1)
    with pytest.raises(KeyError), opened.writing() as connection:
        connection.execute("INSERT INTO t VALUES (2)")
        raise KeyError
    assert rows(opened) == [1]


def test_every_thread_sees_what_was_committed(opened):
    add(opened, 1)
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(rows(opened)))
    thread.start()
    thread.join()
    assert seen == [1]


def test_a_file_deleted_while_open_is_damage(opened, file, caplog):
    add(opened, 1)
    shutil.rmtree(file.parent)
    with pytest.raises(IndexDamaged):
        rows(opened)


def test_a_file_put_in_its_place_is_opened_instead(opened, file):
    add(opened, 1)
    remove(file)
    other = Database(file, SCHEMA)
    add(other, 2)
    assert opened.was_replaced()
    assert rows(opened) == [2]
    assert not opened.was_replaced()
    other.close()


def test_a_file_that_was_never_opened_was_not_replaced(opened, file):
    assert not opened.was_replaced()


def test_rubbish_in_the_file_is_damage(opened, file, caplog):
    file.parent.mkdir()
    file.write_bytes(b"rubbish" * 1000)
    with pytest.raises(IndexDamaged):
        rows(opened)


def test_a_busy_file_is_no_damage(opened, file, monkeypatch, caplog):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    add(opened, 1)
    opened.close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexUnavailable):
        add(opened, 2)
    other.close()
    add(opened, 3)
    assert rows(opened) == [1, 3]


def test_a_full_disk_is_no_damage(tmp_path, monkeypatch, caplog):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(damage.tempfile, "TemporaryFile", full)
    with pytest.raises(IndexUnavailable, match="No space left on device"), damage.index_errors(str(tmp_path)):
        raise RuntimeError("lance error: LanceError(IO)")


def test_what_is_no_failure_of_the_store_passes_through(tmp_path):
    with pytest.raises(KeyError), damage.index_errors(str(tmp_path)):
        raise KeyError


def test_removing_takes_the_log_files_along(opened, file):
    add(opened, 1)
    remove(file)
    assert list(file.parent.iterdir()) == []
    remove(file)
