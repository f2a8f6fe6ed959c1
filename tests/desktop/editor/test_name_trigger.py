"""Which name is being written, and how links and tags are written out."""

import pytest

from core.text.matching import Term
from desktop.editor.name_trigger import NameKind, link_to, path_of, tag_of, written_at

NAMES = [
    Term("Plan", "Projects/Plan.md"),
    Term("The great plan", "Projects/Plan.md"),
    Term("Notes", "a/Notes.md"),
    Term("Notes", "b/Notes.md"),
    Term("work/2026", "work___2026.md"),
]


@pytest.mark.parametrize(
    ("before", "kind", "query", "start"),
    [
        ("see [[", NameKind.NOTE, "", 4),
        ("see [[Pi lot", NameKind.NOTE, "Pi lot", 4),
        ("![[pic", NameKind.NOTE, "pic", 1),
        ("见【【发布", NameKind.NOTE, "发布", 1),
        ("[[Plan#Co", NameKind.HEADING, "Co", 0),
        ("[[#时", NameKind.HEADING, "时", 0),
        ("word #be", NameKind.TAG, "be", 5),
        ("，#项目/发", NameKind.TAG, "项目/发", 1),
        ("word #", NameKind.TAG, "", 5),
        ("  #a", NameKind.TAG, "a", 2),
    ],
)
def test_a_name_being_written_is_seen(before, kind, query, start):
    written = written_at(before)
    assert (written.kind, written.query, written.start) == (kind, query, start)


@pytest.mark.parametrize(
    "before",
    ["", "word", "[[done]]", "[[a|words", "#", "  #", "# heading", "C#", "##", "a#b", "#done ", "[single"],
)
def test_nothing_is_seen_where_nothing_is_written(before):
    assert written_at(before) is None


def test_a_link_names_the_file():
    assert link_to(NAMES[0], NAMES) == "Plan"


def test_an_alias_is_shown_and_the_file_linked_to():
    assert link_to(NAMES[1], NAMES) == "Plan|The great plan"


def test_of_several_files_of_one_name_the_path_tells_which():
    assert link_to(NAMES[2], NAMES) == "a/Notes|Notes"


def test_a_logseq_namespace_is_its_own_name():
    assert link_to(NAMES[4], NAMES) == "work/2026"


def test_a_tag_with_spaces_is_written_as_logseq_does():
    assert tag_of("beta") == "#beta"
    assert tag_of("two words") == "#[[two words]]"


def test_the_note_of_a_heading_is_found_by_any_of_its_names():
    assert path_of("the great PLAN", NAMES, "here.md") == "Projects/Plan.md"
    assert path_of("", NAMES, "here.md") == "here.md"
    assert path_of("absent", NAMES, "here.md") == ""
