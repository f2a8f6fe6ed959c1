"""The assist service on a real endpoint, without the rest of the engine: for the tests of what it serves."""

import asyncio
from contextlib import asynccontextmanager

from core.assist.model import AskRequest, NoteContext
from core.engine.assist_service import AssistService
from core.llm.keys import Keys
from core.llm.providers import Models
from core.paths import places
from core.settings import ProviderSettings, Settings, TierSettings
from tests.core.assist.helpers import ALL, FixedSearch

NOTE = NoteContext("Projects/Open.md", "Open", block="We open the beta in March, as has been said before.")
ASKED = AskRequest("When does the beta open, and why?")


def settings_for(server, **changes):
    providers = (ProviderSettings("here", server.base_url),)
    tier = TierSettings("here", "scripted")
    return Settings(providers=providers, fast=tier, precise=tier, **changes)


def run(vault, settings, work, *, found=ALL, events=None):
    """Run `work(service)` and return its result."""

    @asynccontextmanager
    async def serving():
        models = Models(settings, Keys(None), {})

        async def get():
            return models

        service = AssistService(
            vault,
            places(vault.parent / "base"),
            settings,
            (events if events is not None else []).append,
            search=FixedSearch(found),
            models=get,
        )
        try:
            yield service
        finally:
            await asyncio.sleep(0)
            await models.close()
            service.close()

    async def go():
        async with serving() as service:
            return await work(service)

    return asyncio.run(go())


async def all_of(stream):
    return [event async for event in stream]
