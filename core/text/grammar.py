"""The Markdown that notes are written in: CommonMark, and what GitHub, Obsidian and Logseq add to it.

Only markdown-it's block phase runs over notes. Its inline tokens know no columns and cost twice as much as
the blocks, so `core.text.inline` looks for links and tags in their content instead.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

MAX_NESTING = 32
"""Levels of lists (two each) and quotes; what lies deeper is text of the block around it."""

MATH = "math_block"
COMMENT = "comment_block"
_MARKERS = {"$$": MATH, "%%": COMMENT}
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


@cache
def grammar() -> MarkdownIt:
    """Return the one configured parser; it keeps no state between notes and is safe from any thread."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "inline_definitions": True})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.block.ruler.before("fence", "marked_block", _marked_block, {"alt": _INTERRUPTED})
    return parser


def block_tokens(text: str) -> list[Token]:
    """Return markdown-it's block tokens; token maps count lines of `text` from 0, end excluded."""
    parser, tokens = grammar(), list[Token]()
    parser.block.parse(text.replace("\0", "\N{REPLACEMENT CHARACTER}"), parser, {}, tokens)
    return tokens


def plain_text(source: str) -> str:
    """Return one line of Markdown as a reader sees it: no emphasis marks, link targets, HTML or block id."""
    text = _BLOCK_ID.sub("", source)
    if not _MARKUP.search(text):
        return " ".join(text.split())
    text = _WIKI.sub(_shown, text)
    if len(text) > 1000:  # no one's heading; only to bound what markdown-it's inline rules may cost
        return " ".join(text.split())
    children = grammar().parseInline(text)[0].children or []
    return " ".join("".join(_visible(child) for child in children).split())


_BLOCK_ID = re.compile(r"(?:\s+\^[\w-]+|\s*\{#[\w-]+\})+\s*$")
_MARKUP = re.compile(r"[\\`*_\[\]<&~!]")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]*)(?:\\?\|([^\[\]\n]*))?\]\]")


def _shown(match: re.Match[str]) -> str:
    return match[2] or match[1].strip().lstrip("#").replace("#", " > ")


def _visible(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "html_inline" else token.content


def _marked_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Recognise lines between two `$$` or two `%%`; what is never closed stays a paragraph.

    Our own rule because mdit-py-plugins' math rule looks for its end past the list item it stands in.
    """
    first = state.bMarks[start] + state.tShift[start]
    kind = _MARKERS.get(state.src[first : first + 2])
    if kind is None or state.is_code_block(start):
        return False
    last = _closing_line(state, start, end, state.src[first : first + 2])
    if last is None:
        return False
    if not silent:
        token = state.push(kind, "div", 0)
        token.map = [start, last + 1]
        token.content = state.getLines(start, last + 1, state.blkIndent, True)
        state.line = last + 1
    return True


def _closing_line(state: StateBlock, start: int, end: int, marker: str) -> int | None:
    """Return the line that ends with `marker`, or where a comment's marker closes within the first line."""
    opening = state.bMarks[start] + state.tShift[start] + 2
    rest = state.src[opening : state.eMarks[start]]
    if marker in rest:
        return start if rest.rstrip().endswith(marker) else None
    for line in range(start + 1, end):
        text = state.src[state.bMarks[line] : state.eMarks[line]].rstrip()
        if state.sCount[line] < state.blkIndent and text:
            return None
        if marker in text:
            return line if text.endswith(marker) else None
    return None
