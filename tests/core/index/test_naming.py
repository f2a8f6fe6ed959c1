"""How notes are called and which of them a link means."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.naming import Candidate, choose, file_title, fold, name_key, names_of, without_suffix
from core.text.model import LinkKind

WIKI, MARKDOWN = LinkKind.WIKI, LinkKind.MARKDOWN


def notes(*paths, **aliases):
    """Candidates as the catalogue gives them: every name of every note."""
    found = []
    for number, path in enumerate(paths):
        named = names_of(path, "", aliases.get(f"n{number}", ()))
        found += [Candidate(str(number), path, name) for name in named]
    return found


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("a.md", "a"),
        ("sub/Deep Note.markdown", "Deep Note"),
        ("pages/project___alpha.md", "project/alpha"),
        ("带空格 与#井号 100%20.md", "带空格 与#井号 100 "),
        ("no suffix", "no suffix"),
    ],
)
def test_a_note_is_called_after_its_file(path, title):
    assert file_title(path) == title


def test_every_name_is_listed_once_the_files_own_first():
    assert names_of("p/a___b.md", "Title", ["a/b", "Alias", " "]) == ["a___b", "a/b", "Alias", "Title"]


def test_decomposed_and_composed_names_are_the_same_name():
    name = "Résumé é ガイド"
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name.upper()))


@pytest.mark.parametrize("name", ["Note", "note.md", "sub/NOTE", "./sub/Note.md", "a/b/note/"])
def test_the_key_of_a_name_is_its_last_segment(name):
    assert name_key(name) == "note"


@given(st.text(max_size=40))
def test_a_key_holds_no_separator_and_is_stable(name):
    key = name_key(name)
    assert "/" not in key
    assert name_key(key) == key or key.endswith((".md", ".markdown"))


def test_a_wikilink_finds_the_note_by_name_whatever_the_folder_and_case():
    assert choose(WIKI, "deep note", "x.md", notes("a/b/Deep Note.md")) == "0"


def test_of_two_notes_of_one_name_the_one_beside_the_source_is_meant():
    candidates = notes("a/n.md", "b/n.md")
    assert choose(WIKI, "n", "b/source.md", candidates) == "1"
    assert choose(WIKI, "n", "a/source.md", candidates) == "0"


def test_else_the_shortest_path_then_the_alphabet():
    assert choose(WIKI, "n", "x/source.md", notes("deep/er/n.md", "c/n.md", "b/n.md")) == "2"


def test_the_exact_path_goes_before_the_neighbour():
    assert choose(WIKI, "a/n", "b/a/source.md", notes("a/n.md", "b/a/n.md")) == "0"


def test_part_of_a_path_decides_between_notes_of_one_name():
    candidates = notes("x/one/n.md", "x/two/n.md")
    assert choose(WIKI, "two/n", "s.md", candidates) == "1"
    assert choose(WIKI, "three/n", "s.md", candidates) == ""


def test_aliases_and_namespaces_are_names():
    candidates = notes("pages/a___b.md", "c.md", n1=("Other Name",))
    assert choose(WIKI, "a/b", "s.md", candidates) == "0"
    assert choose(WIKI, "other name", "s.md", candidates) == "1"


def test_a_markdown_link_is_relative_to_its_note():
    candidates = notes("docs/n.md", "docs/sub/n.md")
    assert choose(MARKDOWN, "n.md", "docs/sub/source.md", candidates) == "1"
    assert choose(MARKDOWN, "../n.md", "docs/sub/source.md", candidates) == "0"
    assert choose(MARKDOWN, "/docs/n.md", "elsewhere/source.md", candidates) == "0"


def test_a_markdown_link_by_name_alone_works_as_in_obsidian():
    assert choose(MARKDOWN, "n", "elsewhere/source.md", notes("docs/n.md")) == "0"


def test_a_link_to_nothing_means_nothing():
    assert choose(WIKI, "missing", "s.md", []) == ""
    assert choose(MARKDOWN, "../../outside.md", "s.md", notes("n.md")) == ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_target_raises(target, source):
    for kind in LinkKind:
        choose(kind, target, source, notes("a/n.md", "b.md"))


def test_only_markdown_suffixes_are_dropped():
    assert [without_suffix(p) for p in ("a.MD", "b.txt", "c.md.md", ".md")] == ["a", "b.txt", "c.md", ""]
