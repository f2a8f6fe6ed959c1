"""What stands behind the index's one line in the status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.engine.index_link import IndexDetails
from core.index.model import Hold
from core.vault.model import WatchTrouble
from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.hit_list import Hit, HitList
from desktop.windows.skip_words import is_by_rule, word_skip, word_trouble
from desktop.windows.tree_nodes import natural_key

WIDTH = 380
ROWS_SHOWN = 3
ROW_HEIGHT = 46
GAP = 4


class IndexDetailsPopup(QFrame):
    """Notes, passages, what is left out and why, and what can be done; closes on Escape or a click beside it.

    Signals:
        pause_requested: Indexing is to pause (True) or go on (False).
        rebuild_requested: The index is to be made anew.
        open_requested: A note is to be opened; carries its path.
        closed: It was closed, however.
    """

    closed = Signal()
    pause_requested = Signal(bool)
    rebuild_requested = Signal()
    open_requested = Signal(str)

    def __init__(self, state: str, theme: Theme, parent: QWidget | None = None) -> None:
        """`state` is the status bar's line, shown until the details are there and as their title."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("indexDetails")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Index details"))
        self._theme = theme
        self._hold = Hold.NONE
        self._corner: QPoint | None = None
        self._title = QLabel(state, self)
        self._title.setProperty("title", True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(4)
        self._pause = QPushButton(self.tr("Pause indexing"), self)
        self._pause.setObjectName("pauseIndexing")
        self._pause.clicked.connect(self._toggle)
        self._rebuild = QPushButton(self.tr("Rebuild"), self)
        self._rebuild.setObjectName("rebuildIndex")
        self._rebuild.setToolTip(self.tr("Read all notes anew. What the model has computed is kept."))
        self._rebuild.clicked.connect(self._start_rebuild)
        self._lay_out()

    def show_above(self, corner: QPoint) -> None:
        """Show with the lower left corner at this place of the screen, from where it grows upwards."""
        self._corner = corner
        self.adjustSize()
        self._stay()
        self.show()
        self._pause.setFocus()

    def show_details(self, details: IndexDetails) -> None:
        """Fill in what the engine says."""
        self._hold = details.hold
        is_paused = details.hold is Hold.PAUSED
        self._pause.setText(self.tr("Resume indexing") if is_paused else self.tr("Pause indexing"))
        self._show_facts(details)
        if details.trouble is not WatchTrouble.NONE:
            self._lists.addWidget(self._warning(word_trouble(details.trouble)))
        skipped = sorted(details.skipped, key=lambda one: (is_by_rule(one), natural_key(one.path)))
        left_out = [Hit(one.path, 0, one.path, word_skip(one)) for one in skipped]
        self._add_list(self.tr("Not indexed: {n}").format(n=len(left_out)), left_out, "skippedFiles")
        copies = [Hit(path, 0, path, self.tr("Left by a sync program")) for path in details.conflicts]
        self._add_list(
            self.tr("Conflict copies, not indexed: {n}").format(n=len(copies)), copies, "conflictCopies"
        )
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lower left corner where it is."""
        super().resizeEvent(event)
        self._stay()

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is done with."""
        super().hideEvent(event)
        self.closed.emit()

    def _stay(self) -> None:
        if self._corner is not None:
            self.move(self._corner - QPoint(0, self.height() + GAP))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._pause)
        buttons.addWidget(self._rebuild)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(self._facts)
        layout.addLayout(self._lists)
        layout.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def _show_facts(self, details: IndexDetails) -> None:
        facts = [
            (self.tr("Notes"), f"{details.notes:,}"),
            (self.tr("Passages"), f"{details.passages:,}"),
            (self.tr("Found by words only"), f"{details.waiting:,}"),
            (self.tr("Embedding model"), details.model),
            (self.tr("Kept in"), details.place),
        ]
        if details.sent_to:
            facts.insert(4, (self.tr("Notes are sent to"), details.sent_to))
        if details.hold is Hold.BATTERY:
            facts.insert(3, (self.tr("On hold"), self.tr("until the machine is plugged in")))
        for name, value in facts:
            label = QLabel(name, self)
            label.setProperty("quiet", True)
            shown = ElidedLabel(self)
            shown.setText(value)
            shown.setAccessibleName(f"{name}: {value}")
            self._facts.addRow(label, shown)

    def _warning(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("warning", True)
        label.setWordWrap(True)
        return label

    def _add_list(self, title: str, hits: Sequence[Hit], name: str) -> None:
        """Nothing is said where nothing is left out."""
        if not hits:
            return
        heading = QLabel(title, self)
        heading.setProperty("quiet", True)
        found = HitList(self._theme, self)
        found.setObjectName(name)
        found.setAccessibleName(title)
        found.show_hits(hits)
        found.setFixedHeight(ROW_HEIGHT * min(ROWS_SHOWN, len(hits)))
        found.opened.connect(self._open)
        self._lists.addWidget(heading)
        self._lists.addWidget(found)

    def _open(self, path: str, _line: int) -> None:
        self.close()
        self.open_requested.emit(path)

    def _toggle(self) -> None:
        self.close()
        self.pause_requested.emit(self._hold is not Hold.PAUSED)

    def _start_rebuild(self) -> None:
        self.close()
        self.rebuild_requested.emit()
