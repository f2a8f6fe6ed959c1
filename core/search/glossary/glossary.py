"""Translates a question into weighted search terms of the other language."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Literal

from core.search.glossary import english
from core.search.glossary.tables import LONGEST_WORD
from core.text.words import HAN

log = logging.getLogger(__name__)

TERMS = 40
"""The most terms for one question: what the full-text index answers in some 10 ms."""
_QUESTION = 2000  # code points that are looked at; a pasted page is no question
_SINGLE = 0.5  # one character alone has too many meanings to be trusted like a word
_HAN_OR_NOT = re.compile(rf"([{HAN}]+)|([^{HAN}]+)")


class Glossary:
    """Gives the search terms of questions in the other language; usable from any thread.

    The file is opened when it is first needed. While there is none, or where it cannot be read, there are no
    terms.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def terms(self, question: str, *, into: Literal["zh", "en"]) -> dict[str, float]:
        """Return words of the language `into` with weights in (0, 1], best first, at most `TERMS`.

        A word that has several meanings weighs less in each of them. What the dictionary does not know, such
        as a name, or is already in that language stands for itself. Never raises.
        """
        with self._lock:
            try:
                connection = self._open()
                if connection is None:
                    return {}
                lookup = _Lookup(connection)
                give = lookup.chinese if into == "zh" else lookup.english
                return _best(give(question[:_QUESTION]))
            except sqlite3.Error as error:
                log.warning("the glossary cannot be read: %s", error)
                return {}

    def close(self) -> None:
        """Give up the file; it is opened again when needed."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is None and self._file.is_file():
            # Never changed once it has its name, so neither locks nor a journal are needed.
            address = f"{self._file.absolute().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return self._connection


Weighted = Iterator[tuple[str, float, int]]
"""Terms with their weights and their ranks among the terms of the same word."""


class _Lookup:
    """Translates one question; each method yields the same term as often as it is found."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def english(self, question: str) -> Weighted:
        """Yield English terms; a run of Chinese is cut into the longest words that the dictionary has."""
        for han, other in _HAN_OR_NOT.findall(question):
            for word in english.content_words(other):
                yield word, 1.0, 0
            for word, senses, terms in self._words(han):
                weight = (1.0 if len(word) > 1 else _SINGLE) / sqrt(senses)
                for rank, term in enumerate(terms):
                    yield term, weight, rank

    def chinese(self, question: str) -> Weighted:
        """Yield Chinese terms; the longest phrase that the dictionary has goes before its words."""
        for han, other in _HAN_OR_NOT.findall(question):
            for word, _, _ in self._words(han):
                yield word, 1.0 if len(word) > 1 else _SINGLE, 0
            for phrase, words in self._phrases(english.words(other)):
                for rank, word in enumerate(words or [phrase]):
                    yield word, 1 / sqrt(len(words) or 1), rank

    def _words(self, han: str) -> Iterator[tuple[str, int, list[str]]]:
        """Yield the known words of a run of Chinese with the number of their senses and their terms."""
        start = 0
        while start < len(han):
            ends = range(start + 1, min(start + LONGEST_WORD, len(han)) + 1)
            row = self._longest([han[start:end] for end in ends])
            if row is None:
                start += 1
                continue
            word, senses, terms = row
            start += len(word)
            yield word, senses, terms.split()

    def _longest(self, candidates: list[str]) -> tuple[str, int, str] | None:
        marks = ", ".join("?" * len(candidates))
        row: tuple[str, int, str] | None = self._connection.execute(
            f"SELECT word, senses, terms FROM chinese WHERE word IN ({marks})"
            " ORDER BY length(word) DESC LIMIT 1",
            candidates,
        ).fetchone()
        return row

    def _phrases(self, words: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the phrases of an English text with their Chinese words, none for an unknown word."""
        start = 0
        while start < len(words):
            for length in range(min(english.PHRASE_WORDS, len(words) - start), 0, -1):
                phrase = " ".join(words[start : start + length])
                found = self._translations(phrase)
                if found or length == 1:
                    break
            start += length
            if length > 1 or english.content_words(phrase):
                yield phrase, found

    def _translations(self, phrase: str) -> list[str]:
        for form in english.base_forms(phrase):
            row = self._connection.execute("SELECT words FROM english WHERE phrase = ?", (form,)).fetchone()
            if row is not None:
                return str(row[0]).split()
        return []


def _best(found: Weighted) -> dict[str, float]:
    """Return the terms that weigh most; of equal ones each word's first meanings first."""
    terms: dict[str, tuple[float, int]] = {}
    for term, weight, rank in found:
        before = terms.get(term, (0.0, 0))
        terms[term] = max(before, (weight, -rank))
    best = sorted(terms, key=lambda term: terms[term], reverse=True)
    return {term: terms[term][0] for term in best[:TERMS]}
