"""Two versions of a text in one: what goes is struck through, what comes follows it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from core.text.diff import Part
from core.text.unseen import Finding, Kind
from desktop.theme.theme import Theme

TALLEST = 360
"""Pixels; a longer text scrolls, so that the buttons below stay in sight."""
KEPT = 60
"""Characters of equal text shown on either side of a change; a longer stretch is folded."""


class Decision(Enum):
    """What the person said to a change."""

    OPEN = auto()
    ACCEPTED = auto()
    REJECTED = auto()


class DiffText(QTextEdit):
    """Shows the parts of a diff and which change is looked at.

    Signals:
        picked: A change was clicked; carries its place among the parts.
        stepped: An arrow key asks for the next change (1) or the one before (-1).
        answered: Enter (True) or Delete (False) was pressed.
    """

    picked = Signal(int)
    stepped = Signal(int)
    answered = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans: dict[int, tuple[int, int]] = {}
        self.setObjectName("diffText")
        self.setAccessibleName(self.tr("What changes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)

    def show_parts(
        self,
        parts: Sequence[Part],
        decisions: Mapping[int, Decision],
        findings: Collection[Finding],
        *,
        current: int | None,
    ) -> None:
        """Show everything anew; `findings` count the characters of the new version."""
        self.clear()
        self._spans.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        new_at = 0
        for place, part in enumerate(parts):
            here = [found for found in findings if found.start < new_at + len(part.new)]
            here = [found for found in here if found.end > new_at]
            start = cursor.position()
            if part.is_change:
                self._put_change(cursor, part, decisions[place], here, new_at, is_current=place == current)
                self._spans[place] = (start, cursor.position())
            else:
                shown = _folded(part.new, is_first=place == 0, is_last=place == len(parts) - 1)
                for text, is_kept in shown:
                    cursor.insertText(text, QTextCharFormat() if is_kept else self._quiet())
            new_at += len(part.new)
        cursor.endEditBlock()
        self._fit()
        self._show_change(current)

    def span(self, place: int) -> tuple[int, int]:
        """Return where a change stands in the document, for tests and screen readers."""
        return self._spans[place]

    def _put_change(
        self,
        cursor: QTextCursor,
        part: Part,
        decision: Decision,
        findings: Sequence[Finding],
        new_at: int,
        *,
        is_current: bool,
    ) -> None:
        if decision is not Decision.ACCEPTED:
            gone = self._format("removed" if decision is Decision.OPEN else "", is_current=is_current)
            gone.setFontStrikeOut(decision is Decision.OPEN)
            cursor.insertText(_shown(part.old, other=part.new, breaks=False), gone)
            if decision is Decision.OPEN and _on_lines_of_their_own(part):
                cursor.insertText("\n", QTextCharFormat())
        if decision is Decision.REJECTED:
            return
        come = self._format("added" if decision is Decision.OPEN else "", is_current=is_current)
        for text, found in _runs(part.new, findings, new_at):
            if found is None:
                cursor.insertText(_shown(text, other=part.old, breaks=True), come)
            else:
                shown = f"⟨{found.what}⟩" if found.kind is Kind.INVISIBLE else text
                cursor.insertText(shown, self._warning(come))

    def _format(self, role: str, *, is_current: bool) -> QTextCharFormat:
        result = QTextCharFormat()
        if role:
            result.setBackground(self._theme.colour(role))
            result.setForeground(self._theme.colour(f"{role}_text"))
        if is_current or not role:
            result.setUnderlineStyle(
                QTextCharFormat.UnderlineStyle.SingleUnderline
                if is_current
                else QTextCharFormat.UnderlineStyle.DotLine
            )
            result.setUnderlineColor(self._theme.colour("accent" if is_current else "quiet"))
        return result

    def _warning(self, ground: QTextCharFormat) -> QTextCharFormat:
        result = QTextCharFormat(ground)
        result.setForeground(self._theme.colour("warn"))
        result.setFontWeight(QFont.Weight.DemiBold)
        return result

    def _quiet(self) -> QTextCharFormat:
        result = QTextCharFormat()
        result.setForeground(self._theme.colour("quiet"))
        return result

    def _show_change(self, place: int | None) -> None:
        if place is not None:
            cursor = self.textCursor()
            for position in reversed(self._spans[place]):  # its end first, so that its beginning wins
                cursor.setPosition(position)
                self.setTextCursor(cursor)
                self.ensureCursorVisible()

    def _fit(self) -> None:
        self.setFixedHeight(min(round(self.document().size().height()) + 2, TALLEST))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the newly wrapped text."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from change to change, Enter takes one, Delete leaves it out."""
        keys = Qt.Key
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (keys.Key_Right, keys.Key_Down):
            self.stepped.emit(1)
        elif event.key() in (keys.Key_Left, keys.Key_Up):
            self.stepped.emit(-1)
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and not modifiers:
            self.answered.emit(True)
        elif event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self.answered.emit(False)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Look at the change that was clicked."""
        super().mouseReleaseEvent(event)
        at = self.cursorForPosition(event.position().toPoint()).position()
        for place, (start, end) in self._spans.items():
            if start <= at <= end and not self.textCursor().hasSelection():
                self.picked.emit(place)
                return


def _folded(text: str, *, is_first: bool, is_last: bool) -> Iterator[tuple[str, bool]]:
    """Yield what to show of an equal stretch: what stands next to a change, and a mark for the rest."""
    head, tail = (0 if is_first else KEPT), (0 if is_last else KEPT)
    if len(text) <= head + tail + KEPT:
        yield text, True
        return
    if head:
        yield text[:head], True
    yield " ⋯ ", False
    if tail:
        yield text[-tail:], True


def _shown(text: str, *, other: str, breaks: bool) -> str:
    """Return lines as lines; line ends and blanks get a sign where they are all there is to see.

    With `breaks` such a line end, which comes, also begins a line.
    """
    if text.strip():
        return text
    if not other.strip():
        text = text.replace(" ", "·").replace("\t", "→").replace("\u3000", "□")
    return text.replace("\n", "↵\n" if breaks else "↵")


def _on_lines_of_their_own(part: Part) -> bool:
    """Whether the new version begins on a line below the old one, which had several."""
    return "\n" in part.old.strip() and not part.old.endswith("\n") and bool(part.new.strip())


def _runs(text: str, findings: Sequence[Finding], start: int) -> Iterator[tuple[str, Finding | None]]:
    """Cut `text`, which begins at `start`, where something to be looked at begins and ends."""
    at = 0
    for found in findings:
        begin, end = max(found.start - start, at), min(found.end - start, len(text))
        if begin < end:
            if begin > at:
                yield text[at:begin], None
            yield text[begin:end], found
            at = end
    if at < len(text):
        yield text[at:], None
