"""What a screen reader sees and does: the program through AT-SPI, on a desktop session of its own.

No mouse, no keyboard, no widget: names, roles, states and actions on the accessibility bus are all there is.
The interfaces: https://gitlab.gnome.org/GNOME/at-spi2-core/-/tree/main/xml
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dbus_fast import Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus

LAUNCHERS = [Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher")]
MISSING = "needs at-spi2-core, dbus-daemon and Xvfb; `dev.py test` installs them on Debian"
PATIENCE_S = 60.0
_ATSPI = "org.a11y.atspi."
_ROOT = "/org/a11y/atspi/accessible/root"
_AT_ONCE = 24
"""Calls under way: with a full socket dbus-fast 5.2 ends the connection."""
_FOCUS = "object:state-changed:focused"
_STATES = {
    4: "checked",
    7: "editable",
    8: "enabled",
    11: "focusable",
    12: "focused",
    25: "showing",
    30: "visible",
}
"""AtspiStateType, as far as it is looked at."""


def is_there() -> bool:
    """Whether this machine has what it takes."""
    programs = all(map(shutil.which, ("dbus-daemon", "Xvfb")))
    return programs and any(launcher.exists() for launcher in LAUNCHERS)


class Session:
    """A desktop session with nobody in front of it: an X server, a bus, and assistive technology on."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pf-a11y-")  # a socket's path is short
        self._started: list[subprocess.Popen[str]] = []
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": self._folder.name, "QT_QPA_PLATFORM": "xcb"}
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def __enter__(self) -> Self:
        display = self._start("Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp")
        self.environment["DISPLAY"] = f":{display}"
        address = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self.environment |= {"DBUS_SESSION_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._started):
            os.killpg(process.pid, signal.SIGTERM)  # the bus has started the accessibility bus
            process.wait(15)
            assert process.stdout is not None
            process.stdout.close()
        self._folder.cleanup()

    def _start(self, *command: str) -> str:
        """Start a program and return the first line it prints."""
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=self.environment,
            start_new_session=True,
        )
        self._started.append(process)
        assert process.stdout is not None
        return process.stdout.readline().strip()


@dataclass(frozen=True)
class Node:
    """One accessible object as it was when it was looked at."""

    bus: str
    path: str
    role: str = ""
    name: str = ""
    states: frozenset[str] = frozenset()

    @property
    def can_be_used(self) -> bool:
        """Whether it is on the screen and not greyed out."""
        return {"showing", "enabled"} <= self.states


