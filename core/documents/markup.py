"""HTML to Markdown: what a reader sees, with what is hidden from readers set apart and nothing loaded.

Used for web pages, the chapters of books, mail, and what mammoth makes of Word files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "canvas",
    "video",
    "audio",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "dialog",
    "head",
    "link",
    "meta",
    "map",
]
_FURNITURE = ["nav", "footer", "aside"]
"""Left out where the page has other words: what is said around an article on every page of a site."""
_CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE_SELECTOR = re.compile(r"^[a-zA-Z0-9]*(?:[.#][\w-]+)+$")
_TINY_PIXELS = 4.0  # CHOICES: smaller type than this is not meant to be read
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "transparent", "rgba(0,0,0,0)"}
_MAX_SELECTORS = 500
_GROUND_SELECTOR = re.compile(r"^[a-zA-Z0-9]*(?:[.#][\w-]+)*$")
_NO_GROUND = ("", "transparent", "none", "inherit", "initial", "unset")
Rules = list[tuple[str, str]]
"""Selectors and declarations of style sheets."""
Grounds = dict[int, str]
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(html: str) -> BeautifulSoup:
    """Return the tree of an HTML text; no address in it is ever opened."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(_XML_DECLARATION.sub("", html, count=1), "lxml")


def title_of(page: BeautifulSoup) -> str:
    """Return the page's title, else its first heading."""
    named = page.title or page.find("h1")
    return one_line(named.get_text(" ")) if named else ""


def to_markdown(page: BeautifulSoup) -> tuple[str, list[Hidden]]:
    """Return the visible text of a page as Markdown, and what of it is hidden; the tree is used up."""
    from bs4.element import NavigableString

    styles = [style.get_text() for style in page.find_all("style")]
    for tag in page.find_all(_DROPPED):
        tag.decompose()
    hidden = list(_take_hidden(page, styles))
    _take_furniture(page)
    for image in page.find_all("img"):
        image.replace_with(_alternative(image))
    for line_break in page.find_all("br"):
        after = line_break.next_sibling
        if isinstance(after, NavigableString):  # else the space after it looks like a blank line
            after.replace_with(after.lstrip())
    return _markdown(page), hidden


def _markdown(page: BeautifulSoup) -> str:
    from markdownify import MarkdownConverter

    converter = MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        autolinks=False,
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
        table_infer_header=True,
    )
    return str(converter.convert_soup(page))


def _take_furniture(page: BeautifulSoup) -> None:
    found = page.find_all(_FURNITURE)
    around = sum(len(tag.get_text(" ", strip=True)) for tag in found)
    if found and around < len(page.get_text(" ", strip=True)) / 2:
        for tag in found:
            tag.decompose()


def _alternative(image: Tag) -> str:
    """What stands for a picture: the words its author gave for those who cannot see it."""
    words = one_line(str(image.get("alt") or ""))
    return f"[{words}]" if words else ""


def _take_hidden(page: BeautifulSoup, styles: list[str]) -> Iterator[Hidden]:
    """Remove what is hidden and yield a report of each piece that has words."""
    rules = [rule for style in styles for rule in _CSS_RULE.findall(_CSS_COMMENT.sub("", style))]
    rules = rules[:_MAX_SELECTORS]
    grounds = _grounds(page, rules)
    for tag, kind in [*_hidden_by_rules(page, rules, grounds), *_hidden_by_itself(page, grounds)]:
        if tag.decomposed:
            continue
        words = one_line(tag.get_text(" "))
        tag.decompose()
        if words:
            yield Hidden(kind, words)


def _hidden_by_itself(page: BeautifulSoup, grounds: Grounds) -> Iterator[tuple[Tag, HiddenKind]]:
    for tag in page.find_all(True):
        style = str(tag.get("style") or "")
        is_white = tag.name == "font" and _is_white(str(tag.get("color", "")))
        kind = HiddenKind.COLOUR if is_white else hiding(style)
        if tag.has_attr("hidden"):
            yield tag, HiddenKind.NOT_DISPLAYED
        elif kind and (kind is not HiddenKind.COLOUR or not _is_on_colour(tag, style, grounds)):
            yield tag, kind


def _hidden_by_rules(page: BeautifulSoup, rules: Rules, grounds: Grounds) -> Iterator[tuple[Tag, HiddenKind]]:
    """What plain class and id rules of the page's own style sheets hide; menus of a site are among them."""
    for selectors, declarations in rules:
        kind = hiding(declarations)
        for selector in selectors.split(",") if kind else ():
            if kind and _SIMPLE_SELECTOR.match(selector.strip()):
                for tag in page.select(selector.strip()):
                    if kind is not HiddenKind.COLOUR or not _is_on_colour(tag, declarations, grounds):
                        yield tag, kind


def _grounds(page: BeautifulSoup, rules: Rules) -> Grounds:
    """What colour the style sheets put behind a tag, by the tag's identity."""
    grounds: Grounds = {}
    for selectors, declarations in rules:
        ground = _ground(declarations)
        for selector in selectors.split(",") if ground not in _NO_GROUND else ():
            name = selector.strip()
            if name and _GROUND_SELECTOR.match(name):
                grounds.update((id(tag), ground) for tag in page.select(name))
    return grounds


def _is_on_colour(tag: Tag, style: str, grounds: Grounds) -> bool:
    """Whether words in white stand on another colour: what is nearest behind them counts.

    `style` is what made them white; a ground that it names itself has been looked at.
    """
    if _ground(style):
        return False
    for element in (tag, *tag.parents):
        own = str(element.get("style") or "")
        ground = _ground(own) or str(element.get("bgcolor") or "").lower() or grounds.get(id(element), "")
        if ground not in _NO_GROUND:
            return not _is_white(ground)
    return False


def hiding(style: str) -> HiddenKind | None:
    """Return how CSS declarations hide what they apply to, or None where they do not."""
    given = _given(style)
    if given.get("display") == "none" or given.get("visibility") in ("hidden", "collapse"):
        return HiddenKind.NOT_DISPLAYED
    if _number(given.get("opacity", "1")) == 0 or given.get("mso-hide") == "all":
        return HiddenKind.INVISIBLE
    size = _pixels(given.get("font-size", ""))
    if size is not None and size < _TINY_PIXELS:
        return HiddenKind.TINY
    if _is_off_screen(given):
        return HiddenKind.NOT_DISPLAYED
    ground = given.get("background-color", given.get("background", "white")).replace(" ", "")
    colour = given.get("color", "").replace(" ", "")
    same = bool(colour) and (colour == ground or (_is_white(colour) and _is_white(ground)))
    return HiddenKind.COLOUR if same else None


def _given(style: str) -> dict[str, str]:
    given = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        given[name.strip()] = value.replace("!important", "").strip()
    return given


def _ground(style: str) -> str:
    """The colour that declarations put behind their words; empty where they name none."""
    given = _given(style)
    return given.get("background-color") or given.get("background") or ""


def _is_off_screen(given: dict[str, str]) -> bool:
    if given.get("position") not in ("absolute", "fixed") and "text-indent" not in given:
        return False
    places = (_pixels(given.get(name, "")) for name in ("left", "top", "right", "text-indent"))
    return any(place is not None and place <= -500 for place in places)


def _is_white(colour: str) -> bool:
    return colour.replace(" ", "").lower() in _WHITE


def _pixels(value: str) -> float | None:
    match = re.match(r"(-?[\d.]+)\s*(px|pt|r?em|%)?$", value)
    number = _number(match[1]) if match else None
    return None if match is None or number is None else number * _PIXELS[match[2] or "px"]


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
