"""JSON and JSON lines, laid out so that neighbouring values stay together."""

from __future__ import annotations

import json
import re
from typing import Any

from core.documents.decoding import decoded
from core.documents.model import Converted, Part, Remark
from core.documents.source import Source
from core.errors import DocumentDamaged

_LINES = (".jsonl", ".ndjson")


def convert(source: Source) -> Converted:
    """Read the values; what is no JSON is damaged, but of lines only if none of them is."""
    text, remarks = decoded(source.data)
    if source.suffix in _LINES:
        parts, bad = _line_parts(text)
        return Converted(parts, kind="json", remarks=(*remarks, *([Remark.BAD_LINES] if bad else [])))
    return Converted((Part(laid_out(load(text))),), kind="json", remarks=remarks)


def load(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        DocumentDamaged: it is none, or nested without end.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentDamaged(reason="content") from error


def laid_out(value: Any) -> str:
    """Return a value as a block of code."""
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```"


def _as_it_stands(line: str) -> str:
    """A line as a block of code, whose fence is longer than any backticks in it."""
    fence = "`" * (1 + max([2, *map(len, re.findall("`+", line))]))
    return f"{fence}\n{line}\n{fence}"


def _line_parts(text: str) -> tuple[tuple[Part, ...], int]:
    """Return a part for each line, and how many of them are no JSON: those stand there as written."""
    parts: list[Part] = []
    bad: list[DocumentDamaged] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            shown = laid_out(load(line))
        except DocumentDamaged as error:
            bad.append(error)
            shown = f"not JSON:\n\n{_as_it_stands(line.strip())}"
        parts.append(Part(shown, f"line {number}"))
    if bad and len(bad) == len(parts):
        raise bad[0]
    return tuple(parts), len(bad)
