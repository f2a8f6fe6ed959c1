"""Citation marks in an answer: `[1]`, `[1, 2]`, `[^1]` and the full-width `【1】` that Chinese models write.

Pure functions on text. Marks inside code are code and stay as they are.
"""

from __future__ import annotations

import re

MARK = re.compile(r"[\[【]\^?(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)[\]】](?!\()")
"""One mark with its numbers; a link such as `[1](https://...)` is none."""

_CODE = r"(?P<code>(?P<fence>`{3,}|~{3,}).*?(?:(?P=fence)|\Z)|(?P<tick>`+)[^`].*?(?P=tick))"
_CODE_OR_MARK = re.compile(rf"{_CODE}|[ \t]*{MARK.pattern}", re.DOTALL)


def numbers(mark: re.Match[str]) -> list[int]:
    """Return the numbers of one `MARK`, in the order written."""
    return [int(number) for number in re.findall(r"\d+", mark.group())]


def without_marks(text: str, *, count: int) -> str:
    """Return `text` with every mark from 1 to `count` taken out, and the space before it.

    A bracket with any other number is the writer's own text and stays.
    """

    def kept(found: re.Match[str]) -> str:
        if found["code"] is not None or any(not 0 < n <= count for n in numbers(found)):
            return found.group()
        return ""

    return _CODE_OR_MARK.sub(kept, text)


def cited(text: str, *, count: int) -> list[int]:
    """Return the numbers from 1 to `count` that `text` cites outside code, each once, in order."""
    found = [hit for hit in _CODE_OR_MARK.finditer(text) if hit["code"] is None]
    return list(dict.fromkeys(n for hit in found for n in numbers(hit) if 0 < n <= count))
