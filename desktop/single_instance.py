"""One window a person and base folder: a second start hands its vault over and ends.

A lock file decides who is first. The first one listens on a local socket whose folder only its owner may
enter. A message is one JSON line; whatever else comes in is dropped.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

if TYPE_CHECKING:  # imported where it is used: a first start needs the lock alone before its window is there
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

VERSION = 1
LARGEST = 64 * 1024
IDLE_MS = 2000
CONNECT_MS = 100
REPLY_MS = 1000


class SingleInstance(QObject):
    """The first instance's ear, and the mouth of those that come later.

    Signals:
        raise_requested: Another start wants this window in front; carries the vault it named, or "".
    """

    raise_requested = Signal(str)

    def __init__(self, base_dir: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = _address(base_dir)
        self._lock = QLockFile(f"{self._address}.lock")
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
        QLocalServer.removeServer(self._address)  # ours by the lock: whoever left it has gone
        if not self._server.listen(self._address):
            log.warning("later starts cannot reach this window: %s", self._server.errorString())
            return False
        return True

    def hand_over(self, vault: str = "") -> bool:
        """Ask the first instance to come to the front with a vault; False if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(CONNECT_MS):
            return False
        message = {"version": VERSION, "command": "show", "vault": vault}
        socket.write(json.dumps(message).encode("ascii") + b"\n")
        socket.waitForReadyRead(REPLY_MS)
        return bytes(socket.readAll().data()) == b"ok\n"

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
            vault = _vault_of(bytes(buffer).split(b"\n")[0])
            socket.write(b"bad\n" if vault is None else b"ok\n")
            socket.flush()
            socket.disconnectFromServer()
            if vault is not None:
                self.raise_requested.emit(vault)


def _vault_of(line: bytes) -> str | None:
    """Return the vault that a message names, "" for none; None if it is no message of ours."""
    try:
        message = json.loads(line)
        known = message["version"] == VERSION and message["command"] == "show"
        if known and isinstance(vault := message["vault"], str):
            return vault
    except (ValueError, KeyError, TypeError):
        pass
    log.warning("a message that makes no sense was dropped")
    return None


def _address(base_dir: Path | None) -> str:
    """Return the socket's name: one a user and base folder, short enough for a Unix socket."""
    whose = f"{_user()}\0{base_dir.expanduser().absolute() if base_dir else ''}"
    name = f"pilotfish-{hashlib.blake2b(whose.encode(), digest_size=6).hexdigest()}"
    return name if os.name == "nt" else str(_runtime_folder() / name)


def _runtime_folder() -> Path:
    """Return a folder that only this user may enter.

    Raises:
        PermissionError: somebody else has made a folder of our name.
    """
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if named and Path(named).is_dir():
        return Path(named)
    import tempfile

    folder = Path(tempfile.gettempdir()) / f"pilotfish-{_user()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
