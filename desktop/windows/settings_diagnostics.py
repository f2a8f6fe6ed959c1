"""The settings page for diagnostics: all that a report would hold, to be read before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.bridge.tasks import TaskRunner
from desktop.theme.theme import Theme
from desktop.widgets.indexed_pages import quiet_words

FILE_NAME = "pilotfish-report.txt"


class DiagnosticsPage(QWidget):
    """Shows the report and saves exactly what it shows; nothing is sent anywhere.

    Signals:
        saved: The report was written; carries the file.
    """

    saved = Signal(str)

    def __init__(
        self, make_report: Callable[[], str], tasks: TaskRunner, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """`make_report` reads files, so it is called on a worker's thread."""
        super().__init__(parent)
        self._make_report = make_report
        self._tasks = tasks
        self._asked = False
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("diagnosticsText")
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setReadOnly(True)
        self.text.setPlaceholderText(self.tr("Gathering …"))
        self.text.setFont(theme.mono_font)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMinimumHeight(240)
        self.save_button = QPushButton(self.tr("Save this text …"), self)
        self.save_button.setObjectName("saveReportButton")
        self.save_button.setAutoDefault(False)
        self.save_button.setEnabled(False)
        self.save_button.clicked.connect(lambda _checked: self.save())
        self._result = QLabel(self)
        self._result.setProperty("quiet", True)
        self._lay_out()

    def refresh(self) -> None:
        """Gather the report, once."""
        if not self._asked:
            self._asked = True
            self._tasks.submit(lambda _token: self._make_report(), done=self._show, failed=self._failed)

    def save(self) -> None:
        """Ask for a place and write there what is shown."""
        file, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), str(Path.home() / FILE_NAME)
        )
        if file:
            text = self.text.toPlainText()
            self._tasks.submit(
                lambda _token: Path(file).write_text(text, encoding="utf-8"),
                done=lambda _size: self._saved(file),
                failed=self._failed,
            )

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.save_button.setEnabled(True)

    def _saved(self, file: str) -> None:
        self._result.setText(self.tr("Saved."))
        self.saved.emit(file)

    def _failed(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else ""
        self._result.setText(
            self.tr("That did not work: {reason}").format(reason=reason or type(error).__name__)
        )

    def _lay_out(self) -> None:
        words = self.tr(
            "This is everything a report would hold: no note, no question, no key. It is sent nowhere; "
            "save it and give it to whom you like."
        )
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self._result, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(quiet_words(words, self))
        column.addWidget(self.text, 1)
        column.addLayout(foot)
