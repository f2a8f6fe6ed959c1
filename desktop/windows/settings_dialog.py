"""The settings: nothing is written before *Save*, and keys go to the system's keyring, never to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.concurrency import CancelToken
from core.settings import AppearanceSettings, Settings, save
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.error_text import word
from desktop.theme.theme import Theme
from desktop.widgets.pages import Pages
from desktop.windows.settings_appearance import AppearancePage
from desktop.windows.settings_models import ModelsPage, NewKey


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


class SettingsDialog(QDialog):
    """Shows settings, changes a draft of them, and writes the draft when the person saves.

    Signals:
        settings_changed: They are saved; carries the new `Settings`.
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        file: Path,
        bridge: EngineBridge,
        tasks: TaskRunner,
        theme: Theme,
        *,
        keys: Callable[[], KeyStore] = system_keys,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = settings
        self._file = file
        self._tasks = tasks
        # A keyring may ask for its password and wait: not in the queue of those who save notes.
        self._key_tasks = TaskRunner(self, name="keys")
        self.finished.connect(lambda: self._key_tasks.shutdown(timeout_s=0))
        self._bridge = bridge
        self._keys = keys
        self._new_keys: dict[str, str] = {}
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.models_page = ModelsPage(bridge, theme, self._look_up_key, self)
        self.appearance_page = AppearancePage(theme, self)
        self._problem = QLabel(self)
        self._problem.setObjectName("settingsProblem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("problem", True)
        self._problem.hide()
        self._save_button = QPushButton(self.tr("Save"), self)
        self._lay_out()
        self.models_page.changed.connect(self._draft_changed)
        self.models_page.key_typed.connect(self._key_typed)
        self.appearance_page.changed.connect(self._appearance_changed)
        self.models_page.show_settings(settings)
        self.appearance_page.show_settings(settings)
        self.models_page.look_for_local()

    def save(self) -> None:
        """Keep new keys, then write the file, off the GUI thread; closes when that has been done."""
        self._save_button.setEnabled(False)
        self._problem.hide()
        if self._new_keys:
            work = partial(self._keep_keys, dict(self._new_keys))
            self._key_tasks.submit(work, done=self._write, failed=self._not_saved)
        else:
            self._write(True)

    def sizeHint(self) -> QSize:
        """Room for the models page."""
        return QSize(600, 640)

    def _keep_keys(self, new_keys: dict[str, str], _token: CancelToken) -> bool:
        """Runs on a worker thread; returns whether every key was kept."""
        store = self._keys()
        return all([store.set(base_url, key) for base_url, key in new_keys.items()])  # noqa: C419 -- try all

    def _write(self, keys_kept: bool) -> None:
        draft, file = self._draft, self._file
        self._tasks.submit(
            lambda _token: save(draft, file),
            done=lambda _none: self._saved(keys_kept),
            failed=self._not_saved,
        )

    def _saved(self, keys_kept: bool) -> None:
        self._save_button.setEnabled(True)
        for base_url, key in self._new_keys.items():
            self._bridge.keep_key(base_url, key)  # the engine may have looked for it before
        self._new_keys.clear()
        self.settings_changed.emit(self._draft)
        if keys_kept:
            self.accept()
            return
        self._show_problem(
            self.tr(
                "The settings are saved. This system has no keyring, so the key is kept only until Pilotfish "
                "is closed. To keep it for good, install one, such as GNOME Keyring or KWallet."
            )
        )

    def _not_saved(self, error: Exception) -> None:
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

    def _draft_changed(self, draft: Settings) -> None:
        self._draft = replace(draft, appearance=self._draft.appearance)

    def _appearance_changed(self, appearance: AppearanceSettings) -> None:
        self._draft = replace(self._draft, appearance=appearance)

    def _key_typed(self, new: NewKey) -> None:
        self._new_keys[new.base_url] = new.key

    def _lay_out(self) -> None:
        pages = Pages(self)
        pages.add(self.models_page, "modelsPage", self.tr("Models"))
        pages.add(self.appearance_page, "appearancePage", self.tr("Appearance"))
        self._save_button.setObjectName("saveButton")
        self._save_button.setProperty("primary", True)
        self._save_button.setDefault(True)
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
