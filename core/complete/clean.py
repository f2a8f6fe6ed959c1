"""A model's words without what does not belong to them; pure, and right for a text that still grows.

Servers let the marks slip through with which a model ends its turn, small models repeat the sign for the
caret, and characters that nobody sees would go into the note with a key press.
"""

from __future__ import annotations

import re

from core.text.unseen import without_invisible

CARET = "<caret/>"
"""What stands for the caret in a question to a model that only talks."""

_TURN_ENDS = re.compile(r"<\|[^<>|\n]{1,40}\|>|<｜[^<>｜\n]{1,40}｜>|</s>\s*\Z")
_MAY_BECOME_A_MARK = re.compile(r"<(?:[|｜/c][^<>\n]{0,40})?\Z")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_ODD_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_LEADER = re.compile(r"\A\s*(?:…+|\.{3,})[ \t]*(?=\w)")
_FENCES = re.compile(r"\A\s*```[\w-]*[ \t]*(?:\n|\Z)|\n?```[ \t]*\Z")


def cleaned(raw: str, *, whole: bool) -> str:
    """Return the words alone, in characters that are seen.

    Args:
        whole: whether nothing more comes. Until then a beginning of what would be left out is held back.
    """
    text = raw.replace(CARET, "")
    if end := _TURN_ENDS.search(text):
        text = text[: end.start()]
    elif not whole:
        text = _MAY_BECOME_A_MARK.sub("", text)
    return without_invisible(_ODD_SPACE.sub(" ", _ODD_LINE_END.sub("\n", text)))


def unwrapped(text: str) -> str:
    """Return prose without the fence around it and the dots that say it goes on."""
    return _LEADER.sub("", _FENCES.sub("", text))
