"""One window for each person and base folder: a second start hands its wish over and ends.

A lock file decides who is first. The first one listens on a local socket whose folder only its owner may
enter. What a message may say stands in `handover`; whatever else comes in is dropped.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from desktop.handover import ACCEPTED, LARGEST, REFUSED, Message, address_of, decode

if TYPE_CHECKING:  # imported where it is used: a first start needs the lock alone before its window is there
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

IDLE_MS = 2000


class SingleInstance(QObject):
    """The first instance's ear.

    Signals:
        raise_requested: Another start wants this window in front; carries the vault it named, or "".
        quick_ask_requested: `pilotfish quick-ask` was run.
    """

    raise_requested = Signal(str)
    quick_ask_requested = Signal()

    def __init__(self, base_dir: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = address_of(base_dir)
        self._lock = QLockFile(f"{self.address}.lock")
        self._lock.setStaleLockTime(0)  # only a lock whose process is gone is stale
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the first instance; False if there is one. Needs no application yet."""
        return self._lock.tryLock(0)

    def listen(self) -> bool:
        """Take messages of later starts from now on; call after `claim`, with an application."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)
        QLocalServer.removeServer(self.address)  # ours by the lock: whoever left it has gone
        if not self._server.listen(self.address):
            log.warning("later starts cannot reach this window: %s", self._server.errorString())
            return False
        return True

    def release(self) -> None:
        """Let the next start be the first one."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _take(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            buffer = bytearray()
            socket.readyRead.connect(partial(self._read, socket, buffer))
            socket.disconnected.connect(socket.deleteLater)
            QTimer.singleShot(IDLE_MS, socket, socket.abort)

    def _read(self, socket: QLocalSocket, buffer: bytearray) -> None:
        buffer += socket.readAll().data()
        if len(buffer) > LARGEST:
            log.warning("an over-long message was dropped")
            socket.abort()
        elif b"\n" in buffer:
            message = decode(bytes(buffer).split(b"\n")[0])
            socket.write(REFUSED if message is None else ACCEPTED)
            socket.flush()
            socket.disconnectFromServer()
            self._obey(message)

    def _obey(self, message: Message | None) -> None:
        if message is None:
            log.warning("a message that makes no sense was dropped")
            return
        if message.token:  # Qt's Wayland plugin looks for it here when a window is activated
            os.environ["XDG_ACTIVATION_TOKEN"] = message.token
        if message.command == "quick-ask":
            self.quick_ask_requested.emit()
        else:
            self.raise_requested.emit(message.vault)
