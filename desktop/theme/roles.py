"""Colour roles: the names that widgets call colours by, read from `resources/themes/*.toml`.

Values only; turning them into a palette or a style sheet is done beside.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop.theme.resources import resource

ROLES = (
    "window",
    "paper",
    "raised",
    "line",
    "text",
    "quiet",
    "ghost",
    "accent",
    "on_accent",
    "selection",
    "added",
    "added_text",
    "removed",
    "removed_text",
    "warn",
    "error",
    "ok",
    "code_word",
    "code_name",
    "code_text",
    "code_number",
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One set of colours: `#RRGGBB` by role."""

    dark: bool
    colours: Mapping[str, str]


@cache
def load_scheme(*, dark: bool, high_contrast: bool = False) -> Scheme:
    """Return the light or dark scheme; the same value for the same arguments."""
    file = resource("themes/dark.toml" if dark else "themes/light.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    colours = {**table["roles"], **(table["high_contrast"] if high_contrast else {})}
    return Scheme(dark=table["dark"], colours={role: colours[role] for role in ROLES})


def mix(one: str, other: str, share: float) -> str:
    """Return `one` with `share` (0 to 1) of `other` mixed in, as `#RRGGBB`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round((a * (1 - share) + b * share) * 255):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
