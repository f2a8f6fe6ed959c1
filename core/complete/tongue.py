"""Whether a model goes on in another language than the writer: a small one falls back into its own. Pure."""

from __future__ import annotations

import re

from core.text.language import language_of
from core.text.words import HAN

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[^\W\d_{HAN}]+")
_NEAR = 200
"""Characters before the caret whose language is the writer's at this moment."""
_LEAST = 6
"""Fewer Chinese characters or words tell nothing."""
_NAME = 3
"""A name in another script within Chinese has seldom more words."""


def is_foreign(text: str, before: str, *, whole: bool) -> bool:
    """Whether `text` cannot be meant to go on from `before`.

    Chinese goes on in Chinese, with names of other scripts in it, but for a paragraph of words below it: that
    has its own language. English whose writer has used no Chinese character so far goes on in English.

    Args:
        whole: whether nothing more comes. Until then words within Chinese may still turn out to be a name.
    """
    near = before[-_NEAR:]
    if len(_HAN.findall(near)) + len(_WORD.findall(near)) < _LEAST:
        return False
    if language_of(near) == "zh" and not _is_in_words(near):
        return not _HAN.search(text) and len(_WORD.findall(text)) > (_NAME if whole else 0)
    return language_of(near) == "en" and not _HAN.search(before) and bool(_HAN.search(text))


def _is_in_words(near: str) -> bool:
    """Whether the paragraph at the caret is more than a name and has no Chinese, whatever stands above it."""
    paragraph = near.rpartition("\n\n")[2]
    return len(_WORD.findall(paragraph)) > _NAME and not _HAN.search(paragraph)
