"""What of a web page a reader sees: hidden tags, tiny words, words in the colour of what is behind them.

The tree is walked from the outside in, with the colours and the size of type that a tag inherits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.colours import WHITE, Colour, are_alike
from core.documents.css import Declarations, Styles, declarations_of
from core.documents.css_values import css_colour, is_clear, number_of, pixels_of
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_TINY_PIXELS = 4.0  # smaller type than this is not meant to be read
_FAINT = 0.05
_FAR_PIXELS = -500
_CUT_TO_NOTHING = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0"
)
_SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0\d*)?\s*[,)]")
_KEEPS_GROUND = ("", "transparent", "none", "inherit", "initial", "unset", "0", "0 0")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a tag inherits."""

    ink: Colour | None = None
    """None where it is not known: a page can be given colours by files that are not here."""
    ground: Colour | None = WHITE
    size: float = 16.0
    is_clear: bool = False


def take_hidden(page: BeautifulSoup, sheets: list[str]) -> Iterator[Hidden]:
    """Remove what is hidden and yield a report of each piece that has words."""
    styles = Styles(page, sheets)
    waiting: list[tuple[Tag, _Around]] = [(page, _Around())]
    while waiting:
        tag, outside = waiting.pop()
        given = styles.of(tag) if tag.attrs is not None else {}
        if kind := gone(given) or (HiddenKind.NOT_DISPLAYED if tag.has_attr("hidden") else None):
            if words := _all_words(tag):  # a line break that is not displayed keeps lines apart all the same
                tag.decompose()
                yield Hidden(kind, words)
            continue
        around = _within(tag, given, outside)
        if kind := _unseen(around):
            yield from _take_own_words(tag, kind)
        inside = [child for child in tag.children if hasattr(child, "children")]
        waiting += [(child, around) for child in reversed(inside)]  # type: ignore[misc]


def hiding(style: str) -> HiddenKind | None:
    """Return how CSS declarations hide words that stand on white paper, or None where they do not."""
    given = declarations_of(style)
    return gone(given) or _unseen(_styled(given, _Around()))


def gone(given: Declarations) -> HiddenKind | None:
    """Return how declarations take a tag away with everything in it, or None where they do not."""
    if given.get("display") == "none" or given.get("visibility") in ("hidden", "collapse"):
        return HiddenKind.NOT_DISPLAYED
    opacity = number_of(given.get("opacity", "1"))
    if (opacity is not None and opacity <= _FAINT) or given.get("mso-hide") == "all":
        return HiddenKind.INVISIBLE
    if _is_off_screen(given) or _is_cut_to_nothing(given) or _SHRUNK.search(given.get("transform", "")):
        return HiddenKind.NOT_DISPLAYED
    return None


def _within(tag: Tag, given: Declarations, outside: _Around) -> _Around:
    """What holds in a tag, by what it is given and by the attributes of older pages."""
    attributes = {"color": tag.get("color") or tag.get("text"), "background": tag.get("bgcolor")}
    old = {name: str(value).lower() for name, value in attributes.items() if value} if tag.attrs else {}
    return _styled(old | given, outside)


def _styled(given: Declarations, outside: _Around) -> _Around:
    around = outside
    size = pixels_of(given.get("font-size", ""), of=outside.size)
    if size is not None:
        around = replace(around, size=size)
    ground = given.get("background-color") or given.get("background") or ""
    if ground not in _KEEPS_GROUND:
        around = replace(around, ground=css_colour(ground))
    ink = given.get("color", "inherit")
    if ink not in ("inherit", "unset"):
        around = replace(around, ink=css_colour(ink), is_clear=is_clear(ink))
    return around


def _unseen(around: _Around) -> HiddenKind | None:
    if around.size < _TINY_PIXELS:
        return HiddenKind.TINY
    if around.is_clear:
        return HiddenKind.INVISIBLE
    return HiddenKind.COLOUR if are_alike(around.ink, around.ground) else None


def _take_own_words(tag: Tag, kind: HiddenKind) -> Iterator[Hidden]:
    """Remove the words of a tag; what lies in tags within it may look otherwise."""
    from bs4.element import NavigableString

    own = [child for child in tag.children if isinstance(child, NavigableString)]
    if words := one_line(" ".join(own)):
        yield Hidden(kind, words)
        for child in own:
            child.extract()


def _all_words(tag: Tag) -> str:
    """The words of a tag, and those that stand for its pictures."""
    pictures = [tag] if tag.name == "img" else tag.find_all("img")
    return one_line(" ".join([tag.get_text(" "), *(str(picture.get("alt") or "") for picture in pictures)]))


def _is_off_screen(given: Declarations) -> bool:
    if given.get("position") not in ("absolute", "fixed") and "text-indent" not in given:
        return False
    places = (pixels_of(given.get(name, "")) for name in ("left", "top", "right", "text-indent"))
    return any(place is not None and place <= _FAR_PIXELS for place in places)


def _is_cut_to_nothing(given: Declarations) -> bool:
    if _CUT_TO_NOTHING.search(given.get("clip", "")) or _CUT_TO_NOTHING.search(given.get("clip-path", "")):
        return True
    if not given.get("overflow", "").startswith(("hidden", "clip")):
        return False
    sides = (pixels_of(given.get(name, "")) for name in ("height", "max-height", "width", "max-width"))
    return any(side == 0 for side in sides)
