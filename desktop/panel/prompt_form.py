"""The requirement form: what a prompt wants to know, made of its variables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.prompts.model import Prompt, Variable, VariableKind
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.composing_edit import ComposingEdit
from desktop.widgets.plain_text import tooltip

MOST_CANDIDATES = 9
_TALLEST = 220
_ON = "yes"
_PRESSES = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)

Field = QLineEdit | QPlainTextEdit | QComboBox | QCheckBox


class PromptForm(QFrame):
    """Asks for the values of one prompt.

    Signals:
        submitted: Enter was pressed in a field, or the button.
        closed: The person does not want this prompt after all.
        fill_requested: The model is to propose the values from the note.
        edit_requested: The person wants to change the prompt itself.
    """

    submitted = Signal()
    closed = Signal()
    fill_requested = Signal()
    edit_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, brief: bool = False) -> None:
        """A `brief` one asks for the values alone: not how many suggestions, and nothing about the prompt."""
        super().__init__(parent)
        self._theme = theme
        self._brief = brief
        self._prompt: Prompt | None = None
        self._fields: dict[str, Field] = {}
        self._language = "en"
        self._composing = False
        self.setObjectName("promptForm")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Requirements"))
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("title", True)
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setProperty("problem", True)
        self._problem.setWordWrap(True)
        self.count = QSpinBox(self)
        self.count.setObjectName("candidateCount")
        self.count.setRange(1, MOST_CANDIDATES)
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count.valueChanged.connect(self._show_count)
        self._show_count(self.count.value())
        self.count.setAccessibleName(self.tr("How many suggestions"))
        self.count.setToolTip(self.tr("How many suggestions"))
        self.fill_button = self._button("fillButton", self.tr("Fill from this note"), "link")
        self.edit_button = self._button("editPrompt", self.tr("Edit the prompt"), "link")
        self.run_button = self._button("runPrompt", self.tr("Run"), "")
        self.close_button = QToolButton(self)
        self._body = QWidget(self)
        self._rows = QFormLayout(self._body)
        self._scroll = QScrollArea(self)
        self._lay_out()
        self._connect()
        self._dress()
        if brief:
            for part in (self._title, self.count, self.edit_button, self.close_button):
                part.hide()
        self.hide()

    @property
    def prompt(self) -> Prompt | None:
        """The prompt asked about; None while the form is away."""
        return self._prompt

    def show_prompt(self, prompt: Prompt, values: Mapping[str, str], language: str) -> None:
        """Ask for this prompt's values, starting with those given last."""
        self._prompt = prompt
        self._language = language
        self._title.setText(prompt.title.of(language))
        self._title.setToolTip(tooltip(prompt.about.of(language)))
        self.count.setValue(prompt.candidates)
        self._problem.hide()
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._fields, self._composing = {}, False
        for variable in prompt.variables:
            self._add(variable, values.get(variable.name, variable.default))
        self._order_by_tab()
        self.fill_button.setVisible(bool(prompt.variables) and not self._brief)
        self.fill_button.setEnabled(True)
        self._scroll.setVisible(bool(prompt.variables))
        height = max(self._body.sizeHint().height(), 0)  # -1 where there is no field
        self._scroll.setMinimumHeight(min(height, _TALLEST))
        self._scroll.setMaximumHeight(height)
        self.show()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Put proposed values into the fields; what is not proposed stays."""
        for name, value in values.items():
            if name in self._fields and value:
                _set_value(self._fields[name], value)

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {name: _value(field) for name, field in self._fields.items()}

    def check(self) -> bool:
        """Whether every field that must be filled is; if not, say so and go there."""
        if self._prompt is None:
            return False
        for variable in self._prompt.variables:
            field = self._fields[variable.name]
            if variable.required and not _value(field).strip():
                title = variable.title.of(self._language) or variable.name
                self.say(self.tr("“{field}” is needed.").format(field=title))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        self._problem.hide()
        return True

    def say(self, text: str) -> None:
        """Show a problem in the form."""
        self._problem.setText(text)
        self._problem.show()

    def focus_first(self) -> None:
        """Put the caret into the first field, or on the button where there is none."""
        first: QWidget = next(iter(self._fields.values()), None) or self.run_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Go away."""
        self._prompt = None
        self.hide()
        self.closed.emit()

    def _add(self, variable: Variable, value: str) -> None:
        field = _field(variable, self._theme, self._body)
        _set_value(field, value)
        title = variable.title.of(self._language) or variable.name
        field.setObjectName(f"field-{variable.name}")
        field.setAccessibleName(title)
        field.installEventFilter(self)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.setPlaceholderText(self.tr("needed") if variable.required else "")
        label = QLabel(title, self._body)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("quiet", True)
        label.setBuddy(field)
        self._rows.addRow(label, field)
        self._fields[variable.name] = field

    def _order_by_tab(self) -> None:
        """Let Tab go through fields and buttons as they are seen; fields are younger than the buttons."""
        order = [self.edit_button, self.close_button, *self._fields.values(), self.fill_button, self.count]
        for before, after in pairwise([*order, self.run_button]):
            QWidget.setTabOrder(before, after)

    def _show_count(self, count: int) -> None:
        one, more = self.tr(" suggestion", "after 1"), self.tr(" suggestions", "after a number")
        self.count.setSuffix(one if count == 1 else more)

    def _button(self, name: str, text: str, role: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        if role:
            button.setProperty(role, True)
        return button

    def _lay_out(self) -> None:
        self.close_button.setObjectName("closeForm")
        self.close_button.setProperty("flat", True)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAccessibleName(self.tr("Close the form"))
        self.close_button.setToolTip(self.tr("Close the form (Esc)"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to the fields in it
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        self._scroll.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(6)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.edit_button)
        head.addWidget(self.close_button)
        foot.addWidget(self.fill_button)
        foot.addStretch()
        foot.addWidget(self.count)
        foot.addWidget(self.run_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._scroll)
        column.addWidget(self._problem)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.run_button.clicked.connect(self.submitted)
        self.close_button.clicked.connect(self.close_form)
        self.fill_button.clicked.connect(self.fill_requested)
        self.edit_button.clicked.connect(self.edit_requested)
        self._theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.close_button.setIcon(self._theme.icon("close", role="quiet"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter runs the prompt, except in a field of several lines; there it takes Ctrl as well."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() in _PRESSES and self._runs(watched, event):
            if event.type() is QEvent.Type.KeyPress:
                self.submitted.emit()
            event.accept()  # before a shortcut of the window takes it
            return True
        return super().eventFilter(watched, event)

    def _runs(self, watched: QObject, key: QKeyEvent) -> bool:
        """Whether a key pressed in a field means that the prompt is to be run."""
        if self._composing or key.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        several_lines = isinstance(watched, QPlainTextEdit)
        if not several_lines:
            return True
        return bool(key.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)


def _field(variable: Variable, theme: Theme, parent: QWidget) -> Field:
    if variable.kind is VariableKind.LONG:
        field = ComposingEdit(parent)
        field.setTabChangesFocus(True)
        field.setFixedHeight(3 * field.fontMetrics().lineSpacing() + 12)
        return field
    if variable.kind is VariableKind.CHOICE:
        box = ChoiceBox(theme, variable.name, variable.title.en, parent)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setEditable(True)
        box.addItems(list(variable.choices))
        return box
    if variable.kind is VariableKind.SWITCH:
        return QCheckBox(parent)
    return QLineEdit(parent)


def _value(field: Field) -> str:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QCheckBox):
        return _ON if field.isChecked() else ""
    return field.text()


def _set_value(field: Field, value: str) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
    elif isinstance(field, QComboBox):
        field.setEditText(value)
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    else:
        field.setText(value)
