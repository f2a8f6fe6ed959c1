"""The citations of an answer, each checked against the passage it points to."""

from __future__ import annotations

from collections.abc import Sequence

from core.assist.marks import Mark, find_marks
from core.assist.model import Citation
from core.assist.support import Support, support
from core.search.model import Passage


def cite(text: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """Return a citation for each mark of an answer, in its order; `passages[0]` is number 1.

    A verified one has the words it rests on and their lines; another has the lines of its passage, and no
    place at all where there is no such passage.
    """
    return tuple(_checked(mark, passages) for mark in find_marks(text))


def citation(n: int, passage: Passage, found: Support, *, offset: int = -1) -> Citation:
    """Return a reference to words that were found in a passage; to all of its lines where none were."""
    start, end = (found.start_line, found.end_line) if found.found else (passage.start_line, passage.end_line)
    return Citation(
        n,
        passage.path,
        passage.heading_path,
        start,
        end,
        found.quote,
        found.found,
        offset=offset,
        label=passage.label,
    )


def _checked(mark: Mark, passages: Sequence[Passage]) -> Citation:
    if not 1 <= mark.n <= len(passages):
        return Citation(mark.n, "", (), 0, 0, "", verified=False, offset=mark.start)
    passage = passages[mark.n - 1]
    return citation(mark.n, passage, support(mark.claim, passage), offset=mark.start)
