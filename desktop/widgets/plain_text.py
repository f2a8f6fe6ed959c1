"""Words that come from notes, models and servers, made safe where Qt would read more into them."""

from __future__ import annotations

from html import escape

_LONGEST_TOOLTIP = 1200


def tooltip(text: str) -> str:
    """Return a tooltip that shows `text` as it is.

    Qt takes a text with tags for HTML, and would load the images it names.
    """
    shown = shortened(text, _LONGEST_TOOLTIP)
    return f"<qt>{escape(shown).replace(chr(10), '<br>')}</qt>" if shown else ""


def button_text(text: str) -> str:
    """Return a label in which `&` is a letter and not the mark of a shortcut."""
    return text.replace("&", "&&")


def shortened(text: str, most: int) -> str:
    """Return `text` in at most so many characters, the last of them an ellipsis where it was longer."""
    return text if len(text) <= most else text[: most - 1] + "…"
