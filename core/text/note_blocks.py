"""Blocks that are more than Markdown: callouts, tasks, properties, Logseq's own lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.text.logseq import TASK_WORDS
from core.text.note_inline import within

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

PLAIN_QUOTE = "quote-plain"
"""The name of the place where a quote begins; a callout's ends in its role instead."""
_ROLES = {
    "ok": ("tip", "hint", "important", "success", "check", "done", "pinned"),
    "warn": ("warning", "caution", "attention", "question", "help", "faq"),
    "error": ("failure", "fail", "missing", "danger", "error", "bug"),
    "quiet": ("quote", "cite", "example"),
}
_ROLE = {kind: role for role, kinds in _ROLES.items() for kind in kinds}

_OWN_LINES = re.compile(
    r"^[ \t]*(?:id|collapsed|logseq\.[\w.-]+):: .*\n?|^[ \t]*:LOGBOOK:\n(?:.*\n)*?[ \t]*:END:[ \t]*\n?",
    re.MULTILINE,
)
"""What Logseq writes for itself."""
_ORG = re.compile(
    r"^(?P<indent>[ \t]*)(?P<point>(?:[-*+][ \t]+)?)#\+BEGIN_(?P<kind>\w+)[^\n]*\n"
    r"(?P<body>(?:.*\n)*?)[ \t]*#\+END_(?P=kind)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>.*)")
_TASK = re.compile(rf"(?:\[(?P<box>[ xX])\]|(?P<word>{TASK_WORDS}))(?:[ \t]+|$)")
_MARKS = re.compile(r"\[\[|\]\]|\*\*|==|~~")
_BLOCK_ID = re.compile(r"[ \t]*id:: (?P<block>[0-9a-fA-F-]{36})[ \t]*$")
_POINT = re.compile(r"[ \t]*[-*+][ \t]+")
_DONE = ("x", "X", "DONE", "CANCELED", "CANCELLED")
_SAID_BY_THE_BOX = ("TODO", "DONE")
_PROPERTY = re.compile(r"(?P<key>[\w-]+)::(?= |$)")


def use(parser: MarkdownIt) -> None:
    """Add the rules of this module to a parser; after those of `note_inline`."""
    parser.core.ruler.push("note_blocks", _begin_blocks)


def prepared(text: str) -> str:
    """Return the text as Markdown: without what Logseq writes for itself, its blocks as quotes and code."""
    if "\n\t" in text and not _POINT.match(text):
        text = _with_children(text)
    if "```" in text:
        return text
    if "::" in text or ":LOGBOOK:" in text:
        text = _OWN_LINES.sub("", text)
    return _ORG.sub(_as_markdown, text) if "#+" in text else text


def _with_children(text: str) -> str:
    """Let the children of a block without a bullet be a list; by the letter of Markdown they are code."""
    first, rest = text.split("\n", 1)
    if not re.match(r"\t[-*+] ", rest):
        return text
    return "\n".join([first, *(line.removeprefix("\t") for line in rest.split("\n"))])


def blocks_of(lines: Sequence[str]) -> dict[str, str]:
    """Return the words of the blocks of a note that Logseq has given an id: the first line of each."""
    found: dict[str, str] = {}
    if not any("id::" in line for line in lines):
        return found
    begin = ""
    for line in lines:
        if point := _POINT.match(line):
            begin = line[point.end() :]
        elif "id::" in line and begin and (match := _BLOCK_ID.match(line)):
            found[match["block"].lower()] = _MARKS.sub("", _TASK.sub("", begin, count=1)).strip()
    return found


def blocks_in(text: str, blocks: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return those that a piece of the note refers to."""
    folded = text.lower() if blocks and "((" in text else ""
    return tuple((block, words) for block, words in blocks.items() if folded and block in folded)


def _as_markdown(found: re.Match[str]) -> str:
    """Return a block between `#+BEGIN_` and `#+END_` as a quote, a callout or code."""
    kind = found["kind"].lower()
    if kind in ("src", "export", "query"):
        return found[0]
    inner = found["indent"] + " " * len(found["point"])
    body = found["body"].split("\n")[:-1]
    if kind == "example":
        lines = ["```", *(line.removeprefix(inner) for line in body), "```"]
    else:
        title = [] if kind == "quote" else [f"> [!{kind}]"]
        lines = [*title, *(f"> {line.strip()}" for line in body)] or ["> "]
    return found["indent"] + found["point"] + f"\n{inner}".join(lines)


def _begin_blocks(state: StateCore) -> None:
    for place, block in enumerate(state.tokens):
        if block.type != "inline" or not block.children:
            continue
        before = state.tokens[place - 2] if place > 1 else None
        if before is not None and before.type == "list_item_open":
            _begin_item(before, block.children)
        elif before is not None and before.type == "blockquote_open":
            block.children[:0] = _begin_quote(before, block.children)
        block.children = _with_properties(block.children)


def _begin_item(item: Token, children: list[Token]) -> None:
    """A task has a box for a bullet; a word that says more than the box stays."""
    first = children[0]
    task = _TASK.match(first.content) if first.type == "text" else None
    if task is None:
        return
    done = (task["box"] or task["word"]) in _DONE
    item.attrs["class"] = "checked" if done else "unchecked"
    first.content = first.content[task.end() :]
    if done:
        end = _end_of_line(children)
        children[:end] = within("span", {"class": "done"}, children[:end], first)
    if task["word"] and task["word"] not in _SAID_BY_THE_BOX:
        children[:0] = within("span", {"class": "quiet"}, [first.copy(content=f"{task['word']} ")], first)


def _begin_quote(quote: Token, children: list[Token]) -> list[Token]:
    """Return what marks the beginning of a quote; the first line of a callout becomes its title."""
    first = children[0]
    callout = _CALLOUT.match(first.content) if first.type == "text" else None
    name = PLAIN_QUOTE
    if callout:
        role = _ROLE.get(callout["kind"].lower(), "accent")
        name = f"quote-{role}"
        quote.attrs["class"] = "callout"
        end = _end_of_line(children)
        has_title = callout["title"].strip() or end > 1
        first.content = callout["title"] if has_title else callout["kind"].capitalize()
        coloured = within("span", {"class": f"{role}-title"}, children[:end], first)
        children[:end] = within("strong", {}, coloured, first)
    return within("a", {"name": name}, [], first)


def _with_properties(children: list[Token]) -> list[Token]:
    """Show the keys of Logseq's properties quietly, without their colons."""
    result: list[Token] = []
    begins = True
    for token in children:
        found = _PROPERTY.match(token.content) if begins and token.type == "text" else None
        if found:
            result += within("span", {"class": "quiet"}, [token.copy(content=found["key"])], token)
            result.append(token.copy(content="\u2002" + token.content[found.end() :].lstrip()))
        else:
            result.append(token)
        begins = token.type in ("softbreak", "hardbreak") or (begins and token.nesting != 0)
    return result


def _end_of_line(children: list[Token]) -> int:
    breaks = (n for n, token in enumerate(children) if token.type in ("softbreak", "hardbreak"))
    return next(breaks, len(children))
