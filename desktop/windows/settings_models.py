"""The settings page for models: what each tier means, what is connected, what runs on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.engine.model import LocalEndpoint
from core.llm.chat import Tier
from core.llm.endpoint import host, is_loopback
from core.settings import ProviderSettings, Settings, TierSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.theme.theme import Theme
from desktop.widgets.clearing import clear_layout
from desktop.widgets.dressing import dialog_button
from desktop.widgets.indexed_pages import name_row, quiet_words
from desktop.widgets.settle import settle_layout
from desktop.windows.settings_connection import ConnectionForm
from desktop.windows.settings_draft import (
    COMPLETION,
    TRANSCRIPTION,
    VISION,
    add_provider,
    remove_provider,
    set_tier,
    tier_settings,
    unused_name,
)
from desktop.windows.tier_choice import TierChoice


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was typed in, to be kept when the settings are saved."""

    base_url: str
    key: str


class ModelsPage(QWidget):
    """Connects providers and says which model each tier means.

    Signals:
        changed: Carries the `Settings` as they are now.
        key_typed: Carries a `NewKey`.
    """

    changed = Signal(object)
    key_typed = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        stored_key: Callable[[str, Callable[[str], None]], None],
        parent: QWidget | None = None,
    ) -> None:
        """`stored_key(base_url, then)` looks a key up off the GUI thread and calls back with it."""
        super().__init__(parent)
        self._bridge = bridge
        self._stored_key = stored_key
        self._settings = Settings()
        self._found: list[LocalEndpoint] = []
        self._models: dict[str, list[str]] = {}
        self._choices: dict[str, TierChoice] = {
            Tier.FAST: TierChoice(theme, "fast", self.tr("Faster"), self),
            Tier.PRECISE: TierChoice(theme, "precise", self.tr("More precise"), self),
            **self._work_choices(theme),
        }
        self._connections = QVBoxLayout()
        self._local_note = QLabel(self)
        self._local_note.setProperty("quiet", True)
        self._local_note.setWordWrap(True)
        self._look_button = dialog_button("lookButton", self.tr("Look again"), self, self.look_for_local)
        self._add_button = dialog_button(
            "addProviderButton", self.tr("Add a provider"), self, self._begin_adding
        )
        self.form = ConnectionForm(bridge, theme, self)
        self.form.hide()
        self._lay_out()
        self.form.accepted.connect(self._add)
        self.form.cancelled.connect(self._end_adding)
        for work, choice in self._choices.items():
            choice.changed.connect(partial(self._tier_changed, work))

    def show_settings(self, settings: Settings) -> None:
        """Show what is set, and ask the connected providers for their models."""
        self._settings = settings
        for provider in settings.providers if self._bridge.attached else ():
            self._fetch_models(provider)
        self._refresh()

    def look_for_local(self) -> None:
        """Look for model servers on this machine."""
        if not self._bridge.attached:
            self._local_note.setText(self.tr("Pilotfish is still starting. Look again in a moment."))
            return
        self._local_note.setText(self.tr("Looking for model servers on this machine"))
        self._look_button.setEnabled(False)
        self._bridge.find_local_endpoints(done=self._local_found, failed=self._local_failed)

    def _local_found(self, found: Sequence[LocalEndpoint]) -> None:
        self._found = list(found)
        self._look_button.setEnabled(True)
        for endpoint in found:
            self._models.update({endpoint.base_url: list(endpoint.models)})
        self._refresh()

    def _local_failed(self, _error: Exception) -> None:
        self._local_found(())

    def _fetch_models(self, provider: ProviderSettings) -> None:
        if provider.base_url in self._models:
            return
        self._stored_key(
            provider.base_url,
            lambda key: self._bridge.list_models(
                provider.base_url,
                key,
                done=partial(self._models_listed, provider.base_url),
                failed=lambda _error: None,  # a name can be typed all the same
            ),
        )

    def _models_listed(self, base_url: str, models: list[str]) -> None:
        self._models[base_url] = models
        self._show_tiers()

    def _use_local(self, endpoint: LocalEndpoint) -> None:
        self._add(endpoint.name, endpoint.base_url, "", list(endpoint.models), allow_http=False)

    def _add(self, name: str, base_url: str, key: str, models: list[str], allow_http: bool) -> None:
        self._models[base_url] = models
        provider = ProviderSettings(unused_name(self._settings, name), base_url, allow_http=allow_http)
        if key:
            self.key_typed.emit(NewKey(base_url, key))
        self._end_adding()
        self._change(add_provider(self._settings, provider, models))

    def _remove(self, name: str) -> None:
        self._change(remove_provider(self._settings, name))

    def _tier_changed(self, work: str, value: TierSettings) -> None:
        self._settings = set_tier(self._settings, work, value)
        self.changed.emit(self._settings)

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self._refresh()
        self.changed.emit(settings)

    def _refresh(self) -> None:
        self._show_tiers()
        clear_layout(self._connections)
        connected = {provider.base_url for provider in self._settings.providers}
        offers = [endpoint for endpoint in self._found if endpoint.base_url not in connected]
        rows = [
            *(self._connected_row(provider) for provider in self._settings.providers),
            *(self._offer_row(endpoint) for endpoint in offers),
        ]
        for row in rows:
            self._connections.addWidget(row)
        self._local_note.setText(self._local_text(offers))

    def _local_text(self, offers: Sequence[LocalEndpoint]) -> str:
        if offers:
            return self.tr("Found on this machine; one click connects it, and nothing leaves the machine.")
        if self._settings.providers:
            return self.tr("No other model server was found on this machine.")
        return self.tr(
            "No model server was found on this machine. Start Ollama, LM Studio, llama.cpp or vLLM and look "
            "again, or add a provider. Until then the built-in demonstration model answers."
        )

    def _show_tiers(self) -> None:
        models = {p.name: self._models.get(p.base_url, []) for p in self._settings.providers}
        for work, choice in self._choices.items():
            choice.show_choices(models, tier_settings(self._settings, work))

    def _connected_row(self, provider: ProviderSettings) -> QWidget:
        local = is_loopback(provider.base_url)
        where = self.tr("this machine") if local else host(provider.base_url)
        button = dialog_button("removeButton", self.tr("Remove"), self, partial(self._remove, provider.name))
        return self._row(provider.name, where, button)

    def _offer_row(self, endpoint: LocalEndpoint) -> QWidget:
        button = dialog_button("useButton", self.tr("Connect"), self, partial(self._use_local, endpoint))
        return self._row(endpoint.name, ", ".join(endpoint.models[:4]), button)

    def _row(self, name: str, quiet: str, button: QPushButton) -> QWidget:
        button.setAccessibleName(f"{button.text()}: {name}")
        row = name_row(name, quiet, [button], self)
        row.setObjectName("providerRow")
        return row

    def _begin_adding(self) -> None:
        self.form.begin()
        self.form.show()
        for other in (self._add_button, self._look_button, self._local_note):
            other.hide()
        self.form.address.setFocus()
        QTimer.singleShot(0, self, self._show_form)  # once there is room for it

    def _show_form(self) -> None:
        """Scroll to the end of the form, where its buttons are."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            settle_layout(self.form)
            area.ensureWidgetVisible(self.form.add_button, 0, 24)

    def _end_adding(self) -> None:
        self.form.hide()
        for other in (self._add_button, self._look_button, self._local_note):
            other.show()

    def _work_choices(self, theme: Theme) -> dict[str, TierChoice]:
        """Return the rows for work that may have a model of its own."""
        return {
            COMPLETION: TierChoice(
                theme, "completion", self.tr("Ghost text"), self, automatic=self.tr("As “Faster”")
            ),
            VISION: TierChoice(
                theme,
                "vision",
                self.tr("Pictures"),
                self,
                automatic=self.tr("As “More precise”"),
                on_machine="",
            ),
            TRANSCRIPTION: TierChoice(
                theme,
                "transcription",
                self.tr("Recordings"),
                self,
                automatic=self.tr("A provider that offers it"),
                on_machine=self.tr("Only Whisper on this machine"),
            ),
        }

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("title", True)
        return label

    def _lay_out(self) -> None:
        titles = {
            Tier.FAST: self.tr("Faster"),
            Tier.PRECISE: self.tr("More precise"),
            COMPLETION: self.tr("Ghost text"),
            VISION: self.tr("Pictures"),
            TRANSCRIPTION: self.tr("Recordings"),
        }
        tiers = QFormLayout()
        tiers.setHorizontalSpacing(16)
        tiers.setVerticalSpacing(8)
        tiers.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for work, choice in self._choices.items():
            tiers.addRow(titles[work], choice)
        self._connections.setSpacing(6)
        foot = QHBoxLayout()
        foot.addWidget(self._look_button)
        foot.addWidget(self._add_button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._heading(self.tr("Which model answers")))
        column.addLayout(tiers)
        asked = self.tr("A recording goes to a provider only after you have agreed to it.")
        column.addWidget(quiet_words(asked, self))
        column.addSpacing(12)
        column.addWidget(self._heading(self.tr("Providers")))
        column.addLayout(self._connections)
        column.addWidget(self._local_note)
        column.addLayout(foot)
        column.addWidget(self.form)
        column.addStretch()
