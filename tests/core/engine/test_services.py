"""Index and search as the command line uses them: no keeper is beside them to mend anything."""

import pytest

from core.engine.services import VaultServices
from core.search.model import SearchMode, SearchQuery
from core.settings import Settings

WORDS = SearchQuery("waiting list", mode=SearchMode.TEXT)


@pytest.fixture
def services(vault, where):
    services = VaultServices(vault, Settings(), where)
    services.read_if_new()
    services.indexer.tidy(force=True)
    yield services
    services.close()


def spoil(services, pattern):
    services.index.close()
    files = list(services.index.folder.rglob(pattern))
    assert files
    for file in files:
        file.write_bytes(b"rubbish" * 1000)


@pytest.mark.parametrize("pattern", ["*_invert.lance", "*_tokens.lance", "data/*.lance"])
def test_a_search_that_meets_a_damaged_index_answers_from_a_new_one(services, pattern, caplog):
    spoil(services, pattern)
    assert [passage.path for passage in services.search(WORDS)] == ["Launch.md"]
    assert [passage.path for passage in services.searcher.search(WORDS)] == ["Launch.md"]


def test_a_damaged_catalogue_counts_as_a_vault_that_was_never_read(services, caplog):
    spoil(services, "catalog.sqlite")
    services.read_if_new()
    assert [passage.path for passage in services.search(WORDS)] == ["Launch.md"]
