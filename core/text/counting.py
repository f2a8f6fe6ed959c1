"""How long a text is, as people count: a Chinese character is one, and so is a word of any other script."""

from __future__ import annotations

import re

from core.text.words import HAN

_COUNTED = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.,-][^\W_{HAN}]+)*")


def count_words(text: str) -> int:
    """Return the number of Chinese characters and other words; punctuation does not count."""
    return sum(1 for _ in _COUNTED.finditer(text))
