"""The portal of global shortcuts, spoken over D-Bus; asyncio, no Qt.

Portals answer twice: the call returns the path of a request, the outcome comes as its `Response` signal. The
path is known beforehand from our bus name and a token, so we listen before we ask and can miss nothing.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbus_fast import Message, Variant
    from dbus_fast.aio import MessageBus

PORTAL = "org.freedesktop.portal.Desktop"
OBJECT = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SHORTCUT_ID = "quick-ask"

_ANSWER_S = 20.0
"""For answers that need nobody; the person may take as long as it pleases over a question."""
_LEAVE_S = 1.0
_CANCELLED = 1
"""`Response` code 1: the person said no; 2: it ended in some other way."""


class PortalUnavailable(Exception):
    """There is no portal for shortcuts, or it does not know this program."""


class PortalRefused(Exception):
    """The portal was asked and said no."""


class PortalClient:
    """One session with one shortcut."""

    def __init__(self, app_id: str, address: str | None = None) -> None:
        self._app_id = app_id
        self._address = address
        self._bus: MessageBus | None = None
        self._session = ""
        self._pressed: Callable[[], None] | None = None
        self._ended = asyncio.Event()
        self._responses: dict[str, asyncio.Future[tuple[int, dict[str, Variant]]]] = {}

    async def connect(self) -> None:
        """Reach the bus and say who we are.

        Raises:
            PortalUnavailable: there is no session bus.
        """
        from dbus_fast.aio import MessageBus
        from dbus_fast.errors import DBusFastError

        try:
            self._bus = await MessageBus(bus_address=self._address).connect()
        except (DBusFastError, OSError, ValueError) as error:
            raise PortalUnavailable(f"no session bus: {error}") from error
        self._bus.add_message_handler(self._take)
        await self._listen("type='signal',interface='org.freedesktop.portal.Request'")
        await self._listen("type='signal',interface='org.freedesktop.portal.Session'")
        await self._listen(f"type='signal',interface='{SHORTCUTS}'")
        await self._register()

    async def bind(self, trigger: str, description: str, pressed: Callable[[], None]) -> str:
        """Ask for a shortcut and return its trigger as the desktop words it.

        Raises:
            PortalUnavailable: the desktop has no such portal.
            PortalRefused: the portal or the person said no, or bound nothing.
        """
        from dbus_fast import Variant

        token = f"pilotfish_{secrets.token_hex(4)}"
        made = await self._request("CreateSession", "a{sv}", [], {"session_handle_token": token})
        self._session = str(_value(made, "session_handle"))
        self._pressed = pressed
        wish = {"description": Variant("s", description), "preferred_trigger": Variant("s", trigger)}
        body: list[Any] = [self._session, [[SHORTCUT_ID, wish]], ""]
        bound = await self._request("BindShortcuts", "oa(sa{sv})sa{sv}", body, {}, patient=True)
        for name, properties in _value(bound, "shortcuts") or []:
            if name == SHORTCUT_ID:
                return str(_value(properties, "trigger_description") or "")
        raise PortalRefused("the desktop bound no shortcut")

    async def closed(self) -> None:
        """Wait until the desktop ends the session or the bus goes away."""
        assert self._bus is not None
        bus_gone = asyncio.ensure_future(self._bus.wait_for_disconnect())  # type: ignore[no-untyped-call]
        session_ended = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait((bus_gone, session_ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (bus_gone, session_ended):
                task.cancel()

    async def close(self) -> None:
        """Leave the bus; the portal ends the session of whoever leaves."""
        bus, self._bus = self._bus, None
        if bus is not None and bus.connected:
            bus.disconnect()
            with suppress(Exception):  # it may end with the very error that made us leave
                await asyncio.wait_for(bus.wait_for_disconnect(), _LEAVE_S)  # type: ignore[no-untyped-call]

    async def _register(self) -> None:
        """Name this program: portals since 1.21 refuse those outside a sandbox that have no name."""
        try:
            await self._call("org.freedesktop.host.portal.Registry", "Register", "sa{sv}", [self._app_id, {}])
        except PortalUnavailable:
            return  # an older portal, which needs no name

    async def _request(
        self, method: str, signature: str, body: list[Any], options: dict[str, str], *, patient: bool = False
    ) -> dict[str, Variant]:
        from dbus_fast import Variant

        assert self._bus is not None
        token = f"pilotfish_{secrets.token_hex(4)}"
        sender = str(self._bus.unique_name).lstrip(":").replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{sender}/{token}"
        future = self._responses[path] = asyncio.get_running_loop().create_future()
        wishes = {"handle_token": token, **options}
        named = {name: Variant("s", value) for name, value in wishes.items()}
        try:
            await self._call(SHORTCUTS, method, signature, [*body, named])
            code, results = await asyncio.wait_for(future, None if patient else _ANSWER_S)
        except TimeoutError as error:
            raise PortalUnavailable(f"{method} was never answered") from error
        finally:
            del self._responses[path]
        if code != 0:
            who = "the person" if code == _CANCELLED else "the desktop"
            raise PortalRefused(f"{method} was refused by {who}")
        return dict(results)

    async def _call(self, interface: str, method: str, signature: str, body: list[Any]) -> None:
        from dbus_fast import Message

        await self._send(Message(PORTAL, OBJECT, interface, method, signature=signature, body=body))

    async def _listen(self, rule: str) -> None:
        from dbus_fast import Message

        bus, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
        await self._send(Message(bus, path, bus, "AddMatch", signature="s", body=[rule]))

    async def _send(self, message: Message) -> None:
        from dbus_fast import MessageType

        assert self._bus is not None
        method = message.member
        try:
            reply = await asyncio.wait_for(self._bus.call(message), _ANSWER_S)
        except (TimeoutError, OSError, EOFError) as error:
            raise PortalUnavailable(f"{method}: no answer from the bus") from error
        if reply is None or reply.message_type is MessageType.ERROR:
            detail = f"{reply.error_name}: {reply.body[0] if reply.body else ''}" if reply else "none"
            raise PortalUnavailable(f"{method}: {detail}")

    def _take(self, message: Message) -> None:
        """Look at every message of the bus; only signals concern us."""
        if message.member == "Response" and (future := self._responses.get(message.path or "")):
            if not future.done():
                future.set_result((message.body[0], message.body[1]))
        elif message.member == "Activated" and message.interface == SHORTCUTS:
            if message.body[0] == self._session and message.body[1] == SHORTCUT_ID and self._pressed:
                self._pressed()
        elif message.member == "Closed" and message.path == self._session:
            self._ended.set()


def _value(results: dict[str, Variant], name: str) -> Any:
    found = results.get(name)
    return None if found is None else found.value
