"""A file of sessions of its own for each test, and a clock that goes on by a second a look."""

import itertools

import pytest

from core.session.archive import FILE_NAME, Archive
from core.session.sessions import Sessions
from core.session.traces import Traces


@pytest.fixture
def archive(tmp_path):
    made = Archive(tmp_path / FILE_NAME)
    yield made
    made.close()


@pytest.fixture
def sessions(archive):
    return Sessions(archive, "/vault", now=itertools.count(1000).__next__)


@pytest.fixture
def traces(archive):
    return Traces(archive)
