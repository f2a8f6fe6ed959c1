"""Writes the glossary's file: both directions of CC-CEDICT, weighed and cut down to what a search can use.

    chinese (word, senses, terms)    a Chinese word -> how many senses it has, and the English words in them
    english (phrase, words)          an English phrase of up to three words -> the Chinese words for it

`terms` and `words` hold words parted by single spaces, best first.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from core.search.glossary import english
from core.search.glossary.cedict import Entry

SENSES = 4
"""Senses of a Chinese word that are used; later ones are rare."""
CHINESE_WORDS = 5
"""Chinese words for one English phrase."""
LONGEST_WORD = 8
"""Characters of the longest Chinese word that is looked up; longer entries are sayings and titles."""
_LONGEST_TRANSLATION = 6  # what a text says for an English word is short; the rest explains
_ARTICLES = frozenset(("a", "an", "the", "to"))

_SCHEMA = """
    CREATE TABLE chinese (word TEXT PRIMARY KEY, senses INTEGER NOT NULL, terms TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE english (phrase TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
"""


def senses_by_word(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return what each word means, in simplified and in traditional script, all its readings together."""
    senses: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for word in {entry.simplified, entry.traditional}:
            senses[word] += entry.senses
    return dict(senses)


def write(senses: Mapping[str, Sequence[str]], frequencies: Mapping[str, int], file: Path) -> None:
    """Write the new file `file`.

    Args:
        senses: what `senses_by_word` returns.
        frequencies: how often a Chinese word occurs in a large corpus; words that are not there are rare.

    Raises:
        OSError, sqlite3.Error: the file cannot be written.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")  # a file that is not complete is thrown away
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO chinese VALUES (?, ?, ?)", sorted(_chinese_rows(senses)))
        connection.executemany(
            "INSERT INTO english VALUES (?, ?)", sorted(_english_rows(senses, frequencies))
        )
        connection.execute("COMMIT")


def _chinese_rows(senses: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int, str]]:
    for word, all_senses in senses.items():
        used = all_senses[:SENSES]
        terms = dict.fromkeys(term for sense in used for term in english.content_words(sense))
        if len(word) <= LONGEST_WORD:
            yield word, len(used), " ".join(terms)


def _english_rows(
    senses: Mapping[str, Sequence[str]], frequencies: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, all_senses in senses.items():
        if len(word) > _LONGEST_TRANSLATION:
            continue
        for rank, sense in enumerate(all_senses, start=1):
            found = weights[_phrase(sense)]
            found[word] = max(found.get(word, 0.0), frequencies.get(word, 1) / rank)
    for phrase, found in weights.items():
        if phrase and phrase.count(" ") < english.PHRASE_WORDS:
            best = sorted(found, key=lambda word: (-found[word], word))
            yield phrase, " ".join(best[:CHINESE_WORDS])


def _phrase(sense: str) -> str:
    """Return how a sense is looked up: `to set sail` under `set sail`."""
    words = english.words(sense)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)
