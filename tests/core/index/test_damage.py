"""What is raised below the index, told apart: damage, a disk that refuses, a mistake of the caller."""

import sqlite3

import pytest

from core.errors import IndexDamaged
from core.index.damage import index_errors

RustPanic = type("RustPanic", (Exception,), {})
"""Named as LanceDB's own, which no module lets one import."""


def unreadable():
    return UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


@pytest.mark.parametrize(
    "error",
    [RuntimeError("lance"), OSError("gone"), sqlite3.DatabaseError("rubbish"), RustPanic(), unreadable()],
)
def test_what_broken_files_lead_to_is_damage(tmp_path, caplog, error):
    with pytest.raises(IndexDamaged), index_errors(str(tmp_path)):
        raise error


@pytest.mark.parametrize(
    "error",
    [UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed"), KeyError("path"), TypeError()],
)
def test_a_mistake_of_the_caller_is_no_damage(tmp_path, error):
    with pytest.raises(type(error)), index_errors(str(tmp_path)):
        raise error
