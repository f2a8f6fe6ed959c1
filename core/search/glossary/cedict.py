"""Reads CC-CEDICT, and keeps of an English definition what a text would say.

A line is `繁體 简体 [pin1 yin1] /sense; same sense in other words/another sense/`.
Format: https://cc-cedict.org/wiki/format:syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.text.words import HAN

_LINE = re.compile(r"(?P<traditional>\S+) (?P<simplified>\S+) \[[^\]]*\] /(?P<senses>.*)/\s*")
_ABOUT_THE_WORD = re.compile(
    r"CL:|(?:\w+ )?variant of|erhua|see |surname |used in |same as|abbr\. (?:for|to) |also written|also pr"
    r"|Taiwan pr|\(bound form|\(onom|(?:Kangxi )?radical ",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CHINESE = re.compile(rf"[{HAN}|·]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of one word."""

    traditional: str
    simplified: str
    senses: tuple[str, ...]
    """English, in the dictionary's order, without remarks; at least one."""


def entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries that have an English meaning; other lines are passed over."""
    for line in lines:
        match = None if line.startswith("#") else _LINE.fullmatch(line)
        if match is None:
            continue
        senses = tuple(_senses(match["senses"]))
        if senses:
            yield Entry(match["traditional"], match["simplified"], senses)


def _senses(field: str) -> Iterator[str]:
    for sense in field.split("/"):
        if not _ABOUT_THE_WORD.match(sense.strip()):
            cleaned = (_clean(part) for part in sense.split(";"))
            yield from (part for part in cleaned if part)


def _clean(sense: str) -> str:
    """Return the sense without brackets, Chinese and pinyin."""
    english = _CHINESE.sub(" ", _ASIDE.sub(" ", sense))
    return " ".join(english.split()).strip(" ,")
