"""Indexes for the tests: making a table with all its indexes takes half a second, so it is made once."""

from __future__ import annotations

import shutil

import pytest

from core.index import word_phase
from tests.core.index.fakes import HashingEmbedder, indexer_of, open_for


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    """The home of an index that nothing was written to."""
    home = tmp_path_factory.mktemp("empty") / "home"
    open_for(home, HashingEmbedder()).close()
    return home


@pytest.fixture(autouse=True)
def a_busy_machine_puts_nothing_off(monkeypatch):
    """What is embedded before the first commit depends on the change alone, not on the time it takes."""
    monkeypatch.setattr(word_phase, "EMBED_FIRST_SECONDS", 60)


@pytest.fixture
def embedder():
    return HashingEmbedder()


@pytest.fixture
def home(tmp_path, empty_home):
    shutil.copytree(empty_home, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def index(home, embedder):
    with open_for(home, embedder) as opened:
        yield opened


@pytest.fixture
def indexer(index, vault, embedder):
    return indexer_of(index, vault, embedder)
