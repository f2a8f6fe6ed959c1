"""Where the key of an action is heard, noted on the action for whoever lets the person change it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QAction

_PLACE, _TITLE = "pilotfishKeyPlace", "pilotfishKeyTitle"


class KeyPlace(StrEnum):
    """Two keys can only be taken for one another where both are heard."""

    WINDOW = ""
    TREE = "tree"
    DOCUMENTS = "documents"
    FIND = "find"
    PANEL = "panel"
    CONVERSATIONS = "conversations"
    SUGGESTIONS = "suggestions"
    COMPANION = "companion"
    QUICK_ASK = "quick_ask"
    GHOST = "ghost"
    EVERYWHERE = "everywhere"
    """In every program of the desktop."""

    def meets(self, other: KeyPlace) -> bool:
        """Whether a key pressed somewhere may be heard in both places."""
        return (
            self is other
            or KeyPlace.EVERYWHERE in (self, other)
            or other in _AROUND.get(self, ())
            or self in _AROUND.get(other, ())
        )

    def named(self, key: str) -> str:
        """Return what an action is known by that ships with this key here: `tree/F2`, in the window `F2`."""
        return f"{self}/{key}" if self else key


_IN_PANEL = (KeyPlace.PANEL, KeyPlace.WINDOW, KeyPlace.COMPANION)
_AROUND = {
    KeyPlace.TREE: (KeyPlace.WINDOW,),
    KeyPlace.DOCUMENTS: (KeyPlace.WINDOW,),
    KeyPlace.FIND: (KeyPlace.WINDOW,),
    KeyPlace.GHOST: (KeyPlace.WINDOW,),
    KeyPlace.PANEL: _IN_PANEL[1:],
    KeyPlace.CONVERSATIONS: _IN_PANEL,
    KeyPlace.SUGGESTIONS: _IN_PANEL,
    KeyPlace.COMPANION: (KeyPlace.WINDOW,),
}
"""What lies around a place, and is heard there too; the panel takes its keys along into the companion."""


def parted(name: str) -> tuple[KeyPlace, str]:
    """Return the place and the key that an action is known by; a key may have a slash of its own."""
    place, slash, key = name.partition("/")
    known = slash and place in {one.value for one in KeyPlace if one}
    return (KeyPlace(place), key) if known else (KeyPlace.WINDOW, name)


def note_place(action: QAction, place: KeyPlace, *, title: str = "") -> None:
    """Note where an action's key is heard, and what to call it where it has no text."""
    action.setProperty(_PLACE, str(place))
    action.setProperty(_TITLE, title)


def place_of(action: QAction) -> KeyPlace | None:
    """Return the place that was noted; None for none."""
    place = action.property(_PLACE)
    return None if place is None else KeyPlace(place)


def title_of(action: QAction) -> str:
    """Return what an action is called on the page of keys; empty where it has no name."""
    return str(action.property(_TITLE) or "") or action.text().replace("&", "").rstrip("… .")
