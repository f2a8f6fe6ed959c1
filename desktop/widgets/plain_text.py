"""Words as they are shown: those of notes, models and servers made safe for Qt, sentences put together."""

from __future__ import annotations

import re
from html import escape

_LONGEST_TOOLTIP = 1200
_PAIRS = re.compile(r"(?P<sign>\*\*|~~|==|`)(?=\S)(?P<words>[^\n]{1,400}?)(?<=\S)(?P=sign)")
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?(?P<words>[^\[\]|\n]+)\]\]")
_LINK = re.compile(r"!?\[(?P<words>[^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_FULL_WIDTH = ("。", "！", "？", "；", "…")


def tooltip(text: str) -> str:
    """Return a tooltip that shows `text` as it is.

    Qt takes a text with tags for HTML, and would load the images it names.
    """
    shown = shortened(text, _LONGEST_TOOLTIP)
    return f"<qt>{escape(shown).replace(chr(10), '<br>')}</qt>" if shown else ""


def button_text(text: str) -> str:
    """Return a label in which `&` is a letter and not the mark of a shortcut."""
    return text.replace("&", "&&")


def shortened(text: str, most: int) -> str:
    """Return `text` in at most so many characters, the last of them an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1] + "…"


def sentences(*some: str) -> str:
    """Return sentences as one text: a space between them where their writing has one, Chinese has none."""
    text = ""
    for sentence in filter(None, some):
        gap = "" if not text or text.endswith(_FULL_WIDTH) else " "
        text += gap + sentence
    return text


def as_read(markdown: str) -> str:
    """Return the words of some Markdown as they are read: no signs of emphasis or code, links by name."""
    for pattern in (_WIKI, _LINK, _PAIRS, _PAIRS):  # code within bold words
        markdown = pattern.sub(r"\g<words>", markdown)
    return markdown
