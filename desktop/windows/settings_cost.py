"""The settings page for cost: what was spent, on what, and where it stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.llm.endpoint import host, is_loopback
from core.session.model import Ledger, LedgerRow
from core.settings import CostSettings, Settings
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.indexed_pages import heading, quiet_words
from desktop.widgets.number_box import give_room

MOST_USD = 100_000.0
_MODEL, _WORK, _DAY = "model", "work", "day"
_ROWS_SEEN = 8


class CostPage(QWidget):
    """Says what answers cost and which models cost anything; edits `Settings.cost`.

    Signals:
        changed: Carries the `CostSettings` as they are now.
    """

    changed = Signal(object)

    def __init__(self, cost_today: Callable[[], float], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cost_today = cost_today
        self._value = CostSettings()
        self._ledger: Ledger | None = None
        self._today = heading("", self)
        self._today.setObjectName("costToday")
        self._models = quiet_words("", self)
        self.cap = QDoubleSpinBox(self)
        self.cap.setObjectName("monthlyCapBox")
        self.cap.setAccessibleName(self.tr("Monthly limit"))
        self.cap.setRange(0.0, MOST_USD)
        self.cap.setDecimals(2)
        self.cap.setSuffix(" USD")
        self.cap.setSpecialValueText(self.tr("no limit"))
        self.cap.setFixedWidth(160)
        give_room(self.cap)
        self.by = ChoiceBox(theme, "ledgerBox", self.tr("Spent by"), self)
        for name, text in (
            (_MODEL, self.tr("By model, this month")),
            (_WORK, self.tr("By kind of work, this month")),
            (_DAY, self.tr("By day")),
        ):
            self.by.addItem(text, name)
        self.table = self._make_table()
        self._nothing = quiet_words(self.tr("Nothing was asked of a model yet."), self)
        self._lay_out()
        self.cap.valueChanged.connect(self._edited)
        self.by.currentIndexChanged.connect(self._fill)
        self._fill()

    def show_settings(self, settings: Settings) -> None:
        """Show the day's sum and the limit, and for each tier whether it can cost anything."""
        self._value = settings.cost
        with QSignalBlocker(self.cap):
            self.cap.setMaximum(max(MOST_USD, self._value.monthly_cap_usd))  # a file may name more: keep it
            self.cap.setValue(self._value.monthly_cap_usd)
        self._show_sums()
        places = {provider.name: provider.base_url for provider in settings.providers}
        unset, line = self.tr("chosen by itself"), self.tr("{tier}: {model}, {where}")
        lines = []
        for title, tier in ((self.tr("Faster"), settings.fast), (self.tr("More precise"), settings.precise)):
            address = places.get(tier.provider, "")
            free = not address or is_loopback(address)
            where = self.tr("on this machine, free") if free else host(address)
            lines.append(line.format(tier=title, model=tier.model or unset, where=where))
        self._models.setText("\n".join(lines))

    def show_ledger(self, ledger: Ledger) -> None:
        """Show what was spent, by model, kind of work, and day."""
        self._ledger = ledger
        self._show_sums()
        self._fill()

    def _show_sums(self) -> None:
        if self._ledger is None:
            self._today.setText(self.tr("Today: {cost} USD").format(cost=f"{self._cost_today():.4f}"))
            return
        self._today.setText(
            self.tr("Today: {today} USD · this month: {month} USD").format(
                today=f"{self._ledger.today_usd:.4f}", month=f"{self._ledger.month_usd:.4f}"
            )
        )

    def _edited(self) -> None:
        self._value = replace(self._value, monthly_cap_usd=round(self.cap.value(), 2))
        self.changed.emit(self._value)

    def _fill(self) -> None:
        rows = self._rows()
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(self._cells(row)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(number, column, item)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        height = self.table.horizontalHeader().sizeHint().height() + 4
        self.table.setFixedHeight(height + min(len(rows), _ROWS_SEEN) * self.table.rowHeight(0))

    def _rows(self) -> Sequence[LedgerRow]:
        ledger = self._ledger
        if ledger is None:
            return ()
        return {_MODEL: ledger.by_model, _WORK: ledger.by_prompt, _DAY: ledger.by_day}[self.by.currentData()]

    def _cells(self, row: LedgerRow) -> tuple[str, ...]:
        cost = f"{row.cost_usd:.4f}"
        if row.unpriced == row.calls:
            cost = self.tr("price unknown")
        elif row.unpriced:
            cost = self.tr("{cost} and more").format(cost=cost)
        name = self._name_of(row.key) if self.by.currentData() == _WORK else row.key
        tokens = f"{row.input_tokens + row.output_tokens:,}"
        return name, str(row.calls), tokens, cost, str(row.inserted or "–"), str(row.refused or "–")

    def _name_of(self, work: str) -> str:
        """Return what a kind of work is called; a prompt goes by its id."""
        return {
            "ask": self.tr("Questions"),
            "write": self.tr("Requests of your own"),
            "complete": self.tr("Ghost text"),
            "check": self.tr("Fact check"),
            "summarise": self.tr("Summaries of long conversations"),
            "transcribe": self.tr("Recordings"),
        }.get(work, work)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 6, self)
        table.setObjectName("ledgerTable")
        table.setAccessibleName(self.tr("Spent by"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        titles = (self.tr("What"), self.tr("Requests"), self.tr("Tokens"), "USD")
        fates = (self.tr("Inserted"), self.tr("Refused"))
        for column, title in enumerate((*titles, *fates)):
            item = QTableWidgetItem(title)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.setHorizontalHeaderItem(column, item)
            way = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, way)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for part in (self._today, self._models):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("Monthly limit"), self))
        column.addWidget(self.cap)
        stops = self.tr(
            "Once a month has cost so much, nothing more is sent to models elsewhere, and that is said. "
            "Models on this machine go on."
        )
        column.addWidget(quiet_words(stops, self))
        column.addSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.by)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self._nothing)
        words = self.tr(
            "Costs are worked out on this machine, from the tokens that the provider reports and a list of "
            "prices that came with Pilotfish. The provider's own bill counts."
        )
        column.addWidget(quiet_words(words, self))
        column.addStretch()
