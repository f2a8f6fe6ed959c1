"""Which block of a note somebody has just written in, told from the text before and after.

Pure functions on text. One save may touch several places: a plug-in that keeps a date in the front matter,
blanks that an editor strips, and the words themselves. The words count, and of several blocks the last one
of the longest stretch: that is where the writer's caret is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.text.diff import shared_ends
from core.text.outline import Outline
from core.vault.merge import matching_lines


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
    weights, gaps = _changes(old, new)
    if not weights and not gaps:
        return None
    lines = new.split("\n")
    outline = Outline(lines)
    between = [gap for gap in gaps if not _is_inside(gap, lines, outline, weights)]
    blocks = {n: block_at(n, outline) for n in sorted(weights) if n > outline.front_matter_end}
    if blocks:
        return _last_of_heaviest(blocks, weights, lines)
    return Lines(between[-1], between[-1]) if between and not weights else None


def block_at(line: int, outline: Outline) -> Lines:
    """Return the block round a line; of a section it is the heading alone."""
    start, end = outline.block(line)
    is_heading = start == line and any(heading.line == line for heading in outline.headings)
    return Lines(start, start + 1 if is_heading else end + 1)


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
    return max(len(one), len(other)) - sum(shared_ends(one, other))


def _is_inside(gap: int, lines: Sequence[str], outline: Outline, weights: dict[int, int]) -> bool:
    """Whether lines were lost inside a block; that counts as a change of the line above them."""
    inside = 0 < gap < len(lines) and block_at(gap - 1, outline).end > gap
    if inside:
        weights.setdefault(gap - 1, 1)
    return inside


def _last_of_heaviest(blocks: dict[int, Lines], weights: dict[int, int], lines: Sequence[str]) -> Lines:
    """Return the last block of the run of changed blocks with the most changes; of equal ones the last."""
    runs: list[list[int]] = []
    for line, block in blocks.items():
        last = blocks[runs[-1][-1]].end if runs else -1
        if runs and not any(between.strip() for between in lines[last : block.start]):
            runs[-1].append(line)
        else:
            runs.append([line])
    best = max(reversed(runs), key=lambda run: sum(weights[line] for line in run))
    return _around(best[-1], [blocks[line] for line in best])


def _around(line: int, blocks: Sequence[Lines]) -> Lines:
    """Return the largest block with this line in it: an item, where both it and its child were changed."""
    return max((block for block in blocks if block.start <= line < block.end), key=lambda b: b.end - b.start)
