"""Citation marks in an answer's Markdown: `[1]`, `[2]`, in the one form that `core.assist` gives them.

Pure functions on text. Marks inside code are code and stay as they are.
"""

from __future__ import annotations

import re

MARK = re.compile(r"\[(\d{1,3})\](?!\()")
"""One mark and its number; a link such as `[1](https://...)` is none."""

_CODE = r"(?P<code>(?P<fence>`{3,}|~{3,}).*?(?:(?P=fence)|\Z)|(?P<tick>`+)[^`].*?(?P=tick))"
_CODE_OR_MARKS = re.compile(rf"{_CODE}|[ \t]*(?P<marks>(?:\[\d{{1,3}}\](?!\())+)", re.DOTALL)


def without_marks(text: str, *, count: int) -> str:
    """Return `text` with every mark from 1 to `count` taken out, and the space before it.

    A bracket with any other number is the writer's own text and stays.
    """

    def kept(found: re.Match[str]) -> str:
        if found["code"] is not None:
            return found.group()
        left = MARK.sub(lambda mark: "" if 0 < int(mark[1]) <= count else mark.group(), found.group())
        return left if left.strip() else ""

    return _CODE_OR_MARKS.sub(kept, text)
