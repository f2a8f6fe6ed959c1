"""Where the key of an action is heard, noted on the action for whoever lets the person change it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QAction

_PLACE, _TITLE, _FIXED = "pilotfishKeyPlace", "pilotfishKeyTitle", "pilotfishKeyFixed"


class KeyPlace(StrEnum):
    """Two keys can only be taken for one another where both are heard."""

    WINDOW = ""
    TREE = "tree"
    CONVERSATIONS = "conversations"
    SUGGESTIONS = "suggestions"
    COMPANION = "companion"
    QUICK_ASK = "quick_ask"
    GHOST = "ghost"
    EVERYWHERE = "everywhere"
    """In every program of the desktop."""

    def meets(self, other: KeyPlace) -> bool:
        """Whether a key pressed somewhere may be heard in both places."""
        both = {self, other}
        with_window = KeyPlace.WINDOW in both and KeyPlace.QUICK_ASK not in both
        return len(both) == 1 or KeyPlace.EVERYWHERE in both or with_window

    def named(self, key: str) -> str:
        """Return what an action is known by that ships with this key here: `tree/F2`, in the window `F2`."""
        return f"{self}/{key}" if self else key


def parted(name: str) -> tuple[KeyPlace, str]:
    """Return the place and the key that an action is known by; a key may have a slash of its own."""
    place, slash, key = name.partition("/")
    known = slash and place in {one.value for one in KeyPlace if one}
    return (KeyPlace(place), key) if known else (KeyPlace.WINDOW, name)


def note_place(action: QAction, place: KeyPlace, *, title: str = "", is_fixed: bool = False) -> None:
    """Note where an action's key is heard, what to call it where it has no text, and whether it stays."""
    action.setProperty(_PLACE, str(place))
    action.setProperty(_TITLE, title)
    action.setProperty(_FIXED, is_fixed)


def place_of(action: QAction) -> KeyPlace | None:
    """Return the place that was noted; None for none."""
    place = action.property(_PLACE)
    return None if place is None else KeyPlace(place)


def title_of(action: QAction) -> str:
    """Return what an action is called on the page of keys; empty where it has no name."""
    return str(action.property(_TITLE) or "") or action.text().replace("&", "").rstrip("… .")


def is_fixed(action: QAction) -> bool:
    """Whether the key of the action is not the person's to change."""
    return bool(action.property(_FIXED))
