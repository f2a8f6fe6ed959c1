"""A desktop's portal on a private bus: grants, refuses, forgets, says no for want of a name."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
PATH = "/org/freedesktop/portal/desktop"
NOT_ALLOWED = "org.freedesktop.portal.Error.NotAllowed"
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class MockPortal:
    """Serves on a thread of its own.

    Args:
        answers: a method -> the response code of its request; None for never. A missing one is 0.
        installed: whether a .desktop file of the program's name is installed (portals since 1.22 look).
        needs_name: whether a program without a name is refused (portals since 1.21 do).
        shortcuts: whether there is a portal for shortcuts at all.
    """

    def __init__(self, address, *, answers=None, installed=True, needs_name=True, shortcuts=True, binds=True):
        self.answers = answers or {}
        self.installed, self.needs_name = installed, needs_name
        self.shortcuts, self.binds = shortcuts, binds
        self.registered = ""
        self.triggers: list[str] = []
        self.session = ""
        self._loop = asyncio.new_event_loop()
        self._bus: MessageBus | None = None
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self._run(self._start(address))

    def press(self, shortcut="quick-ask", session=None):
        """Let the desktop report a press."""
        self._send(PATH, SHORTCUTS, "Activated", "osta{sv}", [session or self.session, shortcut, 7, {}])

    def end_session(self):
        """Let the desktop end the session."""
        self._send(self.session, "org.freedesktop.portal.Session", "Closed", "a{sv}", [{}])

    def close(self):
        """Leave the bus."""
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    def _serve(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    async def _start(self, address):
        self._bus = await MessageBus(bus_address=address).connect()
        self._bus.add_message_handler(self._take)
        await self._bus.request_name("org.freedesktop.portal.Desktop")

    async def _leave(self):
        self._bus.disconnect()
        with suppress(Exception):
            await self._bus.wait_for_disconnect()

    def _send(self, path, interface, member, signature, body):
        signal = Message.new_signal(path, interface, member, signature, body)
        self._loop.call_soon_threadsafe(self._bus.send, signal)

    def _take(self, message):
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
            return None
        if message.interface == REGISTRY and self.needs_name:
            return self._register(message)
        if message.interface == SHORTCUTS and self.shortcuts:
            return getattr(self, f"_{message.member}")(message)
        return Message.new_error(message, UNKNOWN, f"no {message.interface}")

    def _register(self, message):
        if not self.installed:
            failed = "org.freedesktop.portal.Error.Failed"
            return Message.new_error(message, failed, "Could not register app ID: App info not found")
        self.registered = message.body[0]
        return Message.new_method_return(message)

    def _CreateSession(self, message):  # noqa: N802
        if self.needs_name and not self.registered:
            return Message.new_error(message, NOT_ALLOWED, "An app id is required")
        self.session = f"{PATH}/session/1/{message.body[0]['session_handle_token'].value}"
        return self._answer(message, message.body[0], {"session_handle": Variant("s", self.session)})

    def _BindShortcuts(self, message):  # noqa: N802
        _session, shortcuts, _window, options = message.body
        self.triggers += [properties["preferred_trigger"].value for _name, properties in shortcuts]
        bound = [["quick-ask", {"trigger_description": Variant("s", "Press Ctrl+Alt+Leertaste")}]]
        results = {"shortcuts": Variant("a(sa{sv})", bound if self.binds else [])}
        return self._answer(message, options, results)

    def _answer(self, message, options, results):
        """Return the request's path; its outcome comes as a signal of its own, even before the return."""
        sender = message.sender.lstrip(":").replace(".", "_")
        handle = f"{PATH}/request/{sender}/{options['handle_token'].value}"
        code = self.answers.get(message.member, 0)
        if code is not None:
            body = [code, results if code == 0 else {}]
            self._bus.send(
                Message.new_signal(handle, "org.freedesktop.portal.Request", "Response", "ua{sv}", body)
            )
        return Message.new_method_return(message, "o", [handle])
