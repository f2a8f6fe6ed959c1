"""Blocks, their kinds and places, heading paths, and the small helpers of grammar and Logseq."""

from __future__ import annotations

import pytest

from core.text import logseq
from core.text.grammar import MAX_NESTING, block_tokens, plain_text
from core.text.markdown import parse
from core.text.model import Block, BlockKind, Heading


def spans(text: str) -> list[tuple[BlockKind, int, int]]:
    return [(block.kind, block.start_line, block.end_line) for block in parse(text).blocks]


def test_blank_lines_around_a_block_do_not_belong_to_it() -> None:
    assert spans("\n\na\n\n\n- b\n\n\n> c\n\n") == [
        (BlockKind.PARAGRAPH, 3, 3),
        (BlockKind.LIST_ITEM, 6, 6),
        (BlockKind.QUOTE, 9, 9),
    ]


def test_an_unclosed_fence_reaches_to_the_end() -> None:
    assert spans("a\n```\nb\n\n# c\n") == [(BlockKind.PARAGRAPH, 1, 1), (BlockKind.CODE, 2, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\nx\n$$\ny", [(BlockKind.MATH, 1, 3), (BlockKind.PARAGRAPH, 4, 4)]),
        ("$$x$$\ny", [(BlockKind.MATH, 1, 1), (BlockKind.PARAGRAPH, 2, 2)]),
        ("a\n$$\nx\n$$", [(BlockKind.PARAGRAPH, 1, 1), (BlockKind.MATH, 2, 4)]),
        ("%%\nx\n\ny\n%%", [(BlockKind.COMMENT, 1, 5)]),
        ("%% a %% b", [(BlockKind.PARAGRAPH, 1, 1)]),
        ("$$\nx", [(BlockKind.PARAGRAPH, 1, 2)]),
        ("> $$\n> x\n> $$", [(BlockKind.QUOTE, 1, 3)]),
        ("    $$\n    x", [(BlockKind.CODE, 1, 2)]),
    ],
)
def test_math_and_comments_need_both_marks(text: str, expected: list[tuple[BlockKind, int, int]]) -> None:
    assert spans(text) == expected


def test_math_and_comments_do_not_reach_out_of_their_item() -> None:
    assert spans("- $$\n  x\n- $$\n  y\n  $$") == [(BlockKind.LIST_ITEM, 1, 2), (BlockKind.LIST_ITEM, 3, 5)]


def test_headings_tags_and_links_inside_math_and_comments_do_not_count() -> None:
    note = parse("%%\n# h\n#tag [[n]]\n%%\n\n$$\n#tag\n$$\n")
    assert (note.headings, note.tags, note.links) == ((), (), ())


def test_items_carry_their_children_and_tell_their_depth_and_task() -> None:
    note = parse("1. [ ] one\n   - [x] two\n\n     more\n   - three\n2. DOING four\n")
    assert [(b.start_line, b.end_line, b.level, b.task) for b in note.blocks] == [
        (1, 5, 0, " "),
        (2, 4, 1, "x"),
        (5, 5, 1, ""),
        (6, 6, 0, "DOING"),
    ]


def test_items_inside_quotes_are_part_of_the_quote() -> None:
    assert spans("> - a\n> - b") == [(BlockKind.QUOTE, 1, 2)]


def test_a_callout_is_told_from_a_quote() -> None:
    assert [kind for kind, _, _ in spans("> [!tip] 标题\n> x\n\n> [!\n\n> a [!tip]\n")] == [
        BlockKind.CALLOUT,
        BlockKind.QUOTE,
        BlockKind.QUOTE,
    ]


def test_headings_of_quotes_do_not_rule_over_what_follows() -> None:
    note = parse("# A\n\n> # quoted\n\nb\n")
    assert [heading.title for heading in note.headings] == ["A"]
    assert note.blocks[-1].heading_path == ("A",)


