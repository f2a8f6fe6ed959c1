"""Links, tags and anchors inside the text of one block."""

from __future__ import annotations

import pytest

from core.text.inline import Found, FoundAnchor, FoundLink, FoundTag, find, wiki_links
from core.text.model import LinkKind

UUID = "64a1b2c3-0000-1111-2222-333344445555"


def links(text: str, references: dict[str, str] | None = None) -> list[FoundLink]:
    return [found for found in find(text, references) if isinstance(found, FoundLink)]


def targets(text: str, references: dict[str, str] | None = None) -> list[str]:
    return [link.target for link in links(text, references)]


def tags(text: str) -> list[str]:
    return [found.name for found in find(text) if isinstance(found, FoundTag)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](x.md) [b](y.md)", ["x.md", "y.md"]),
        ('[a](x.md "title") [a](x.md (t))', ["x.md", "x.md"]),
        ("[a]( x.md )", ["x.md"]),
        ("[a](x\\(1\\).md)", ["x(1).md"]),
        ("[a](a(b(c)).md)", ["a(b(c)).md"]),
        ("[a](<x y.md>)", ["x y.md"]),
        ("[a](x y.md)", []),
        ("[a](x.md 'open)", []),
        ("[a] (x.md)", []),
        ("[![i](p.png)](x.md)", ["x.md", "p.png"]),
        ("[a [b](x.md) c](y.md)", ["x.md"]),
        ("![a [b](x.md) c](y.png)", ["y.png", "x.md"]),
        ("[a\nb](x.md)", ["x.md"]),
        ("[`]`](x.md)", ["x.md"]),
        ("[a`](x.md)`", []),
        ("``[[a` ]]`` [[b]]", ["b"]),
        ("`[[a]] [[b]]", ["a", "b"]),
        ("\\`[[a]]\\`", ["a"]),
        ("%% [[a]] %% [[b]]", ["b"]),
        ("%% [[a]]", ["a"]),
        ("<!-- [[a]] --> [[b]]", ["b"]),
        ("$[[a]]$ $5 [[b]] and $6", ["b"]),
        ("US$5 [[b]] US$6", ["b"]),
        ("$$\n[[a]]\n$$ [[b]]", ["b"]),
        ("https://x.y/[[a]] [[b]]", ["a", "b"]),
        ("[[a|b|c]] [[d\\|e]]", ["a", "d"]),
        ("[[https://x.y]] [[Foo: bar]]", ["Foo: bar"]),
        ("[[ ]] [[|x]] [[#]]", []),
        ("[a](C:\\x.md) [b](//host/x) [c](file:///x.md)", []),
    ],
)
def test_what_a_link_is_follows_commonmark_and_obsidian(text: str, expected: list[str]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a][r]", ["n.md"]),
        ("[R][]", ["n.md"]),
        ("[r]", ["n.md"]),
        ("![r]", ["n.md"]),
        ("[a][none] [none]", []),
        ("[ ] [x]", []),
        ("[web]", []),
    ],
)
def test_link_definitions_are_followed(text: str, expected: list[str]) -> None:
    assert targets(text, {"R": "n.md", "WEB": "https://x.y"}) == expected


def test_anchors_and_shown_text_are_kept() -> None:
    assert links("[[n#h#sub|别 名]]") == [FoundLink(LinkKind.WIKI, "n", "h#sub", "别 名", 0)]
    assert links("x [t](n.md#a%20b)") == [FoundLink(LinkKind.MARKDOWN, "n.md", "a b", "t", 2)]
    assert links("![[n#^id]]") == [FoundLink(LinkKind.EMBED, "n", "^id", "", 0)]
    assert links("[[笔记^37066d|t]]") == [FoundLink(LinkKind.WIKI, "笔记", "^37066d", "t", 0)]
    assert links("[[a^b^c]]") == [FoundLink(LinkKind.WIKI, "a^b^c", "", "", 0)]


@pytest.mark.parametrize(
    ("page", "target", "anchor"),
    [("[[book]]", "book", ""), ("[[书架]]", "书架", ""), ("<[[a b]]>", "a b", ""), ("[[a/b#c]]", "a/b", "c")],
)
def test_words_of_logseq_over_a_page_lead_to_the_page(page: str, target: str, anchor: str) -> None:
    assert links(f"see [words]({page})") == [FoundLink(LinkKind.WIKI, target, anchor, "words", 4)]


def test_logseqs_references_and_embeds() -> None:
    assert links(f"(({UUID}))") == [FoundLink(LinkKind.BLOCK_REF, UUID, "", "", 0)]
    assert links(f"[see]((({UUID})))") == [FoundLink(LinkKind.BLOCK_REF, UUID, "", "see", 0)]
    assert links(f"{{{{embed (({UUID}))}}}}") == [FoundLink(LinkKind.BLOCK_REF, UUID, "", "", 0)]
    assert links("{{embed [[a b]]}}") == [FoundLink(LinkKind.EMBED, "a b", "", "", 0)]
    assert links("((not an id)) {{query [[a]]}}") == [FoundLink(LinkKind.WIKI, "a", "", "", 22)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a #b/c #d-e_f", ["a", "b/c", "d-e_f"]),
        ("#中文 #日本語 #émoji🎉", ["中文", "日本語", "émoji🎉"]),
        ("#a,b #c. #d; #e! #f)", ["a", "c", "d", "e", "f"]),
        ("#标签，后面 #标签。", ["标签", "标签"]),
        ("（#甲）「#乙」，#丙", ["甲", "乙", "丙"]),
        ("#1 #2024 #1a #20-24", ["1a"]),
        ("a#b C# x/#y &#39; #", []),
        ("\\#no `#no` <https://x.y/#no> https://x.y/ab#no [t](#no)", []),
        ("##no ###no", []),
        ("#a#b", ["a"]),
        ("#dir/ #a//b", ["dir", "a//b"]),
        ("#[[two words]]", ["two words"]),
    ],
)
def test_tags_are_what_obsidian_and_logseq_call_tags(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


def test_a_bracketed_tag_is_a_link_as_well() -> None:
    found: list[Found] = find("x #[[a b]]")
    assert found == [FoundTag("a b", 2), FoundLink(LinkKind.WIKI, "a b", "", "", 3)]


def test_html_elements_can_be_named_in_links() -> None:
    text = '<span id="甲">x</span> <a name=\'b\'></a> <i id=c> <p class="id">'
    assert find(text) == [
        FoundAnchor("甲", 0),
        FoundAnchor("b", text.index("<a")),
        FoundAnchor("c", text.index("<i")),
    ]


def test_front_matter_is_searched_for_wikilinks_only() -> None:
    assert [link.target for link in wiki_links('up: "[[a]]" # [b](c.md) #tag')] == ["a"]


def test_text_without_any_mark_is_not_even_looked_at() -> None:
    assert find("plain words, 一句话。") == []
