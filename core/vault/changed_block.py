"""Which block of a note somebody has just written in, told from the text before and after.

Pure functions on text. One save may touch several places: a plug-in that keeps a date in the front matter,
blanks that an editor strips, and the words themselves. The words count, and of several blocks the last one
of the longest stretch: that is where the writer's caret is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.vault.merge import matching_lines

if TYPE_CHECKING:
    from core.text.model import Block


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a text from `start` up to `end`, counted from 0, end excluded.

    Without any line it is a place between two lines.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return these lines of a text, joined by LF, without a final one."""
        return "\n".join(text.split("\n")[self.start : self.end])

    def __bool__(self) -> bool:
        return self.end > self.start


def changed_block(old: str, new: str) -> Lines | None:
    """Return the block of `new` that was changed last; None where no words changed, or only front matter.

    A block is a paragraph, a list item with its children, a table, a fence, a heading. No lines at all,
    between two blocks, say that a whole block was taken out there.
    """
    from core.text.markdown import parse
    from core.text.model import BlockKind

    weights, gaps = _changes(old, new)
    if not weights and not gaps:
        return None
    blocks = [block for block in parse(new).blocks if block.kind is not BlockKind.FRONT_MATTER]
    _give_gaps_to_blocks(gaps, blocks, weights)
    if (block := _last_of_heaviest(blocks, weights)) is not None:
        return Lines(block.start_line - 1, block.end_line)
    return Lines(gaps[-1], gaps[-1]) if gaps and not weights else None


def _changes(old: str, new: str) -> tuple[dict[int, int], list[int]]:
    """Return how many characters changed in which lines of `new`, and before which ones lines were lost.

    Blank lines and blanks at the end of a line are no words.
    """
    before = [line.rstrip() for line in old.split("\n")]
    after = [line.rstrip() for line in new.split("\n")]
    weights: dict[int, int] = {}
    gaps: list[int] = []
    for ours, theirs in _stretches(before, after):
        come = [number for number in theirs if after[number]]
        if come:
            weights |= _weigh([before[number] for number in ours if before[number]], after, come)
        elif any(before[number] for number in ours):
            gaps.append(theirs.start)
    return weights, gaps


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Yield the lines that differ between those that both versions share."""
    pairs = sorted(matching_lines(before, after).items())
    old_at = new_at = 0
    for old_line, new_line in [*pairs, (len(before), len(after))]:
        if old_line > old_at or new_line > new_at:
            yield range(old_at, old_line), range(new_at, new_line)
        old_at, new_at = old_line + 1, new_line + 1


def _weigh(gone: Sequence[str], after: Sequence[str], come: Sequence[int]) -> dict[int, int]:
    """Return how much was changed in each line that came: one that stands for an old one counts in part."""
    if len(gone) == len(come):
        return {number: _differing(was, after[number]) for was, number in zip(gone, come, strict=True)}
    return {number: len(after[number].strip()) for number in come if after[number] not in gone}


def _differing(one: str, other: str) -> int:
    """Return the length of what is between the shared beginning and the shared end, on the longer side."""
    shorter = min(len(one), len(other))
    head = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    return max(len(one), len(other)) - head - tail


def _give_gaps_to_blocks(gaps: list[int], blocks: Sequence[Block], weights: dict[int, int]) -> None:
    """Let the loss of lines inside a block count as a change of the line above it."""
    for gap in list(gaps):
        if any(block.start_line < gap + 1 <= block.end_line for block in blocks):
            weights.setdefault(gap - 1, 1)
            gaps.remove(gap)


def _last_of_heaviest(blocks: Sequence[Block], weights: dict[int, int]) -> Block | None:
    """Return the last block of the run of changed blocks with the most changes; of equal ones the last."""
    best: Block | None = None
    best_weight = run = 0
    tops = _outermost(blocks)
    for block in tops:
        weight = sum(weights.get(number, 0) for number in range(block.start_line - 1, block.end_line))
        run = run + weight if weight else 0
        if run and run >= best_weight:
            best, best_weight = block, run
    return _innermost(best, blocks, weights) if best is not None else None


def _outermost(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that lie in no other one."""
    found: list[Block] = []
    for block in blocks:
        if not found or block.start_line > found[-1].end_line:
            found.append(block)
    return found


def _innermost(block: Block, blocks: Sequence[Block], weights: dict[int, int]) -> Block:
    """Return the last changed list item inside a block, as deep as only items inside it were changed."""
    inside = [one for one in blocks if one is not block and _is_in(one, block)]
    children = _outermost(inside)
    changed = [number + 1 for number in weights if block.start_line <= number + 1 <= block.end_line]
    holders = [next((one for one in children if one.start_line <= n <= one.end_line), None) for n in changed]
    if not changed or None in holders:
        return block
    last = children[max(children.index(one) for one in holders if one is not None)]
    return _innermost(last, inside, weights)


def _is_in(inner: Block, outer: Block) -> bool:
    return outer.start_line <= inner.start_line and inner.end_line <= outer.end_line
