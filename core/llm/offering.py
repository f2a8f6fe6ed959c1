"""Asks the providers of the settings which models they offer, to choose some for a comparison."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from core.errors import ModelError
from core.llm.chat import Tier
from core.llm.endpoint import is_offline
from core.llm.keys import Keys
from core.llm.offered import Offered
from core.llm.openai_chat import list_models
from core.llm.providers import Choice, choose, endpoint_of
from core.llm.quirks import Preset, can_chat, preset_of
from core.llm.wire import Patience
from core.settings import Settings

_PATIENCE = Patience(connect=3.0, read=5.0)


async def offered(settings: Settings, keys: Keys, environment: Mapping[str, str]) -> tuple[Offered, ...]:
    """Return what each provider offers, in the order of the settings; one that fails holds nobody up."""
    choices = [Choice(entry, "") for entry in settings.providers]
    if not choices and (own := choose(settings, Tier.FAST, environment)):
        choices = [own]
    return tuple(await asyncio.gather(*(_offered(choice, settings, keys, environment) for choice in choices)))


async def _offered(choice: Choice, settings: Settings, keys: Keys, environment: Mapping[str, str]) -> Offered:
    provider = choice.provider
    wishes = (settings.fast, settings.precise, settings.vision, settings.completion)
    named = [wish.model for wish in wishes if wish.provider == provider.name]
    preset = preset_of(provider.base_url)
    try:
        endpoint = await endpoint_of(choice, keys)
        listed = await list_models(endpoint, offline=is_offline(environment), patience=_PATIENCE)
    except ModelError as error:
        return Offered(provider.name, chatting(named, preset, ()), error)
    return Offered(provider.name, chatting(named, preset, listed))


def chatting(named: Iterable[str], preset: Preset | None, listed: Iterable[str]) -> tuple[str, ...]:
    """Return models that can chat, each once: those of the settings, the preset's, then the server's list."""
    known = (preset.fast, preset.precise) if preset else ()
    return tuple(dict.fromkeys(filter(None, (*named, *known, *filter(can_chat, listed)))))
