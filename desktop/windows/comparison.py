"""Two versions of a note side by side, when both sides changed the same lines."""

from __future__ import annotations

from difflib import SequenceMatcher

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.editor.note_session import Conflict, NoteSession
from desktop.theme.theme import Theme
from desktop.widgets.room import take_room

SIZE = QSize(1000, 640)
"""Room for two columns of words."""


class Comparison(QDialog):
    """Shows mine and theirs, and lets the person decide."""

    def __init__(self, session: NoteSession, conflict: Conflict, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self.setWindowTitle(self.tr("Two versions of “{path}”").format(path=session.path))
        mine, theirs = session.document.text(), conflict.theirs.text
        self._mine = _version(mine, self.tr("Your text"), theme, self)
        self._theirs = _version(theirs, self.tr("The file as it was changed elsewhere"), theme, self)
        _mark_differences(self._mine, self._theirs, theme)
        self._link_scrolling()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self._add(buttons, "takeTheirsButton", self.tr("Take theirs"), session.take_theirs)
        self._add(buttons, "keepBothButton", self.tr("Keep both"), session.keep_both)
        keep = self._add(buttons, "keepMineButton", self.tr("Keep mine"), session.keep_mine)
        keep.setProperty("primary", True)
        self._lay_out(buttons)
        take_room(self, SIZE)

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(12)
        for version in (self._mine, self._theirs):
            column = QVBoxLayout()
            title = QLabel(version.accessibleName(), self)
            title.setProperty("title", True)
            column.addWidget(title)
            column.addWidget(version)
            columns.addLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(columns, 1)
        whole.addLayout(buttons)

    def _add(self, row: QHBoxLayout, name: str, text: str, decide: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(decide)
        button.clicked.connect(self.accept)
        row.addWidget(button)
        return button

    def _link_scrolling(self) -> None:
        mine, theirs = self._mine.verticalScrollBar(), self._theirs.verticalScrollBar()
        mine.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(mine.setValue)


def _version(text: str, title: str, theme: Theme, parent: QWidget) -> QPlainTextEdit:
    view = QPlainTextEdit(text, parent)
    view.setReadOnly(True)
    view.setFont(theme.editor_font)
    view.setAccessibleName(title)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    return view


def _mark_differences(mine: QPlainTextEdit, theirs: QPlainTextEdit, theme: Theme) -> None:
    """Put a ground behind the lines that only one side has."""
    lines = [view.toPlainText().split("\n") for view in (mine, theirs)]
    mine_only: list[int] = []
    theirs_only: list[int] = []
    matcher = SequenceMatcher(None, lines[0], lines[1], autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            mine_only += range(start, end)
            theirs_only += range(other_start, other_end)
    _mark(mine, mine_only, theme)
    _mark(theirs, theirs_only, theme)


def _mark(view: QPlainTextEdit, lines: list[int], theme: Theme) -> None:
    ground = QTextCharFormat()
    ground.setBackground(theme.colour("added"))
    ground.setForeground(theme.colour("added_text"))
    ground.setProperty(QTextFormat.Property.FullWidthSelection, True)
    selections = []
    for line in lines:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(view.document().findBlockByNumber(line))
        selection.format = ground
        selections.append(selection)
    view.setExtraSelections(selections)
    if selections:
        view.setTextCursor(QTextCursor(view.document().findBlockByNumber(lines[0])))
        view.centerCursor()
