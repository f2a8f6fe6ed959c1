"""Where on a page the words stand that are being searched for."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.theme.other_words import other_words
from desktop.widgets.dressing import show_as

FOUND = "found"
"""The property of what is marked; the style sheet gives it its ground."""


def readable(page: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield every part of a page with what can be read or chosen there, in small letters; nothing typed.

    With it comes what that is called in our other language, and the pinyin initials.
    """
    for widget in page.findChildren(QWidget):
        texts = [widget.accessibleName()]
        if isinstance(widget, (QLabel, QAbstractButton)):
            texts.append(widget.text())
        elif isinstance(widget, QComboBox):
            texts += [widget.itemText(n) for n in range(widget.count())]
        elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
            texts.append(widget.placeholderText())
        yield widget, "\n".join((*texts, *map(other_words, texts))).casefold()


def mark(page: QWidget, text: str) -> QWidget | None:
    """Mark what holds any word of `text`, and nothing else; returns the first, None where there is none."""
    wanted = text.casefold().split()
    first = None
    for widget, words in readable(page):
        has = widget.isVisibleTo(page) and any(word in words for word in wanted)
        show_as(widget, FOUND, has)
        if has and first is None:
            first = widget
    return first
