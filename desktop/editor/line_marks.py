"""What takes time to find out about the lines of a note: colours of code, misspelt words.

Known lines follow the person's typing by moving what stands behind the change, until somebody who knows the
language has looked at them again. Pure: no toolkit, no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.editor.markdown_tokens import Kind, Token

Tokens = tuple[Token, ...]
"""The marked stretches of one line, in order and apart."""

_MOST_SPLIT = 50
"""More lines than that are pasted, not typed: they wait for their marks."""


class LineMarks:
    """The stretches of each line that is known, by the line's number from 0."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[str, Tokens]] = {}

    def tell(self, number: int, text: str, tokens: Tokens) -> bool:
        """Take what a line holds; False if that was known."""
        known = self._lines.get(number)
        self._lines[number] = (text, tokens)
        return known != (text, tokens) and bool(tokens or (known and known[1]))

    def of(self, number: int, text: str) -> Tokens:
        """Return the stretches of a line that reads `text`: as they are known, or as far as can be told."""
        known = self._lines.get(number)
        if known is None:
            return ()
        if known[0] != text:
            known = self._lines[number] = (text, moved(known[1], known[0], text))
        return known[1]

    def lines_came(self, first: int, count: int) -> None:
        """Follow `count` lines that came behind line `first`, or went where it is less than 0.

        What the first line held may stand in any of those that came of it.
        """
        if not self._lines:
            return
        lines = {number: known for number, known in self._lines.items() if number <= first}
        for number, known in self._lines.items():
            if number + min(count, 0) > first:
                lines[number + count] = known
        if first in lines:
            came = range(first + 1, first + 1 + min(count, _MOST_SPLIT))
            lines |= dict.fromkeys(came, lines[first])
        self._lines = lines


def moved(tokens: Tokens, old: str, new: str) -> Tokens:
    """Return where the stretches of the line `old` stand when one change has made it `new`."""
    before = _shared(old, new)
    behind = _shared(old[before:][::-1], new[before:][::-1])
    gone, come = len(old) - behind, len(new) - behind  # old[before:gone] has become new[before:come]
    result = []
    for token in tokens:
        start = token.start if token.start < before else max(token.start, gone) + come - gone
        end = min(token.end, before) if token.end < gone or token.end <= before else token.end + come - gone
        if token.end == before == gone and _goes_on(token, old, new[before:come]):
            end = come
        if start < end:
            result.append(replace(token, start=start, end=end))
    return tuple(result)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _goes_on(token: Token, line: str, typed: str) -> bool:
    """Whether what is typed at the end of a stretch belongs to it: a longer word, a longer remark."""
    if token.kind is Kind.CODE_REMARK:
        return token.end == len(line)
    return typed.isalnum() and line[token.end - 1].isalnum()


def by_line(lines: Sequence[str], tokens: Sequence[Token]) -> list[Tokens]:
    """Cut stretches of the joined lines, which are in order and apart, into those of each line."""
    result: list[Tokens] = []
    place, start = 0, 0
    for line in lines:
        end = start + len(line)
        inside = []
        while place < len(tokens) and tokens[place].start < end:
            token = tokens[place]
            cut = Token(max(token.start, start) - start, min(token.end, end) - start, token.kind)
            if cut.start < cut.end:
                inside.append(cut)
            if token.end > end:
                break
            place += 1
        result.append(tuple(inside))
        start = end + 1
    return result
