"""A moment written by a pattern of Moment.js, in English or Chinese: names of daily notes, and templates.

https://momentjs.com/docs/#/displaying/format/, and its `locale/zh-cn.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

LANGUAGES = ("en", "zh")

_TOKEN = re.compile(
    r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DD|Do|D|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|ww|w|WW|W|Q|E|[A-Za-z]"
)
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS_ZH = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
_DAYS_ZH = "一二三四五六日"


def _part_of_day(now: datetime) -> str:
    """As `zh-cn.js` parts the day, by hour and minute."""
    time = now.hour * 100 + now.minute
    limits = ((600, "凌晨"), (900, "早上"), (1130, "上午"), (1230, "中午"), (1800, "下午"))
    return next((word for limit, word in limits if time < limit), "晚上")


_Words = Mapping[str, Callable[[datetime], str]]

_ANYWHERE: _Words = {
    "YYYY": lambda now: f"{now.year:04}",
    "YY": lambda now: f"{now.year % 100:02}",
    "MM": lambda now: f"{now.month:02}",
    "M": lambda now: str(now.month),
    "DDDD": lambda now: f"{now.timetuple().tm_yday:03}",
    "DD": lambda now: f"{now.day:02}",
    "D": lambda now: str(now.day),
    "E": lambda now: str(now.isoweekday()),
    "d": lambda now: str(now.isoweekday() % 7),
    "WW": lambda now: f"{now.isocalendar().week:02}",
    "W": lambda now: str(now.isocalendar().week),
    "Q": lambda now: str((now.month + 2) // 3),
    "HH": lambda now: f"{now.hour:02}",
    "H": lambda now: str(now.hour),
    "hh": lambda now: f"{_hour_of_twelve(now):02}",
    "h": lambda now: str(_hour_of_twelve(now)),
    "mm": lambda now: f"{now.minute:02}",
    "m": lambda now: str(now.minute),
    "ss": lambda now: f"{now.second:02}",
    "s": lambda now: str(now.second),
}
_IN: Mapping[str, _Words] = {
    "en": {
        "MMMM": lambda now: _MONTHS[now.month - 1],
        "MMM": lambda now: _MONTHS[now.month - 1][:3],
        "dddd": lambda now: _DAYS[now.weekday()],
        "ddd": lambda now: _DAYS[now.weekday()][:3],
        "dd": lambda now: _DAYS[now.weekday()][:2],
        "Do": lambda now: f"{now.day}{_ending(now.day)}",
        "A": lambda now: "AM" if now.hour < 12 else "PM",
        "a": lambda now: "am" if now.hour < 12 else "pm",
    },
    "zh": {
        "MMMM": lambda now: f"{_MONTHS_ZH[now.month - 1]}月",
        "MMM": lambda now: f"{now.month}月",
        "dddd": lambda now: f"星期{_DAYS_ZH[now.weekday()]}",
        "ddd": lambda now: f"周{_DAYS_ZH[now.weekday()]}",
        "dd": lambda now: _DAYS_ZH[now.weekday()],
        "Do": lambda now: f"{now.day}日",
        "A": _part_of_day,
        "a": _part_of_day,
    },
}


def format_day(pattern: str, now: datetime, language: str = "en") -> str:
    """Write a moment as Moment.js would; a token that we do not know stands as it is."""
    words = {**_ANYWHERE, **_IN[language]}

    def word(match: re.Match[str]) -> str:
        if match.group(1) is not None:
            return match.group(1)
        token = match.group()
        return words[token](now) if token in words else token

    return _TOKEN.sub(word, pattern)


def _hour_of_twelve(now: datetime) -> int:
    return (now.hour + 11) % 12 + 1


def _ending(day: int) -> str:
    is_teen = day in (11, 12, 13)
    return "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
