"""The settings page for vaults: the folders that were opened, and those that other programs keep notes in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.settings import Settings
from core.vault.discovery import FoundVault
from desktop.widgets.clearing import clear_layout
from desktop.widgets.dressing import dialog_button
from desktop.widgets.indexed_pages import heading, name_row, quiet_words


class VaultsPage(QWidget):
    """Lists vaults; forgetting one leaves its notes alone.

    Signals:
        changed: Carries the paths of the vaults that are still known, the latest first.
        open_requested: The person wants this vault opened; carries its path.
        choose_requested: The person wants to look for a folder.
    """

    changed = Signal(object)
    open_requested = Signal(str)
    choose_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[str, ...] = ()
        self._found: Sequence[FoundVault] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(6)
        self._offers_title = heading(self.tr("Found on this machine"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(heading(self.tr("Your vaults"), self))
        column.addLayout(self._rows)
        choose = dialog_button(
            "chooseFolderButton", self.tr("Open a folder …"), self, self.choose_requested.emit
        )
        column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            quiet_words(self.tr("Forgetting a vault here leaves its notes and index alone."), self)
        )
        column.addSpacing(8)
        column.addWidget(self._offers_title)
        column.addLayout(self._offers)
        column.addStretch()

    def show_settings(self, settings: Settings) -> None:
        """Show the vaults that were opened."""
        self._known = settings.vaults
        self._refresh()

    def show_found(self, found: Sequence[FoundVault]) -> None:
        """Show the vaults that other programs know."""
        self._found = found
        self._refresh()

    def _refresh(self) -> None:
        clear_layout(self._rows)
        clear_layout(self._offers)
        for path in self._known:
            forget = dialog_button("forgetVaultButton", self.tr("Forget"), self, partial(self._forget, path))
            self._rows.addWidget(self._row(path, path, forget))
        if not self._known:
            self._rows.addWidget(quiet_words(self.tr("None yet."), self))
        offers = [found for found in self._found if str(found.path) not in self._known]
        self._offers_title.setVisible(bool(offers))
        for found in offers:
            path = str(found.path)
            self._offers.addWidget(self._row(path, f"{path} · {found.program}"))

    def _row(self, path: str, aside: str, *others: QPushButton) -> QWidget:
        open_it = dialog_button(
            "openVaultButton", self.tr("Open"), self, partial(self.open_requested.emit, path)
        )
        for button in (open_it, *others):
            button.setAccessibleName(f"{button.text()}: {path}")
        row = name_row(Path(path).name or path, aside, [open_it, *others], self)
        row.setObjectName("vaultRow")
        return row

    def _forget(self, path: str) -> None:
        self._known = tuple(known for known in self._known if known != path)
        self._refresh()
        self.changed.emit(self._known)
