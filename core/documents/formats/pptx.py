"""Slides, by python-pptx, one part per slide: tables, charts, words for pictures, the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.formats.pptx_hidden import take_hidden
from core.documents.formats.pptx_whole import bring_in_sight, comments_of, diagram_of
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.documents.tables import markdown_table, shown
from core.errors import DocumentDamaged

_BROKEN = (KeyError, ValueError, AttributeError, IndexError, TypeError, NotImplementedError)
"""What python-pptx raises for a shape that refers to a part that is not there."""


def convert(source: Source) -> Converted:
    """Read the slides in their order; a slide that is set not to be shown is set apart."""
    archive = Archive(source.data)
    archive.check_xml()
    reader = _Reader()
    slides, size = _open(source.data)
    parts = tuple(reader.part(slide, number, size) for number, slide in enumerate(slides, start=1))
    remarks = (*reader.remarks, *((Remark.MACROS,) if "ppt/vbaProject.bin" in archive else ()))
    return Converted(parts, core_title(archive), "pptx", len(parts), tuple(reader.hidden), remarks)


def _open(data: bytes) -> tuple[Any, tuple[int, int]]:
    """The slides, and their width and height."""
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    try:
        show = Presentation(io.BytesIO(data))
        return show.slides, (show.slide_width or 0, show.slide_height or 0)
    except (*_BROKEN, PythonPptxError, SyntaxError) as error:
        raise DocumentDamaged(reason="incomplete") from error


class _Reader:
    """Collects what is to be said beside the words."""

    def __init__(self) -> None:
        self.hidden: list[Hidden] = []
        self.remarks: tuple[Remark, ...] = ()

    def part(self, slide: Any, number: int, size: tuple[int, int]) -> Part:
        """One slide as Markdown; `size` is its width and height."""
        label = f"slide {number}"
        bring_in_sight(slide)
        is_shown = slide._element.get("show") != "0"
        if is_shown:
            self.hidden += take_hidden(slide, size, label)
        pieces = [piece for shape in _flat(slide.shapes) for piece in self._words(shape, slide)]
        if title := _title(slide):
            pieces = [f"## {title}", *(piece for piece in pieces if one_line(piece) != title)]
        if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame):
            pieces.append(frame.text)
        pieces += comments_of(slide)
        text = "\n\n".join(piece for piece in pieces if piece.strip())
        if not is_shown:
            self.hidden.append(Hidden(HiddenKind.NOT_DISPLAYED, one_line(text), label))
            text = ""
        return Part(text, label)

    def _words(self, shape: Any, slide: Any) -> Iterator[str]:
        try:
            if diagram := diagram_of(shape, slide):
                yield diagram
            elif getattr(shape, "has_chart", False):
                yield _chart(shape.chart)
            elif getattr(shape, "has_table", False):
                yield markdown_table([[cell.text for cell in row.cells] for row in shape.table.rows])
            elif getattr(shape, "has_text_frame", False):
                yield _paragraphs(shape.text_frame)
            elif words := one_line(shape._element.xpath("string(.//p:cNvPr/@descr)")):
                yield f"[{words}]"
        except _BROKEN:
            self.remarks = (Remark.PICTURES_UNREAD,)


def _flat(shapes: Any) -> Iterator[Any]:
    """All shapes, those inside groups too, from top to bottom."""
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _title(slide: Any) -> str:
    title = slide.shapes.title
    return one_line(title.text_frame.text) if title is not None else ""


def _paragraphs(frame: Any) -> str:
    """Paragraphs, deeper levels as list items."""
    lines = []
    for paragraph in frame.paragraphs:
        words = one_line(paragraph.text, limit=10_000)
        if words:
            lines.append("  " * (paragraph.level - 1) + f"- {words}" if paragraph.level else words)
    return "\n".join(lines)


def _chart(chart: Any) -> str:
    """The numbers that a chart draws, as a table."""
    plot = chart.plots[0]
    rows = [["", *(str(series.name) for series in plot.series)]]
    rows += [
        [shown(category), *(shown(series.values[place]) for series in plot.series)]
        for place, category in enumerate(plot.categories)
    ]
    title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
    return f"{title}\n\n{markdown_table(rows)}".strip()
