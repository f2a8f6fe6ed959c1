"""The settings in this program: the dialog with what it needs to know, and what follows from its answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from core.concurrency import CancelToken
from core.input_method import complaint, named_method
from core.paths import Places
from core.settings import KeySettings, Settings
from desktop import restart
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.garbage import give_back
from desktop.hotkey.hotkey import Hotkey
from desktop.shortcuts import Shortcuts
from desktop.theme.theme import Theme

if TYPE_CHECKING:  # imported when it is opened: nobody starts a program to see its settings
    from core.vault.discovery import FoundVault
    from desktop.windows.main_window import MainWindow
    from desktop.windows.settings_dialog import SettingsDialog


class SettingsDesk(QObject):
    """Opens the settings over a window, one dialog at a time.

    Signals:
        changed: They were saved; carries the new `Settings`.
        vault_requested: The person wants another vault; carries its path.
        folder_requested: The person wants to look for a folder.
        forget_requested: The recent questions are to be forgotten.
    """

    changed = Signal(object)
    vault_requested = Signal(str)
    folder_requested = Signal()
    forget_requested = Signal()

    def __init__(
        self,
        bridge: EngineBridge,
        tasks: TaskRunner,
        theme: Theme,
        hotkey: Hotkey,
        keys: tuple[KeySettings, ...],
        *,
        places: Places,
        cost_today: Callable[[], float],
        parent: MainWindow,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._tasks, self._theme, self._hotkey = bridge, tasks, theme, hotkey
        self._places, self._cost_today, self._window = places, cost_today, parent
        self.dialog: SettingsDialog | None = None
        self.shortcuts = Shortcuts(parent)
        self.shortcuts.tell_again_when(parent.page.find_bar_made, parent.page.empty.said)
        self.changed.connect(lambda settings: self.shortcuts.use(settings.keys))
        # Once everything is there: parts that are made after this one bring actions as well.
        QTimer.singleShot(0, self, lambda: self.shortcuts.use(keys))

    def show(self, settings: Settings, page: str = "") -> None:
        """Open the dialog on a page, by its name; else where it begins."""
        if self.dialog is None:
            self.dialog = self._make(settings)
            self.dialog.open()
        if page:
            self.dialog.pages.show_page(page)

    def _make(self, settings: Settings) -> SettingsDialog:
        from core.diagnostics import report
        from desktop.windows.settings_dialog import Around, SettingsDialog

        around = Around(
            self._places,
            self.shortcuts.known(),
            has_tray=QSystemTrayIcon.isSystemTrayAvailable(),
            cost_today=self._cost_today,
            report=lambda: partial(report, self._places, settings, self._facts()),
        )
        dialog = SettingsDialog(
            settings, self._bridge, self._tasks, self._theme, around=around, parent=self._window
        )
        self._connect(dialog, settings)
        self._tasks.submit(
            _look_for_vaults,
            done=dialog.vaults_page.show_found,
            failed=lambda _error: None,  # one offer fewer, nothing worse
        )
        return dialog

    def _connect(self, dialog: SettingsDialog, settings: Settings) -> None:
        dialog.settings_changed.connect(self.changed)
        dialog.restart_requested.connect(self._restart)
        dialog.vaults_page.open_requested.connect(partial(self._leave_for, self.vault_requested.emit))
        dialog.vaults_page.choose_requested.connect(partial(self._leave_for, self.folder_requested.emit))
        dialog.privacy_page.forget_requested.connect(self.forget_requested)
        dialog.keys_page.hotkey_tried.connect(self._hotkey.use)
        dialog.keys_page.show_hotkey(self._hotkey.status)
        self._hotkey.changed.connect(dialog.keys_page.show_hotkey)
        dialog.rejected.connect(lambda: self._hotkey.use(settings.at_hand.quick_ask))
        dialog.finished.connect(self._closed)

    def _leave_for(self, call: Callable[..., None], *words: str) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        call(*words)

    def _restart(self) -> None:
        """End, and begin anew with what was saved."""
        application = QApplication.instance()
        if application is not None:
            restart.want(application)
            self._window.quit()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            self._hotkey.changed.disconnect(dialog.keys_page.show_hotkey)
            dialog.destroyed.connect(lambda: QTimer.singleShot(0, give_back))  # when it has quite gone
            dialog.deleteLater()

    def _facts(self) -> dict[str, str]:
        """Return what only the window knows of the system."""
        screens = (
            f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
            for screen in QGuiApplication.screens()
        )
        status = self._hotkey.status
        names = ("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_IM_MODULE", "QT_IM_MODULES", "LANG")
        return {
            "qt platform": QGuiApplication.platformName(),
            "screens": ", ".join(screens),
            "hotkey": " ".join(filter(None, (status.state.name.lower(), status.backend, status.reason))),
            "input method": complaint(os.environ, Path.home()) or named_method(os.environ) or "none named",
            **{name: os.environ.get(name, "") for name in names},
        }


def _look_for_vaults(_token: CancelToken) -> list[FoundVault]:
    from core.vault.discovery import find_vaults

    return find_vaults(Path.home())
