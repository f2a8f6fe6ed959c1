"""Styles of OpenDocument files: how words look, and what is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from core.documents.colours import WHITE, Colour, are_alike, colour_of
from core.documents.css_values import number_of, pixels_of
from core.documents.model import HiddenKind

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _FO, _TEXT, _DRAW, _TABLE, _SHOW = (
    f"{{{_NS}{name}:1.0}}"
    for name in ("style", "xsl-fo-compatible", "text", "drawing", "table", "presentation")
)
_TINY_POINTS = 3.5
_PIXELS_A_POINT = 4 / 3
_THIN_PERCENT = 10
"""Letters that are drawn narrower than this share of their width are lines."""
_STYLES_DEEP = 12
"""Styles that a style is based on; a circle of them ends here."""


@dataclass(frozen=True, slots=True)
class Look:
    """How words look where they stand; None is a colour that cannot be told."""

    ink: Colour | None = None
    ground: Colour | None = WHITE
    points: float = 12.0
    is_off: bool = False

    def hiding(self) -> HiddenKind | None:
        """How words that look so are kept from being seen, or None where they are not."""
        if self.is_off:
            return HiddenKind.NOT_DISPLAYED
        if self.points < _TINY_POINTS:
            return HiddenKind.TINY
        return HiddenKind.COLOUR if are_alike(self.ink, self.ground) else None


class OdfStyles:
    """The styles of a file; those of its content go before those that all its parts share."""

    def __init__(self, *trees: Element) -> None:
        self._by_name: dict[str, Element] = {}
        self._masters: dict[str, Element] = {}
        for tree in trees:
            for style in tree.iter(f"{_STYLE}style"):
                self._by_name.setdefault(style.get(f"{_STYLE}name", ""), style)
            for master in tree.iter(f"{_STYLE}master-page"):
                self._masters.setdefault(master.get(f"{_STYLE}name", ""), master)

    def look(self, name: str, outside: Look) -> Look:
        """How words of a style look, by what they do not say for themselves as those outside."""
        look = outside
        ground = self._said(name, f"{_FO}background-color")
        if ground not in ("", "transparent"):
            look = replace(look, ground=colour_of(ground))
        if ink := self._said(name, f"{_FO}color"):
            look = replace(look, ink=colour_of(ink))
        size = pixels_of(self._said(name, f"{_FO}font-size"), of=look.points * _PIXELS_A_POINT)
        if size is not None:
            look = replace(look, points=size / _PIXELS_A_POINT)
        if self._scale(name) < _THIN_PERCENT:
            look = replace(look, points=0.0)
        return replace(look, is_off=look.is_off or self._said(name, f"{_TEXT}display") == "none")

    def behind(self, name: str, outside: Look) -> Look:
        """How words look in a shape or on a page of a style, by what that is filled with."""
        fill = self._said(name, f"{_DRAW}fill")
        if fill in ("", "none"):
            return outside
        colour = colour_of(self._said(name, f"{_DRAW}fill-color")) if fill == "solid" else None
        return replace(outside, ground=colour)

    def page(self, page: Element) -> Look:
        """How words look on a slide, by its own ground or that of its master."""
        master = self._masters.get(page.get(f"{_DRAW}master-page-name", ""))
        under = self.behind(master.get(f"{_DRAW}style-name", ""), Look()) if master is not None else Look()
        return self.behind(page.get(f"{_DRAW}style-name", ""), under)

    def is_filled(self, shape: Element) -> bool:
        """Whether a shape covers what is behind it."""
        return self._said(shape.get(f"{_DRAW}style-name", ""), f"{_DRAW}fill") not in ("", "none")

    def is_shown(self, element: Element) -> bool:
        """Whether a slide or a sheet is shown at all."""
        name = element.get(f"{_DRAW}style-name", "") or element.get(f"{_TABLE}style-name", "")
        return (
            self._said(name, f"{_SHOW}visibility") != "hidden"
            and self._said(name, f"{_TABLE}display") != "false"
        )

    def _scale(self, name: str) -> float:
        """How wide letters are drawn, in percent."""
        said = number_of(self._said(name, f"{_STYLE}text-scale").removesuffix("%"))
        return 100.0 if said is None else said

    def _said(self, name: str, attribute: str) -> str:
        """What a style, or the nearest one it is based on, says."""
        for style in self._line(name):
            for properties in style:
                if (value := properties.get(attribute)) is not None:
                    return value.lower()
        return ""

    def _line(self, name: str) -> Iterator[Element]:
        for _ in range(_STYLES_DEEP):
            style = self._by_name.get(name)
            if style is None:
                return
            yield style
            name = style.get(f"{_STYLE}parent-style-name", "")
