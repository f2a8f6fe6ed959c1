"""A text field of several lines in which input methods are at home: what Qt (6.11) leaves out of that."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_CARET_PLACES = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ComposingEdit(QPlainTextEdit):
    """Keeps what is being composed in sight and in its place, and loses none of it.

    WORKAROUND for four things of Qt: the caret's place is told without the margins, so that the list of words
    covers the line; the placeholder stays below what is composed; a key that moves the caret to another line
    leaves the letters behind, painted and nowhere in the text; and a click or a change of focus drops them
    where the input method is ibus or is reached as ibus is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = self._dropped = ""
        self._placeholder = ""
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._forget_dropped)

    @property
    def composing(self) -> bool:
        """Whether an input method is composing."""
        return bool(self._composed)

    def end_composing(self) -> None:
        """Have what is being composed go in as it is seen, or was when Qt took it away just now."""
        if words := self._composed or self._dropped:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QCoreApplication.sendEvent(self, event)
            QGuiApplication.inputMethod().reset()

    def give_way_to(self, key: QKeyEvent) -> bool:
        """End what is being composed before a key writes or moves; Ctrl alone or Alt+X does neither.

        Returns whether the key has done its work with that: Enter puts the letters in, as everywhere.
        """
        is_idle = key.key() >= Qt.Key.Key_Shift or key.modifiers() == Qt.KeyboardModifier.AltModifier
        if not self._composed or is_idle:
            return False
        self.end_composing()
        return key.key() in _ENTERS

    def setPlaceholderText(self, text: str) -> None:  # noqa: N802
        """Say in the empty field what can be written here."""
        self._placeholder = text
        super().setPlaceholderText("" if self._composed else text)

    def _forget_dropped(self) -> None:
        self._dropped = ""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key that the input method has no use for."""
        if not self.give_way_to(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret where the words that were being composed are text."""
        self.end_composing()
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let go of the keyboard with nothing half written."""
        if event.type() is QEvent.Type.FocusAboutToChange:
            self.end_composing()
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed, and make room for it.

        Qt takes it away before a click or a change of focus comes, in the same turn of the event loop.
        """
        is_over = not event.preeditString() and not event.commitString()
        self._dropped = self._composed if is_over else ""
        self._turn.start()
        self._composed = event.preeditString()
        super().setPlaceholderText("" if self._composed else self._placeholder)
        super().inputMethodEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:  # type: ignore[override]
        """Tell the input method where the caret is, and what else it asks."""
        answer = super().inputMethodQuery(query)
        if query in _CARET_PLACES and isinstance(answer, QRectF):
            return answer.translated(self.viewport().pos())
        return answer
