"""The numbers that a Chinese text spells out, so that 两千 and 2 000 are one and 百分之三 is not 百分之九.

Pure functions on text. A single numeral is as often a part of a word (一些, 十分, 万一) as a number: it
counts only before a unit of time or measure, and 一 only as a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_DIGITS = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERAL = "".join((*_DIGITS, *_UNITS, *_MYRIADS))
_RUN = re.compile(
    rf"(?P<percent>百分之)?(?P<run>[{''.join((*_DIGITS, *_UNITS))}][{_NUMERAL}]*)"
    rf"(?:点(?P<fraction>[{''.join(_DIGITS)}]+))?(?P<after>.?)",
    re.DOTALL,
)
_NO_NUMBER = frozenset({"千万", "一一", "百千", "千百", "三三两两", "一百一"})
_AFTER_ONE = "月年日号天周倍成岁点"
"""What makes a number of the single numeral before it."""
_MYRIAD = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s?([万亿])")


def spelt_numbers(text: str) -> set[str]:
    """Return the numbers of `text` in Chinese numerals, in digits; percentages without their sign."""
    return set(_found(text))


def with_whole_myriads(text: str) -> str:
    """Return `text` with 3 万 and 1.5 亿 as 30000 and 150000000."""
    return _MYRIAD.sub(lambda match: _plain(Decimal(match[1]) * _MYRIADS[match[2]]), text)


def _found(text: str) -> Iterator[str]:
    at = 0
    while match := _RUN.search(text, at):
        run, fraction = match["run"], match["fraction"]
        at = match.end() - len(match["after"])  # what follows may begin the next one
        if match["percent"] or fraction or _is_number(run, match["after"]):
            whole = _value(run)
            yield f"{whole}.{''.join(str(_DIGITS[char]) for char in fraction)}" if fraction else whole


def _is_number(run: str, after: str) -> bool:
    if len(run) > 1:
        return run not in _NO_NUMBER
    return bool(after) and after in _AFTER_ONE and (run != "一" or after == "月")


def _value(run: str) -> str:
    """Return 二〇二六 digit by digit, and 两千三百 as the sum it is."""
    if all(char in _DIGITS for char in run):
        return str(int("".join(str(_DIGITS[char]) for char in run)))
    above = total = section = digit = 0
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * _MYRIADS[char], 0, 0
        else:
            above, total, section, digit = (above + total + section + digit) * _MYRIADS[char], 0, 0, 0
    return str(above + total + section + digit)


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
