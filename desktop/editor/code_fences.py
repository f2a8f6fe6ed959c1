"""The code fences of a note that are in sight, as far as somebody has to read them to colour what is seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextDocument

from desktop.editor.markdown_tokens import NORMAL, fence_language, in_fence

LINES_AROUND = 300
"""Lines of a longer fence that are read above and below those in sight."""
STEP = 100
"""What is read begins and ends at multiples of this, so that scrolling reads it anew only now and then."""
FARTHEST_OPENING = 3_000
"""Lines that are gone back to find what language a fence is in: 4 ms."""


@dataclass(frozen=True, slots=True)
class Fence:
    """Neighbouring lines of one fence, without those that open and close it."""

    language: str
    first: int
    """The number of the first of them, from 0."""
    lines: tuple[str, ...]


def fences_in_sight(document: QTextDocument, first: int, last: int) -> list[Fence]:
    """Return the fences that name a language and have lines from `first` to `last`, from 0."""
    result = []
    block = document.findBlockByNumber(first)
    while block.isValid() and block.blockNumber() <= last:
        if not _is_inside(block):
            block = block.next()
            continue
        opening = _opening(block)
        fence = _read(block, opening, max(first, block.blockNumber()), last) if opening is not None else None
        if fence is not None:
            result.append(fence)
        while block.isValid() and block.blockNumber() <= last and _is_inside(block):
            block = block.next()
    return result


def _opening(block: QTextBlock) -> QTextBlock | None:
    """Return the line that opens the fence a line is in, unless it is too far away."""
    for _ in range(FARTHEST_OPENING):
        block = block.previous()
        if not block.isValid() or not in_fence(_state_before(block)):
            return block if block.isValid() else None
    return None


def _read(block: QTextBlock, opening: QTextBlock, first: int, last: int) -> Fence | None:
    language, start = fence_language(opening.text()), opening.blockNumber() + 1
    if not language:
        return None
    begin = start + max(0, first - LINES_AROUND - start) // STEP * STEP
    end = start + ((last + LINES_AROUND - start) // STEP + 1) * STEP
    block = block.document().findBlockByNumber(begin)
    lines = []
    while block.isValid() and block.blockNumber() < end and _is_inside(block):
        lines.append(block.text())
        block = block.next()
    return Fence(language, begin, tuple(lines))


def _is_inside(block: QTextBlock) -> bool:
    """Whether a line lies in a fence and does not end it."""
    return in_fence(block.userState()) and in_fence(_state_before(block))


def _state_before(block: QTextBlock) -> int:
    previous = block.previous()
    return previous.userState() if previous.isValid() else NORMAL
