"""The application's small style sheet: `resources/themes/style.qss` with its `@role` words replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.theme.resources import resource
from desktop.theme.roles import Scheme, mix

_WORD = re.compile(r"@(\w+)")


def build_style_sheet(scheme: Scheme) -> str:
    """Return the style sheet of a scheme.

    Raises:
        KeyError: the sheet uses a word that is neither a role, one of the derived shades, nor a picture.
    """
    words = {**scheme.colours, **_shades(scheme.colours)}
    for word, picture in (("tick", "check"), ("clear", "clear")):
        file = resource(f"themes/{picture}-{'dark' if scheme.dark else 'light'}.svg")
        words[word] = f'url("{file.as_posix()}")'
    source = resource("themes/style.qss").read_text(encoding="utf-8")
    return _WORD.sub(lambda match: words[match[1]], source)


def _shades(colours: Mapping[str, str]) -> dict[str, str]:
    """Colours between two roles, for what a pointer does to a control."""
    return {
        "hover": mix(colours["window"], colours["text"], 0.07),
        "pressed": mix(colours["window"], colours["text"], 0.13),
        "accent_hover": mix(colours["accent"], colours["text"], 0.15),
        "accent_pressed": mix(colours["accent"], colours["text"], 0.28),
        "handle": mix(colours["window"], colours["text"], 0.24),
        "handle_hover": mix(colours["window"], colours["text"], 0.40),
    }
