"""Choosing which models answer the same request side by side, with what the person thought of them so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.llm.offered import Offered
from core.session.model import ModelScore
from desktop.error_text import word
from desktop.panel.score_table import ScoreTable

LEAST, MOST = 2, 4
FILTERED_FROM = 10
"""Models from which on a field to find one is of use."""
ROWS = 8
"""Models in sight at once."""
_NAME = Qt.ItemDataRole.UserRole


class CompareDialog(QDialog):
    """Lists every model that can be asked; two to four of them are chosen.

    Signals:
        chosen: Carries the names of the models, each `provider/model`, in the order of the list.
    """

    chosen = Signal(object)

    def __init__(self, request: str, models: Sequence[str], checked: Sequence[str], parent: QWidget) -> None:
        """`models` are known at once; the providers' own lists follow with `show_offered`."""
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setWindowTitle(self.tr("Compare the models"))
        self._request = QLabel(" ".join(request.split()), self)
        self.field = QLineEdit(self)
        self.models = QListWidget(self)
        self.scores = ScoreTable(self)
        self._scores_head = QLabel(self.tr("What served you so far"), self)
        self._count = QLabel(self)
        self._problems = QLabel(self)
        self._start = QPushButton(self.tr("Compare"), self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._was_changed = False
        self._shape()
        self._lay_out()
        self._add(models, checked)
        self.models.itemChanged.connect(self._changed)
        self.models.itemDoubleClicked.connect(self._toggle)
        self.field.textChanged.connect(self._filter)
        self._start.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.reject)
        self._counted()
        self.models.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def checked(self) -> list[str]:
        """The models chosen."""
        return [item.data(_NAME) for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def show_offered(self, offered: Iterable[Offered], checked: Sequence[str] = ()) -> None:
        """Add what the providers offer; those of `checked` are chosen, unless the person has chosen already.

        A provider that did not answer is named with the reason.
        """
        problems = []
        for one in offered:
            wanted = () if self._was_changed else checked
            self._add([f"{one.provider}/{model}" for model in one.models], wanted)
            if one.problem is not None:
                problems.append(f"{one.provider}: {word(one.problem).text}")
        self._problems.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))
        self._filter(self.field.text())
        self._counted()
        self._grow()

    def show_scores(self, scores: Sequence[ModelScore], titles: dict[str, str]) -> None:
        """Show how the models fared; `titles` say what each kind of work is called."""
        self.scores.show_scores(scores, titles)
        self._scores_head.setVisible(bool(scores))
        self.scores.setVisible(bool(scores))
        self._grow()

    def _add(self, names: Iterable[str], checked: Sequence[str]) -> None:
        known = {item.data(_NAME) for item in self._items()}
        for name in dict.fromkeys(names):
            if name in known:
                continue
            provider, _, model = name.partition("/")
            item = QListWidgetItem(f"{model}  ·  {provider}")
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in checked else Qt.CheckState.Unchecked)
            self.models.addItem(item)
        if self.models.currentItem() is None:
            self.models.setCurrentRow(0)
        self._fit_list()

    def _fit_list(self) -> None:
        rows = min(max(self.models.count(), LEAST), ROWS)
        row = max(self.models.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        self.models.setFixedHeight(rows * row + 2 * self.models.frameWidth())

    def _grow(self) -> None:
        """Be as high as what is shown; Qt's own way stops at two thirds of a screen."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _items(self) -> list[QListWidgetItem]:
        return [self.models.item(row) for row in range(self.models.count())]

    def _toggle(self, item: QListWidgetItem) -> None:
        """A double click on a name does what a click on its box does."""
        on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _changed(self) -> None:
        self._was_changed = True
        self._counted()

    def _counted(self) -> None:
        count = len(self.checked)
        self._start.setEnabled(LEAST <= count <= MOST)
        if self.models.count() < LEAST:
            words = self.tr("Two models are needed: add a provider or a second model in the settings.")
        else:
            words = self.tr("Chosen: {count}. Two to four can be compared.").format(count=count)
        self._count.setText(words)

    def _filter(self, words: str) -> None:
        parts = words.casefold().split()
        for item in self._items():
            name = str(item.data(_NAME)).casefold()
            item.setHidden(not all(part in name for part in parts))
        self.field.setVisible(self.models.count() >= FILTERED_FROM)

    def _accept(self) -> None:
        models = self.checked
        if LEAST <= len(models) <= MOST:
            self.chosen.emit(models)
            self.accept()

    def _shape(self) -> None:
        self._request.setTextFormat(Qt.TextFormat.PlainText)
        self._request.setWordWrap(True)
        self._request.setMaximumHeight(3 * self.fontMetrics().lineSpacing())
        self._request.setProperty("title", True)
        self.field.setObjectName("findModel")
        self.field.setPlaceholderText(self.tr("Find a model"))
        self.field.setAccessibleName(self.tr("Find a model"))
        self.field.setVisible(False)
        self.models.setObjectName("compareModels")
        self.models.setAccessibleName(self.tr("Models"))
        self._scores_head.setProperty("title", True)
        self._scores_head.hide()
        self.scores.hide()
        for label in (self._count, self._problems):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("quiet", True)
        self._count.setObjectName("compareCount")
        self._problems.setObjectName("compareProblems")
        self._problems.hide()
        self._start.setObjectName("startComparison")
        self._start.setProperty("primary", True)
        self._start.setDefault(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        above: tuple[QWidget, ...] = (self._request, self.field, self.models, self._count, self._problems)
        for part in above:
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._scores_head)
        column.addWidget(self.scores)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._start)
        column.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known how high a row is with its box."""
        super().showEvent(event)
        self._fit_list()
        self._grow()

    def sizeHint(self) -> QSize:
        """Room for long model names."""
        return super().sizeHint().expandedTo(QSize(560, 0))
