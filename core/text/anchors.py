"""The line that the part of a link after `#` leads to."""

from __future__ import annotations

import re
from unicodedata import normalize

from core.text.markdown import parse

_MARKUP = re.compile(r"[*_`~]|\[\[|\]\]")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def line_of_anchor(text: str, anchor: str) -> int:
    """Return the line (from 1) of what `anchor` names in a note, 0 if nothing has that name.

    A block (`^id`, or a Logseq id), an HTML id, a heading as written (Obsidian's `#Part#Chapter` means the
    last one named), or a heading as GitHub shortens it for addresses.
    """
    note = parse(text)
    wanted = anchor.rsplit("#", 1)[-1].strip()
    if line := note.anchors.get(wanted) or note.anchors.get(wanted.removeprefix("^")):
        return line
    for key in (_plain, _slug):
        for heading in note.headings:
            if wanted and key(heading.title) == key(wanted):
                return heading.line
    return 0


def _plain(title: str) -> str:
    """A title without marks, as both ways of writing a link may leave them out."""
    return " ".join(normalize("NFC", _MARKUP.sub("", title)).casefold().split())


def _slug(title: str) -> str:
    """A heading as GitHub makes an address of it: https://docs.github.com/get-started/writing-on-github."""
    return _NOT_IN_SLUG.sub("", _plain(title)).replace(" ", "-")
