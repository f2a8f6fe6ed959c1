"""Values of CSS declarations: lengths in pixels, colours."""

from __future__ import annotations

import re

from core.documents.colours import Colour

_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "rem": 16.0}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|pc|cm|mm|in|r?em|%)?$")
_CHANNELS = re.compile(r"(?:rgb|hsl)a?\(([^)]*)\)")
_CLEAR_HEX = re.compile(r"#[0-9a-f]{3}0$|#[0-9a-f]{6}00$")
_LEAST_ALPHA = 0.1


def pixels_of(value: str, *, of: float = 16.0) -> float | None:
    """Return a length in pixels; `of` is what `em` and `%` are shares of. None for what is no length."""
    match = _LENGTH.match(value)
    number = number_of(match[1]) if match else None
    if match is None or number is None:
        return None
    unit = match[2] or ""
    return number * (of / 100 if unit == "%" else of if unit == "em" else _PIXELS[unit])


def number_of(value: str) -> float | None:
    """Return a number, or None for what is none."""
    try:
        return float(value)
    except ValueError:
        return None


def css_colour(value: str) -> Colour | None:
    """Return a colour in any notation of CSS; None for pictures, shades, what shines through and nonsense."""
    from PIL import ImageColor

    if is_clear(value) or _alpha(value) < 1:
        return None
    if channels := _channels(value):
        value = f"{value[:3]}({','.join(channels[:3])})"
    try:
        red, green, blue, *_ = ImageColor.getrgb(value.strip())
    except ValueError:
        return None
    return int(red), int(green), int(blue)


def is_clear(value: str) -> bool:
    """Whether a colour is no colour at all."""
    return value == "transparent" or bool(_CLEAR_HEX.match(value)) or _alpha(value) < _LEAST_ALPHA


def _alpha(value: str) -> float:
    channels = _channels(value)
    if len(channels) < 4:
        return 1.0
    share = number_of(channels[3].removesuffix("%"))
    return 1.0 if share is None else share / 100 if channels[3].endswith("%") else share


def _channels(value: str) -> list[str]:
    match = _CHANNELS.match(value)
    return re.split(r"[\s,/]+", match[1].strip()) if match else []
