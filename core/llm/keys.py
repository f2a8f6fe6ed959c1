"""API keys: kept in the system's keyring, each bound to the origin of its endpoint; never in a file.

A changed base URL therefore never inherits a key. Where there is no keyring, or it stays locked, a key is
remembered until the program ends. Every call may wait for the desktop's keyring: not for the GUI thread.
"""

from __future__ import annotations

import logging
from typing import Protocol

from core.llm.endpoint import origin

log = logging.getLogger(__name__)

SERVICE = "pilotfish"


class KeyringBackend(Protocol):
    """The three calls of a `keyring` back end that are used."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret."""


def system_keyring() -> KeyringBackend | None:
    """Return the platform's keyring, None where there is none that keeps secrets secret."""
    import keyring

    backend = keyring.get_keyring()
    # `fail` has no place to keep anything; `keyrings.alt` keeps keys in files of its own making.
    if type(backend).__module__.startswith(
        ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
    ):
        return None
    return backend


class Keys:
    """Looks up and keeps keys by endpoint."""

    def __init__(self, backend: KeyringBackend | None) -> None:
        self._backend = backend
        self._session: dict[str, str] = {}

    def get(self, base_url: str) -> str:
        """Return the key of the address's origin, empty where there is none."""
        user = origin(base_url)
        if user in self._session:
            return self._session[user]
        if self._backend is None:
            return ""
        try:
            return self._backend.get_password(SERVICE, user) or ""
        except Exception as error:  # noqa: BLE001  # back ends raise whatever their D-Bus or OS call raised
            log.warning("the keyring did not answer: %s", type(error).__name__)
            return ""

    def set(self, base_url: str, key: str) -> bool:
        """Keep a key; returns whether it outlives the program. An empty key forgets it."""
        user = origin(base_url)
        self._session.pop(user, None)
        if not key:
            self._forget(user)
            return True
        if self._backend is not None:
            try:
                self._backend.set_password(SERVICE, user, key)
            except Exception as error:  # noqa: BLE001  # as above
                log.warning("the keyring did not take a key: %s", type(error).__name__)
            else:
                return True
        self._session[user] = key
        return False

    def remember(self, base_url: str, key: str) -> None:
        """Use this key until the program ends, whatever the keyring says; empty asks the keyring again."""
        if key:
            self._session[origin(base_url)] = key
        else:
            self._session.pop(origin(base_url), None)

    def _forget(self, user: str) -> None:
        if self._backend is None:
            return
        try:
            if self._backend.get_password(SERVICE, user) is not None:
                self._backend.delete_password(SERVICE, user)
        except Exception as error:  # noqa: BLE001  # as above
            log.warning("the keyring did not forget a key: %s", type(error).__name__)
