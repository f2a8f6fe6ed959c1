"""A key combination as a value: from the words of the settings into what each platform wants.

Written as Qt and most people write it: `Ctrl+Alt+Space`. Pure: no Qt, no platform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
"""In the order in which they are written; `Meta` is the Windows or Super key, on a Mac Control."""
_ALIASES = {"control": "Ctrl", "super": "Meta", "win": "Meta", "cmd": "Ctrl", "option": "Alt"}
_LONG_NAMES = {"insert": "Ins", "delete": "Del"}
_NAMED = {
    "Space": ("space", 0x20),
    "Return": ("Return", 0x0D),
    "Tab": ("Tab", 0x09),
    "Backspace": ("BackSpace", 0x08),
    "Ins": ("Insert", 0x2D),
    "Del": ("Delete", 0x2E),
    "Home": ("Home", 0x24),
    "End": ("End", 0x23),
    "PgUp": ("Page_Up", 0x21),
    "PgDown": ("Page_Down", 0x22),
    "Left": ("Left", 0x25),
    "Up": ("Up", 0x26),
    "Right": ("Right", 0x27),
    "Down": ("Down", 0x28),
    "Pause": ("Pause", 0x13),
    "`": ("grave", 0xC0),
    "-": ("minus", 0xBD),
    "=": ("equal", 0xBB),
    ",": ("comma", 0xBC),
    ".": ("period", 0xBE),
    "/": ("slash", 0xBF),
    ";": ("semicolon", 0xBA),
    "'": ("apostrophe", 0xDE),
    "[": ("bracketleft", 0xDB),
    "]": ("bracketright", 0xDD),
    "\\": ("backslash", 0xDC),
}
"""Qt's name -> (X11 keysym name, Windows virtual-key code)."""
_FUNCTION = re.compile(r"F([1-9]|1\d|2[0-4])")


@dataclass(frozen=True, slots=True)
class Combination:
    """One key with its modifiers."""

    modifiers: frozenset[str]
    key: str

    def __str__(self) -> str:
        """Write it as the settings hold it."""
        return "+".join([*(name for name in MODIFIERS if name in self.modifiers), self.key])

    @property
    def is_safe(self) -> bool:
        """Whether grabbing it takes no key from the person's typing: a real modifier, or a function key."""
        return bool(self.modifiers & {"Ctrl", "Alt", "Meta"}) or bool(_FUNCTION.fullmatch(self.key))

    @property
    def keysym(self) -> str:
        """The name of the key on X11, which the portal uses as well."""
        if self.key in _NAMED:
            return _NAMED[self.key][0]
        return self.key if _FUNCTION.fullmatch(self.key) else self.key.lower()

    @property
    def portal_trigger(self) -> str:
        """As the XDG shortcuts specification writes it: `CTRL+ALT+space`."""
        words = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
        return "+".join([*(words[name] for name in MODIFIERS if name in self.modifiers), self.keysym])

    @property
    def virtual_key(self) -> int:
        """The code of the key on Windows."""
        if self.key in _NAMED:
            return _NAMED[self.key][1]
        if found := _FUNCTION.fullmatch(self.key):
            return 0x6F + int(found.group(1))
        return ord(self.key)


def parse(text: str) -> Combination | None:
    """Return the combination that a text means; None where it means none."""
    *modifiers, key = _split(text)
    known = {_modifier(word) for word in modifiers}
    named = _key(key)
    return None if named is None or None in known else Combination(frozenset(filter(None, known)), named)


def _split(text: str) -> list[str]:
    """Split at plus signs."""
    return [part.strip() for part in text.strip().split("+")]


def _modifier(word: str) -> str | None:
    name = _ALIASES.get(word.lower(), word.capitalize())
    return name if name in MODIFIERS else None


def _key(word: str) -> str | None:
    if len(word) == 1 and word.isascii() and word.isalnum():
        return word.upper()
    if _FUNCTION.fullmatch(word.upper()):
        return word.upper()
    short = _LONG_NAMES.get(word.lower(), word)
    return next((name for name in _NAMED if name.lower() == short.lower()), None)
