"""Rows of cells as Markdown tables, in blocks small enough to be cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.documents.model import Part

BLOCK_ROWS = 30
"""Rows a block; each block repeats the header, so that a row found alone still says what its cells are."""
CELL_CHARACTERS = 2_000


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first one its header; empty columns are left out."""
    width = max((len(row) for row in rows), default=0)
    padded = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in padded)]
    if not used:
        return ""
    lines = ["| " + " | ".join(row[column] for column in used) + " |" for row in padded]
    lines.insert(1, "|" + " --- |" * len(used))
    return "\n".join(lines)


def row_parts(rows: Iterable[Sequence[str]], *, label: str = "", heading: str = "") -> Iterator[Part]:
    """Yield the rows of a sheet in blocks of `BLOCK_ROWS` under the first row, which is taken for the header.

    Rows are numbered as in the sheet, from 1, empty ones included; those are left out. `label` goes before
    `rows 2–31`; `heading` is what the blocks are filed under.
    """
    numbered = (
        (number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)
    )
    header = next(numbered, None)
    if header is None:
        return
    block: list[tuple[int, Sequence[str]]] = []
    is_first = True
    for entry in numbered:
        block.append(entry)
        if len(block) == BLOCK_ROWS:
            yield _part(header, block, label, heading)
            block, is_first = [], False
    if block or is_first:
        yield _part(header, block, label, heading)


def shown(value: Any) -> str:
    """Return a value as a person reads it: whole numbers without `.0`, a day without its midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def _part(
    header: tuple[int, Sequence[str]], block: Sequence[tuple[int, Sequence[str]]], label: str, heading: str
) -> Part:
    first, last = (block or [header])[0][0], (block or [header])[-1][0]
    rows = f"row {first}" if first == last else f"rows {first}–{last}"
    table = markdown_table([header[1], *(row for _, row in block)])
    text = f"## {heading}\n\n{table}" if heading else table
    return Part(text, f"{label}, {rows}" if label else rows)


def _cell(value: str) -> str:
    return " ".join(value[:CELL_CHARACTERS].split()).replace("|", "\\|")
