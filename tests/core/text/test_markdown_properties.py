"""What holds for every text whatever: `parse` never raises, loses no line and names exact places."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text.blocks import MAX_LISTED_DEPTH
from core.text.chunks import outer_blocks
from core.text.markdown import parse
from core.text.model import BlockKind, LinkKind, ParsedNote
from tests.core.text import made
from tests.core.text.real import VAULTS, needs_data, notes

STARTS = {
    LinkKind.WIKI: ("[[", "["),  # the latter with Logseq's words over it, `[words]([[page]])`
    LinkKind.EMBED: ("![[", "![", "{{embed", "{{ embed"),
    LinkKind.MARKDOWN: ("[",),
    LinkKind.BLOCK_REF: ("((", "{{", "["),
}


def check_places(text: str, note: ParsedNote) -> None:
    """Every link, tag, heading and anchor stands where the note says it does."""
    lines = text.replace("\0", "\N{REPLACEMENT CHARACTER}").split("\n")  # as CommonMark has it
    for link in note.links:
        assert lines[link.line - 1][link.column :].startswith(STARTS[link.kind]), link
    for tag in note.tags:
        assert tag.name in lines[tag.line - 1], tag
    for heading in note.headings:
        assert lines[heading.line - 1].strip(), heading
    for name, line in note.anchors.items():
        assert 1 <= line <= len(lines), name


def check_blocks(text: str, note: ParsedNote) -> None:
    """Blocks are the lines they say they are; the outer ones cover all that is visible, once and in order."""
    lines = text.split("\n")
    for block in note.blocks:
        assert block.text == "\n".join(lines[block.start_line - 1 : block.end_line])
        assert block.text.strip()
    covered = [
        line for block in outer_blocks(note.blocks) for line in range(block.start_line, block.end_line + 1)
    ]
    assert covered == sorted(set(covered))
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= set(covered)


def check_nesting(note: ParsedNote) -> None:
    """Only list items lie inside list items, deeper by one level at least."""
    items: list[tuple[int, int]] = []
    for block in note.blocks:
        while items and items[-1][0] < block.start_line:
            items.pop()
        if block.kind is not BlockKind.LIST_ITEM:
            assert not items
            continue
        if items:
            assert block.end_line <= items[-1][0]
            assert block.level > items[-1][1]
        assert block.level <= MAX_LISTED_DEPTH
        items.append((block.end_line, block.level))


def check(text: str) -> None:
    note = parse(text)
    check_places(text, note)
    check_blocks(text, note)
    check_nesting(note)
    assert note.source == text


@given(made.NOTES)
@settings(max_examples=300)
@example("\u2028[[a]]\n\x0b[[b]]")
@example("- \t[[a]]\n\t\t[[b]] [[b]]")
@example("> 1. - [[a]]\nlazy [[b]]")
@example("# [[a]] ##\n[[b]]\n===")
@example("\0[[a]]\0")
def test_any_text_is_read_completely_and_exactly(text: str) -> None:
    check(text)


@needs_data
@pytest.mark.parametrize("folder", [f"vaults/{vault}" for vault in VAULTS] + ["documents", "conformance"])
def test_real_notes_are_read_completely_and_exactly(folder: str) -> None:
    for path, text in notes(folder):
        try:
            check(text)
        except AssertionError as error:
            raise AssertionError(f"{path}: {error}") from error


@given(made.BODIES, st.integers(0, 5))
@settings(max_examples=60)
def test_lines_above_move_every_place_down_and_change_nothing_else(body: str, count: int) -> None:
    front = "---\nx: 1\n---\n"
    plain, moved = parse(front + body), parse(front + "\n" * count + body)
    assert [(link.target, link.line + count, link.column) for link in plain.links] == [
        (link.target, link.line, link.column) for link in moved.links
    ]
    assert [(block.kind, block.text) for block in plain.blocks] == [(b.kind, b.text) for b in moved.blocks]


HOSTILE = {
    "brackets": "[" * 100_000,
    "images": "![" * 50_000 + "](a)" * 10_000,
    "links": "[a](b" * 20_000,
    "wikilinks": "[[" * 50_000,
    "open comments": "[<!-- %% " * 20_000,
    "back ticks": "[" + "".join("`" * n + " " for n in range(400)),
    "tags": "#tag " * 20_000,
    "heading ids": "# a " + "{#a} " * 20_000,
    "quotes": "> " * 50_000,
    "lists": "- " * 50_000,
    "deep list": "".join("  " * depth + "- x\n" for depth in range(300)),
    "lazy quote": "> " * 30 + "x\n" + "lazy\n" * 2_000,
    "unclosed math": "- $$a\n" * 5_000,
    "unclosed comments": "%%a\n\n" * 5_000,
    "definitions": "[a]: b\n" * 5_000,
    "footnotes": "[^a]: " * 10_000,
    "wide table": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000,
    "front matter without end": "---\n" + "a: b\n" * 20_000,
    "deep front matter": "---\na: " + "[" * 50_000 + "\n---\n",
    "nul": "\0" * 100_000,
    "marks": "e" + "\u0301" * 100_000,
    "surrogates": "\ud800" * 100_000,
    "spaces": " " * 100_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_neither_raises_nor_loses_anything(name: str) -> None:
    check(HOSTILE[name])
