"""`tag:` and `path:` without words list their notes."""

from __future__ import annotations

import os

import pytest

from core.index.listing import notes_within
from core.index.model import Scope
from core.search.model import SearchMode, SearchQuery
from tests.core.index.fakes import write

NOTES = {
    "old.md": "# Old\n\nFirst paragraph.\n\n"
    + "More words. " * 40
    + "\n\nHere it is: #money/revenue\nand on.",
    "new.md": "# New\n\n#Money 新的",
    "日记/三月.md": "---\ntags: [money]\n---\n# 三月\n\n三月开始公测。",
    "日记/空.md": "---\ntags: [money]\n---\n",
    "日记/四月.md": "# 四月\n\n#moneyed 花园",
}


@pytest.fixture
def vault_of_tags(vault, indexer, searcher):
    """The notes of `NOTES` beside the others, each a minute later than the one before."""
    write(vault, NOTES)
    for minute, path in enumerate(NOTES):
        os.utime(vault / path, (4e9 + 60 * minute, 4e9 + 60 * minute))
    indexer.bring_up_to_date()
    return searcher


def paths(searcher, text, **options):
    return [passage.path for passage in searcher.search(SearchQuery(text, **options))]


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize("text", ["tag:money", "tag:#MONEY", '  tag:"money"  '])
def test_a_tag_alone_lists_its_notes_the_latest_first(vault_of_tags, mode, text):
    expected = ["日记/空.md", "日记/三月.md", "new.md", "old.md", "Pricing.md"]
    assert paths(vault_of_tags, text, mode=mode) == expected


def test_a_note_of_the_list_begins_where_its_tag_stands(vault_of_tags):
    by_path = {p.path: p for p in vault_of_tags.search(SearchQuery("tag:money"))}
    old = by_path["old.md"]
    assert old.text.split("\n") == ["Here it is: #money/revenue", "and on."]
    assert NOTES["old.md"].split("\n")[old.start_line - 1] == "Here it is: #money/revenue"
    assert old.end_line == old.start_line + 1


def test_a_note_whose_tag_is_a_property_is_shown_from_its_beginning(vault_of_tags):
    by_path = {p.path: p for p in vault_of_tags.search(SearchQuery("tag:money"))}
    march = by_path["日记/三月.md"]
    assert march.start_line == 1
    assert "三月开始公测" in march.text


def test_a_folder_alone_lists_its_notes_and_a_tag_narrows_it(vault_of_tags):
    in_folder = ["日记/四月.md", "日记/空.md", "日记/三月.md", "日记/花园.md"]
    assert paths(vault_of_tags, "path:日记") == in_folder
    assert paths(vault_of_tags, "path:/日记/ tag:money") == ["日记/空.md", "日记/三月.md"]
    assert paths(vault_of_tags, "", scope=Scope(folder="日记", exclude_path="日记/空.md")) == [
        "日记/四月.md",
        "日记/三月.md",
        "日记/花园.md",
    ]


def test_a_list_keeps_to_its_limit_and_its_scores_fall(vault_of_tags):
    found = vault_of_tags.search(SearchQuery("tag:money", limit=3))
    assert [p.path for p in found] == ["日记/空.md", "日记/三月.md", "new.md"]
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert all(set(p.signals) == {"latest"} for p in found)


def test_a_tag_or_folder_that_nothing_has_lists_nothing(vault_of_tags):
    assert paths(vault_of_tags, "tag:nothing") == []
    assert paths(vault_of_tags, "path:nowhere") == []
    assert paths(vault_of_tags, "tag:' OR 1=1") == []


def test_words_beside_a_tag_are_looked_for_as_ever(vault_of_tags):
    assert paths(vault_of_tags, "tag:money 新的")[0] == "new.md"


def test_a_note_that_could_not_be_read_is_not_listed(vault_of_tags, vault, indexer, index):
    (vault / "new.md").write_bytes(b"\x00" * 100 + b"\xff\xfe\x00\xd8")
    indexer.update()
    listed = [note.path for note in notes_within(index.catalog, Scope(), 50)]
    problems = {skipped.path for skipped in index.catalog.problems()}
    assert not problems & set(listed)
