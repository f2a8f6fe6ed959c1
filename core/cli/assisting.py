"""The assist service in this process, for the length of one command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from core.cli.context import Context
from core.cli.models import models_of
from core.engine.assist_service import AssistService
from core.engine.services import VaultServices
from core.llm.providers import Models
from core.search.model import Passage, SearchQuery

T = TypeVar("T")


def with_assist(vault: Path, context: Context, work: Callable[[AssistService], Awaitable[T]]) -> T:
    """Run `work` with the service of a vault, whose index is opened when something is first looked up."""

    async def go() -> T:
        async with _serving(vault, context) as service:
            return await work(service)

    return asyncio.run(go())


@asynccontextmanager
async def _serving(vault: Path, context: Context) -> AsyncIterator[AssistService]:
    index = _LateIndex(vault, context)
    async with models_of(context) as models:

        async def get_models() -> Models:
            return models

        service = AssistService(
            vault, context.places, context.settings, lambda _: None, search=index.search, models=get_models
        )
        try:
            yield service
        finally:
            service.close()
            index.close()


class _LateIndex:
    """A vault's index, opened by the first search: many prompts need none."""

    def __init__(self, vault: Path, context: Context) -> None:
        self._vault = vault
        self._context = context
        self._services: VaultServices | None = None
        self._lock = asyncio.Lock()

    async def search(self, query: SearchQuery) -> list[Passage]:
        async with self._lock:
            if self._services is None:
                self._services = await asyncio.to_thread(self._open)
        return await asyncio.to_thread(self._services.search, query)

    def close(self) -> None:
        if self._services is not None:
            self._services.close()

    def _open(self) -> VaultServices:
        services = VaultServices(self._vault, self._context.settings, self._context.places)
        services.read_if_new()
        return services
