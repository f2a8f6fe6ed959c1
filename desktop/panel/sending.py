"""Exactly what will be sent, part by part, and exactly what was: nothing leaves unseen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.assist.model import ContextPart, PartKind, Preview
from core.llm.chat import LOCAL, Message
from core.session.model import Sent
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text
from desktop.widgets.room import take_room

_TALLEST = 220
SIZE = QSize(640, 560)
"""Room to read."""


class SendingDialog(QDialog):
    """Shows the parts of the next request, each to be left out, and below them the very messages.

    Signals:
        left_out: Other parts are left out; carries the keys of all of them.
    """

    left_out = Signal(object)

    def __init__(self, theme: Theme, preview: Preview, without: frozenset[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sendingDialog")
        self.setWindowTitle(self.tr("What will be sent"))
        self._without = set(without)
        self._shown: list[QWidget] = []
        self._head = QLabel(self)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setWordWrap(True)
        self._parts = QWidget(self)
        self._list = QVBoxLayout(self._parts)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self._text = reading_field(theme, self)
        self._text.setAccessibleName(self.tr("The messages, word for word"))
        self._lay_out()
        self.show_preview(preview)
        take_room(self, SIZE)

    def show_preview(self, preview: Preview) -> None:
        """Show another preview: something was left out or taken along again."""
        where = self.tr("this machine") if preview.place == LOCAL else preview.place
        self._head.setText(
            self.tr(
                "To {model} at {place}: about {tokens} tokens, and an answer of at most {answer}."
            ).format(
                model=preview.model or "–",
                place=where or "–",
                tokens=preview.tokens,
                answer=preview.answer_tokens,
            )
        )
        known = {str(shown.property("key")) for shown in self._shown}
        for part in preview.parts:
            if part.key not in known:
                self._add(part)
        self._text.setPlainText("\n\n".join(map(self._message, preview.messages)))

    def _message(self, message: Message) -> str:
        named = [self.tr("[picture: {name}]").format(name=image.name) for image in message.images]
        return "\n".join([f"── {message.role} ──", message.content, *named])

    def _add(self, part: ContextPart) -> None:
        words = self.tr("{what}: {tokens} tokens").format(what=self._name(part), tokens=part.tokens)
        shown = self._box(part, words) if part.removable else QLabel(words, self._parts)
        shown.setProperty("key", part.key)
        self._shown.append(shown)
        self._list.addWidget(shown)

    def _box(self, part: ContextPart, words: str) -> QCheckBox:
        box = QCheckBox(button_text(words), self._parts)
        box.setObjectName("partBox")
        box.setChecked(part.key not in self._without)
        box.toggled.connect(lambda on: self._toggle(part.key, on=on))
        return box

    def _toggle(self, key: str, *, on: bool) -> None:
        if on:
            self._without.discard(key)
        else:
            self._without.add(key)
        self.left_out.emit(frozenset(self._without))

    def _name(self, part: ContextPart) -> str:
        kind = {
            PartKind.INSTRUCTION: self.tr("Instructions and request"),
            PartKind.SELECTION: self.tr("Selection"),
            PartKind.BLOCK: self.tr("This block"),
            PartKind.NOTE: self.tr("Around it in the note"),
            PartKind.PASSAGE: self.tr("Passage"),
            PartKind.PINNED: self.tr("Pinned note"),
            PartKind.IMAGE: self.tr("Picture"),
            PartKind.HISTORY: self.tr("Earlier in this conversation"),
        }[part.kind]
        place = f"{part.title}, {part.line}" if part.line else part.title
        return f"{kind} – {place}" if place else kind

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._parts)
        scroll.setMaximumHeight(_TALLEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(scroll)
        column.addWidget(self._text, 1)
        column.addWidget(closing_row(self))


class SentDialog(QDialog):
    """Shows the bytes that went to a provider; the key is not among them."""

    def __init__(self, theme: Theme, sent: Sequence[Sent], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sentDialog")
        self.setWindowTitle(self.tr("What was sent"))
        text = reading_field(theme, self)
        text.setAccessibleName(self.windowTitle())
        text.setPlainText(
            "\n\n".join(map(_told, sent))
            or self.tr("Nothing is kept of this request: no model was asked, or it is too long ago.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(text, 1)
        column.addWidget(closing_row(self))
        take_room(self, SIZE)


def reading_field(theme: Theme, parent: QWidget) -> QPlainTextEdit:
    """Return a field for text to be read and copied, letter for letter."""
    field = QPlainTextEdit(parent)
    field.setReadOnly(True)
    field.setFont(theme.mono_font)
    field.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    return field


def closing_row(dialog: QDialog) -> QDialogButtonBox:
    """Return a row with a button that closes the dialog."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=dialog)
    buttons.rejected.connect(dialog.reject)
    return buttons


def _told(sent: Sent) -> str:
    """Return one call: when and where to, its body laid out to be read, and byte for byte."""
    try:
        body = json.dumps(json.loads(sent.body), ensure_ascii=False, indent=2)
    except ValueError:
        body = sent.body
    at = datetime.fromtimestamp(sent.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{at}  POST {sent.url}\n\n{body}\n\n{'─' * 8}\n{sent.body}"
