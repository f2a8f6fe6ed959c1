"""How a text of the window can also be searched for: in the other language, by its pinyin initials."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree

from desktop.theme.resources import resource

_SORTED_BY_SOUND = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_CODES = [sign.encode("gb2312") for sign in _SORTED_BY_SOUND]
_LAST = "座".encode("gb2312")
"""GB 2312 lists its 3755 common characters in the order of their pinyin; these begin with each letter."""
MOST_SIGNS = 24
"""Longer texts are no names of anything: by chance, their initials would be found for every two letters."""


@lru_cache(maxsize=4096)
def other_words(text: str) -> str:
    """Return what else a text shown by the window is called; empty where there is nothing."""
    chinese = _by_words().get(text, ())
    found = [*chinese, *(initials(one) for one in (text, *chinese) if len(one) <= MOST_SIGNS)]
    return "\n".join(filter(None, found))


def initials(text: str) -> str:
    """Return the initials of a text's Chinese characters, other letters and digits as they are, in small.

    Empty where there is no Chinese. The rare characters of a text are left out.
    """
    if text.isascii():
        return ""
    return "".join(_initial(sign) for sign in text.casefold() if sign.isalnum())


def _initial(sign: str) -> str:
    code = sign.encode("gb2312", "ignore")
    if len(code) < 2:
        return code.decode("ascii")
    place = bisect_right(_CODES, code) - 1
    return _LETTERS[place] if place >= 0 and code <= _LAST else ""


@cache
def _by_words() -> Mapping[str, tuple[str, ...]]:
    return both_ways(resource("i18n/pilotfish_zh_CN.ts"))


def both_ways(translations: Path) -> Mapping[str, tuple[str, ...]]:
    """Return each text of Qt's file of translations with what it is in the other language.

    Empty where there is no such file: then a text is found by what it says.
    """
    found: dict[str, set[str]] = defaultdict(set)
    try:
        messages = ElementTree.parse(translations).iter("message")
    except (OSError, ElementTree.ParseError):
        return {}
    for message in messages:
        source, translated = message.findtext("source"), message.findtext("translation")
        if source and translated and source != translated:
            found[source].add(translated)
            found[translated].add(source)
    return {text: tuple(sorted(others)) for text, others in found.items()}
