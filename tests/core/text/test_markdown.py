"""What `parse` reads from the notes of Obsidian, Logseq and plain folders."""

from __future__ import annotations

import pytest

from core.text.markdown import parse
from core.text.model import Block, BlockKind, Link, LinkKind, Tag


def only_link(text: str) -> Link:
    (link,) = parse(text).links
    return link


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in parse(text).blocks]


@pytest.mark.parametrize(
    ("written", "kind", "target", "anchor", "text"),
    [
        ("[[笔记]]", LinkKind.WIKI, "笔记", "", ""),
        ("[[n|别名]]", LinkKind.WIKI, "n", "", "别名"),
        ("[[ n ]]", LinkKind.WIKI, "n", "", ""),
        ("[[n#标题]]", LinkKind.WIKI, "n", "标题", ""),
        ("[[n#^b1]]", LinkKind.WIKI, "n", "^b1", ""),
        ("[[#Heading]]", LinkKind.WIKI, "", "Heading", ""),
        ("![[图.png|300]]", LinkKind.EMBED, "图.png", "", "300"),
        ("{{embed [[Some page]]}}", LinkKind.EMBED, "Some page", "", ""),
        ("[t](a%20b.md#%E6%A0%87)", LinkKind.MARKDOWN, "a b.md", "标", "t"),
        ("[t](<a b.md> 'x')", LinkKind.MARKDOWN, "a b.md", "", "t"),
        ("[t](../dir/n.md#h)", LinkKind.MARKDOWN, "../dir/n.md", "h", "t"),
        ("[t](#h)", LinkKind.MARKDOWN, "", "h", "t"),
        ("![t](p_(1).png)", LinkKind.EMBED, "p_(1).png", "", "t"),
    ],
)
def test_a_link_is_read_as_it_was_written(
    written: str, kind: LinkKind, target: str, anchor: str, text: str
) -> None:
    assert only_link(f"见 {written} 。") == Link(kind, target, 1, 2, anchor, text)


@pytest.mark.parametrize(
    "written",
    [
        "[t](https://example.org/n.md)",
        "[t](mailto:a@b.c)",
        "[t]()",
        "<https://example.org>",
        "`[[n]]`",
        "\\[[n]]",
        "$[[n]]$",
        "%% [[n]] %%",
        "<!-- [[n]] -->",
        "[ ] [x]",
        "[[unclosed",
        "[[]]",
        "[^1]",
    ],
)
def test_what_is_no_link_to_a_note_is_left_alone(written: str) -> None:
    assert parse(f"a {written} b").links == ()


def test_lists_quotes_and_tables_keep_lines_and_columns() -> None:
    note = parse("> - 引 [[a]]\n>   [[b]]\n\n| x | y |\n|--|--|\n| [[c\\|d]] | [[e]] |\n")
    assert [(link.target, link.line, link.column) for link in note.links] == [
        ("a", 1, 6),
        ("b", 2, 4),
        ("c", 6, 2),
        ("e", 6, 13),
    ]


def test_tags_are_unicode_and_nested_and_never_numbers_or_headings() -> None:
    note = parse("# 标题 #头\n\n#项目/子 #1 a#b `#c` #todo, (#in) 好，#中文。 #e-1_x\n\n```\n#code\n```\n")
    assert [tag.name for tag in note.tags] == ["头", "项目/子", "todo", "in", "中文", "e-1_x"]
    assert note.tags[0] == Tag("头", 1)


def test_aliases_and_tags_may_begin_with_a_capital_as_in_obsidian() -> None:
    note = parse("---\nAliases: [one, 二]\nTags: x/y, z\n---\n\ntext\n")
    assert note.aliases == ("one", "二")
    assert note.tags == (Tag("x/y", 3), Tag("z", 3))


def test_front_matter_gives_title_aliases_and_tags() -> None:
    note = parse("---\ntitle: 计划\naliases: [a, b c]\ntags:\n  - x/y\n  - '#z'\nkind: plan\n---\n\ntext\n")
    assert (note.title, note.aliases) == ("计划", ("a", "b c"))
    assert note.tags == (Tag("x/y", 5), Tag("z", 6))
    assert note.blocks[0] == Block(BlockKind.FRONT_MATTER, 1, 8, note.blocks[0].text)
    assert note.blocks[1].start_line == 10


def test_broken_front_matter_is_reported_and_stays_text() -> None:
    note = parse("---\ntitle: [unclosed\nsee: [[n]]\n---\n# H\n")
    assert note.front_matter_error.startswith("Line 3")
    assert note.blocks[0].kind is BlockKind.PARAGRAPH
    assert "unclosed" in note.blocks[0].text
    assert [link.target for link in note.links] == ["n"]
    assert [heading.title for heading in note.headings] == ["H"]


def test_blocks_have_the_kinds_that_writers_know() -> None:
    text = "# H\n\npara\n\n- item\n\n> quote\n\n> [!note] t\n> x\n\n"
    text += "```py\ncode\n```\n\n$$\nx\n$$\n\n%%\nc\n%%\n\n---\n\n"
    text += "<div>\n</div>\n\n[^1]: foot\n\n[ref]: n.md\n\n| a |\n|---|\n| b |\n"
    assert kinds(text) == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.CALLOUT,
        BlockKind.CODE,
        BlockKind.MATH,
        BlockKind.COMMENT,
        BlockKind.RULE,
        BlockKind.HTML,
        BlockKind.FOOTNOTE,
        BlockKind.DEFINITION,
        BlockKind.TABLE,
    ]


def test_logseq_properties_ids_and_references() -> None:
    uuid = "64a1b2c3-0000-1111-2222-333344445555"
    note = parse(
        "alias:: 别名, [[b c]]\ntags:: t1, [[t 2]]\n\n"
        f"- TODO one\n  id:: {uuid}\n\t- child (({uuid}))\n- {{{{embed (({uuid}))}}}}\n"
    )
    assert note.aliases == ("别名", "b c")
    assert [tag.name for tag in note.tags] == ["t1", "t 2"]
    assert note.anchors == {uuid: 4}
    assert [(link.kind, link.target, link.line) for link in note.links if link.line > 2] == [
        (LinkKind.BLOCK_REF, uuid, 6),
        (LinkKind.BLOCK_REF, uuid, 7),
    ]
    items = [block for block in note.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.start_line, item.end_line, item.level, item.task) for item in items] == [
        (4, 6, 0, "TODO"),
        (6, 6, 1, ""),
        (7, 7, 0, ""),
    ]


def test_heading_paths_follow_levels() -> None:
    note = parse("# A\n\n## B\n\nb\n\n# C\n\nc\n")
    assert [(block.text, block.heading_path) for block in note.blocks] == [
        ("# A", ("A",)),
        ("## B", ("A", "B")),
        ("b", ("A", "B")),
        ("# C", ("C",)),
        ("c", ("C",)),
    ]
