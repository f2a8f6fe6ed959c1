"""Finding words in a note, and what is put in their place; no toolkit. Positions count code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from core.text.words import HAN

if TYPE_CHECKING:
    import regex

Span = tuple[int, int]

PATIENCE_S = 0.5
"""A pattern such as `(a+)+$` can take for ever; the window waits no longer than this for one search."""
_LETTER = rf"[^\W{HAN}]"
_DOLLAR_GROUP = re.compile(r"(\\.)|\$(\d|\{\w+\})")


class PatternUnusable(ValueError):
    """A regular expression is wrong, or takes too long."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    words: str
    case: bool = False
    """Whether `A` is another letter than `a`."""
    whole: bool = False
    """Only where no letter stands next to it. Between Chinese characters there are no such borders."""
    is_pattern: bool = False
    """The words are a regular expression."""


class Finder:
    """Finds one thing in any text."""

    def __init__(self, wanted: Wanted) -> None:
        """Raises `PatternUnusable` where the words are no valid expression."""
        self._is_pattern = wanted.is_pattern
        self._pattern = _compiled(wanted)

    def find(self, text: str) -> list[Span]:
        """Return every place, in order; places that hold nothing are left out.

        Raises:
            PatternUnusable: the search took longer than `PATIENCE_S`.
        """
        try:
            found = self._pattern.finditer(text, timeout=PATIENCE_S)
            return [match.span() for match in found if match.end() > match.start()]
        except TimeoutError as error:
            raise PatternUnusable("too slow") from error

    def replacements(self, text: str, template: str, spans: list[Span]) -> list[str]:
        """Return what stands in each place after replacing; `\\1` and `$1` are groups of an expression.

        Raises:
            PatternUnusable: the template names a group that there is none of, or the time is up.
        """
        if not self._is_pattern:
            return [template] * len(spans)
        try:
            expand = partial(_expanded, template=_DOLLAR_GROUP.sub(_as_group, template))
            wanted = set(spans)
            found = self._pattern.finditer(text, timeout=PATIENCE_S)
            return [expand(match) for match in found if match.span() in wanted]
        except (IndexError, TimeoutError, re.error, self._pattern_error()) as error:
            raise PatternUnusable(str(error)) from error

    @staticmethod
    def _pattern_error() -> type[Exception]:
        import regex

        error: type[Exception] = regex.error
        return error


class UnitMap:
    """Turns positions of one text from code points into the UTF-16 units that Qt counts."""

    def __init__(self, text: str) -> None:
        self._pairs = [found.start() for found in re.finditer("[\U00010000-\U0010ffff]", text)]

    def units(self, point: int) -> int:
        """Return a position in UTF-16 units."""
        return point + bisect_left(self._pairs, point)

    def points(self, unit: int) -> int:
        """Return a position in code points; inside a pair counts as before it."""
        starts = [place + number for number, place in enumerate(self._pairs)]
        return unit - bisect_right(starts, unit - 1)


def _compiled(wanted: Wanted) -> regex.Pattern[str]:
    import regex

    source = wanted.words if wanted.is_pattern else regex.escape(wanted.words, literal_spaces=True)
    if wanted.whole:
        source = (
            rf"(?<!{_LETTER})(?:{source})(?!{_LETTER})"
            if wanted.is_pattern
            else _bordered(wanted.words, source)
        )
    flags = regex.MULTILINE | regex.VERSION0 | (0 if wanted.case else regex.IGNORECASE)
    try:
        return regex.compile(source, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise PatternUnusable(str(error)) from error


def _bordered(words: str, source: str) -> str:
    """Ask for a border only at an end that is a letter: `c++` is whole before a space and before a letter."""
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, words) else ""
    after = rf"(?!{_LETTER})" if re.match(_LETTER, words[-1:]) else ""
    return f"{before}{source}{after}"


def _as_group(found: re.Match[str]) -> str:
    name = (found[2] or "").strip("{}")
    return found[1] or rf"\g<{name}>"


def _expanded(match: regex.Match[str], template: str) -> str:
    return str(match.expand(template))
