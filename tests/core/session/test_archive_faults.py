"""The file of sessions on a bad day: locked, damaged, half migrated, begun twice, deleted under us."""

import sqlite3
import threading

import pytest

from core.errors import SessionMissing, SessionsUnavailable
from core.session import archive
from core.session.archive import FILE_NAME, MIGRATIONS, Archive
from core.session.model import Author, Outcome
from core.session.sessions import Sessions
from core.session.traces import Traces


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / FILE_NAME


@pytest.fixture
def made(file):
    kept = Archive(file)
    yield kept
    kept.close()


def count(kept, table="outcomes"):
    with kept.transaction() as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def add(kept, name):
    with kept.transaction() as db:
        db.execute("INSERT INTO outcomes VALUES (?, 'thumb', 'good', 1.0)", (name,))


def set_aside(file):
    return list(file.parent.glob(f"{FILE_NAME}.bad-*"))


@pytest.fixture
def locked(file, made, monkeypatch):
    """Another program holds the file; nobody waits long for it here."""
    monkeypatch.setattr(archive, "BUSY_SECONDS", 0.01)
    add(made, "before")
    made.close()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


def test_a_file_that_another_program_holds_is_left_whole_and_used_again_later(locked, made, file):
    for _ in range(3):
        with pytest.raises(SessionsUnavailable) as caught:
            add(made, "meanwhile")
        assert caught.value.details["path"] == str(file)
    assert set_aside(file) == []
    locked.execute("ROLLBACK")
    add(made, "after")
    assert count(made) == 2


def test_a_file_damaged_in_its_middle_is_set_aside_whole_and_work_goes_on(made, file):
    for n in range(200):
        add(made, f"{n}")
    made.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    add(made, "new life")
    assert count(made) == 1
    (kept,) = set_aside(file)
    assert kept.stat().st_size == len(whole)


@pytest.mark.parametrize("content", [b"", b"\0" * 4096], ids=["empty", "zeros"])
def test_a_file_without_anything_in_it_is_begun_anew(made, file, content):
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    add(made, "a")
    assert count(made) == 1


def test_a_folder_where_the_file_should_be_is_told_and_left_alone(made, file):
    (file / "inside").mkdir(parents=True)
    with pytest.raises(SessionsUnavailable):
        add(made, "a")
    assert (file / "inside").is_dir()


def test_a_folder_deleted_while_the_file_is_closed_is_made_again(made, file):
    add(made, "a")
    made.close()
    file.unlink()
    file.parent.rmdir()
    add(made, "b")
    assert count(made) == 1


def test_a_row_that_breaks_a_rule_is_told_and_the_file_stays(made, file):
    add(made, "a")
    with pytest.raises(SessionsUnavailable), made.transaction() as db:
        db.execute("INSERT INTO outcomes VALUES ('b', 'thumb', 'good', 1.0)")
        db.execute("INSERT INTO outcomes VALUES ('a', 'thumb', 'bad', 1.0)")
    assert count(made) == 1
    assert set_aside(file) == []


def test_a_message_cannot_belong_to_no_session(made):
    with pytest.raises(SessionsUnavailable), made.transaction() as db:
        db.execute("INSERT INTO messages VALUES ('m', 'no-such', 'person', 'x', 'x', 1.0, '{}')")
    assert count(made, "messages") == 0


def test_a_search_in_the_middle_of_a_branch_sees_all_of_it_or_nothing(made, file):
    sessions = Sessions(made, "/v")
    session = sessions.new()
    for n in range(30):
        sessions.add(session.id, Author.PERSON, f"{n}")
    last = sessions.conversation(session.id).messages[-1].id
    other = Archive(file)
    seen, done = set(), threading.Event()

    def look():
        while True:
            seen.update(one.messages for one in Sessions(other, "/v").list())
            if done.is_set():
                return

    looker = threading.Thread(target=look)
    looker.start()
    for _ in range(10):
        sessions.branch(session.id, last)
    done.set()
    looker.join()
    other.close()
    assert seen == {30}


def test_a_branch_that_fails_half_way_leaves_no_trace(made, monkeypatch):
    sessions = Sessions(made, "/v")
    session = sessions.new()
    message = sessions.add(session.id, Author.PERSON, "one")
    with pytest.raises(SessionMissing):
        sessions.branch(session.id, message.id + "x")
    assert (count(made, "sessions"), count(made, "messages")) == (1, 1)


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_every_version_there_was_becomes_the_newest_and_can_be_lived_with(file, version, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(archive, "MIGRATIONS", MIGRATIONS[:version])
        old = Archive(file)
        with old.transaction():
            pass
        old.close()
    new = Archive(file)
    sessions, traces = Sessions(new, "/v"), Traces(new)
    session = sessions.new("a.md")
    sessions.add(session.id, Author.PERSON, "Still there?")
    traces.note_outcome("r", Outcome.GOOD)
    new.close()
    again = Sessions(Archive(file), "/v")
    assert [m.text for m in again.conversation(session.id).messages] == ["Still there?"]
    again._archive.close()


def test_two_programs_that_begin_a_file_at_once_make_one(file):
    archives = [Archive(file) for _ in range(4)]
    barrier = threading.Barrier(len(archives))

    def begin(kept, name):
        barrier.wait()
        add(kept, name)

    threads = [threading.Thread(target=begin, args=(kept, f"{n}")) for n, kept in enumerate(archives)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(archives[0]) == len(archives)
    assert set_aside(file) == []
    for kept in archives:
        kept.close()


def test_closing_twice_or_before_it_was_opened_is_no_trouble(file):
    kept = Archive(file)
    kept.close()
    kept.close()
    assert not file.exists()


def test_halves_of_characters_in_names_extras_and_searches_break_nothing(made):
    sessions = Sessions(made, "/v")
    session = sessions.new()
    sessions.add(session.id, Author.PERSON, "words \ud83d", {"quote": "\udcff"})
    sessions.rename(session.id, "Name \ud83d")
    assert [one.title for one in sessions.list("words ?")] == ["Name ?"]
    assert sessions.list("\ud83d") != ()
