"""What the person pinned, limited and removed is what a request sees."""

import asyncio

import pytest

from core.assist.model import NoteContext, PartKind, Sources
from core.assist.sources import (
    PINNED_TOKENS,
    SourcedSearch,
    as_numbered,
    note_parts,
    passage_key,
    passage_part,
    without_removed,
)
from core.errors import NoteMissing
from core.index.model import Scope
from core.prompts.model import Retrieval
from core.search.model import SearchQuery
from core.text import tokens
from tests.core.assist.helpers import ALL, CHINESE_PLAN, PLAN, PRICING, FixedSearch

NOTES = {"Reading/Book.md": "A book.", "long.md": "One sentence of many. " * 3000}


def read_note(path):
    if path not in NOTES:
        raise NoteMissing(path)
    return NOTES[path]


def found_by(sources, *, open_note="Projects/Open.md", search=None):
    sourced = SourcedSearch(search or FixedSearch(ALL), sources, read_note=read_note, open_note=open_note)
    return asyncio.run(sourced(SearchQuery("when")))


def test_without_wishes_the_search_is_what_it_was():
    assert found_by(Sources()) == list(ALL)


def test_a_removed_passage_is_not_there():
    assert found_by(Sources(without=frozenset({passage_key(PRICING)}))) == [PLAN, CHINESE_PLAN]


def test_pinned_notes_come_first_and_once():
    first, *rest = found_by(Sources(notes=("Reading/Book.md",)))
    assert (first.path, first.text) == ("Reading/Book.md", "A book.")
    assert rest == list(ALL)
    NOTES[PLAN.path] = "whole plan"
    try:
        assert [p.path for p in found_by(Sources(notes=(PLAN.path,)))].count(PLAN.path) == 1
    finally:
        del NOTES[PLAN.path]


def test_a_pinned_note_that_is_gone_or_was_removed_is_left_out():
    assert found_by(Sources(notes=("gone.md",))) == list(ALL)
    removed = Sources(notes=("Reading/Book.md",), without=frozenset({"pinned:Reading/Book.md"}))
    assert found_by(removed) == list(ALL)


def test_a_long_pinned_note_is_cut():
    first = found_by(Sources(notes=("long.md",)))[0]
    assert tokens.count(first.text) <= PINNED_TOKENS


def test_no_retrieval_asks_no_search():
    search = FixedSearch(ALL)
    assert found_by(Sources(retrieval=Retrieval.NONE), search=search) == []
    assert search.queries == []


def test_the_open_note_alone_can_be_searched():
    assert found_by(Sources(retrieval=Retrieval.NOTE), open_note=PRICING.path) == [PRICING]


@pytest.mark.parametrize(("open_note", "folder"), [("Projects/Open.md", "Projects"), ("Open.md", "")])
def test_the_folder_of_the_open_note_bounds_the_search(open_note, folder):
    search = FixedSearch(ALL)
    found_by(Sources(retrieval=Retrieval.FOLDER), open_note=open_note, search=search)
    assert search.queries[0].scope == Scope(folder=folder)


def test_each_tag_is_searched_and_no_passage_comes_twice():
    search = FixedSearch(ALL)
    found = found_by(Sources(tags=("plan", "计划")), search=search)
    assert [query.scope.tag for query in search.queries] == ["plan", "计划"]
    assert sorted(p.id for p in found) == sorted(p.id for p in ALL)


def test_parts_of_the_open_note_can_be_removed_one_by_one():
    note = NoteContext("n.md", block="b", selection="s", before="x", after="y")
    assert without_removed(note, Sources(without=frozenset({"selection"}))).selection == ""
    around = without_removed(note, Sources(without=frozenset({"note"})))
    assert (around.before, around.after, around.block) == ("", "", "b")
    assert without_removed(note, Sources(without=frozenset({"selection", "block", "note"}))) is None
    assert without_removed(note, Sources()) == note
    assert without_removed(None, Sources()) is None


def test_parts_say_what_they_are_and_how_long():
    parts = note_parts(NoteContext("a/n.md", block="块", selection="选中的", before="x"))
    assert [part.kind for part in parts] == [PartKind.SELECTION, PartKind.BLOCK, PartKind.NOTE]
    assert all(part.tokens > 0 and part.title == "n" and part.removable for part in parts)
    assert note_parts(None) == []


def test_the_key_of_a_part_removes_that_part():
    for passage in (*ALL, found_by(Sources(notes=("Reading/Book.md",)))[0]):
        key = passage_part(passage).key
        left = found_by(Sources(notes=("Reading/Book.md",), without=frozenset({key})))
        assert passage.id not in [p.id for p in left]


def test_passages_are_numbered_from_one_under_their_origin():
    shown = as_numbered([PLAN, CHINESE_PLAN], str.strip)
    assert shown.startswith("[1] Launch plan › When\n")
    assert "\n\n[2] 发布计划 › 时间\n公测" in shown
