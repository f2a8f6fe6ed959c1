"""The settings: nothing is written before *Save*, and keys go to the system's keyring, never to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.concurrency import CancelToken
from core.llm.chat import Tier
from core.paths import Places
from core.settings import GhostSettings, IndexSettings, Settings, save
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.error_text import word
from desktop.shortcuts import WindowKeys
from desktop.theme.theme import Theme
from desktop.widgets.indexed_pages import IndexedPages
from desktop.widgets.room import take_room
from desktop.windows.settings_about import AboutPage
from desktop.windows.settings_appearance import AppearancePage
from desktop.windows.settings_cost import CostPage
from desktop.windows.settings_diagnostics import DiagnosticsPage
from desktop.windows.settings_draft import WORK, tier_settings
from desktop.windows.settings_facts import PrivacyPage
from desktop.windows.settings_ghost import GhostPage
from desktop.windows.settings_index import IndexPage
from desktop.windows.settings_keys import KeysPage
from desktop.windows.settings_models import ModelsPage, NewKey
from desktop.windows.settings_vaults import VaultsPage

SIZE = QSize(780, 620)
"""Room for the list and the models page."""


class KeyStore(Protocol):
    """Where keys are kept; `core.llm.keys.Keys` is the real one. Its calls may take their time."""

    def get(self, base_url: str) -> str:
        """Return the key of an address, empty where there is none."""

    def set(self, base_url: str, key: str) -> bool:
        """Keep a key; returns whether it outlives the program."""


def system_keys() -> KeyStore:
    """Return the keys in the system's keyring. Not for the GUI thread."""
    from core.llm.keys import Keys, system_keyring

    return Keys(system_keyring())


@dataclass(frozen=True, slots=True)
class Around:
    """What the pages need to know of the rest of the program."""

    places: Places
    keys: WindowKeys
    """The actions of the window, to be given other keys, and keys that may not be handed out again."""
    has_tray: bool
    cost_today: Callable[[], float]
    report: Callable[[], Callable[[], str]]
    """Notes what only the window knows, and returns what gathers the diagnostics on a worker's thread."""


