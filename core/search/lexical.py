"""How much of a question a text holds word for word; pure functions on text.

No dictionary is needed: Latin and other words are taken whole, Chinese by pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.index.model import ChunkRow
from core.index.naming import fold
from core.text.words import HAN

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}]+")


def terms(text: str) -> set[str]:
    """Return the words and pairs of Chinese characters of `text`, folded; a lone one stands for itself."""
    found: set[str] = set()
    for run in _RUN.finditer(fold(text)):
        word = run[0]
        if run["han"] is None or len(word) == 1:
            found.add(word)
        else:
            found.update(word[start : start + 2] for start in range(len(word) - 1))
    return found


def words_of(row: ChunkRow) -> str:
    """Return all that a search by words sees of a chunk: its text and its names."""
    return "\n".join((row.text, row.title, *row.names, *row.heading_path, *row.tags))


def share_found(question: str, rows: Iterable[ChunkRow], *, enough: float = 1.0) -> float:
    """Return what share of the question's terms the best of `rows` holds, from 0 to 1.

    No row is looked at after one that holds `enough`.
    """
    wanted = terms(question)
    best = 0.0
    for row in rows if wanted else ():
        best = max(best, len(wanted & terms(words_of(row))) / len(wanted))
        if best >= enough:
            break
    return best


def holds_all(row: ChunkRow, phrases: Sequence[str]) -> bool:
    """Whether the chunk holds every phrase word for word, whatever the case and the white space."""
    text = " ".join(fold(words_of(row)).split())
    return all(" ".join(fold(phrase).split()) in text for phrase in phrases)
