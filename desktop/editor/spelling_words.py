"""The words of a line of Markdown whose spelling can be checked; no toolkit in here."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.text.spelling import words_in
from desktop.editor.line_marks import Tokens
from desktop.editor.markdown_tokens import LONGEST_EMPHASIS, Kind, Token, region, tokens

_SKIPPED = {Kind.CODE, Kind.LINK, Kind.TAG, Kind.MATH, Kind.COMMENT, Kind.FRONT_MATTER, Kind.MARK}
_MARKUP = re.compile(r"<[^<>]*>|\{\{.*?\}\}|\[\[[^\[\]]*$|\(\([0-9a-f-]*\)\)")


def misspelt(
    line: str, state: int, knows: Callable[[str], bool], *, is_first: bool = False, in_chinese: bool = False
) -> Tokens:
    """Return the words of a line behind one of that state that `knows` does not know."""
    found, after = tokens(line, state, is_first=is_first)
    if len(line) > LONGEST_EMPHASIS or region(state) is not None or region(after) is not None:
        return ()
    for token in found:
        if token.kind in _SKIPPED:
            line = _blotted(line, token.start, token.end)
    for markup in _MARKUP.finditer(line):
        line = _blotted(line, markup.start(), markup.end())
    words = words_in(line, in_chinese=in_chinese)
    return tuple(Token(at, at + len(word), Kind.MISSPELT) for at, word in words if not knows(word))


def _blotted(line: str, start: int, end: int) -> str:
    """Return the line with a stretch made unreadable; positions stay what they are."""
    return line[:start] + "\0" * (end - start) + line[end:]