class SettingsDialog(QDialog):
    """Shows settings, changes a draft of them, and writes the draft when the person saves.

    Signals:
        settings_changed: They are saved; carries the new `Settings`.
        restart_requested: They are saved, and the program is to begin anew with them.
    """

    settings_changed = Signal(object)
    restart_requested = Signal()

    def __init__(
        self,
        settings: Settings,
        bridge: EngineBridge,
        tasks: TaskRunner,
        theme: Theme,
        *,
        around: Around,
        keys: Callable[[], KeyStore] = system_keys,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = settings
        self._file = around.places.settings_file
        self._tasks = tasks
        # A keyring may ask for its password and wait: not in the queue of those who save notes.
        self._key_tasks = TaskRunner(self, name="keys")
        self.finished.connect(lambda: self._key_tasks.shutdown(timeout_s=0))
        self._bridge = bridge
        self._keys = keys
        self._new_keys: dict[str, str] = {}
        self._restarts = False
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self._make_pages(around, theme)
        self._problem = QLabel(self)
        self._problem.setObjectName("settingsProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("problem", True)
        self._problem.hide()
        self._save_button = QPushButton(self.tr("Save"), self)
        self._lay_out()
        self._connect()
        for page in (self.vaults_page, self.models_page, self.index_page, self.ghost_page, self.keys_page,
                     self.appearance_page, self.privacy_page, self.cost_page):  # fmt: skip
            page.show_settings(settings)
        self.models_page.look_for_local()
        take_room(self, SIZE)

    @property
    def draft(self) -> Settings:
        """The settings as they would be saved now."""
        return self._draft

    def save(self) -> None:
        """Keep new keys, then write the file, off the GUI thread; closes when that has been done."""
        self._save_button.setEnabled(False)
        self._problem.hide()
        connected = {provider.base_url for provider in self._draft.providers}
        self._new_keys = {url: key for url, key in self._new_keys.items() if url in connected}
        if self._new_keys:
            work = partial(self._keep_keys, dict(self._new_keys))
            self._key_tasks.submit(work, done=self._write, failed=self._not_saved)
        else:
            self._write(True)

    def _keep_keys(self, new_keys: dict[str, str], _token: CancelToken) -> bool:
        """Runs on a worker thread; returns whether every key was kept."""
        store = self._keys()
        return all([store.set(base_url, key) for base_url, key in new_keys.items()])  # noqa: C419 -- try all

    def _write(self, keys_kept: bool) -> None:
        draft, file = self._draft, self._file
        self._tasks.submit(
            lambda _token: save(draft, file),
            done=lambda _none: self._saved(draft, keys_kept=keys_kept),
            failed=self._not_saved,
        )

    def _saved(self, written: Settings, *, keys_kept: bool) -> None:
        self._save_button.setEnabled(True)
        for base_url, key in self._new_keys.items():
            self._bridge.keep_key(base_url, key)  # the engine may have looked for it before
        self._new_keys.clear()
        self.settings_changed.emit(written)
        if keys_kept:
            self.accept()
            if self._restarts:
                self.restart_requested.emit()
            return
        self._restarts = False
        self._show_problem(
            self.tr(
                "The settings are saved. This system has no keyring, so the key is kept only until Pilotfish "
                "is closed. To keep it for good, install one, such as GNOME Keyring or KWallet."
            )
        )

    def _not_saved(self, error: Exception) -> None:
        self._restarts = False
        self._save_button.setEnabled(True)
        if isinstance(error, OSError):
            reason = error.strerror or type(error).__name__
            self._show_problem(self.tr("The settings could not be saved: {reason}").format(reason=reason))
        else:
            worded = word(error)
            self._show_problem(f"{worded.text} {worded.hint}")

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()

    def _look_up_key(self, base_url: str, then: Callable[[str], None]) -> None:
        if base_url in self._new_keys:
            then(self._new_keys[base_url])
            return

        def work(_token: CancelToken) -> str:
            return self._keys().get(base_url)

        self._key_tasks.submit(work, done=then, failed=lambda _error: then(""))

    def _models_changed(self, draft: Settings) -> None:
        chosen = {str(work): tier_settings(draft, work) for work in (*Tier, *WORK)}
        self._change(providers=draft.providers, **chosen)
        self.privacy_page.show_settings(self._draft)
        self.cost_page.show_settings(self._draft)

    def _index_changed(self, index: IndexSettings) -> None:
        """What is indexed and where it lies is told on the page of privacy."""
        self._change(index=index)
        self.privacy_page.show_settings(self._draft)

    def _ghost_changed(self, ghost: GhostSettings) -> None:
        """Two pages edit ghost text; each is shown what the other has changed."""
        self._change(ghost=ghost)
        self.ghost_page.show_settings(self._draft)
        self.keys_page.show_settings(self._draft)

    def _change(self, **sections: Any) -> None:
        self._draft = replace(self._draft, **sections)

    def _save_and_restart(self) -> None:
        self._restarts = True
        self.save()

    def _key_typed(self, new: NewKey) -> None:
        self._new_keys[new.base_url] = new.key

    def _page_shown(self) -> None:
        """Fill the pages that take a moment when somebody looks at them."""
        name = self.pages.current_name
        if name == "diagnosticsPage":
            self.diagnostics_page.refresh()
        elif name == "aboutPage":
            self.about_page.refresh()
        elif name == "costPage" and self._bridge.attached:
            self._bridge.assist.ledger(
                done=self.cost_page.show_ledger,
                failed=lambda _error: None,  # the day's sum stands there all the same
            )

    def _make_pages(self, around: Around, theme: Theme) -> None:
        self.vaults_page = VaultsPage(self)
        self.models_page = ModelsPage(self._bridge, theme, self._look_up_key, self)
        self.index_page = IndexPage(self)
        self.ghost_page = GhostPage(self)
        self.keys_page = KeysPage(around.keys, has_tray=around.has_tray, parent=self)
        self.appearance_page = AppearancePage(theme, self)
        self.privacy_page = PrivacyPage(around.places, self)
        self.cost_page = CostPage(around.cost_today, theme, self)
        self.diagnostics_page = DiagnosticsPage(around.report, self._tasks, theme, self)
        self.about_page = AboutPage(self)

    def _connect(self) -> None:
        change = self._change
        self.vaults_page.changed.connect(lambda vaults: change(vaults=vaults))
        self.models_page.changed.connect(self._models_changed)
        self.models_page.key_typed.connect(self._key_typed)
        self.index_page.changed.connect(self._index_changed)
        self.ghost_page.changed.connect(self._ghost_changed)
        self.keys_page.ghost_changed.connect(self._ghost_changed)
        self.keys_page.keys_changed.connect(lambda keys: change(keys=keys))
        self.keys_page.at_hand_changed.connect(lambda at_hand: change(at_hand=at_hand))
        self.appearance_page.changed.connect(lambda appearance: change(appearance=appearance))
        self.appearance_page.restart_requested.connect(self._save_and_restart)
        self.cost_page.changed.connect(lambda cost: change(cost=cost))
        self.pages.names.currentRowChanged.connect(lambda _row: self._page_shown())

    def _lay_out(self) -> None:
        pages = self.pages = IndexedPages(self)
        pages.add(self.vaults_page, "vaultsPage", self.tr("Vaults"))
        pages.add(self.models_page, "modelsPage", self.tr("Models"))
        pages.add(self.index_page, "indexPage", self.tr("Index"))
        pages.add(self.ghost_page, "ghostPage", self.tr("Ghost text"))
        pages.add(self.keys_page, "keysPage", self.tr("Keys"))
        pages.add(self.appearance_page, "appearancePage", self.tr("Appearance"))
        pages.add(self.privacy_page, "privacyPage", self.tr("Privacy"))
        pages.add(self.cost_page, "costPage", self.tr("Cost"))
        pages.add(self.diagnostics_page, "diagnosticsPage", self.tr("Diagnostics"))
        pages.add(self.about_page, "aboutPage", self.tr("About"))
        pages.show_page("modelsPage")
        pages.names.setFocus()
        self._save_button.setObjectName("saveButton")
        self._save_button.setProperty("primary", True)
        self._save_button.setAutoDefault(False)
        self._save_button.clicked.connect(self.save)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("cancelButton")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(cancel)
        foot.addWidget(self._save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(pages, 1)
        column.addWidget(self._problem)
        column.addLayout(foot)
