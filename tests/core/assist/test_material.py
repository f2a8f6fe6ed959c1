"""What a prompt's template is given."""

import asyncio
from dataclasses import replace

import pytest

from core.assist.material import NOTE_TOKENS, PASSAGES, given_for, language_for, passages_for, text_of
from core.assist.model import NoteContext, Sources, WriteRequest
from core.assist.sources import SourcedSearch
from core.errors import UsageError
from core.prompts.model import Placement, Scope
from core.prompts.parsing import parse
from core.text import tokens
from tests.core.assist.helpers import ALL, PLAN, FixedSearch

NOTE = NoteContext("f/n.md", "N", ("N", "H"), "the block", "the selection", "before ", " after")
PLAIN = parse("{{ text }}", stem="plain", language="en")
WANTING = parse("---\npassages: true\n---\n{{ passages }}", stem="wanting", language="en")


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (Scope.SELECTION, "the selection"),
        (Scope.BLOCK, "the block"),
        (Scope.VAULT, "the selection"),
        (Scope.NOTE, "the selection"),
    ],
)
def test_each_scope_names_its_text(scope, text):
    assert text_of(scope, NOTE) == text


def test_without_a_selection_the_block_is_meant_and_the_note_is_all_of_it():
    bare = NoteContext("n.md", block="the block", before="a ", after=" z")
    assert text_of(Scope.SELECTION, bare) == "the block"
    assert text_of(Scope.NOTE, bare) == "a the block z"
    assert text_of(Scope.NOTE, NoteContext("n.md", block="x", text="WHOLE")) == "WHOLE"
    assert text_of(Scope.NOTE, None) == ""


def test_a_selection_is_never_cut_and_a_whole_note_is():
    long = "A sentence of some words. " * 6000
    assert text_of(Scope.SELECTION, NoteContext("n.md", selection=long)) == long
    assert tokens.count(text_of(Scope.NOTE, NoteContext("n.md", text=long))) <= NOTE_TOKENS


def test_characters_that_nobody_sees_do_not_reach_the_model():
    hidden = NoteContext("n.md", "T\u200bitle", selection="see\U000e0041n")
    given = given_for(WriteRequest("p", hidden), PLAIN, ())
    assert (given.text, given.title) == ("seen", "Title")


def test_nothing_to_work_on_is_an_error_unless_the_form_asks_for_something():
    asking = parse("---\nvariables: [{name: goal, required: true}]\n---\n{{ goal }}", stem="x")
    with pytest.raises(UsageError):
        given_for(WriteRequest("p", NoteContext("n.md", block=" \n")), PLAIN, ())
    assert given_for(WriteRequest("p"), asking, ()).text == ""
    assert given_for(WriteRequest("p"), PLAIN, (PLAN,)).passages.startswith("[1]")


def test_the_text_before_is_its_end():
    note = NoteContext(
        "n.md", block="x", before="".join(f"Line {n} of the text before.\n" for n in range(2000))
    )
    before = given_for(WriteRequest("p", note), PLAIN, ()).before
    assert before.endswith("Line 1999 of the text before.\n")
    assert tokens.count(before) <= 1200


def passages(request, prompt, found=ALL):
    search = FixedSearch(found)
    sourced = SourcedSearch(search, request.sources, read_note=lambda _: "PINNED TEXT")
    return asyncio.run(passages_for(request, prompt, sourced)), search


def test_a_prompt_that_wants_no_passages_asks_no_search():
    found, search = passages(WriteRequest("p", NOTE), PLAIN)
    assert (found, search.queries) == ((), [])


def test_passages_are_looked_up_by_form_wish_and_text():
    found, search = passages(WriteRequest("p", NOTE, {"subject": "价格"}, instruction="short"), WANTING)
    assert 0 < len(found) <= PASSAGES
    assert search.queries[0].text == "价格\nshort\nthe selection"


def test_pinned_notes_go_along_with_any_prompt_and_nothing_else():
    found, _ = passages(WriteRequest("p", NOTE, sources=Sources(notes=("a.md",))), PLAIN)
    assert [passage.text for passage in found] == ["PINNED TEXT"]


@pytest.mark.parametrize(
    ("note", "values", "wish", "language"),
    [
        (NoteContext("n.md", selection="公测定在三月开始。"), {}, "shorter", "zh"),
        (NoteContext("n.md", selection="We open in March."), {}, "短一点", "en"),
        (NoteContext("n.md"), {"subject": "价格策略"}, "", "zh"),
        (None, {}, "", "en"),
    ],
)
def test_the_language_is_that_of_the_text_then_of_the_person_s_words(note, values, wish, language):
    assert language_for(WriteRequest("p", note, values, wish)) == language


def test_a_language_that_was_asked_for_counts_first():
    assert language_for(WriteRequest("p", NOTE, language="zh_CN")) == "zh"


def test_of_one_endless_line_the_end_is_kept():
    note = NoteContext("n.md", block="x", before="word " * 20000 + "the very end")
    before = given_for(WriteRequest("p", note), PLAIN, ()).before
    assert before.endswith("the very end")
    assert tokens.count(before) <= 1200


def test_what_goes_in_behind_the_selection_has_it_before_it():
    note = NoteContext("n.md", block="the block", selection="已经超过两千人，", before="候补名单", after="。")
    behind = parse("{{ before }}", stem="x")
    assert behind.placement is Placement.INSERT
    assert given_for(WriteRequest("p", note), behind, ()).before == "候补名单已经超过两千人，"
    instead = replace(behind, placement=Placement.REPLACE)
    assert given_for(WriteRequest("p", note), instead, ()).before == "候补名单"
