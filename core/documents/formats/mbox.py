"""Mailboxes: the letters in their order, each as a mail of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.documents import limits
from core.documents.formats import eml
from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.source import Source

_BEGINNING = re.compile(rb"^From [^\n]*\d{4}[^\n]*\n", re.M)
_QUOTED = re.compile(rb"^>(>*From )", re.M)
"""How a line that begins like a letter is written inside one."""


def convert(source: Source) -> Converted:
    """Read the letters of a mailbox as far as time and room allow."""
    parts: list[Part] = []
    hidden: list[Hidden] = []
    remarks: dict[Remark, None] = {}
    characters = 0
    for number, data in enumerate(_letters(source.data), start=1):
        if source.is_late or characters > limits.TEXT_CHARACTERS:
            remarks[Remark.CUT] = None
            break
        letter = eml.convert(replace(source, data=data, depth=source.depth + 1))
        label = f"mail {number}"
        parts += [Part(part.text, f"{label}, {part.label}".rstrip(", ")) for part in letter.parts]
        hidden += [replace(found, label=f"{label}, {found.label}".rstrip(", ")) for found in letter.hidden]
        remarks |= dict.fromkeys(letter.remarks)
        characters += sum(len(part.text) for part in letter.parts)
    return Converted(tuple(parts), kind="mbox", hidden=tuple(hidden), remarks=tuple(remarks))


def _letters(data: bytes) -> Iterator[bytes]:
    starts = [match.span() for match in _BEGINNING.finditer(data)] or [(0, 0)]
    ends = [*(begin for begin, _ in starts[1:]), len(data)]
    for (_, begin), end in zip(starts, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[begin:end])
