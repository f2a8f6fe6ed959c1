"""What a later start says to the instance that runs: one JSON line through a local socket.

Standard library, and little of it: `pilotfish quick-ask` is an interpreter and this module, and has to be
over before anybody notices that a program was started. `single_instance` is the other end.
"""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path

VERSION = 1
LARGEST = 64 * 1024
"""Bytes of one message, its line break included."""
COMMANDS = frozenset(("show", "quick-ask"))
ACCEPTED, REFUSED = b"ok\n", b"bad\n"

_CONNECT_S = 0.1
_REPLY_S = 1.0
_STARTING_S = 8.0
"""How long an instance that holds the lock may take until it listens; a cold start on a slow disk."""


class Message:
    """One wish: `show` the window, with a vault or without one, or `quick-ask`.

    `token` lets the window take the focus where the desktop asks for a reason (Wayland's xdg-activation).
    """

    __slots__ = ("command", "token", "vault")

    def __init__(self, command: str, vault: str = "", token: str = "") -> None:
        self.command = command
        self.vault = vault
        self.token = token

    def encode(self) -> bytes:
        """Return the line to send."""
        fields = {"version": VERSION, "command": self.command, "vault": self.vault, "token": self.token}
        return json.dumps(fields).encode("ascii") + b"\n"


def decode(line: bytes) -> Message | None:
    """Return the message of a line; None if it is none of ours. A missing token is an empty one."""
    try:
        fields = json.loads(line)
        known = fields["version"] == VERSION and fields["command"] in COMMANDS
        vault, token = fields["vault"], fields.get("token", "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not known or not isinstance(vault, str) or not isinstance(token, str):
        return None
    return Message(fields["command"], vault, token)


def activation_token() -> str:
    """Return what the desktop gave this start for taking the focus; empty where it gave nothing."""
    return os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID", "")


def deliver(address: str, message: Message) -> bool:
    """Hand a message to the running instance; False if there is none, or it refuses or stays silent."""
    try:
        return _exchange(address, message.encode()) == ACCEPTED
    except OSError:
        return False


def deliver_patiently(address: str, message: Message) -> bool:
    """As `deliver`, but give an instance that is only starting the time to do so."""
    deadline = time.monotonic() + _STARTING_S
    while not deliver(address, message):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def address_of(base_dir: Path | None) -> str:
    """Return the socket's name: one a user and base folder, short enough for a Unix socket.

    Raises:
        PermissionError: somebody else has made a folder of our name.
    """
    import hashlib

    whose = f"{_user()}\0{base_dir.expanduser().absolute() if base_dir else ''}"
    name = f"pilotfish-{hashlib.blake2b(whose.encode('utf-8', 'surrogateescape'), digest_size=6).hexdigest()}"
    return name if os.name == "nt" else str(runtime_folder() / name)


def runtime_folder() -> Path:
    """Return a folder that only this user may enter.

    Raises:
        PermissionError: somebody else has made a folder of our name.
    """
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if named and Path(named).is_dir():
        return Path(named)
    folder = Path(os.environ.get("TMPDIR") or "/tmp") / f"pilotfish-{_user()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def _exchange(address: str, line: bytes) -> bytes:
    """Send a line and return the answer to it."""
    if os.name == "nt":
        with Path(rf"\\.\pipe\{address}").open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.read(len(REFUSED))
    if not Path(address).exists():
        return b""  # a first start: not even the import of `socket` is spent on it
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_CONNECT_S)
        connection.connect(address)
        connection.settimeout(_REPLY_S)
        connection.sendall(line)
        return connection.recv(len(REFUSED))


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
