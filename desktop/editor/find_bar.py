"""The slim bar over the note in which words are looked for and replaced."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.editor.find_keys import FindKeys
from desktop.editor.finding import Wanted
from desktop.theme.theme import Theme
from desktop.widgets.dressing import show_as

FIELD_WIDTH = 200


class FindBar(QFrame):
    """Takes the words; what is found is `note_search`'s business.

    Signals:
        wanted: Something else is looked for; carries `Wanted`.
        next_requested: The person wants the next place.
        previous_requested: The person wants the place before.
        replace_requested: The place in sight is to be replaced; carries what stands there then.
        replace_all_requested: Every place is; carries what stands there then.
        closed: The bar was closed.
    """

    wanted = Signal(object)
    next_requested = Signal()
    previous_requested = Signal()
    replace_requested = Signal(str)
    replace_all_requested = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, keys: FindKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setProperty("find", True)
        self._theme = theme
        self._icons: dict[QToolButton, str] = {}
        self.field = self._line("findField", self.tr("Find in this note"))
        self.put = self._line("replaceField", self.tr("Replace with"))
        self.count = QLabel(self)
        self.count.setObjectName("findCount")
        self.count.setProperty("quiet", True)
        self.case = self._toggle("Aa", self.tr("Match case (Alt+C)"), keys.case)
        self.whole = self._toggle("[ab]", self.tr("Whole words (Alt+W)"), keys.whole)
        self.expression = self._toggle(".*", self.tr("Regular expression (Alt+R)"), keys.expression)
        self._back = self._button("chevron-up", self.tr("Place before (Shift+Enter)"))
        self._on = self._button("chevron-down", self.tr("Next place (Enter)"))
        self._end = self._button("close", self.tr("Close (Esc)"))
        self.replace_button = QPushButton(self.tr("Replace"), self)
        self.replace_all_button = QPushButton(self.tr("Replace all"), self)
        self._lay_out()
        self._connect(keys)
        theme.changed.connect(self._tint)
        self.hide()

    def open(self, words: str, *, replacing: bool) -> None:
        """Show the bar, with these words if there are any, the row for replacing if that is wanted."""
        for widget in self._second_row:
            widget.setVisible(replacing)
        if words and not self.expression.isChecked():
            self.field.setText(words)
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._changed()

    def close_bar(self) -> None:
        """Go away."""
        self.hide()
        self.closed.emit()

    def show_count(self, place: int, total: int) -> None:
        """Say which place of how many is in sight; place 0 is none of them."""
        if not self.field.text():
            self._say("")
        elif not total:
            self._say(self.tr("Not found"), is_problem=True)
        elif place:
            self._say(self.tr("{place} of {total}").format(place=place, total=total))
        else:
            self._say(self.tr("{total} found").format(total=total))
        for button in (self.replace_button, self.replace_all_button):
            button.setEnabled(total > 0)

    def show_unusable(self) -> None:
        """Say that the expression makes no sense or takes too long."""
        self.show_count(0, 0)
        self._say(self.tr("No valid expression, or too slow a one"), is_problem=True)

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self.count.setText(text)
        show_as(self.count, "problem", is_problem)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(4)
        second.setSpacing(8)
        for widget in (self.case, self.whole, self.expression, self._back, self._on, self.count):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(self._end)
        for button in (self.replace_button, self.replace_all_button):
            second.addWidget(button)
        second.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.field, 0, 0)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self.put, 1, 0)
        grid.addLayout(second, 1, 1)
        grid.setColumnStretch(1, 1)
        self._second_row = (self.put, self.replace_button, self.replace_all_button)

    def _connect(self, keys: FindKeys) -> None:
        self.addActions(keys.every)
        keys.on.triggered.connect(self._enter)
        keys.back.triggered.connect(self.previous_requested)
        keys.close.triggered.connect(self.close_bar)
        self._on.clicked.connect(self.next_requested)
        self._back.clicked.connect(self.previous_requested)
        self._end.clicked.connect(self.close_bar)
        self.field.textChanged.connect(self._changed)
        for toggle in (self.case, self.whole, self.expression):
            toggle.toggled.connect(self._changed)
        self.replace_button.clicked.connect(lambda: self.replace_requested.emit(self.put.text()))
        self.replace_all_button.clicked.connect(lambda: self.replace_all_requested.emit(self.put.text()))

    def _changed(self) -> None:
        words = self.field.text()
        self.wanted.emit(
            Wanted(words, self.case.isChecked(), self.whole.isChecked(), self.expression.isChecked())
        )

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        line.setFixedWidth(FIELD_WIDTH)
        return line

    def _enter(self) -> None:
        """Go on; in the lower field, replace."""
        if self.put.hasFocus():
            self.replace_requested.emit(self.put.text())
        else:
            self.next_requested.emit()

    def _toggle(self, text: str, words: str, action: QAction) -> QToolButton:
        button = self._flat(words)
        button.setCheckable(True)
        button.setText(text)
        action.triggered.connect(button.toggle)
        return button

    def _button(self, icon: str, words: str) -> QToolButton:
        button = self._flat(words)
        button.setIconSize(QSize(16, 16))
        button.setIcon(self._theme.icon(icon, role="quiet"))
        self._icons[button] = icon
        return button

    def _flat(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button

    def _tint(self) -> None:
        for button, icon in self._icons.items():
            button.setIcon(self._theme.icon(icon, role="quiet"))
