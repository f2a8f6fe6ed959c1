"""Colours as documents write them, and whether one can be read on another."""

from __future__ import annotations

import re

_ALIKE = 24
"""How far every channel (0-255) of two colours may differ for nothing to be read; print differs by 100."""
_HEX = re.compile("#?([0-9a-fA-F]{6})$")
_BY_NAME = {
    "black": "000000", "white": "ffffff", "red": "ff0000", "green": "00ff00", "blue": "0000ff",
    "yellow": "ffff00", "cyan": "00ffff", "magenta": "ff00ff", "darkblue": "000080", "darkcyan": "008080",
    "darkgreen": "008000", "darkmagenta": "800080", "darkred": "800000", "darkyellow": "808000",
    "darkgray": "808080", "lightgray": "c0c0c0",
}  # fmt: skip
"""The names that Office programs use."""

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


def colour_of(written: str) -> Colour | None:
    """Return the colour of `#C00000`, `C00000` or a name of Office; None for others, such as `auto`."""
    match = _HEX.match(_BY_NAME.get(written.lower(), written))
    return (int(match[1][:2], 16), int(match[1][2:4], 16), int(match[1][4:], 16)) if match else None


def are_alike(one: Colour | None, other: Colour | None) -> bool:
    """Whether words in one of the colours cannot be read on the other; of unknown ones nothing is said."""
    if one is None or other is None:
        return False
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ALIKE
