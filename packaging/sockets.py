"""Which sockets a program opened, as `strace` saw them: the proof that nobody is spoken to unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

WATCH = [
    "strace",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-yy",
    "-e",
    "trace=socket,connect,bind,sendto,sendmsg,sendmmsg",
]
"""-yy names each socket by its inode, so that one which is handed to a child is still known as the same."""

_LINE = re.compile(r"(?P<task>\d+)\s+(?:<\.\.\. \w+ resumed>)?(?P<text>.*)")
_UNFINISHED = " <unfinished ...>"
_OPENED = re.compile(r"(?P<call>socket)\(AF_(?P<family>\w+), .*\)\s+= \d+<(?P<socket>.+)>$")
_USED = re.compile(r"(?P<call>connect|bind|send\w+)\(\d+<(?P<socket>.+?)>, .*?\{sa_family=AF_(?P<family>\w+)")
_ADDRESS = re.compile(r'port=htons\((?P<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?P<host>[^"]+)"')
_OURSELVES = frozenset(("UNIX", "LOCAL", "UNSPEC"))


def watched(command: list[str], log: Path) -> list[str]:
    """Return the command that runs `command` and all its children under strace, which writes to `log`."""
    return [*WATCH, "-o", str(log), *command]


def strangers(log: Iterable[str], allowed: str) -> list[str]:
    """Return what was done with every socket that is neither AF_UNIX nor connected to `allowed`, host:port.

    A socket that was opened and never used counts as well; one that only speaks to `allowed` does not.
    """
    opened: dict[str, str] = {}
    deeds: dict[str, set[str]] = {}
    for call in _calls(log):
        found = _OPENED.match(call) or _USED.match(call)
        if found is None or found["family"] in _OURSELVES:
            continue
        socket = found["socket"]
        opened.setdefault(socket, found["family"])
        if found["call"] != "socket":
            deeds.setdefault(socket, set()).add(f"{found['call']} {_address(call)}".rstrip())
    strange = {name for name in opened if deeds.get(name) != {f"connect {allowed}"}}
    return [
        f"AF_{opened[name]} socket: {', '.join(sorted(deeds.get(name, ()))) or 'opened and never used'}"
        for name in sorted(strange)
    ]


def _calls(log: Iterable[str]) -> Iterator[str]:
    """Yield each system call in one piece; strace parts those during which another task called."""
    begun: dict[str, str] = {}
    for line in log:
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            continue
        text = begun.pop(found["task"], "") + found["text"]
        if text.endswith(_UNFINISHED):
            begun[found["task"]] = text.removesuffix(_UNFINISHED)
        else:
            yield text
    yield from begun.values()


def _address(call: str) -> str:
    found = _ADDRESS.search(call)
    return f"{found['host']}:{found['port']}" if found else ""
