"""Where a formula stands in its line, and what else of the rendered note CSS cannot say to Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from urllib.parse import unquote

from PySide6.QtGui import (
    QFontMetricsF,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextImageFormat,
)

from core.formulas.model import Formula
from desktop.editor.preview_formulas import Formulas, Look

STIX_X_HEIGHT = 0.473
"""Of the font that formulas have; they are made as tall as the letters around them."""
LARGEST_SCALE, SMALLEST_SCALE = 1.3, 0.9
TALLEST = 4_000
"""Pixels of the screen."""
_SCHEME = "math:"
_PLACE_OF_OBJECT = "\ufffc"


@dataclass(frozen=True, slots=True)
class Box:
    """A formula with the room around it that brings it onto the line; pixels."""

    width: float
    height: float
    top: float
    alignment: QTextCharFormat.VerticalAlignment


def box_of(formula: Formula, em: float, metrics: QFontMetricsF) -> Box:
    """Return the room for a formula in a line of this font.

    Qt knows two ways to stand: as deep as the letters of the font, or with the middle at half the height of
    an x. What reaches no deeper than letters takes the first, and room below; all else the second.
    """
    ascent, descent = formula.ascent * em, formula.descent * em
    if descent <= metrics.descent():
        above = max(ascent, metrics.ascent())  # alone in a line, or in a cell, it is as tall as words are
        return Box(
            formula.width * em,
            above + metrics.descent(),
            above - ascent,
            QTextCharFormat.VerticalAlignment.AlignBaseline,
        )
    middle = metrics.xHeight() / 2
    above = max(ascent, descent + middle)
    return Box(
        formula.width * em, 2 * above - middle, above - ascent, QTextCharFormat.VerticalAlignment.AlignMiddle
    )


def set_formulas(
    document: QTextDocument, formulas: Formulas, *, palette: QPalette, column: int, ratio: float
) -> dict[str, Look]:
    """Give every formula of the document its size and place; return how each looks, by its name."""
    looks: dict[str, Look] = {}
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for fragment in list(_formulas_of(document)):
        style = fragment.charFormat().toImageFormat()
        formula = formulas.formula(unquote(style.name().removeprefix(_SCHEME)))
        if formula is not None:
            look, new = _look(formula, style, palette=palette, column=column, ratio=ratio)
            looks[new.name()] = look
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(new)
    cursor.endEditBlock()
    return looks


def _look(
    formula: Formula, style: QTextImageFormat, *, palette: QPalette, column: int, ratio: float
) -> tuple[Look, QTextImageFormat]:
    metrics = QFontMetricsF(style.font())
    em = _em(style, metrics)
    em *= min(1.0, column / (formula.width * em), TALLEST / (formula.height * em * ratio))
    box = box_of(formula, em, metrics)
    has_colour = style.hasProperty(QTextFormat.Property.ForegroundBrush)
    colour = style.foreground().color() if has_colour else palette.color(QPalette.ColorRole.Text)
    source = unquote(style.name().removeprefix(_SCHEME))
    look = Look(
        source, colour.rgba(), ceil(box.width * ratio), ceil(box.height * ratio), box.top * ratio, em * ratio
    )
    new = QTextImageFormat(style)
    new.setName(f"{_SCHEME}{hash(look)}")
    new.setWidth(look.width / ratio)
    new.setHeight(look.height / ratio)
    new.setVerticalAlignment(box.alignment)
    new.setToolTip(source)
    new.setProperty(QTextFormat.Property.ImageAltText, formula.speech)
    return look, new


def _em(style: QTextImageFormat, metrics: QFontMetricsF) -> float:
    pixels = style.font().pixelSize()
    if pixels <= 0:
        pixels = round(metrics.height() / 1.2)
    return pixels * min(LARGEST_SCALE, max(SMALLEST_SCALE, metrics.xHeight() / pixels / STIX_X_HEIGHT))


def _formulas_of(document: QTextDocument) -> Iterator[QTextFragment]:
    block = document.begin()
    while block.isValid():
        yield from (part for part in _fragments(block) if _is_formula(part))
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    part = block.begin()
    while not part.atEnd():
        yield part.fragment()
        part += 1


def _is_formula(fragment: QTextFragment) -> bool:
    style = fragment.charFormat()
    return style.isImageFormat() and style.toImageFormat().name().startswith(_SCHEME)


def with_sources(selection: QTextCursor) -> str:
    """Return the selected text, formulas in it as they are written."""
    start, text = selection.selectionStart(), selection.selection().toPlainText()
    if _PLACE_OF_OBJECT not in text:
        return text
    cursor = QTextCursor(selection.document())
    sources: list[str] = []
    for position in range(start, selection.selectionEnd()):
        if selection.document().characterAt(position) == _PLACE_OF_OBJECT:
            cursor.setPosition(position + 1)
            sources.append(cursor.charFormat().toolTip())
    head, *rest = text.split(_PLACE_OF_OBJECT)
    return head + "".join(source + part for source, part in zip(sources, rest, strict=False))
