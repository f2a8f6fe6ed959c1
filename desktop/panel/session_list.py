"""Earlier conversations: found by words, opened, renamed, kept as a note, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QDateTime, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.session.model import Session
from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit, HitList
from desktop.widgets.key_places import KeyPlace, note_place

_PAUSE_MS = 150


class SessionList(QFrame):
    """The page of conversations.

    Signals:
        search_requested: Carries the words to look for, perhaps none.
        open_requested: Carries a session's id.
        rename_requested: Carries a session's id and its new title.
        export_requested: Carries a session's id: make a note of it.
        delete_requested: Carries a session's id.
        closed: The person is done here.
    """

    search_requested = Signal(str)
    open_requested = Signal(str)
    rename_requested = Signal(str, str)
    export_requested = Signal(str)
    delete_requested = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sessionList")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Conversations"))
        self.field = QLineEdit(self)
        self.field.setObjectName("sessionSearch")
        self.field.setPlaceholderText(self.tr("Search conversations"))
        self.field.setAccessibleName(self.tr("Search conversations"))
        self.list = HitList(theme, self)
        self.list.setAccessibleName(self.tr("Conversations"))
        self.title_field = QLineEdit(self)
        self.title_field.setObjectName("sessionTitle")
        self.title_field.setAccessibleName(self.tr("New name; Enter keeps it"))
        self.title_field.setPlaceholderText(self.tr("New name; Enter keeps it"))
        self.title_field.hide()
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("quiet", True)
        self._renamed = ""  # the id that a name is being typed for, whatever is gone to meanwhile
        self._doomed = ""  # the id that goes if it is deleted once more
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._buttons = [
            self._button("openSession", self.tr("Open"), lambda: self._tell(self.open_requested)),
            self._button("renameSession", self.tr("Rename"), self._begin_rename),
            self._button(
                "exportSession", self.tr("Make it a note"), lambda: self._tell(self.export_requested)
            ),
            self._button("deleteSession", self.tr("Delete"), self._delete),
        ]
        self._lay_out()
        self._add_action(self.tr("Rename"), "F2", self._begin_rename)
        self._add_action(self.tr("Delete"), "Del", self._delete)
        self._pause.timeout.connect(lambda: self.search_requested.emit(self.field.text()))
        self.field.textChanged.connect(self._pause.start)
        self.field.returnPressed.connect(self.list.open_best)
        self.list.opened.connect(lambda session_id, _line: self.open_requested.emit(session_id))
        self.title_field.returnPressed.connect(self._end_rename)

    @property
    def current(self) -> str:
        """The id of the session the buttons are about; empty with none."""
        row = self.list.currentIndex().row()
        return self.list.hits[row].path if 0 <= row < len(self.list.hits) else ""

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show these, newest first; those without a message are none yet."""
        spoken = [session for session in sessions if session.messages]
        self._doomed = ""
        self.list.show_hits([self._hit(session) for session in spoken])
        if spoken and not self.current:
            self.list.go_to(0)
        self.say("" if spoken else self.tr("No conversation has these words.") if self.field.text() else
                 self.tr("No conversations yet. What you ask is kept here, on this machine."))  # fmt: skip
        for button in self._buttons:
            button.setEnabled(bool(spoken))

    def say(self, text: str) -> None:
        """Show a sentence below the list, or none."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _hit(self, session: Session) -> Hit:
        at = QDateTime.fromSecsSinceEpoch(int(session.updated_at))
        when = at.toString("yyyy-MM-dd HH:mm")
        where = PurePosixPath(session.note).stem if session.note else self.tr("all notes")
        return Hit(session.id, 0, session.title or self.tr("Untitled"), f"{when} · {where}")

    def _tell(self, signal: SignalInstance) -> None:
        if self.current:
            signal.emit(self.current)

    def _delete(self) -> None:
        """Delete what nothing brings back only where it is said twice."""
        if self._doomed and self._doomed == self.current:
            self._doomed = ""
            self._tell(self.delete_requested)
        elif self.current:
            self._doomed = self.current
            title = self.list.hits[self.list.currentIndex().row()].title
            self.say(self.tr("Delete once more, and “{title}” is gone for good.").format(title=title))

    def _begin_rename(self) -> None:
        row = self.list.currentIndex().row()
        if self.current:
            self._renamed = self.current
            self.title_field.setText(self.list.hits[row].title)
            self.title_field.show()
            self.title_field.selectAll()
            self.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_rename(self) -> None:
        title = self.title_field.text().strip()
        self.title_field.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if title:
            self.rename_requested.emit(self._renamed, title)

    def _button(self, name: str, text: str, call: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("link", True)
        button.clicked.connect(call)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._note)
        column.addWidget(self.title_field)
        column.addLayout(row)

    def _add_action(self, text: str, key: str, call: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(False)  # a key held down says nothing twice
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        note_place(action, KeyPlace.CONVERSATIONS)
        action.triggered.connect(lambda _checked=False: call())
        self.addAction(action)

    def hideEvent(self, event: QHideEvent) -> None:
        """A name that was begun is not kept."""
        super().hideEvent(event)
        self.title_field.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
