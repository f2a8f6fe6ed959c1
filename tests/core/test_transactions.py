"""What a transaction leaves in the file: all of it, or nothing."""

import sqlite3
from contextlib import closing

import pytest

from core.transactions import transaction


@pytest.fixture
def file(tmp_path):
    return tmp_path / "笔记.sqlite"


@pytest.fixture
def connection(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE words (word TEXT)")
        yield opened


def words(file):
    with closing(sqlite3.connect(file)) as other:
        return [word for (word,) in other.execute("SELECT word FROM words ORDER BY word")]


def test_what_a_block_writes_is_seen_by_others_at_its_end(connection, file):
    with transaction(connection):
        connection.execute("INSERT INTO words VALUES ('鱼')")
        assert words(file) == []
    assert words(file) == ["鱼"]


def test_a_block_that_raises_writes_nothing_and_the_next_one_works(connection, file):
    with pytest.raises(KeyboardInterrupt), transaction(connection):
        connection.execute("INSERT INTO words VALUES ('lost')")
        raise KeyboardInterrupt
    with transaction(connection):
        connection.execute("INSERT INTO words VALUES ('kept')")
    assert words(file) == ["kept"]


def test_leaving_a_loop_from_inside_commits(connection, file):
    for word in ("one", "two"):
        with transaction(connection):
            connection.execute("INSERT INTO words VALUES (?)", (word,))
            if word == "one":
                break
    assert words(file) == ["one"]


def test_only_one_writes_at_a_time(connection, file):
    with (
        transaction(connection),
        closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
        transaction(other),
    ):
        pytest.fail("two wrote at once")
