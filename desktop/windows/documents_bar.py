"""The bar that says which document is being read, and afterwards what became of all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from core.documents.importer import Began, Imported, Refused
from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel


class DocumentsBar(QFrame):
    """Takes no room while nothing is imported.

    Signals:
        cancel_requested: The person wants no more of it.
        details_requested: The person wants to see what became of each file.
    """

    cancel_requested = Signal()
    details_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentsBar")
        self.setProperty("bar", True)
        self._theme = theme
        self._good = self._known = self._bad = 0
        self._icon = QLabel(self)
        self._words = ElidedLabel(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedSize(120, 6)
        self.cancel_button = self._button(self.tr("Cancel"), "cancelImport", self.cancel_requested.emit)
        self.details_button = self._button(self.tr("Details"), "importDetails", self.details_requested.emit)
        self.close_button = self._button(self.tr("Close"), "closeImport", self.hide)
        self._lay_out()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.whole_text()

    def forget(self) -> None:
        """Count anew."""
        self._good = self._known = self._bad = 0

    def step(self, outcome: Began | Imported | Refused) -> None:
        """Show the next step of an import."""
        if isinstance(outcome, Began):
            if outcome.number == 1 and self.cancel_button.isHidden():
                self.forget()
            self._begin(outcome)
        elif isinstance(outcome, Refused):
            self._bad += 1
        elif outcome.added.was_known:
            self._known += 1
        else:
            self._good += 1

    def end(self, *, cancelled: bool) -> None:
        """Say what became of all of them; what went well without a word more goes away by itself."""
        self._progress.hide()
        self.cancel_button.hide()
        self.close_button.show()
        self.details_button.setVisible(bool(self._good or self._known or self._bad))
        self._say(self._outcome(cancelled=cancelled))
        name, role = ("warning", "warn") if self._bad else ("check", "ok")
        self._icon.setPixmap(self._theme.icon(name, role=role).pixmap(16, 16))

    def _begin(self, began: Began) -> None:
        self._icon.setPixmap(self._theme.icon("document", role="quiet").pixmap(16, 16))
        self._progress.setRange(0, began.total)
        self._progress.setValue(began.number - 1)
        for widget, shown in (
            (self._progress, began.total > 1),
            (self.cancel_button, True),
            (self.close_button, False),
            (self.details_button, self._bad > 0),
        ):
            widget.setVisible(shown)
        words = self.tr("Reading {name}").format(name=began.file.name)
        if began.total > 1:
            words = self.tr("Reading {name} ({number} of {total})").format(
                name=began.file.name, number=began.number, total=began.total
            )
        self._say(words)
        self.show()

    def _outcome(self, *, cancelled: bool) -> str:
        said = []
        if self._good:
            said.append(self.tr("%n documents read", "", self._good))
        if self._known:
            said.append(self.tr("%n were there already", "", self._known))
        if self._bad:
            said.append(self.tr("{n} could not be read").format(n=self._bad))
        if cancelled:
            said.append(self.tr("cancelled; what was read stays"))
        return self.tr(", ").join(said) or self.tr("There was no document to read")

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)

    def _button(self, text: str, name: str, call: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(call)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.details_button, self.cancel_button, self.close_button):
            row.addWidget(button)