def test_headings_of_items_rule_over_their_item_and_its_siblings() -> None:
    note = parse("- # A\n\t- ## B\n\t\t- b\n\t- c\n- d\n- # E\n")
    paths = {block.text.strip().split("\n")[0]: block.heading_path for block in note.blocks}
    assert paths["- b"] == ("A", "B")
    assert paths["- c"] == ("A", "B")
    assert paths["- d"] == ("A",)
    assert paths["- # E"] == ("E",)
    assert note.headings == (Heading(1, "A", 1), Heading(2, "B", 2), Heading(1, "E", 6))


def test_skipped_heading_levels_make_no_empty_names() -> None:
    note = parse("### deep\n\n# top\n\n#### deeper\n\nx\n")
    assert [block.heading_path for block in note.blocks][-1] == ("top", "deeper")
    assert note.blocks[0].heading_path == ("deep",)


def test_both_ways_to_write_a_heading_are_read() -> None:
    assert parse("Title\n=====\n\nSub\n---\n").headings == (Heading(1, "Title", 1), Heading(2, "Sub", 4))


def test_what_nests_deeper_than_the_parser_goes_is_still_in_a_block() -> None:
    deep = "".join("  " * depth + f"- x{depth}\n" for depth in range(MAX_NESTING))
    blocks = parse(deep).blocks
    assert blocks[0].end_line == MAX_NESTING
    assert max(block.level for block in blocks) == 10


def test_lines_of_the_body_are_counted_after_the_front_matter() -> None:
    assert parse("---\na: 1\n---\n\nx\n").blocks[1] == Block(BlockKind.PARAGRAPH, 5, 5, "x")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("plain 标题", "plain 标题"),
        ("**Bold** and `code` *it*", "Bold and code it"),
        ("[text](x.md) ![img](p.png)", "text img"),
        ("[[note]] [[note|alias]] [[note#part]] [[#here]]", "note alias note > part here"),
        ('<span id="x">JDK</span>', "JDK"),
        ("A &amp; B \\* C", "A & B * C"),
        ("Title ^block-1", "Title"),
        ("Title {#custom}", "Title"),
        ("a  b\n c", "a b c"),
        ("`" + "x" * 2000, "`" + "x" * 2000),
    ],
)
def test_a_heading_is_known_by_what_a_reader_sees(source: str, shown: str) -> None:
    assert plain_text(source) == shown


def test_nul_is_read_as_commonmark_says_and_moves_nothing() -> None:
    assert [token.content for token in block_tokens("a\0b") if token.type == "inline"] == [
        "a\N{REPLACEMENT CHARACTER}b"
    ]


def test_logseq_names_are_split_at_commas_outside_brackets() -> None:
    assert logseq.names("a, [[b, c]]，#d") == ("a", "b, c", "d")
    assert logseq.names("[[a]] [[b]]") == ("a", "b")
    assert logseq.names("") == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a:: b", [(0, "a", "b")]),
        ("x\n类型:: 书\nEmpty::", [(1, "类型", "书"), (2, "empty", "")]),
        ("std::cout << x", []),
        ("a: b\n:: c\na b:: c", []),
    ],
)
def test_logseq_properties_are_lines_of_their_own(content: str, expected: list[tuple[int, str, str]]) -> None:
    assert list(logseq.properties(content)) == expected


def test_page_properties_stand_in_the_first_block_only() -> None:
    assert parse("title:: 页\nalias:: x\n\n- a\n").properties == {"title": "页", "alias": "x"}
    assert parse("- title:: 页\n- a\n").title == "页"
    assert parse("text\n\nkey:: value\n").properties == {}
    assert parse("- a\n  key:: value\n").properties == {}


def test_front_matter_speaks_before_page_properties_and_headings() -> None:
    note = parse("---\ntitle: A\n---\ntitle:: B\n\n# C\n")
    assert note.title == "A"
    assert parse("title:: B\n\n# C\n").title == "B"
    assert parse("## no\n\n# C\n").title == "C"
    assert parse("---\ntitle: true\n---\n## x\n").title == ""
    assert parse("---\ntitle: 2024\n---\n").title == "2024"


def test_anchors_name_the_line_of_their_block() -> None:
    note = parse("one\ntwo ^a\n\n- item ^b ^c\n\n<span id='d'>x</span>\n\n^e\n")
    assert note.anchors == {"^a": 1, "^b": 4, "^c": 4, "d": 6, "^e": 8}