class Reader:
    """Reads the accessibility bus of a session and acts on what is there."""

    def __init__(self, session: Session) -> None:
        self._loop = asyncio.Runner()
        self._session = session
        self.environment = session.environment
        self._bus: MessageBus | None = None
        self._focused: Node | None = None
        self._room = asyncio.Semaphore(_AT_ONCE)

    def __enter__(self) -> Self:
        self._loop.run(self._connect())
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._bus is not None:
            self._bus.disconnect()
            self._loop.run(self._bus.wait_for_disconnect())
        self._loop.close()

    def find(self, role: str, name: str, *, usable: bool = True) -> Node:
        """Return the last object of that role and name, once it is there and can be used."""

        def wanted() -> Node | None:
            found = [one for one in self.look() if (one.role, one.name) == (role, name)]
            found = [one for one in found if one.can_be_used] if usable else found
            return found[-1] if found else None

        return self.wait(wanted, f"the {role} “{name}”")

    def look(self) -> list[Node]:
        """Return everything that any program shows."""
        return self._loop.run(self._walk())

    def names(self, role: str) -> list[str]:
        """Return the names of everything of that role that is in sight."""
        return [one.name for one in self.look() if one.role == role and "showing" in one.states]

    def nameless(self) -> list[Node]:
        """Return what can take the focus and has nothing to be called by."""
        return [one for one in self.look() if {"showing", "focusable"} <= one.states and not one.name.strip()]

    def press(self, role: str, name: str) -> None:
        """Do what the object is there for, and do not wait until it is done: that may be a dialog's end."""
        node = self.find(role, name)
        offered = [action[0] for action in self._do(node, "Action", "GetActions")[0]]
        place = offered.index("Press") if "Press" in offered else 0
        self._loop.run(self._tell(node, _ATSPI + "Action", "DoAction", "i", [place]))

    def write(self, role: str, name: str, text: str) -> None:
        """Put this text into a field in place of what is there."""
        self._do(self.find(role, name), "EditableText", "SetTextContents", "s", [text])

    def focus(self, role: str, name: str) -> None:
        """Bring the focus there."""
        self._do(self.find(role, name), "Component", "GrabFocus")

    def select(self, role: str, name: str, start: int, end: int) -> None:
        """Select a piece of text, in characters."""
        self._do(self.find(role, name), "Text", "AddSelection", "ii", [start, end])

    def text(self, role: str, name: str) -> str:
        """Return what is written there."""
        return str(self._do(self.find(role, name, usable=False), "Text", "GetText", "ii", [0, -1])[0])

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        """Return what the condition returns once that is something; fail the test after a minute."""
        deadline = time.monotonic() + PATIENCE_S
        while not (found := condition()):
            if time.monotonic() > deadline:
                shown = "\n".join(f"{one.role}: {one.name}" for one in self.look() if "showing" in one.states)
                raise AssertionError(f"waited {PATIENCE_S:.0f} s for {what} among\n{shown}")
            time.sleep(0.1)
        return found

    def _do(
        self, node: Node, interface: str, member: str, signature: str = "", body: Sequence[Any] = ()
    ) -> list[Any]:
        return self._loop.run(self._call(node, _ATSPI + interface, member, signature, body))

    async def _connect(self) -> None:
        address = self._session.environment["DBUS_SESSION_BUS_ADDRESS"]
        session = await MessageBus(bus_address=address).connect()
        launcher = Node("org.a11y.Bus", "/org/a11y/bus")
        try:
            told = await self._call(launcher, "org.a11y.Bus", "GetAddress", bus=session)
            enabled = ["org.a11y.Status", "IsEnabled", Variant("b", True)]
            await self._call(launcher, "org.freedesktop.DBus.Properties", "Set", "ssv", enabled, bus=session)
        finally:
            session.disconnect()
        self._bus = await MessageBus(bus_address=str(told[0])).connect()
        await self._follow_focus()

    async def _follow_focus(self) -> None:
        """Hear where the focus goes: an open menu belongs to no window, and is found by its entry."""
        assert self._bus is not None
        registry = Node(_ATSPI + "Registry", "/org/a11y/atspi/registry")
        for _ in range(20):  # WORKAROUND: at-spi2-registryd 2.46 crashes at one in four, and is started anew
            with suppress(LookupError):
                await self._call(registry, registry.bus, "RegisterEvent", "sass", [_FOCUS, [], ""])
                break
        rule = f"type='signal',interface='{_ATSPI}Event.Object',member='StateChanged'"
        daemon = Node("org.freedesktop.DBus", "/org/freedesktop/DBus")
        await self._call(daemon, daemon.bus, "AddMatch", "s", [rule])
        self._bus.add_message_handler(self._heard)

    def _heard(self, message: Message) -> None:
        if message.member == "StateChanged" and message.body[:2] == ["focused", 1]:
            self._focused = Node(str(message.sender), str(message.path))

    async def _call(
        self,
        node: Node,
        interface: str,
        member: str,
        signature: str = "",
        body: Sequence[Any] = (),
        *,
        bus: MessageBus | None = None,
    ) -> list[Any]:
        message = _message(node, interface, member, signature, body)
        connection = bus or self._bus
        assert connection is not None
        async with self._room:
            reply = await connection.call(message)
        assert reply is not None
        if reply.message_type is MessageType.ERROR:
            raise LookupError(f"{member} of {node}: {reply.error_name} {reply.body}")
        return list(reply.body)

    async def _tell(
        self, node: Node, interface: str, member: str, signature: str, body: Sequence[Any]
    ) -> None:
        flags = MessageFlag.NO_REPLY_EXPECTED
        message = _message(node, interface, member, signature, body, flags=flags)
        assert self._bus is not None
        await self._bus.send(message)

    async def _walk(self) -> list[Node]:
        """Go through all programs, level by level; what goes away meanwhile is left out."""
        level = [Node(_ATSPI + "Registry", _ROOT), *await self._around_focus()]
        found: list[Node] = []
        while level:
            below = await asyncio.gather(*map(self._children, level))
            level = [node for nodes in below for node in nodes]
            found += level
        return found

    async def _around_focus(self) -> list[Node]:
        """Return what holds the object that has the focus."""
        if self._focused is None:
            return []
        properties = "org.freedesktop.DBus.Properties"
        try:
            told = await self._call(self._focused, properties, "Get", "ss", [_ATSPI + "Accessible", "Parent"])
        except LookupError:
            return []  # it has gone
        return [Node(*told[0].value)]

    async def _children(self, parent: Node) -> list[Node]:
        try:
            (children,) = await self._call(parent, _ATSPI + "Accessible", "GetChildren")
            return await asyncio.gather(*(self._described(bus, path) for bus, path in children))
        except LookupError:
            return []

    async def _described(self, bus: str, path: str) -> Node:
        node = Node(bus, path)
        accessible = _ATSPI + "Accessible"
        name, role, states = await asyncio.gather(
            self._call(node, "org.freedesktop.DBus.Properties", "Get", "ss", [accessible, "Name"]),
            self._call(node, accessible, "GetRoleName"),
            self._call(node, accessible, "GetState"),
        )
        low, high = states[0]
        bits = low | high << 32
        known = frozenset(word for bit, word in _STATES.items() if bits >> bit & 1)
        return Node(bus, path, role[0], name[0].value, known)


def _message(
    node: Node,
    interface: str,
    member: str,
    signature: str,
    body: Sequence[Any],
    *,
    flags: MessageFlag = MessageFlag.NONE,
) -> Message:
    return Message(
        destination=node.bus,
        path=node.path,
        interface=interface,
        member=member,
        signature=signature,
        body=list(body),
        flags=flags,
    )
