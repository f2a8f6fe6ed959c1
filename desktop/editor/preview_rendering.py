"""A note as HTML, made in small steps: its pieces, the footnotes that they name, and what has to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.editor.preview_footnotes import INLINE, labels_in, listed, with_marks
from desktop.editor.preview_formulas import formulas_in
from desktop.editor.preview_parts import Part, PreviewParts, Surroundings
from desktop.editor.preview_pieces import Piece, footnotes_of, pieces
from desktop.editor.slices import Work

if TYPE_CHECKING:
    from pygments.style import Style


class PreviewRendering:
    """Renders the lines that are looked at; what was rendered before is remembered."""

    def __init__(self) -> None:
        self._parts = PreviewParts()
        self._wanted: list[Part] = []
        self._footnotes: dict[str, Piece] = {}
        self._surroundings: Surroundings | None = None
        self._labels: list[str] = []

    def look_at(self, lines: Sequence[str], first: int, end: int, code_style: type[Style] | None) -> None:
        """Want the lines from `first` to `end` of a note, all lines of which are given."""
        self._surroundings = Surroundings(lines, code_style)
        self._footnotes = footnotes_of(lines)
        self._wanted = [self._surroundings.part(piece) for piece in pieces(lines[first:end], first=first)]

    def steps(self) -> Work:
        """Render what is missing, and see which footnotes are named."""
        for part in self._parts.missing(self._wanted):
            self._parts.render(part)
            yield
        waiting = [label for part in self._wanted for label in labels_in(self._parts.html(part))]
        named: dict[str, None] = {}
        for label in waiting:  # which grows: a footnote may name another
            part_or_none = None if label in named else self._footnote(label)
            if part_or_none is not None:
                named[label] = None
                if self._parts.missing([part_or_none]):
                    self._parts.render(part_or_none)
                    yield
                waiting += labels_in(self._parts.html(part_or_none))
        self._labels = list(named)

    def formulas(self) -> list[str]:
        """Return the formulas in all of it."""
        return [source for html in self._htmls() for source in formulas_in(html)]

    def composed(self) -> list[tuple[int, str]]:
        """Return the pieces with the lines at which they begin, the list of footnotes behind them."""
        count, htmls = len(self._wanted), self._htmls()
        htmls = with_marks(htmls, dict(zip(self._labels, htmls[count:], strict=True)))
        found = [(part.piece.first, html) for part, html in zip(self._wanted, htmls, strict=False)]
        if self._labels:
            rule = "" if found[-1][1].startswith("<hr") else "<hr>"
            notes = listed(dict(enumerate(htmls[count:], start=1)))
            found.append((self._line_of_notes(), rule + notes))
        return found

    def _htmls(self) -> list[str]:
        footnotes = (self._footnote(label) for label in self._labels)
        return [self._parts.html(part) for part in (*self._wanted, *footnotes) if part is not None]

    def _footnote(self, label: str) -> Part | None:
        """Return the text of a footnote; None where the note has none of this label."""
        assert self._surroundings is not None  # something is wanted
        if label.startswith(INLINE):
            return self._surroundings.part(Piece(0, label.removeprefix(INLINE)))
        text = self._footnotes.get(label)
        return self._surroundings.part(text) if text is not None else None

    def _line_of_notes(self) -> int:
        """Return the line that stands for the list: where its first text is, if that is behind all else."""
        lines = [self._footnotes[label].first for label in self._labels if label in self._footnotes]
        return max(self._wanted[-1].piece.first, min(lines, default=0))
