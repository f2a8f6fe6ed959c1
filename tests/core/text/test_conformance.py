"""Our grammar against the CommonMark and GFM examples, and link reading against Obsidian's conventions."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from core.text.grammar import grammar
from core.text.markdown import parse
from core.text.model import LinkKind
from tests.core.text.real import DATA, needs_data, notes

pytestmark = needs_data
FILES = ("commonmark-spec-31c0ca2", "gfm-0.29-extensions", "cmark-gfm-extensions")

# Where the rendered HTML differs, and why that is meant.
NOT_PROMISED = {
    "commonmark-spec-31c0ca2": {
        241: "an empty quote has a line break inside only since the spec after 0.31.2",
        242: "the same",
    },
    "gfm-0.29-extensions": {
        279: "a task's box is text here; `Block.task` tells its state",
        280: "the same",
        **dict.fromkeys(range(621, 632), "a bare web address is no link to a note"),
        653: "raw HTML is filtered where it is shown, not where it is read",
    },
    "cmark-gfm-extensions": {
        17: "one tilde strikes nothing through in Obsidian",
        18: "the same",
        19: "a bare web address is no link to a note",
        20: "cmark promises no output here, only that it does not crash",
        22: "raw HTML is filtered where it is shown, not where it is read",
        23: "the footnote plugin numbers back references in its own way",
        24: "a bare web address is no link to a note",
        25: "the same",
        26: "a task's box is text here; `Block.task` tells its state",
        27: "the same",
        28: "the same",
    },
}
# Where the links found differ from the links rendered.
OTHER_LINKS = {
    **dict.fromkeys((550, 561, 592), "`[[x]]` is a wikilink before it is anything of CommonMark"),
    **dict.fromkeys((522, 576, 577), "a link in an image's description cannot be clicked, but names a note"),
    **dict.fromkeys((21, 31, 159, 163, 189, 346, 477, 478, 479, 632, 633), "raw HTML is not read for links"),
    **dict.fromkeys((645, 646), "raw HTML is not read for links"),
}


def examples(name: str) -> list[dict[str, Any]]:
    return list(json.loads((DATA / "conformance" / f"{name}.json").read_text("utf-8")))


def render(parser: MarkdownIt, markdown: str) -> str:
    """Render with the few spellings of the spec's HTML that markdown-it leaves to its user."""
    parser.add_render_rule("definition", lambda *_args: "")
    rendered = str(parser.render(markdown))
    rendered = re.sub(r' style="text-align:(\w+)"', r' align="\1"', rendered)
    return rendered.replace("<s>", "<del>").replace("</s>", "</del>")


@pytest.fixture
def parser() -> Iterator[MarkdownIt]:
    """The grammar of our own, given back without the render rule of this test."""
    made = grammar()
    yield made
    made.renderer.rules.pop("definition", None)


@pytest.mark.parametrize("name", FILES)
def test_blocks_and_marks_are_read_as_the_specification_says(name: str, parser: MarkdownIt) -> None:
    differing = {
        example["example"]
        for example in examples(name)
        if render(parser, example["markdown"]) != example["html"]
    }
    assert differing == set(NOT_PROMISED[name])


@pytest.mark.parametrize("name", FILES)
def test_links_are_found_where_the_specification_renders_them(name: str) -> None:
    differing = {
        example["example"]
        for example in examples(name)
        if rendered_links(example["html"]) != found_links(example["markdown"])
    }
    assert differing == (set(OTHER_LINKS) if name.startswith("commonmark") else set())


def rendered_links(rendered: str) -> list[str]:
    visible = re.sub(r"<pre>.*?</pre>|<code>.*?</code>", "", rendered, flags=re.DOTALL)
    pairs = re.findall(r'<a href="([^"]*)"|<img src="([^"]*)"', visible)
    addresses = (html.unescape(href or source) for href, source in pairs)
    return sorted(unquote(a) for a in addresses if a and not re.match(r"[A-Za-z][\w+.-]+:|//|#fn", a))


def found_links(markdown: str) -> list[str]:
    links = parse(markdown).links
    return sorted(link.target + ("#" + link.anchor if link.anchor else "") for link in links)


def test_links_of_obsidians_own_notes_lead_to_files_that_exist() -> None:
    folder = "conformance/obsidian-export/input"
    files = [path for path in (DATA / folder).rglob("*") if path.is_file()]
    names = {name.lower() for path in files for name in (path.name, path.stem)}
    targets = [link.target for _, text in notes(folder) for link in parse(text).links]
    dangling = {target for target in targets if target and Path(target).name.lower() not in names}
    assert len(targets) == 50
    assert dangling == {"non-existing note", "link-location.md"}


def test_targets_of_obsidian_wikilinks_are_trimmed() -> None:
    text = (
        DATA / "conformance/obsidian-export/input/main-samples/issue-188-wikilinks-need-trimming.md"
    ).read_text()
    links = parse(text).links
    assert {(link.kind, link.target) for link in links} == {(LinkKind.WIKI, "foo")}
    assert [link.anchor for link in links] == [""] * 8 + ["^abc"] * 4
    assert [link.text for link in links][4:8] == ["foo"] * 4
