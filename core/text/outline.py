"""Where in a note a line stands: the headings above it and the block round it.

The note's full structure (`core.text.markdown`) takes its time; this is what a caret needs at once. Lines
count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

_FENCE = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_TITLE = re.compile(r"""title:[ \t]*(?P<quote>["']?)(?P<title>.+?)(?P=quote)[ \t]*$""")
_TELLING = re.compile(r"[ \t>]*(?:`{3}|~{3}|#|[=-]+[ \t]*$)")
"""What begins a line that can open a fence, be a heading or underline one: a sieve for long notes."""
_TAB = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: its line, level 1 to 6, and words."""

    line: int
    level: int
    title: str


class Outline:
    """The headings and fences of a note, found in one pass over its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.front_matter_end = _front_matter_end(lines)
        """The line of the closing `---`; -1 where there is no front matter."""
        self._fences: list[tuple[int, int]] = []
        self.headings: list[Title] = []
        self._scan()

    @property
    def title(self) -> str:
        """The title of the front matter, else the first heading of level 1; empty without either."""
        for line in self._lines[1 : max(self.front_matter_end, 1)]:
            if found := _TITLE.match(line):
                return found["title"]
        return next((heading.title for heading in self.headings if heading.level == 1), "")

    def heading_path(self, line: int) -> tuple[str, ...]:
        """Return the headings above a line, outermost first; a heading's own title is in its path."""
        path: list[Title] = []
        for heading in self.headings:
            if heading.line > line:
                break
            path = [above for above in path if above.level < heading.level] + [heading]
        return tuple(heading.title for heading in path)

    def block(self, line: int) -> tuple[int, int]:
        """Return first and last line of the block round a line; a blank line is a block of its own."""
        if line <= self.front_matter_end:
            return 0, self.front_matter_end
        for start, end in self._fences:
            if start <= line <= end:
                return start, end
        for heading in self.headings:
            if heading.line == line:
                return line, self._section_end(heading)
        if not self._lines[line].strip():
            return line, line
        return self._item(line) or self._paragraph(line)

    def _scan(self) -> None:
        fence, opened = "", 0
        telling = _TELLING.match
        for number in [n for n, line in enumerate(self._lines) if telling(line)]:
            line = self._lines[number]
            if number <= self.front_matter_end:
                continue
            if "```" in line or "~~~" in line:
                found = _FENCE.match(line)
                if fence and _closes(fence, found):
                    self._fences.append((opened, number))
                    fence = ""
                    continue
                if not fence and found and "`" not in found["info"]:
                    fence, opened = found["mark"], number
            if not fence:
                self._take_heading(number, line)
        if fence:
            self._fences.append((opened, len(self._lines) - 1))

    def _take_heading(self, number: int, line: str) -> None:
        if "#" in line[:4] and (found := _heading(line)):
            self.headings.append(Title(number, *found))
        elif line[:4].strip()[:1] in ("=", "-") and _UNDERLINE.match(line) and self._is_text(number - 1):
            level = 1 if "=" in line else 2
            self.headings.append(Title(number - 1, level, self._lines[number - 1].strip()))

    def _is_text(self, number: int) -> bool:
        """Whether a line can be the words of a heading that is underlined."""
        if number <= self.front_matter_end:
            return False
        line = self._lines[number]
        starts_else = _ITEM.match(line) or _FENCE.match(line) or line.lstrip()[:1] in ("#", ">", "|", "-")
        return bool(line.strip()) and not starts_else

    def _section_end(self, heading: Title) -> int:
        following = (h.line for h in self.headings if h.line > heading.line and h.level <= heading.level)
        return next(following, len(self._lines)) - 1

    def _item(self, line: int) -> tuple[int, int] | None:
        """Return the list item that a line belongs to, with its children."""
        start = line
        while not (found := _ITEM.match(self._lines[start])):
            start -= 1
            if start <= self.front_matter_end or not self._lines[start].strip():
                return None
        depth = _width(found["indent"])
        end = line
        for number in range(line + 1, len(self._lines)):
            text = self._lines[number]
            if not text.strip():
                continue
            if _width(text[: len(text) - len(text.lstrip())]) <= depth:
                break
            end = number
        return start, end

    def _paragraph(self, line: int) -> tuple[int, int]:
        start = end = line
        while start - 1 > self.front_matter_end and self._continues(start - 1):
            start -= 1
        while end + 1 < len(self._lines) and self._continues(end + 1):
            end += 1
        return start, end

    def _continues(self, line: int) -> bool:
        text = self._lines[line]
        return bool(text.strip()) and not any(mark.match(text) for mark in (_HEADING, _FENCE, _ITEM))


def note_title(path: str, outline: Outline) -> str:
    """Return the title as `core.text` tells it: front matter, first heading of level 1, file name."""
    return outline.title or PurePosixPath(path).stem


@lru_cache(4096)
def _heading(line: str) -> tuple[int, str] | None:
    """Level and words of a heading; remembered, since a note is looked at again after every pause."""
    found = _HEADING.match(line)
    return (len(found["marks"]), (found["title"] or "").strip()) if found else None


def _closes(fence: str, found: re.Match[str] | None) -> bool:
    return (
        found is not None
        and found["mark"][0] == fence[0]
        and len(found["mark"]) >= len(fence)
        and not found["info"].strip()
    )


def _front_matter_end(lines: Sequence[str]) -> int:
    if not lines or lines[0].rstrip() != "---":
        return -1
    return next((n for n in range(1, len(lines)) if lines[n].rstrip() in ("---", "...")), -1)


def _width(indent: str) -> int:
    return len(indent.expandtabs(_TAB))
