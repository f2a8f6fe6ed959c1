"""What a new journal page of Logseq begins with: the block that its configuration names, filled in.

A template is a block with the property `template:: name`, anywhere in the vault. It is copied with all below
it; with `template-including-parent:: false` only what is below (https://docs.logseq.com/#/page/templates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

from core.errors import NoteError, VaultError
from core.vault import notes
from core.vault.day_format import format_day
from core.vault.model import VaultLayout
from core.vault.snapshot import scan

_BULLET = re.compile(r"[\t ]*-(?:[\t ]|$)")
_OWN = re.compile(r"(?P<bullet>[\t ]*-)?[\t ]*(?P<key>template|template-including-parent|id)::(?P<value>.*)")
"""What a copy must not have: its template's properties, and an id that another block has."""
_MARK = b"template::"
_VARIABLE = re.compile(r"<%([^%]+?)%>")
_DAYS = {"today": 0, "current page": 0, "yesterday": -1, "tomorrow": 1}

_Block = Sequence[str]
"""The lines of one block as they stand in the file, without the blocks below it."""


def from_block(vault: Path, layout: VaultLayout, now: datetime, *, max_bytes: int) -> str:
    """Return the beginning of a journal page; empty where there is no such template that can be read."""
    for text in _texts_with_templates(vault, max_bytes):
        blocks = _blocks(text)
        for at, block in enumerate(blocks):
            if _own(block).get("template", "").casefold() == layout.journal_template.casefold():
                return filled("\n".join(_copied(blocks, at)), layout, now)
    return ""


def filled(template: str, layout: VaultLayout, now: datetime) -> str:
    """Return a template with `<% today %>`, `<% time %>` and their like; what else stands there stays."""

    def word(found: re.Match[str]) -> str:
        name = found[1].strip().lower()
        if name == "time":
            return format_day("HH:mm", now)
        if name not in _DAYS:
            return found[0]
        return f"[[{format_day(layout.journal_title, now + timedelta(days=_DAYS[name]))}]]"

    return _VARIABLE.sub(word, template)


def _texts_with_templates(vault: Path, max_bytes: int) -> Iterator[str]:
    """Yield the notes that define templates, by path; of the others only the bytes are looked at."""
    try:
        paths = sorted(scan(vault, max_bytes=max_bytes).notes)
    except VaultError:
        return
    for path in paths:
        try:
            if _MARK in (vault / path).read_bytes():
                yield notes.read(vault, path, max_bytes=max_bytes).text
        except (OSError, NoteError):
            continue


def _blocks(text: str) -> Sequence[_Block]:
    """Return the blocks of a page in their order; the first may have no bullet."""
    blocks: list[list[str]] = []
    for line in text.rstrip().split("\n"):
        if _BULLET.match(line) or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _own(block: _Block) -> dict[str, str]:
    """Return the properties of a block that a copy must not have."""
    return {found["key"]: found["value"].strip() for found in map(_OWN.fullmatch, block) if found}


def _copied(blocks: Sequence[_Block], at: int) -> list[str]:
    """Return the lines of what a template inserts, at the margin."""
    depth = len(_indent(blocks[at]))
    chosen: list[_Block] = list(takewhile(lambda block: len(_indent(block)) > depth, blocks[at + 1 :]))
    if _own(blocks[at]).get("template-including-parent") != "false":
        chosen.insert(0, _bulleted(blocks[at]))
    margin = _indent(chosen[0]) if chosen else ""
    return [line.removeprefix(margin) for block in chosen for line in _without_own(block)]


def _indent(block: _Block) -> str:
    return block[0][: len(block[0]) - len(block[0].lstrip())]


def _bulleted(block: _Block) -> _Block:
    if _BULLET.match(block[0]):
        return block
    return [f"- {block[0]}", *(f"  {line}" for line in block[1:])]


def _without_own(block: _Block) -> Iterator[str]:
    for line in block:
        found = _OWN.fullmatch(line)
        if found is None:
            yield line
        elif found["bullet"]:
            yield found["bullet"]
