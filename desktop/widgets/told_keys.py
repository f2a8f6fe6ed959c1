"""The keys that tooltips, names for screen readers and a few labels mention, kept true when they change."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QWidget

_TOOLTIP, _NAME, _TEXT = "pilotfishTooltip", "pilotfishName", "pilotfishText"
"""Properties that hold the words as they shipped, and as they were told last."""
_MENTIONS = "pilotfishMentionsKeys"


def mention_keys(label: QLabel) -> None:
    """Note that a label's text is ours, so keys in it may be rewritten; others may show a person's words."""
    label.setProperty(_MENTIONS, True)


def tell(window: QWidget, keys: Mapping[str, str]) -> None:
    """Have every widget of the window tell the keys that are in force.

    Args:
        keys: the key that ships, as a person reads it, and the one in its place; an empty one is none.
    """
    for widget in window.findChildren(QWidget):
        if text := _words(widget, _TOOLTIP, widget.toolTip(), keys):
            widget.setToolTip(text)
        if text := _words(widget, _NAME, widget.accessibleName(), keys):
            widget.setAccessibleName(text)
    for label in window.findChildren(QLabel):
        if label.property(_MENTIONS) and (text := _words(label, _TEXT, label.text(), keys)):
            label.setText(text)


def with_keys(text: str, keys: Mapping[str, str]) -> str:
    """Return the words with other keys in them; brackets round a key that is gone go with it."""
    if not keys:
        return text
    shipped = "|".join(map(re.escape, keys))  # all at once: two actions may have swapped theirs
    mentioned = re.compile(rf"(\s*[(（])?(?<![\w+])({shipped})(?![\w+])([)）])?")

    def told(found: re.Match[str]) -> str:
        before, key, after = found[1] or "", keys[found[2]], found[3] or ""
        if key:
            return f"{before}{key}{after}"
        return "" if before and after else found[0]

    return mentioned.sub(told, text)


def _words(widget: QWidget, name: str, now: str, keys: Mapping[str, str]) -> str:
    """Return what is to be told from now on; empty where it is told already."""
    kept = widget.property(name)
    shipped = kept[0] if kept and kept[1] == now else now  # the widget may have changed its words meanwhile
    told = with_keys(shipped, keys)
    if told == now:
        return ""
    widget.setProperty(name, [shipped, told])
    return told
