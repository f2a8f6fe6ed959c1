"""The guide of a first start in this program: what each of its steps does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from core.settings import Settings
from core.vault.discovery import find_vaults
from desktop.app import App
from desktop.windows.first_run import FirstRun


class FirstSteps(QObject):
    """Shows the guide over the window and carries out what is chosen."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        keys = app.settings_desk.shortcuts.known()
        self.guide = FirstRun(app.settings, app.bridge, app.window, window_keys=keys)
        self._connect()
        app.tasks.submit(
            lambda _token: find_vaults(Path.home()),
            done=self.guide.show_vaults,
            failed=lambda _error: None,  # one offer fewer, nothing worse
        )
        self.guide.open()

    def _connect(self) -> None:
        app, guide, hotkey = self._app, self.guide, self._app.at_hand.hotkey
        guide.vault_chosen.connect(app.vaults.switch)
        guide.folder_requested.connect(app.vaults.choose)
        guide.welcome_requested.connect(app.vaults.try_welcome)
        guide.settings_changed.connect(self._keep)
        guide.models_requested.connect(lambda: app.show_settings("modelsPage"))
        guide.hotkey_tried.connect(hotkey.use)
        hotkey.changed.connect(guide.show_hotkey)
        guide.show_hotkey(hotkey.status)
        app.opener.engine_started.connect(self._vault_opened)
        app.settings_desk.changed.connect(guide.follow)
        guide.finished.connect(self._finished)

    def _keep(self, changed: Settings) -> None:
        """Take over what the guide sets, and nothing that was set elsewhere meanwhile."""
        self._app.keep_settings(
            replace(
                self._app.settings,
                providers=changed.providers,
                fast=changed.fast,
                precise=changed.precise,
                at_hand=changed.at_hand,
            )
        )

    def _vault_opened(self) -> None:
        self.guide.vault_is_open()

    def _finished(self) -> None:
        self._app.at_hand.hotkey.changed.disconnect(self.guide.show_hotkey)
        self._app.opener.engine_started.disconnect(self._vault_opened)
        self.guide.deleteLater()
        self.deleteLater()
