"""The settings page for privacy, which tells more than it asks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.index.store_address import without_options
from core.llm.endpoint import host, is_loopback
from core.paths import Places
from core.settings import Settings
from desktop.widgets.dressing import dialog_button
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.indexed_pages import heading, quiet_words


class PrivacyPage(QWidget):
    """Says who sees what, and where everything lies.

    Signals:
        forget_requested: The recent questions are to be forgotten.
    """

    forget_requested = Signal()

    def __init__(self, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = quiet_words("", self)
        self._who.setObjectName("privacyText")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(heading(self.tr("Who sees your text"), self))
        column.addWidget(self._who)
        column.addWidget(heading(self.tr("Where your things are"), self))
        for title, folder in (
            (self.tr("Settings"), places.config),
            (self.tr("Index and backups"), places.data),
            (self.tr("Drafts and logs"), places.state),
        ):
            column.addWidget(self._place(title, str(folder)))
        column.addWidget(heading(self.tr("Quick-ask"), self))
        self.forget_button = dialog_button(
            "forgetQuestionsButton", self.tr("Forget the recent questions"), self, self._forget
        )
        row = QHBoxLayout()
        row.addWidget(self.forget_button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def show_settings(self, settings: Settings) -> None:
        """Name the machines that requests go to."""
        self.forget_button.setEnabled(True)
        remote = [host(p.base_url) for p in settings.providers if not is_loopback(p.base_url)]
        told = (self._asked(remote), self._heard(remote), self._embedded(settings), self._stored(settings))
        self._who.setText("\n\n".join(filter(None, told)))

    def _asked(self, remote: list[str]) -> str:
        if not remote:
            return self.tr("No model elsewhere is connected: questions and answers stay on this machine.")
        return self.tr(
            "{hosts}: a request to a model there takes along your words and what the panel shows above them "
            "as used. What is left out under Index is never sent."
        ).format(hosts=", ".join(dict.fromkeys(remote)))

    def _heard(self, remote: list[str]) -> str:
        """Say when recordings leave this machine."""
        return self.tr("A recording goes there only after you have said yes to it.") if remote else ""

    def _stored(self, settings: Settings) -> str:
        """Say where a shared index lies."""
        if not (address := settings.index.store_url):
            return ""
        return self.tr(
            "{place}: the index lies there, with the passages of your notes, readable for whoever may read "
            "that place. You set this under Index."
        ).format(place=without_options(address))

    def _embedded(self, settings: Settings) -> str:
        """Say who reads the notes for the index."""
        address = settings.index.embedding_endpoint
        if not address or is_loopback(address):
            if settings.index.store_url:
                return self.tr("The index of your notes is made on this machine.")
            return self.tr("The index of your notes is made on this machine and never leaves it.")
        return self.tr(
            "{host}: every note that is not left out goes there, for the search by meaning. You set this "
            "under Index."
        ).format(host=host(address))

    def _forget(self) -> None:
        self.forget_button.setEnabled(False)
        self.forget_requested.emit()

    def _place(self, title: str, folder: str) -> QWidget:
        row = QWidget(self)
        words = ElidedLabel(row)
        words.setText(self.tr("{what}: {folder}").format(what=title, folder=folder))
        words.setProperty("quiet", True)
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(folder))
        button = dialog_button("showFolderButton", self.tr("Show"), row, show)
        button.setAccessibleName(f"{button.text()}: {title}")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(words, 1)
        layout.addWidget(button)
        return row
