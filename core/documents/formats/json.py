"""JSON and JSON lines, laid out so that neighbouring values stay together."""

from __future__ import annotations

import json
from typing import Any

from core.documents.decoding import decoded
from core.documents.model import Converted, Part
from core.documents.source import Source
from core.errors import DocumentDamaged

_LINES = (".jsonl", ".ndjson")


def convert(source: Source) -> Converted:
    """Read the values; what is no JSON is damaged."""
    text, remarks = decoded(source.data)
    if source.suffix in _LINES:
        return Converted(tuple(_line_parts(text)), kind="json", remarks=remarks)
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


def _line_parts(text: str) -> list[Part]:
    numbered = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    return [Part(laid_out(load(line)), f"line {number}") for number, line in numbered]
