"""What of a slide its audience does not see: shapes beside it or switched off, tiny words, pale words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.documents.clean import one_line
from core.documents.colours import WHITE, Colour, are_alike, colour_of
from core.documents.drawings import A, shape_fill
from core.documents.model import Hidden, HiddenKind

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TINY = 350
"""Hundredths of a point."""
_GROUNDS = ("bg1", "lt1")


def take_hidden(slide: Any, size: tuple[int, int], label: str) -> Iterator[Hidden]:
    """Take what is not seen out of a slide, and report it; `size` is its width and height."""
    below: list[Any] = []
    for shape in list(slide.shapes):
        if _is_switched_off(shape) or _is_beside(shape, size):
            if words := one_line(" ".join(_all_words(shape._element))):
                yield Hidden(HiddenKind.NOT_DISPLAYED, words, label)
            shape._element.getparent().remove(shape._element)
            continue
        yield from _take_runs(shape, below, paper_of(slide), label)
        below.append(shape)


def paper_of(slide: Any) -> Colour | None:
    """The colour behind everything on a slide; None where it is a picture or a shade of the theme."""
    for level in (slide, slide.slide_layout, slide.slide_layout.slide_master):
        background = level._element.find(f"{_P}cSld/{_P}bg")
        if background is not None:
            return _painted(background)
    return WHITE


def _painted(background: Any) -> Colour | None:
    plain = next(background.iter(f"{A}srgbClr"), None)
    if plain is not None:
        return colour_of(plain.get("val", "")) if background.find(f".//{A}gradFill") is None else None
    of_theme = next(background.iter(f"{A}schemeClr"), None)
    return WHITE if of_theme is not None and of_theme.get("val") in _GROUNDS else None


def _take_runs(shape: Any, below: list[Any], paper: Colour | None, label: str) -> Iterator[Hidden]:
    ground = _ground(shape, below, paper)
    for run in list(shape._element.iter(f"{A}r")):
        words = "".join(_all_words(run))
        kind = _hiding(run, ground) if words.strip() else None
        if kind is not None:
            yield Hidden(kind, one_line(words), label)
            run.getparent().remove(run)


def _hiding(run: Any, ground: Colour | None) -> HiddenKind | None:
    own = run.find(f"{A}rPr")
    if own is None:
        return None
    size = own.get("sz", "")
    if size.isdigit() and int(size) < _TINY:
        return HiddenKind.TINY
    ink = own.find(f"{A}solidFill")
    if own.find(f"{A}noFill") is not None or (
        ink is not None and ink.find(f".//{A}alpha[@val='0']") is not None
    ):
        return HiddenKind.INVISIBLE
    return HiddenKind.COLOUR if ink is not None and are_alike(_ink(ink), ground) else None


def _ink(fill: Any) -> Colour | None:
    """The colour of words; those of a theme are known where they are its ground."""
    plain = fill.find(f"{A}srgbClr")
    if plain is not None:
        return colour_of(plain.get("val", ""))
    of_theme = fill.find(f"{A}schemeClr")
    is_ground = of_theme is not None and of_theme.get("val") in _GROUNDS and len(of_theme) == 0
    return WHITE if is_ground else None


def _ground(shape: Any, below: list[Any], paper: Colour | None) -> Colour | None:
    """What is behind the words of a shape; None where something lies there whose colour is not known."""
    fill = shape_fill(shape._element)
    if fill or not hasattr(shape, "text_frame"):  # tables and groups have grounds of their own
        return colour_of(fill)
    return None if any(_overlap(shape, other) and _is_painted(other) for other in below) else paper


def _is_painted(shape: Any) -> bool:
    return not hasattr(shape, "text_frame") or bool(shape_fill(shape._element))


def _overlap(one: Any, other: Any) -> bool:
    left, top, right, bottom = _box(one)
    other_left, other_top, other_right, other_bottom = _box(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


def _is_switched_off(shape: Any) -> bool:
    properties = next(shape._element.iter(f"{_P}cNvPr"), None)
    return properties is not None and properties.get("hidden") in ("1", "true")


def _is_beside(shape: Any, size: tuple[int, int]) -> bool:
    if shape.left is None or shape.top is None:
        return False
    left, top, right, bottom = _box(shape)
    return right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1]


def _box(shape: Any) -> tuple[int, int, int, int]:
    left, top = shape.left or 0, shape.top or 0
    return left, top, left + (shape.width or 0), top + (shape.height or 0)


def _all_words(element: Any) -> Iterator[str]:
    return (text.text or "" for text in element.iter(f"{A}t"))
