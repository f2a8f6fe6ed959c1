"""What the last run ended with: said before the window comes, read and kept by whoever wants to.

It holds nothing up. A start that waited for an answer could neither be raised by a second start nor run where
nobody sits in front of it.
"""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from desktop.bridge.tasks import TaskRunner
from desktop.theme.theme import Theme
from desktop.widgets.indexed_pages import heading, quiet_words
from desktop.widgets.room import take_room
from desktop.windows.main_window import MainWindow
from desktop.windows.report_view import ReportView

SIZE = QSize(680, 480)
PATIENCE_MS = 1000
"""Waited for the first paint: on a screen that is hidden there is none."""


class CrashWindow(QDialog):
    """Says that the notes are whole, and shows the report in full.

    Signals:
        painted: It has been on the screen once.
    """

    painted = Signal()

    def __init__(self, report: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("crashWindow")
        self.setWindowTitle("Pilotfish")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the program ends with its main window
        self._was_painted = False
        self._below: MainWindow | None = None
        self._tasks = TaskRunner(self, name="report")
        self.finished.connect(lambda _result: self._tasks.shutdown())
        self.view = ReportView(self._tasks, theme, self)
        self.view.show_text(report)
        self.continue_button = QPushButton(self.tr("Continue"), self)
        self.continue_button.setObjectName("continueButton")
        self.continue_button.setProperty("primary", True)
        self.continue_button.setDefault(True)
        self.continue_button.clicked.connect(self.accept)
        self._lay_out()
        take_room(self, SIZE)
        self.continue_button.setFocus()

    def show_at_once(self) -> None:
        """Return when the window has been on the screen, or could not get there in time."""
        loop = QEventLoop()
        self.painted.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        self.show()
        loop.exec()

    def stay_above(self, window: MainWindow) -> None:
        """Lie over this window once it has come, and go with it."""
        self._below = window
        window.painted.connect(self._come_over)
        window.closing.connect(self.close)

    def _come_over(self) -> None:
        if self._below is not None and self.isVisible():
            self.windowHandle().setTransientParent(self._below.windowHandle())
            self.raise_()
            self.activateWindow()

    def _lay_out(self) -> None:
        title = self.tr("Pilotfish ended unexpectedly last time")
        words = self.tr(
            "Your notes are whole, each as it was saved last. What was not saved yet is kept as a draft and "
            "offered above the note. The report holds no note, no question and no key; it is sent nowhere."
        )
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.view.foot.addWidget(self.continue_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(heading(title, self))
        column.addWidget(quiet_words(words, self))
        column.addWidget(self.view, 1)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Notice the first paint; the children are painted in the same go."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
