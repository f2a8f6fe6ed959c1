"""How a model's words join what stands before the caret: with a space, without, or going on with its word.

Models that talk leave the space out or put one in as it comes. Between words of one script there is one,
within Chinese none; between Chinese and another script the note itself says whether its writer sets one.
Pure, and right for a text that still grows.
"""

from __future__ import annotations

import re

from core.text.words import HAN

_AROUND_SCRIPTS = re.compile(rf"[{HAN}]( ?)[^\W_{HAN}]|[^\W_{HAN}]( ?)(?=[{HAN}])")
_LAST_WORD = re.compile(rf"[^\W_{HAN}]+\Z")
_FIRST_WORD = re.compile(rf"[^\W_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_CLOSED = re.compile(f"[，。；：！？、…（《「『“‘【—{HAN}]")
"""What no space follows within Chinese."""
_ENDS = frozenset(".,;:!?")
"""What a space follows in English before a word."""
_LEAST_REPEATED = 3
_LEAST_LINK = 3
"""Shorter ones begin too many others."""
_ENDINGS = frozenset(
    (
        "s", "es", "d", "ed", "ing", "ly", "er", "ers", "or", "ors", "ness", "ment", "ments",
        "able", "ful", "less", "ion", "ions", "t", "ve", "re", "ll", "m",
    )
)  # fmt: skip
"""What goes on with a word although it looks like one."""
_LINKS = frozenset(
    (
        "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from",
        "with", "as", "is", "are", "was", "were", "be", "been", "it", "its", "that", "this",
        "which", "who", "when", "where", "because", "so", "if", "then", "than", "not", "will",
        "would", "can", "could", "has", "have", "had", "we", "they", "he", "she", "you", "i",
    )
)  # fmt: skip
"""What is a word of its own although it would fit an end: the most frequent of English."""


def joined(text: str, before: str, *, whole: bool) -> str:
    """Return `text` as it goes on from `before`.

    Args:
        whole: whether `text` has come to its end. Until then a first word that may still grow is held back
            where it depends on it whether a space belongs before it.
    """
    start = text.lstrip(" ")
    if not before or before[-1].isspace() or not start:
        return text.lstrip() if before.endswith("\n") else start
    last, first = before[-1], start[0]
    if _HAN.match(last) and _HAN.match(first):
        return start
    if _meets_other_script(last, first):
        return " " + start if _sets_space(before, text) else start
    if _CLOSED.match(last):
        return start
    if text == start and last.isalnum() and first.isalnum():
        return _word_joined(start, before, whole=whole)
    return text


def parted(text: str, after: str) -> str:
    """Return `text` with a space at its end where a word stands right behind the caret."""
    ends = text[-1:] in _ENDS
    last, first = text[-2:-1] if ends else text[-1:], after[:1]
    touches = last.isalnum() and (first.isalpha() if ends else first.isalnum())
    return text + " " if touches and not _HAN.match(last) and not _HAN.match(first) else text


def _meets_other_script(last: str, first: str) -> bool:
    is_han = bool(_HAN.match(last)), bool(_HAN.match(first))
    return is_han[0] != is_han[1] and last.isalnum() and first.isalnum()


def _sets_space(before: str, text: str) -> bool:
    """Whether the writer sets a space between the scripts; where nothing tells, the model does as it did."""
    spaces = [match[1] if match[1] is not None else match[2] for match in _AROUND_SCRIPTS.finditer(before)]
    spaced = sum(map(bool, spaces))
    return 2 * spaced > len(spaces) if spaces else text.startswith(" ")


def _word_joined(text: str, before: str, *, whole: bool) -> str:
    """Tell a new word from the rest of the one before the caret, and that from the whole of it once more."""
    begun, first = _LAST_WORD.search(before), _FIRST_WORD.match(text)
    if begun is None or first is None:
        return text
    if first.end() == len(text) and not whole:
        return ""
    partial, word = begun[0], first[0]
    is_known = _is_word(partial, before[: begun.start()])
    if not is_known and len(partial) >= _LEAST_REPEATED and word.startswith(partial):
        return text[len(partial) :]
    is_new = word.lower() in _LINKS or (is_known and word.lower() not in _ENDINGS)
    return " " + text if is_new else text


def _is_word(word: str, text: str) -> bool:
    """Whether a word is a whole one: of the most frequent, or one that stands in the text."""
    if len(word) >= _LEAST_LINK and word.lower() in _LINKS:
        return True
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.IGNORECASE) is not None
