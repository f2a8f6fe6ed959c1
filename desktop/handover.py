"""What a later start says to the instance that runs: one JSON line through a local socket.

`pilotfish quick-ask` is an interpreter and this module, and has to be over before anybody notices that a
program was started. So the line is sent with what the interpreter has loaded already; the libraries that
would read better (`json`, `hashlib`, `socket`, `pathlib`) take as long as all the rest of the client.
`single_instance` is the other end.
"""

import os
import stat
import time

QUICK_ASK = "quick-ask"
VERSION = 1
LARGEST = 64 * 1024
"""Bytes of one message, its line break included."""
COMMANDS = frozenset(("show", QUICK_ASK))
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
        fields = {"command": self.command, "vault": self.vault, "token": self.token}
        pairs = [f'"version": {VERSION}', *(f'"{name}": {_quoted(text)}' for name, text in fields.items())]
        return f"{{{', '.join(pairs)}}}\n".encode("ascii")


def decode(line: bytes) -> Message | None:
    """Return the message of a line; None if it is none of ours. A missing token is an empty one."""
    import json

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


def address_of(base_dir: os.PathLike[str] | str | None) -> str:
    """Return the socket's name: one a user and base folder, short enough for a Unix socket.

    Raises:
        PermissionError: somebody else has made a folder of our name.
    """
    from _blake2 import blake2b  # what `hashlib` hands out, without OpenSSL on the way to it

    whose = f"{_user()}\0{os.path.abspath(os.path.expanduser(base_dir)) if base_dir else ''}"
    name = f"pilotfish-{blake2b(whose.encode('utf-8', 'surrogateescape'), digest_size=6).hexdigest()}"
    return name if os.name == "nt" else os.path.join(runtime_folder(), name)


def runtime_folder() -> str:
    """Return a folder that only this user may enter.

    Raises:
        PermissionError: somebody else has made a folder of our name.
    """
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if named and os.path.isdir(named):
        return named
    folder = os.path.join(os.environ.get("TMPDIR") or "/tmp", f"pilotfish-{_user()}")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def _exchange(address: str, line: bytes) -> bytes:
    """Send a line and return the answer to it."""
    if os.name == "nt":
        with open(rf"\\.\pipe\{address}", "r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.read(len(REFUSED))
    import _socket  # the class that `socket` wraps: no selectors, no enumerations

    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.settimeout(_CONNECT_S)
        connection.connect(address)
        connection.settimeout(_REPLY_S)
        connection.sendall(line)
        return connection.recv(len(REFUSED))
    finally:
        connection.close()


def _quoted(text: str) -> str:
    """Return a text as JSON writes it, in ASCII."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    import json

    return json.dumps(text)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
