"""Deciding on a rewrite, change by change or all at once, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.text.diff import Part, applied, changes
from core.text.unseen import Finding, Kind, findings
from desktop.theme.theme import Theme
from desktop.widgets.diff_text import Decision, DiffText
from desktop.widgets.dressing import icon_button, show_as


class DiffView(QFrame):
    """Shows what a rewrite changes; nothing happens before the person has said so.

    Signals:
        decided: Every change has its answer, one at least a yes; carries the text to put there.
        rejected: Every change has its answer, and each is a no; `dismissed` follows.
        dismissed: Nothing is to be changed.
    """

    decided = Signal(str)
    rejected = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[Part, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._decisions: dict[int, Decision] = {}
        self._current: int | None = None
        self.setObjectName("diffView")
        self.setAccessibleName(self.tr("Changes to decide on"))
        self.text = DiffText(theme, self)
        self._warning = QLabel(self)
        self._count = QLabel(self)
        self.previous_button = icon_button("previousChange", self.tr("Change before (←)"), self)
        self.next_button = icon_button("nextChange", self.tr("Next change (→)"), self)
        self.accept_button = self._button("acceptButton", self.tr("Accept"), self.accept)
        self.reject_button = self._button("rejectButton", self.tr("Reject"), self.reject)
        self.accept_all_button = self._button("acceptAllButton", self.tr("Accept all"), self.accept_rest)
        self.reject_all_button = self._button("rejectAllButton", self.tr("Reject all"), self.reject_rest)
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def undecided(self) -> list[int]:
        """The places of the changes that wait for an answer."""
        return [place for place, decision in self._decisions.items() if decision is Decision.OPEN]

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Ask about these changes; there must be one at least."""
        self._parts = tuple(parts)
        old = "".join(part.old for part in parts)
        self._findings = findings("".join(part.new for part in parts), known=old)
        self._decisions = dict.fromkeys(changes(parts), Decision.OPEN)
        self._current = next(iter(self._decisions))
        self._warning.setText(self._warning_text())
        self._warning.setVisible(bool(self._findings))
        single = len(self._decisions) == 1
        for part in (self._count, self.previous_button, self.next_button):
            part.setVisible(not single)
        for button in (self.accept_all_button, self.reject_all_button):
            button.setVisible(not single)
        show_as(self.accept_button, "primary", single)
        show_as(self.accept_all_button, "primary", not single)
        self._show()

    def accept(self) -> None:
        """Take the change that is looked at."""
        self._answer(Decision.ACCEPTED)

    def reject(self) -> None:
        """Leave out the change that is looked at."""
        self._answer(Decision.REJECTED)

    def accept_rest(self) -> None:
        """Take every change that has no answer yet, and be done."""
        self._answer_all(Decision.ACCEPTED)

    def reject_rest(self) -> None:
        """Leave out every change that has no answer yet, and be done."""
        self._answer_all(Decision.REJECTED)

    def step(self, by: int) -> None:
        """Look at the change after the current one, or with -1 before it, round and round."""
        places = list(self._decisions)
        if self._current is not None:
            self._current = places[(places.index(self._current) + by) % len(places)]
            self._show()

    def pick(self, place: int) -> None:
        """Look at this change; a decided one is open again."""
        self._decisions[place] = Decision.OPEN
        self._current = place
        self._show()

    def _answer(self, decision: Decision) -> None:
        if self._current is None:
            return
        self._decisions[self._current] = decision
        waiting = self.undecided
        if not waiting:
            self._finish()
            return
        self._current = next((place for place in waiting if place > self._current), waiting[0])
        self._show()

    def _answer_all(self, decision: Decision) -> None:
        for place in self.undecided:
            self._decisions[place] = decision
        self._finish()

    def _finish(self) -> None:
        accepted = [place for place, said in self._decisions.items() if said is Decision.ACCEPTED]
        if accepted:
            self.decided.emit(applied(self._parts, accepted))
        else:
            self.rejected.emit()
            self.dismissed.emit()

    def _show(self) -> None:
        self.text.show_parts(self._parts, self._decisions, self._findings, current=self._current)
        places = list(self._decisions)
        if self._current is None:
            return
        number = places.index(self._current) + 1
        self._count.setText(self.tr("Change {number} of {count}").format(number=number, count=len(places)))
        part = self._parts[self._current]
        spoken = self.tr("“{old}” becomes “{new}”").format(old=part.old, new=part.new)
        self.text.setAccessibleDescription(f"{self._count.text()}: {spoken}")
        started = len(self.undecided) < len(places)
        self.accept_all_button.setText(self.tr("Accept the rest") if started else self.tr("Accept all"))
        self.reject_all_button.setText(self.tr("Reject the rest") if started else self.tr("Reject all"))

    def _warning_text(self) -> str:
        names = {
            Kind.INVISIBLE: self.tr("invisible characters"),
            Kind.LINK: self.tr("links"),
            Kind.IMAGE: self.tr("pictures"),
            Kind.HTML: self.tr("HTML"),
        }
        kinds = dict.fromkeys(found.kind for found in self._findings)
        between = self.tr(", ", "between the members of a list")
        return self.tr("Look twice, new here: {kinds}").format(kinds=between.join(names[k] for k in kinds))

    def _button(self, name: str, text: str, call: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.clicked.connect(call)
        return button

    def _lay_out(self) -> None:
        for label in (self._warning, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._warning.setObjectName("diffWarning")
        self._warning.setProperty("warning", True)
        self._warning.setWordWrap(True)
        self._count.setProperty("quiet", True)
        one, every = QHBoxLayout(), QHBoxLayout()
        for button in (self.accept_button, self.reject_button):
            one.addWidget(button)
        one.addStretch()
        one.addWidget(self._count)
        for arrow in (self.previous_button, self.next_button):
            one.addWidget(arrow)
        for button in (self.accept_all_button, self.reject_all_button):
            every.addWidget(button)
        every.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self._warning)
        for row in (one, every):
            row.setSpacing(6)
            column.addLayout(row)

    def _connect(self) -> None:
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.text.stepped.connect(self.step)
        self.text.picked.connect(self.pick)
        self.text.answered.connect(lambda yes: self.accept() if yes else self.reject())
        self._theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.previous_button.setIcon(self._theme.icon("back"))
        self.next_button.setIcon(self._theme.icon("forward"))
        if self._parts:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
