"""An OpenAI-compatible address: what it is called, whether it is this machine, whether it may be used."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from core.errors import AddressNotSecure, OfflineMode, RequestRefused
from core.llm.chat import LOCAL

OPENAI_URL = "https://api.openai.com/v1"
"""Where a key of the environment belongs that has no address beside it."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is reached, and with what; the key never shows in `repr`."""

    name: str
    base_url: str
    key: str = field(default="", repr=False)
    use_proxy: bool = False
    allow_http: bool = False
    """Whether the person agreed to plain http:// to another machine."""

    @property
    def place(self) -> str:
        """`local` for this machine, else the host name."""
        return LOCAL if is_loopback(self.base_url) else host(self.base_url)


class AtEndpoint:
    """What a model at an endpoint is called; see `core.llm.chat.NamedModel`."""

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        self._endpoint = endpoint
        self._model = model

    @property
    def model(self) -> str:
        """The model's name as the provider knows it."""
        return self._model

    @property
    def provider(self) -> str:
        """The provider's name in the settings."""
        return self._endpoint.name

    @property
    def place(self) -> str:
        """`local`, else the host name that will see or hear what is sent."""
        return self._endpoint.place


def host(base_url: str) -> str:
    """Return the host name of a base URL, empty where it has none."""
    try:
        return urlsplit(base_url.strip()).hostname or ""
    except ValueError:
        return ""


def origin(base_url: str) -> str:
    """Return `scheme://host:port` in lower case, the port always written: what a key is bound to."""
    parts = urlsplit(base_url.strip())
    name = parts.hostname or ""
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme.lower()}://{shown}:{parts.port or _DEFAULT_PORTS.get(parts.scheme.lower(), 0)}"


def is_loopback(base_url: str) -> bool:
    """Whether the address is this machine; a name other than `localhost` is not looked up."""
    name = host(base_url)
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_offline(environment: Mapping[str, str]) -> bool:
    """Whether PILOTFISH_OFFLINE is set to anything but nothing or `0`."""
    return environment.get("PILOTFISH_OFFLINE", "") not in ("", "0")


def check(endpoint: Endpoint, *, offline: bool) -> None:
    """Raise unless text may be sent there.

    Raises:
        RequestRefused: not an http(s) address at all.
        OfflineMode: it leaves this machine although PILOTFISH_OFFLINE is set.
        AddressNotSecure: plain http:// to another machine without consent.
    """
    name, scheme = host(endpoint.base_url), urlsplit(endpoint.base_url.strip()).scheme.lower()
    if scheme not in _DEFAULT_PORTS or not name:
        raise RequestRefused(
            f"The address {endpoint.base_url} is not one of a model server; it starts with https:// or http://.",
            host=endpoint.base_url,
        )
    if is_loopback(endpoint.base_url):
        return
    if offline:
        raise OfflineMode(f"PILOTFISH_OFFLINE is set, so nothing is sent to {name}.", host=name)
    if scheme == "http" and not endpoint.allow_http:
        raise AddressNotSecure(f"Nothing was sent to {name}: its address is not encrypted.", host=name)
