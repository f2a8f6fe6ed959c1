"""Finds model servers that already run on this machine; nothing else is ever asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import ModelError
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import list_models
from core.llm.quirks import LOCAL_SERVERS, Preset
from core.llm.wire import Patience

CONNECT_S = 0.3
_PATIENCE = Patience(connect=CONNECT_S, read=2.0)


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A model server on this machine and the models it offers."""

    name: str
    title: str
    base_url: str
    models: tuple[str, ...]


async def find_local_servers(presets: Sequence[Preset] = LOCAL_SERVERS) -> list[FoundServer]:
    """Return the servers that answer on their usual ports, in the order of the presets; takes 2 s at most."""
    # All ports before the first client: importing that keeps this loop for longer than a port is given.
    are_open = await asyncio.gather(*(_listens(preset.base_url) for preset in presets))
    there = [preset for preset, is_open in zip(presets, are_open, strict=True) if is_open]
    found = await asyncio.gather(*map(_probe, there))
    return [server for server in found if server is not None]


async def _probe(preset: Preset) -> FoundServer | None:
    try:
        models = await list_models(Endpoint(preset.title, preset.base_url), patience=_PATIENCE)
    except ModelError:  # something else uses the port
        return None
    return FoundServer(preset.name, preset.title, preset.base_url, tuple(models)) if models else None


async def _listens(base_url: str) -> bool:
    """Whether the port is open: most are not, and then the client need not even be imported."""
    parts = urlsplit(base_url)
    try:
        opened = asyncio.open_connection(parts.hostname, parts.port)
        _, writer = await asyncio.wait_for(opened, CONNECT_S)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True
