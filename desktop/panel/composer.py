"""Where a request is written: grows with its text, sends on Enter, leaves the input method alone."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.text.mentions import MENTION
from desktop.bridge.picture_data import holds_pictures, local_files
from desktop.bridge.pictures import is_picture
from desktop.panel.attachments import Attachments
from desktop.theme.theme import Theme
from desktop.widgets.composing_edit import ComposingEdit
from desktop.widgets.focus_frame import FocusFrame

MAX_LINES = 8
_HISTORY = 50
COMMAND_MARKS = ("/", "／", "、")
"""With a Chinese input method the key types the last one."""
_COMMAND = re.compile(rf"[{''.join(COMMAND_MARKS)}]([^\n]*)")
_TAG = re.compile(r"(?:^|(?<=\s))#(\S*)$")
_PLAIN = dict.fromkeys(COMMAND_MARKS, "/") | {"＠": "@"}
_LOOKUP_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class RequestEdit(ComposingEdit):
    """The text field of the composer.

    Nothing of ours happens between the start of an input method's composition and its end.

    Signals:
        submitted: Enter was pressed.
        older_wanted, newer_wanted: Up or Down in an empty field, or while leafing through requests.
        lookup_changed: `/`, `@` or `#` begins a word that is being typed; carries the mark and the word, the
            mark empty where there is none.
        lookup_key: A key that belongs to the list of what was looked up; carries the `Qt.Key`.
        given: Files or pictures were dropped or pasted; carries the `QMimeData`, good during the call only.
    """

    submitted = Signal()
    older_wanted = Signal()
    newer_wanted = Signal()
    lookup_changed = Signal(str, str)
    lookup_key = Signal(int)
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leafing = False
        self.is_looking_up = False
        """Whether a list of what was looked up is in sight, and the keys that move in it are its own."""
        self.setObjectName("composer")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self.fit)
        self.textChanged.connect(self._look_up)
        self.cursorPositionChanged.connect(self._look_up)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text, from one line to `MAX_LINES`; scroll beyond that."""
        lines = self._line_count()
        spacing = QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(round(min(lines, MAX_LINES) * spacing + 2 * self.document().documentMargin()) + 2)
        always = lines > MAX_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if always else policy.ScrollBarAlwaysOff)

    def take_lookup(self) -> None:
        """Take the word that was looked up out of the text."""
        found = self._lookup()
        if found is not None:
            cursor = self.textCursor()
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found[1]) + 1
            )
            cursor.removeSelectedText()

    def _lookup(self) -> re.Match[str] | None:
        cursor = self.textCursor()
        if self.composing or cursor.hasSelection():
            return None
        before = cursor.block().text()[: cursor.positionInBlock()]
        if cursor.blockNumber() == 0 and (command := _COMMAND.fullmatch(before)):
            return command
        return MENTION.search(before) or _TAG.search(before)

    def _look_up(self) -> None:
        found = self._lookup()
        mark = found[0][0] if found else ""
        self.lookup_changed.emit(_PLAIN.get(mark, mark), found[1] if found else "")

    def _line_count(self) -> int:
        """Count the wrapped lines, no further than matters: the document's own size lags behind its text."""
        layout = self.document().documentLayout()
        lines, block = 0, self.document().begin()
        while block.isValid() and lines <= MAX_LINES:
            layout.blockBoundingRect(block)  # lays the block out
            lines += block.lineCount()
            block = block.next()
        return max(lines, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, leaf through former requests, or leave the key to Qt."""
        if self.composing or not self._handled(event):
            super().keyPressEvent(event)

    def _handled(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        empty = not self.toPlainText() or self.leafing
        if plain and self.is_looking_up and event.key() in _LOOKUP_KEYS:
            self.lookup_key.emit(event.key())
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif plain and empty and event.key() == Qt.Key.Key_Up:
            self.older_wanted.emit()
        elif plain and empty and event.key() == Qt.Key.Key_Down:
            self.newer_wanted.emit()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and be as high as that asks for."""
        super().resizeEvent(event)
        self.fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files and pictures as well as words."""
        return holds_files(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand files and pictures on; they are no part of the text."""
        if holds_files(source):
            self.given.emit(source)
        else:
            super().insertFromMimeData(source)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab takes what was looked up; otherwise it leaves the field."""
        if forward and self.is_looking_up:
            self.lookup_key.emit(Qt.Key.Key_Tab)
            return True
        return super().focusNextPrevChild(forward)

    def minimumSizeHint(self) -> QSize:
        """Never make the panel wider."""
        return QSize(80, 24)


class Composer(QFrame):
    """The request field with its send or stop button and the requests of this session.

    Signals:
        send_requested: Carries the text, without blank ends; empty only where that is allowed.
        stop_requested: Stop the answer that streams.
        files_given: The request is about these files, which are no pictures; carries a list of paths.
        edited: The text changed; carries whether there is any, or a composition under way.
    """

    send_requested = Signal(str)
    stop_requested = Signal()
    files_given = Signal(object)
    edited = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._requests: list[str] = []
        self._leaf = 0
        self._busy = self._waits = False
        self.allows_empty = False
        """Whether sending without a word makes sense: a prompt is waiting to be run."""
        self.setProperty("card", True)
        self.edit = RequestEdit(self)
        self.edit.setAccessibleName(self.tr("Request"))
        self.attachments = Attachments(theme, self)
        self._words = QLabel(self)
        self._words.setObjectName("composerWords")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("quiet", True)
        self._words.hide()
        self.setFocusProxy(self.edit)
        self.setAcceptDrops(True)
        self.send_button = self._button("sendButton", self.tr("Send"), self.tr("Send (Enter)"))
        self.stop_button = self._button("stopButton", self.tr("Stop"), self.tr("Stop the answer (Esc)"))
        self._buttons = QStackedWidget(self)  # one takes the other's place without a move
        self._lay_out()
        self._connect()
        self._dress()
        self.set_busy(False)

    @property
    def empty(self) -> bool:
        """Whether nothing is typed, not even a composition begun."""
        return not self.edit.toPlainText() and not self.edit.composing

    @property
    def _may_be_empty(self) -> bool:
        """Whether there is something to send without words."""
        return self.allows_empty or bool(self.attachments.paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere on the frame, not on the field alone."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them along."""
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, data: QMimeData) -> None:
        """Take pictures along as they are; what other files say goes along once it has been read."""
        others = [file for file in local_files(data) if not is_picture(file)]
        if others:
            self.files_given.emit(others)
        self.attachments.take(data)

    def say(self, words: str) -> None:
        """Say what to do first, above the field, until something is typed or sent."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def set_placeholder(self, text: str) -> None:
        """Say in the empty field what can be written here."""
        self.edit.setPlaceholderText(text)
        self.edit.viewport().update()  # Qt repaints only where a placeholder appears or goes

    def allow_empty(self, allowed: bool) -> None:
        """Say whether a request without words may be sent."""
        self.allows_empty = allowed
        self._edited()

    def set_text(self, text: str) -> None:
        """Put a request into the field, to be changed or sent."""
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def set_busy(self, busy: bool) -> None:
        """Show the stop button in the place of the send button, or the other way round."""
        had_focus = self.send_button.hasFocus() or self.stop_button.hasFocus()
        self._busy = busy
        self._waits = self._waits and not busy  # an end is told before it is known how it ended
        self._buttons.setCurrentWidget(self.stop_button if busy else self.send_button)
        self._text_changed()
        if had_focus:
            self.edit.setFocus()

    def submit(self) -> None:
        """Send what is typed, unless it is blank. While an answer streams it waits for it; sent a second time
        it takes its place."""
        text = self.edit.toPlainText().strip()
        if not (text or self._may_be_empty) or self.edit.composing:
            return
        if self._busy and not self._waits:
            self._wait()
            return
        if self._busy:
            self.stop_requested.emit()
        self._waits = False
        if text:
            self._requests = [*(r for r in self._requests if r != text), text][-_HISTORY:]
        self._leaf = len(self._requests)
        self.edit.clear()
        self.edit.leafing = False
        self.send_requested.emit(text)

    def send_waiting(self) -> None:
        """The answer is complete: send what waited for it, unless it was edited since."""
        if self._waits:
            self.submit()

    def _wait(self) -> None:
        self._waits = True
        self.say(
            self.tr(
                "Will be sent when the answer is complete. Enter again stops the answer and sends this now."
            )
        )

    def _button(self, name: str, label: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setToolTip(tooltip)
        button.setProperty("flat", True)
        button.setIconSize(QSize(20, 20))
        return button

    def _lay_out(self) -> None:
        self._buttons.addWidget(self.send_button)
        self._buttons.addWidget(self.stop_button)
        self._buttons.setFixedSize(self.send_button.sizeHint())
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 6)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self.attachments)
        column.addLayout(row)

    def _connect(self) -> None:
        self.edit.submitted.connect(self.submit)
        self.edit.older_wanted.connect(self._older)
        self.edit.newer_wanted.connect(self._newer)
        self.edit.textChanged.connect(self._edited)
        self.edit.given.connect(self._take)
        self.attachments.changed.connect(self._edited)
        self.send_button.clicked.connect(self.submit)
        self.stop_button.clicked.connect(self.stop_requested)
        FocusFrame(self.edit, self)
        self._theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.send_button.setIcon(self._theme.icon("send", role="accent"))
        self.stop_button.setIcon(self._theme.icon("stop", role="text"))
        self.edit.setFont(self._theme.ui_font)
        self.edit.fit()

    def _edited(self) -> None:
        self._waits = False  # whoever writes on is not done with it
        self._text_changed()

    def _text_changed(self) -> None:
        self.say("")
        text = self.edit.toPlainText()
        if self.edit.leafing and (self._leaf >= len(self._requests) or text != self._requests[self._leaf]):
            self.edit.leafing = False
        self.send_button.setEnabled((bool(text.strip()) or self._may_be_empty) and not self._busy)
        self.edited.emit(not self.empty)

    def _older(self) -> None:
        if self._leaf > 0:
            self._show_leaf(self._leaf - 1)

    def _newer(self) -> None:
        if self._leaf < len(self._requests):
            self._show_leaf(self._leaf + 1)

    def _show_leaf(self, leaf: int) -> None:
        self._leaf = leaf
        self.edit.leafing = leaf < len(self._requests)
        self.set_text(self._requests[leaf] if self.edit.leafing else "")


def holds_files(data: QMimeData) -> bool:
    """Whether there is something to take along beside words."""
    return bool(local_files(data)) or holds_pictures(data)
