"""Style sheets as far as they say what is seen: which declarations hold for which tag.

No page is laid out. What a rule says counts by its weight, as browsers have it: `!important`, then a tag's
own `style`, then how exactly the selector names it, then which comes later. Rules for paper, for narrow
screens and for the dark are passed over: a reader sits before a wide, bright screen.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

Declarations = dict[str, str]
_Weight = tuple[bool, int]
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BLOCK = re.compile(r"([^{}]*)\{((?:[^{}]|\{[^{}]*\})*)\}")
"""A rule, or an at-rule with the rules inside it."""
_ELSEWHERE = re.compile(r"\bprint\b|\bspeech\b|max-width|max-device-width|\bdark\b|\bnot\b")
_STATE = re.compile(r":(?!root\b|not\(|first-|last-|nth-|only-)")
"""What a reader or a script must do first: `:hover`, `::before`."""
_RELEVANT = re.compile(
    r"display|visibility|opacity|font-size|color|background|position|left|right|top|text-indent|clip|height"
    r"|width|overflow|transform|mso-hide"
)
_MOST_RULES = 2_000
_SECONDS = 6.0
"""How long rules are matched; the largest pages are read with those that come first."""


class Styles:
    """What the style sheets of a page say of its tags."""

    def __init__(self, page: BeautifulSoup, sheets: list[str]) -> None:
        self._given: dict[int, dict[str, tuple[_Weight, str]]] = defaultdict(dict)
        until = time.monotonic() + _SECONDS
        for number, (selector, declarations) in enumerate(_rules("\n".join(sheets))):
            if number >= _MOST_RULES or time.monotonic() > until:
                break
            for tag in _matches(page, selector):
                self._give(tag, declarations, _exactness(selector))

    def of(self, tag: Tag) -> Declarations:
        """What holds for a tag by rules and by its own `style`."""
        if own := str(tag.get("style") or ""):
            self._give(tag, own, 1_000_000)
        return {name: value for name, (_, value) in self._given.get(id(tag), {}).items()}

    def _give(self, tag: Tag, declarations: str, exactness: int) -> None:
        given = self._given[id(tag)]
        for name, value in declarations_of(declarations, plain=False).items():
            weight = ("!important" in value, exactness)
            if name not in given or weight >= given[name][0]:
                given[name] = (weight, value.replace("!important", "").strip())


def declarations_of(style: str, *, plain: bool = True) -> Declarations:
    """Return the declarations of a `style`, in lower case; `plain` leaves `!important` out."""
    given = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        given[name.strip()] = (value.replace("!important", "") if plain else value).strip()
    return given


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of each rule that could hide something from a reader."""
    for head, inside in _BLOCK.findall(_COMMENT.sub("", sheet)):
        head = head.rpartition(";")[2].strip()  # noqa: PLW2901 -- what stands before is `@import ..;`
        if head.startswith(("@media", "@supports", "@layer")):
            if not _ELSEWHERE.search(head):
                yield from _rules(inside)
        elif not head.startswith("@") and _RELEVANT.search(inside):
            yield from ((selector.strip(), inside) for selector in head.split(","))


def _matches(page: BeautifulSoup, selector: str) -> list[Tag]:
    from soupsieve import SelectorSyntaxError

    if not selector or _STATE.search(selector):
        return []
    try:
        return list(page.select(selector))
    except (SelectorSyntaxError, NotImplementedError, ValueError):
        return []


def _exactness(selector: str) -> int:
    """Identities count more than classes, and classes more than names of tags."""
    classes = len(re.findall(r"[.\[]|:(?!not)", selector))
    tags = len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", selector))
    return 10_000 * selector.count("#") + 100 * classes + tags
