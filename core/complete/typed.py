"""A suggestion while it is typed through or taken piece by piece; pure, and free on the key path.

Chinese words are found by the offsets that the engine put into the suggestion. Where there are none a light
rule serves: two characters of Chinese, or one word of another script.
"""

from __future__ import annotations

import re
from dataclasses import replace

from core.complete.model import Suggestion
from core.text.words import HAN

_LEAD = r"\n*[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+(?:\[[ xX]\][ \t]+)?)?"  # line ends, indent, marker
_WORD = re.compile(
    rf"{_LEAD}[^\w\n]*(?:[{HAN}]{{1,2}}|[^\W{HAN}]+(?:['’.-][^\W{HAN}]+)*)?",
)
_CLOSERS = "”’」』）》】\"')*_`"
_CLAUSE = re.compile(
    rf"[，。；：！？、…]+[{_CLOSERS}]*|[.!?;:,]+[{_CLOSERS}]*(?=\s|\Z)|(?=\n)",
)


def typed_through(suggestion: Suggestion, typed: str) -> Suggestion | None:
    """Return what is left of a suggestion after `typed` was typed, None where it says otherwise or ends.

    Capitals are the writer's own affair.
    """
    said = suggestion.text[: len(typed)]
    if len(said) == len(suggestion.text) or (said != typed and said.casefold() != typed.casefold()):
        return None
    return _after(suggestion, len(typed))


def next_word(suggestion: Suggestion) -> str:
    """Return the suggestion's beginning to the end of its first word, with the marks and spaces before it."""
    end = suggestion.words[0] if suggestion.words else _light_word_end(suggestion.text)
    return suggestion.text[:end]


def next_sentence(suggestion: Suggestion) -> str:
    """Return the suggestion's beginning to the end of its first clause or sentence, never empty.

    A clause ends at `，。；：！？`, their Latin kin before a space, and at the end of a line. Spaces that
    follow stay behind.
    """
    text = suggestion.text
    begin = len(text) - len(text.lstrip())
    for match in _CLAUSE.finditer(text, begin):
        if match.end() > begin:
            return text[: match.end()]
    return text


def _after(suggestion: Suggestion, length: int) -> Suggestion:
    ends = tuple(end - length for end in suggestion.words if end > length)
    return replace(suggestion, text=suggestion.text[length:], words=ends)


def _light_word_end(text: str) -> int:
    match = _WORD.match(text)
    return max(match.end() if match else 0, min(1, len(text)))
