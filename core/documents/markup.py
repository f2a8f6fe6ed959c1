"""HTML to Markdown: what a reader sees, with what is hidden from readers set apart and nothing loaded.

Used for web pages, the chapters of books, mail, and what mammoth makes of Word files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.model import Hidden
from core.documents.page_sight import take_hidden

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
    "canvas",
    "video",
    "audio",
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
_ARTICLE = ["article", "blockquote", "figure", "section"]
_MOSTLY_LINKS = 0.5
_MOST_TAGS = 120_000
"""That begin or end something: a thousand printed pages."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(html: str) -> BeautifulSoup:
    """Return the tree of an HTML text; no address in it is ever opened."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(_XML_DECLARATION.sub("", html, count=1), "lxml")


def shortened(html: str) -> str:
    """Return as much of a page as can be read in time; what is left open there is closed by the parser."""
    for number, tag in enumerate(re.finditer("<", html)):
        if number >= _MOST_TAGS:
            return html[: tag.start()]
    return html


def title_of(page: BeautifulSoup) -> str:
    """Return the page's title, else its first heading."""
    named = page.title or page.find("h1")
    return one_line(named.get_text(" ")) if named else ""


def to_markdown(page: BeautifulSoup, sheets: Sequence[str] = ()) -> tuple[str, list[Hidden]]:
    """Return the visible text of a page as Markdown, and what of it is hidden; the tree is used up.

    `sheets` are style sheets that the page names and that are at hand.
    """
    from bs4.element import NavigableString

    styles = [*sheets, *(style.get_text() for style in page.find_all("style"))]
    for drawing in page.find_all("svg"):
        drawing.replace_with(" ".join(words.get_text(" ") for words in drawing.find_all("text")))
    for tag in page.find_all(_DROPPED):
        tag.decompose()
    hidden = list(take_hidden(page, styles))
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
    found = [tag for tag in page.find_all(_FURNITURE) if _is_furniture(tag)]
    around = sum(len(tag.get_text(" ", strip=True)) for tag in found)
    if found and around < len(page.get_text(" ", strip=True)) / 2:
        for tag in found:
            tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    """Whether a tag belongs to the site: the foot of a quotation and a note beside the text do not."""
    if tag.name == "footer":
        return tag.find_parent(_ARTICLE) is None
    linked = sum(len(link.get_text(" ", strip=True)) for link in tag.find_all("a"))
    return tag.name == "nav" or linked > _MOSTLY_LINKS * len(tag.get_text(" ", strip=True))


def _alternative(image: Tag) -> str:
    """What stands for a picture: the words its author gave for those who cannot see it."""
    words = one_line(str(image.get("alt") or ""))
    return f"[{words}]" if words else ""
