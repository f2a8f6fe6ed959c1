"""The file of sessions: made, migrated, shared, and set aside when it is damaged."""

import sqlite3
import threading

import pytest

from core.errors import SessionsUnavailable
from core.session import archive
from core.session.archive import FILE_NAME, MIGRATIONS, Archive


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / FILE_NAME


def tables(made):
    with made.transaction() as db:
        rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row["name"] for row in rows}


def test_a_new_file_has_all_tables_and_the_newest_version(file):
    made = Archive(file)
    assert {"sessions", "messages", "traces", "outcomes", "examples"} <= tables(made)
    with made.transaction() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    made.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_file_is_brought_up_to_date_and_keeps_what_it_held(file, version, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(archive, "MIGRATIONS", MIGRATIONS[:version])
        old = Archive(file)
        with old.transaction() as db:
            db.execute("INSERT INTO outcomes VALUES ('r', 'thumb', 'good', 1.0)")
        old.close()
    made = Archive(file)
    assert "examples" in tables(made)
    with made.transaction() as db:
        assert db.execute("SELECT outcome FROM outcomes").fetchone()[0] == "good"
    made.close()


def test_a_step_that_fails_leaves_the_version_before_it(file, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(archive, "MIGRATIONS", (MIGRATIONS[0], "CREATE TABLE half (a); NONSENSE"))
        with pytest.raises(SessionsUnavailable):
            tables(Archive(file))
    made = Archive(file)
    assert "half" not in tables(made)
    assert "examples" in tables(made)
    made.close()


def test_a_file_of_a_newer_version_is_left_alone(file):
    made = Archive(file)
    tables(made)
    made.close()
    with sqlite3.connect(file) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = file.read_bytes()
    with pytest.raises(SessionsUnavailable, match="newer"):
        tables(Archive(file))
    assert file.read_bytes() == before


def test_a_damaged_file_is_kept_beside_a_new_one(file):
    file.parent.mkdir(parents=True)
    file.write_bytes(b"this is no database" * 500)
    made = Archive(file)
    assert "sessions" in tables(made)
    (kept,) = file.parent.glob(f"{FILE_NAME}.bad-*")
    assert kept.read_bytes().startswith(b"this is no database")
    made.close()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(SessionsUnavailable):
        tables(Archive(tmp_path / "data" / FILE_NAME))


def test_what_raises_in_a_transaction_leaves_nothing_behind(file):
    made = Archive(file)
    with pytest.raises(ValueError, match="stop"), made.transaction() as db:
        db.execute("INSERT INTO outcomes VALUES ('r', 'thumb', 'good', 1.0)")
        raise ValueError("stop")
    with made.transaction() as db:
        assert db.execute("SELECT count(*) FROM outcomes").fetchone()[0] == 0
    made.close()


def test_two_processes_and_many_threads_write_into_one_file(file):
    first, second = Archive(file), Archive(file)

    def write(made, name):
        for n in range(20):
            with made.transaction() as db:
                db.execute("INSERT INTO outcomes VALUES (?, 'thumb', 'good', 1.0)", (f"{name}{n}",))

    threads = [
        threading.Thread(target=write, args=(made, f"{n}-")) for n, made in enumerate((first, second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with first.transaction() as db:
        assert db.execute("SELECT count(*) FROM outcomes").fetchone()[0] == 60
    first.close()
    second.close()


def test_a_closed_file_is_opened_again_when_it_is_needed(file):
    made = Archive(file)
    tables(made)
    made.close()
    assert "sessions" in tables(made)
    made.close()
