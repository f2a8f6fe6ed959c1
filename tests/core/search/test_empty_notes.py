"""A note without any text is found by what it is called, and by nothing else."""

from __future__ import annotations

import pytest

from core.search.model import SearchMode, SearchQuery
from core.search.searcher import Searcher
from tests.core.index.fakes import HashingEmbedder, write
from tests.core.search.conftest import NOTES

EMPTY = {"People/Ada Lovelace.md": "", "想法/量子花园.md": "\n \n\n"}


@pytest.fixture
def searcher(index, indexer, vault, embedder):
    write(vault, NOTES | EMPTY)
    indexer.bring_up_to_date()
    return Searcher(index, embedder, second=HashingEmbedder("second"))


def paths(searcher, text, **options):
    return [passage.path for passage in searcher.search(SearchQuery(text, **options))]


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Ada Lovelace", "People/Ada Lovelace.md"),
        ("lovelace", "People/Ada Lovelace.md"),
        ("量子", "想法/量子花园.md"),
    ],
)
def test_it_is_found_by_its_title_and_by_a_word_of_it(searcher, mode, text, path):
    assert paths(searcher, text, mode=mode)[0] == path


def test_it_shows_its_title_and_no_text(searcher):
    (best, *_) = searcher.search(SearchQuery("Ada Lovelace"))
    assert (best.title, best.text, best.start_line, best.end_line) == ("Ada Lovelace", "", 1, 1)


def test_notes_that_say_something_come_before_it(searcher):
    found = paths(searcher, "今天在花园里种了什么")
    assert found.index("日记/花园.md") < found.index("想法/量子花园.md")


def test_it_is_one_passage_until_it_says_something(index, indexer, vault, searcher):
    totals = index.catalog.totals()
    assert (totals.notes, totals.chunks, totals.waiting) == (len(NOTES) + 2, index.store.count(), 0)
    write(vault, {"People/Ada Lovelace.md": "She wrote the first program.\n"})
    indexer.bring_up_to_date()
    (best, *_) = searcher.search(SearchQuery("Ada Lovelace"))
    assert best.text == "She wrote the first program."
    assert index.catalog.totals() == totals
    write(vault, {"People/Ada Lovelace.md": ""})
    indexer.bring_up_to_date()
    assert paths(searcher, "Ada Lovelace")[0] == "People/Ada Lovelace.md"


def test_it_is_found_by_its_new_name_once_it_is_renamed(indexer, vault, searcher):
    (vault / "People" / "Ada Lovelace.md").rename(vault / "People" / "Grace Hopper.md")
    indexer.bring_up_to_date()
    assert paths(searcher, "Hopper")[0] == "People/Grace Hopper.md"
    assert "People/Ada Lovelace.md" not in paths(searcher, "Lovelace")
