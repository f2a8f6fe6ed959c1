"""What is being looked for in the question field: a prompt behind `>`, a note behind `@`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from core.text.mentions import MENTION

_PROMPT = re.compile(r"\s*[>＞》](?P<words>.*)", re.DOTALL)
"""With a Chinese input method the key types `》`."""


class Kind(Enum):
    """What a mark asks for."""

    PROMPT = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something is being looked for; mark and words stand from `start` to `end` in the field."""

    kind: Kind
    words: str
    start: int
    end: int


def wanted_at(text: str, caret: int) -> Wanted | None:
    """Return what is looked for at the caret of a field; positions are those of `text`."""
    if prompt := _PROMPT.fullmatch(text):
        return Wanted(Kind.PROMPT, prompt["words"].strip(), 0, len(text))
    if note := MENTION.search(text[:caret]):
        return Wanted(Kind.NOTE, note["words"], note.start(), caret)
    return None


def without(text: str, wanted: Wanted) -> str:
    """Return the text without what was looked for, and without the blank that this leaves double."""
    before, after = text[: wanted.start], text[wanted.end :]
    return before + (after.lstrip() if not before or before[-1].isspace() else after)
