"""The guide of a first start: which notes, which model, which key. Each step can be passed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.engine.model import LocalEndpoint
from core.settings import ProviderSettings, Settings
from core.vault.discovery import FoundVault
from desktop.bridge.engine_bridge import EngineBridge
from desktop.hotkey.backend import HotkeyStatus
from desktop.shortcuts import WindowKeys
from desktop.widgets.clearing import clear_layout
from desktop.widgets.dressing import dialog_button, show_as
from desktop.widgets.folder_names import folder_names
from desktop.widgets.indexed_pages import quiet_words
from desktop.widgets.plain_text import button_text, tooltip
from desktop.widgets.tab_order import tab_as_read
from desktop.windows.settings_draft import add_provider, unused_name
from desktop.windows.settings_keys import NO_KEYS, QUICK_ASK, KeysPage

SUGGESTED_KEY = "Ctrl+Alt+Space"
SHOWN = 5
"""Vaults and model servers offered at most; more are in the settings."""


class FirstRun(QDialog):
    """Three steps; everything it sets can be changed in the settings.

    Signals:
        vault_chosen: Open this vault; carries its path.
        folder_requested: The person wants to look for a folder.
        welcome_requested: The person wants the welcome vault.
        settings_changed: Carries the `Settings` as they are now.
        models_requested: The person wants to connect a model with a key.
        hotkey_tried: The person wants to know whether a key can be had.
    """

    vault_chosen = Signal(str)
    folder_requested = Signal()
    welcome_requested = Signal()
    settings_changed = Signal(object)
    models_requested = Signal()
    hotkey_tried = Signal(str)

    def __init__(
        self,
        settings: Settings,
        bridge: EngineBridge,
        parent: QWidget | None = None,
        *,
        window_keys: WindowKeys = NO_KEYS,
    ) -> None:
        """`window_keys` are those that the key for every program may collide with."""
        super().__init__(parent)
        self._settings = settings
        self._bridge = bridge
        self._waits_for_engine = False
        self.setObjectName("firstRun")
        self.setWindowTitle(self.tr("Welcome to Pilotfish"))
        self._vaults, self._models = QVBoxLayout(), QVBoxLayout()
        self._model_note = quiet_words(self.tr("Looking for model servers on this machine"), self)
        self.keys = KeysPage(window_keys, has_tray=False, only_quick_ask=True, parent=self)
        self.steps = QStackedWidget(self)
        self._folder = self._wide(
            "openFolderButton", self.tr("Choose a folder …"), self.folder_requested.emit
        )
        self._count = QLabel(self)
        self._count.setProperty("quiet", True)
        self.next_button = dialog_button("nextStepButton", self.tr("Not now"), self, self.go_on)
        self._lay_out()
        tab_as_read(self)
        self.keys.at_hand_changed.connect(self._key_chosen)
        self.keys.hotkey_tried.connect(self.hotkey_tried)
        self._show_step(0)
        self._folder.setFocus()

    def show_vaults(self, found: Sequence[FoundVault]) -> None:
        """Offer the vaults that other programs know, in place of those before."""
        clear_layout(self._vaults)
        paths = [str(vault.path) for vault in found[:SHOWN]]
        for vault, path, name in zip(found, paths, folder_names(paths), strict=False):
            text = button_text(f"{name}  ·  {vault.program}")
            button = self._wide("foundVaultButton", text, partial(self._take_vault, path))
            button.setToolTip(tooltip(path))
            self._vaults.addWidget(button)
        tab_as_read(self)
        self._folder.setText(self.tr("Another folder …") if found else self.tr("Choose a folder …"))

    def show_endpoints(self, found: Sequence[LocalEndpoint]) -> None:
        """Offer the model servers that run on this machine, in place of those before."""
        clear_layout(self._models)
        for endpoint in found[:SHOWN]:
            names = ", ".join(endpoint.models[:3])
            text = self.tr("Use {name} on this machine ({models})").format(name=endpoint.name, models=names)
            self._models.addWidget(
                self._wide("foundModelButton", button_text(text), partial(self._use, endpoint))
            )
        tab_as_read(self)
        none = self.tr(
            "No model server runs on this machine. Ollama, LM Studio, llama.cpp and vLLM are found."
        )
        self._model_note.setText(self.tr("Nothing leaves this machine with these:") if found else none)

    def show_hotkey(self, status: HotkeyStatus) -> None:
        """Show how it stands with the key that was tried."""
        self.keys.show_hotkey(status)

    def follow(self, settings: Settings) -> None:
        """Take settings that were changed elsewhere meanwhile."""
        self._settings = settings
        self.keys.show_settings(settings)

    def vault_is_open(self) -> None:
        """Look for models, now that there is an engine to do it."""
        if self.steps.currentIndex() == 0:
            self.go_on()
        elif self.steps.currentIndex() == 1:
            self._look_for_models()

    def go_on(self) -> None:
        """Show the next step, or close after the last."""
        step = self.steps.currentIndex() + 1
        if step == self.steps.count():
            self.accept()
        else:
            self._show_step(step)

    def sizeHint(self) -> QSize:
        """Room for a title, a few choices and a line below."""
        return QSize(560, 420)

    def _take_vault(self, path: str) -> None:
        self._waits_for_engine = True
        self.vault_chosen.emit(path)
        self.go_on()

    def _use(self, endpoint: LocalEndpoint) -> None:
        provider = ProviderSettings(unused_name(self._settings, endpoint.name), endpoint.base_url)
        self._settings = add_provider(self._settings, provider, endpoint.models)
        self.settings_changed.emit(self._settings)
        self.go_on()

    def _key_chosen(self, at_hand: object) -> None:
        self._settings = replace(self._settings, at_hand=at_hand)  # type: ignore[arg-type]
        self.settings_changed.emit(self._settings)
        self._show_step(self.steps.currentIndex())

    def _suggest(self) -> None:
        self.keys.edit(QUICK_ASK).setKeySequence(QKeySequence(SUGGESTED_KEY))

    def _show_step(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self._count.setText(self.tr("Step {n} of {count}").format(n=step + 1, count=self.steps.count()))
        is_last = step == self.steps.count() - 1
        self.next_button.setText(self.tr("Done") if is_last else self.tr("Not now"))
        show_as(self.next_button, "primary", is_last)
        if step == 1:
            self._look_for_models()

    def _look_for_models(self) -> None:
        if self._bridge.attached:
            self._bridge.find_local_endpoints(
                done=self.show_endpoints, failed=lambda _e: self.show_endpoints([])
            )
        elif not self._waits_for_engine:
            self.show_endpoints([])

    # Layout

    def _lay_out(self) -> None:
        self.steps.addWidget(
            self._step(
                self.tr("Where are your notes?"),
                self.tr("Pilotfish reads them where they are, on this machine, and adds nothing to them."),
                self._vaults,
                self._folder,
                self._wide("welcomeVaultButton", self.tr("Try the welcome vault"), self._take_welcome),
            )
        )
        self.steps.addWidget(
            self._step(
                self.tr("Who answers?"),
                self.tr("Search and quotes from your notes work without any model."),
                self._models,
                self._wide(
                    "connectModelButton", self.tr("Connect a provider with a key …"), self._connect_model
                ),
                self._wide("quotesOnlyButton", self.tr("Quotes only, for now"), self.go_on),
                note=self._model_note,
            )
        )
        suggest = self._wide(
            "suggestKeyButton", self.tr("Use {keys}").format(keys=SUGGESTED_KEY), self._suggest
        )
        self.steps.addWidget(
            self._step(
                self.tr("One key away"),
                self.tr("Quick-ask comes up over any program and answers from your notes."),
                QVBoxLayout(),
                suggest,
                self.keys,
            )
        )
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.steps, 1)
        column.addLayout(foot)

    def _step(
        self, title: str, words: str, offers: QVBoxLayout, *rest: QWidget, note: QWidget | None = None
    ) -> QWidget:
        page = QWidget(self)
        head = QLabel(title, page)
        head.setProperty("title", True)
        font = head.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        head.setFont(font)
        offers.setSpacing(8)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(quiet_words(words, page))
        column.addSpacing(8)
        if note is not None:
            column.addWidget(note)
        column.addLayout(offers)
        for widget in rest:
            column.addWidget(widget)
        column.addStretch()
        return page

    def _take_welcome(self) -> None:
        self._waits_for_engine = True
        self.welcome_requested.emit()
        self.go_on()

    def _connect_model(self) -> None:
        self.models_requested.emit()
        self.go_on()

    def _wide(self, name: str, text: str, call: Callable[[], None]) -> QPushButton:
        button = dialog_button(name, text, self, call)
        button.setMinimumHeight(36)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
