"""Jupyter notebooks: one part per cell, with what it printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.documents.decoding import decoded
from core.documents.formats.json import load
from core.documents.model import Converted, Part
from core.documents.source import Source
from core.errors import DocumentDamaged

_OUTPUT_CHARACTERS = 4_000


def convert(source: Source) -> Converted:
    """Read cells and their printed output; pictures and rich output are left out."""
    text, remarks = decoded(source.data)
    notebook = load(text)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise DocumentDamaged(reason="content")
    language = str(_inside(notebook, "metadata", "kernelspec", "language") or "")
    parts = tuple(_parts(cells, language))
    return Converted(
        parts, title=str(_inside(notebook, "metadata", "title") or ""), kind="ipynb", remarks=remarks
    )


def _parts(cells: list[Any], language: str) -> Iterator[Part]:
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict):
            continue
        text = _joined(cell.get("source"))
        if cell.get("cell_type") == "code":
            text = "\n\n".join([f"```{language}\n{text}\n```", *_printed(cell.get("outputs"))])
        yield Part(text, f"cell {number}")


def _printed(outputs: Any) -> Iterator[str]:
    for output in outputs if isinstance(outputs, list) else ():
        words = _joined(_inside(output, "text") or _inside(output, "data", "text/plain"))
        if words.strip():
            yield f"```\n{words[:_OUTPUT_CHARACTERS]}\n```"


def _joined(lines: Any) -> str:
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")


def _inside(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
