"""What a person should look at twice before a model's words go into a note.

Characters that are not seen but are there, and links, pictures and HTML that the text had not held before:
each could carry something out of the note or hide an order in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What stands there."""

    INVISIBLE = "invisible"
    LINK = "link"
    IMAGE = "image"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of text, as offsets in code points, and what it is.

    `what` names it: the characters' numbers (`U+200B`), the address, or the HTML element.
    """

    start: int
    end: int
    kind: Kind
    what: str


# Zero-width, bidirectional and tag characters, variation selectors, fillers, odd spaces, controls.
_INVISIBLE = re.compile(
    "[\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f-\x9f]+"
)
_PICTOGRAPH = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_EMOJI = re.compile(rf"[0-9#*{_PICTOGRAPH}][\ufe0e\ufe0f]?(?:\u200d[{_PICTOGRAPH}]\ufe0f?)*")
"""Selectors and joiners between these belong to a picture that is seen."""

_ADDRESS = r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|javascript:|data:|//)[^\s<>\"'）】」』，。；、]*[^\s<>\"'）】」』，。；、.,;:!?)\]]"
_LINKING = re.compile(
    rf"""
      (?P<image> !\[[^\[\]\n]{{0,300}}\](?:\((?P<picture>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^()\n]*\))? )
    | (?P<link> \[[^\[\]\n]{{1,300}}\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)[^()\n]*\) )
    | (?P<html> </?(?P<element>[a-z][a-z0-9-]*)(?=[\s/>])[^<>]{{0,2000}}>? )
    | (?P<bare> {_ADDRESS} )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def findings(text: str, *, known: str = "") -> tuple[Finding, ...]:
    """Return what should be looked at twice in `text` and is not in `known`, in order of place.

    A link counts as known by its address, an HTML element by its name, an invisible character by itself.
    """
    old = {(finding.kind, finding.what) for finding in _all(known)}
    new = (finding for finding in _all(text) if (finding.kind, finding.what) not in old)
    return tuple(sorted(new, key=lambda finding: (finding.start, finding.end)))


def without_invisible(text: str) -> str:
    """Return the text without characters that are there and not seen; those that shape an emoji stay."""
    if not _INVISIBLE.search(text):
        return text
    shaping = _in_emoji(text)
    return "".join(char for at, char in enumerate(text) if at in shaping or not _INVISIBLE.match(char))


def _all(text: str) -> Iterator[Finding]:
    yield from _invisible(text)
    yield from _linking(text)


def _invisible(text: str) -> Iterator[Finding]:
    seen = _in_emoji(text)
    for run in _INVISIBLE.finditer(text):
        if not all(at in seen for at in range(*run.span())):
            names = " ".join(f"U+{ord(char):04X}" for char in run[0][:4]) + (" …" if len(run[0]) > 4 else "")
            yield Finding(*run.span(), Kind.INVISIBLE, names)


def _in_emoji(text: str) -> set[int]:
    return {at for emoji in _EMOJI.finditer(text) for at in range(emoji.start() + 1, emoji.end())}


def _linking(text: str) -> Iterator[Finding]:
    for match in _LINKING.finditer(text):
        if match["image"] is not None:
            yield Finding(*match.span(), Kind.IMAGE, match["picture"] or match[0])
        elif match["link"] is not None:
            yield Finding(*match.span(), Kind.LINK, match["target"])
        elif match["html"] is not None:
            yield Finding(*match.span(), Kind.HTML, f"<{match['element'].lower()}>")
        else:
            yield Finding(*match.span(), Kind.LINK, match[0])
