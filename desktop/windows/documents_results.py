"""What became of each file of an import: read or refused, why, what was hidden in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.documents.importer import Imported, Refused
from core.documents.model import Hidden, HiddenKind
from desktop.error_text import word
from desktop.theme.theme import Theme
from desktop.widgets.document_place import label_text, pages_text
from desktop.windows.documents_words import remark_text

_MOST_HIDDEN = 3
Outcome = Imported | Refused


class ImportResults(QDialog):
    """A row a file: an icon, its name, and what there is to say."""

    def __init__(
        self, outcomes: Sequence[Outcome], theme: Theme, open_document: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("importResults")
        self.setWindowTitle(self.tr("Imported documents"))
        self._theme = theme
        self._open = open_document
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        for row, outcome in enumerate(sorted(outcomes, key=lambda outcome: isinstance(outcome, Imported))):
            self._add(row, outcome)
        self._grid.setRowStretch(len(outcomes), 1)
        self._lay_out(inside)

    def sizeHint(self) -> QSize:
        """Room for a few files with their reasons."""
        return QSize(620, 420)

    def _add(self, row: int, outcome: Outcome) -> None:
        icon, role = _icon(outcome)
        mark = QLabel(self)
        mark.setPixmap(self._theme.icon(icon, role=role).pixmap(16, 16))
        self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
        name, words = _plain(outcome.file.name, self), _plain(self._said(outcome), self)
        name.setObjectName("importName")
        words.setObjectName("importOutcome")
        words.setProperty("quiet", True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(name)
        column.addWidget(words)
        words.setVisible(bool(words.text()))
        self._grid.addLayout(column, row, 1)
        if isinstance(outcome, Imported):
            button = QPushButton(self.tr("Open"), self)
            button.setAutoDefault(False)
            path = outcome.added.document.path
            button.setAccessibleName(self.tr("Open {name}").format(name=outcome.added.document.name))
            button.clicked.connect(lambda _checked=False: self._open(path))
            self._grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)

    def _said(self, outcome: Outcome) -> str:
        if isinstance(outcome, Refused):
            return word(outcome.error).in_full
        document = outcome.added.document
        said = []
        if outcome.added.was_known:
            said.append(self.tr("Was there already, as {name}.").format(name=document.name))
        if document.pages:
            said.append(pages_text(document.pages))
        said += [remark_text(remark) for remark in document.remarks]
        said += [self._hidden(hidden) for hidden in document.hidden[:_MOST_HIDDEN]]
        if more := len(document.hidden) - _MOST_HIDDEN:
            said += [self.tr("… and {n} more hidden").format(n=more)] if more > 0 else []
        return "\n".join(said)

    def _hidden(self, hidden: Hidden) -> str:
        if hidden.kept and hidden.kind is HiddenKind.INVISIBLE:
            return self.tr(
                "{place}: the words are a layer that text recognition laid over a picture."
            ).format(place=label_text(hidden.label))
        words = self.tr("Hidden from readers and left out: “{words}”").format(words=hidden.sample)
        return f"{label_text(hidden.label)}: {words}" if hidden.label else words

    def _lay_out(self, inside: QWidget) -> None:
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("closeResults")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(area, 1)
        column.addWidget(buttons)


def _icon(outcome: Outcome) -> tuple[str, str]:
    if isinstance(outcome, Refused):
        return "warning", "warn"
    has_hidden = any(not hidden.kept for hidden in outcome.added.document.hidden)
    return ("eye", "warn") if has_hidden else ("check", "ok")


def _plain(text: str, parent: QWidget) -> QLabel:
    """Words that come from files: shown as they are, never as HTML; they can be selected and copied."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
