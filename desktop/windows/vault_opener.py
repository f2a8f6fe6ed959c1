"""Opening a vault: its files at once, its engine after the first paint; closing both in order."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.concurrency import CancelToken
from core.engine.model import EngineConfig, EngineEvent, EngineLink, OnEngineEvent
from core.paths import Places
from core.settings import IndexSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles

log = logging.getLogger(__name__)

LinkFactory = Callable[[EngineConfig, OnEngineEvent], EngineLink]


def real_engine(config: EngineConfig, on_event: OnEngineEvent) -> EngineLink:
    """Start the engine in a process of its own."""
    from core.engine.client import EngineClient

    return EngineClient(config, on_event)


class VaultOpener(QObject):
    """Holds the open vault: its folder, files and engine.

    Signals:
        engine_started: There is an engine to speak to.
        engine_failed: It could not be started; carries the error.
    """

    engine_started = Signal()
    engine_failed = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        make_link: LinkFactory,
        places: Places,
        base_dir: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._make_link = make_link
        self._places = places
        self._base_dir = base_dir
        self._tasks = TaskRunner(self, name="engine-start")
        self._link: EngineLink | None = None
        self._starting: CancelToken | None = None
        self.vault: Path | None = None
        self.files: VaultFiles | None = None

    def open(self, vault: Path, index: IndexSettings) -> VaultFiles:
        """Take a folder for the vault; its engine is started by `start_engine`."""
        self.close()
        self.vault = vault
        self.files = VaultFiles(vault, self._places, index)
        return self.files

    def start_engine(self) -> None:
        """Start the engine of the open vault; its modules are imported beside the GUI thread."""
        if self._link is not None or self._starting is not None or self.vault is None:
            return
        self._starting = self._tasks.submit(_import_engine, done=self._start, failed=self._failed)

    def close(self) -> None:
        """Let go of the vault; its engine ends in the background, the next one waits for that."""
        if self._starting is not None:
            self._starting.cancel()
            self._starting = None
        self._bridge.detach()
        link, self._link = self._link, None
        if link is not None:
            self._tasks.submit(lambda _token: link.close(), done=lambda _none: None, failed=self._failed)
        self.vault = self.files = None

    def shutdown(self) -> None:
        """End the engine and wait for it, a few seconds at most."""
        link, self._link = self._link, None
        self._bridge.close()
        if link is not None:
            link.close()
        self._tasks.shutdown(timeout_s=8.0)  # an engine that was closed before may still be ending

    def _start(self, _imported: None) -> None:
        self._starting = None
        assert self.vault is not None
        files = self.files

        def hand_on(event: EngineEvent) -> None:
            if self.files is files:  # late words of an engine that is closing concern nobody
                self._bridge.handle_event(event)

        try:
            self._link = self._make_link(EngineConfig(self.vault, self._base_dir), hand_on)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the window works without an engine
            self._failed(error)
            return
        self._bridge.attach(self._link)
        self.engine_started.emit()

    def _failed(self, error: Exception) -> None:
        self._starting = None
        log.error("the engine could not be started or closed", exc_info=error)
        self.engine_failed.emit(error)


def _import_engine(_token: CancelToken) -> None:
    importlib.import_module("core.engine.client")
