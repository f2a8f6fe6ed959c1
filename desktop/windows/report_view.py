"""A report in full, to be read before it is copied or saved; it is sent nowhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
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

FILE_NAME = "pilotfish-report.txt"


class ReportView(QWidget):
    """Shows a text, and copies or saves exactly what it shows.

    Signals:
        saved: It was written; carries the file.
    """

    saved = Signal(str)

    def __init__(self, tasks: TaskRunner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("reportText")
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setReadOnly(True)
        self.text.setFont(theme.mono_font)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy_button = self._button("copyReportButton", self.tr("Copy"))
        self.copy_button.clicked.connect(lambda _checked: self.copy())
        self.save_button = self._button("saveReportButton", self.tr("Save this text …"))
        self.save_button.clicked.connect(lambda _checked: self.save())
        self.result = QLabel(self)
        self.result.setObjectName("reportResult")
        self.result.setProperty("quiet", True)
        self._lay_out()

    def show_text(self, text: str) -> None:
        """Show the report; it can be taken from now on."""
        self.text.setPlainText(text)
        self.copy_button.setEnabled(True)
        self.save_button.setEnabled(True)

    def copy(self) -> None:
        """Put what is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.result.setText(self.tr("Copied."))

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
                failed=self.show_failure,
            )

    def show_failure(self, error: Exception) -> None:
        """Say why something did not work."""
        reason = error.strerror if isinstance(error, OSError) else ""
        words = self.tr("That did not work: {reason}")
        self.result.setText(words.format(reason=reason or type(error).__name__))

    def _saved(self, file: str) -> None:
        self.result.setText(self.tr("Saved."))
        self.saved.emit(file)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setEnabled(False)
        return button

    def _lay_out(self) -> None:
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self.copy_button)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.result, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.text, 1)
        column.addLayout(self.foot)
