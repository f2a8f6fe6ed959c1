"""From the settings to a model for each tier, and for the roles that have one of their own.

A tier's own provider and model come first, then those of the other tier, then the first provider. Where no
provider is configured at all, OPENAI_API_KEY and OPENAI_BASE_URL are honoured; where they are not set
either, the demonstration model answers if it is installed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.errors import ModelError, ModelUnknown
from core.llm.chat import ChatModel, ModelRole, Tier
from core.llm.endpoint import OPENAI_URL, Endpoint, host, is_offline
from core.llm.keys import Keys
from core.llm.local import DemonstrationChat, installed_weights
from core.llm.openai_chat import OpenAIChat, list_models
from core.llm.quirks import Preset, can_chat, preset_of
from core.llm.transcription import OpenAITranscription
from core.llm.wire import Patience
from core.settings import LOCAL_PROVIDER, ProviderSettings, Settings, TierSettings

log = logging.getLogger(__name__)

ANY_MODEL = "default"
"""Sent where nobody named a model and the server lists none; servers with one model take any name."""
ANY_TRANSCRIPTION = "whisper-1"
"""The name under which most servers of one model offer transcription."""
_LIST_PATIENCE = Patience(connect=3.0, read=5.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which endpoint a tier means; an empty `model` is the server's or its preset's own first choice."""

    provider: ProviderSettings
    model: str
    environment_key: str = ""
    """The key from the environment; else the keyring is asked."""


def choose(settings: Settings, tier: Tier | ModelRole, environment: Mapping[str, str]) -> Choice | None:
    """Return what the settings mean by a tier or role, None for the built-in model."""
    if not settings.providers:
        return None if _wants_local(settings, tier) else _from_environment(environment)
    named = {provider.name: provider for provider in settings.providers}
    for wish in _wishes(settings, tier):
        if wish.provider == LOCAL_PROVIDER and LOCAL_PROVIDER not in named:
            return None
        if wish.provider in named:
            return Choice(named[wish.provider], wish.model)
    return Choice(settings.providers[0], "")


def _wishes(settings: Settings, tier: Tier | ModelRole) -> tuple[TierSettings, ...]:
    if tier is ModelRole.COMPLETION:
        return settings.completion, settings.fast, settings.precise
    if tier is ModelRole.VISION:
        return settings.vision, settings.precise, settings.fast
    if tier is Tier.FAST:
        return settings.fast, settings.precise
    return settings.precise, settings.fast


def _wants_local(settings: Settings, tier: Tier | ModelRole) -> bool:
    # The other tier's wish, the last one, is no wish for this one.
    named = next((wish.provider for wish in _wishes(settings, tier)[:-1] if wish.provider), "")
    return named == LOCAL_PROVIDER


def choose_transcription(settings: Settings, environment: Mapping[str, str]) -> Choice | None:
    """Return who transcribes recordings, None where no provider does or the person wants none to."""
    wish = settings.transcription
    if wish.provider:
        named = next((entry for entry in settings.providers if entry.name == wish.provider), None)
        return Choice(named, wish.model or _transcription_of(named.base_url)) if named else None
    found = _from_environment(environment) if not settings.providers else None
    offered = (found,) if found else tuple(Choice(entry, "") for entry in settings.providers)
    for choice in offered:
        preset = preset_of(choice.provider.base_url)
        if preset and preset.transcription:
            return replace(choice, model=preset.transcription)
    return None


def _transcription_of(base_url: str) -> str:
    preset = preset_of(base_url)
    return (preset.transcription if preset else "") or ANY_TRANSCRIPTION


def choose_named(settings: Settings, name: str, environment: Mapping[str, str]) -> Choice | None:
    """Return what `provider/model` means, None for the built-in model.

    Raises:
        ModelUnknown: there is no such provider in the settings, nor in the environment where it counts.
    """
    provider, _, model = name.partition("/")
    if provider == LOCAL_PROVIDER:
        return None
    known = next((entry for entry in settings.providers if entry.name == provider), None)
    if known is None:
        named = None if settings.providers else _from_environment(environment)
        if named is not None and named.provider.name == provider:
            return replace(named, model=model)
        raise ModelUnknown(f"There is no provider {provider} in the settings.", model=name)
    return Choice(known, model)


async def endpoint_of(choice: Choice, keys: Keys) -> Endpoint:
    """Return where a choice is reached, with its key; the keyring is waited for on another thread."""
    provider = choice.provider
    key = choice.environment_key or await asyncio.to_thread(keys.get, provider.base_url)
    return Endpoint(provider.name, provider.base_url, key, provider.use_proxy, provider.allow_http)


def _from_environment(environment: Mapping[str, str]) -> Choice | None:
    key, base_url = environment.get("OPENAI_API_KEY", ""), environment.get("OPENAI_BASE_URL", "")
    if not key and not base_url:
        return None
    base_url = base_url or OPENAI_URL
    preset = preset_of(base_url)
    name = preset.name if preset else host(base_url)
    return Choice(ProviderSettings(name, base_url), "", environment_key=key)


def _of_preset(preset: Preset, tier: Tier | ModelRole) -> str:
    """Return the preset's model: ghost text wants speed, images the better eyes."""
    return preset.fast if tier in (Tier.FAST, ModelRole.COMPLETION) else preset.precise


class Models:
    """The models of both tiers; used from one event loop, each model built once and kept."""

    def __init__(self, settings: Settings, keys: Keys, environment: Mapping[str, str]) -> None:
        self._settings = settings
        self.keys = keys
        self._environment = environment
        self._chosen: dict[Tier | ModelRole, ChatModel | None] = {}
        self._built: dict[tuple[Endpoint, str], OpenAIChat] = {}
        self._hearing: dict[tuple[Endpoint, str], OpenAITranscription] = {}
        self._demonstration: DemonstrationChat | None = None
        self._lock = asyncio.Lock()

    async def get(self, tier: Tier | ModelRole) -> ChatModel | None:
        """Return the tier's or role's model, None where there is none; no text of a note is sent for that."""
        async with self._lock:
            if tier in self._chosen:
                return self._chosen[tier]
            choice = choose(self._settings, tier, self._environment)
            model = await self._build(choice, tier) if choice else self._built_in()
            if model is None or model.model != ANY_MODEL:  # a guess is not kept: the server may start later
                self._chosen[tier] = model
            return model

    async def named(self, name: str) -> ChatModel | None:
        """Return the model `provider/model`, None where the built-in one is meant and not installed.

        Raises:
            ModelUnknown: there is no such provider in the settings.
        """
        async with self._lock:
            choice = choose_named(self._settings, name, self._environment)
            return await self._build(choice, Tier.FAST) if choice else self._built_in()

    async def transcriber(self) -> OpenAITranscription | None:
        """Return the model for recordings, None where there is none."""
        async with self._lock:
            choice = choose_transcription(self._settings, self._environment)
            if choice is None:
                return None
            endpoint = await endpoint_of(choice, self.keys)
            if (endpoint, choice.model) not in self._hearing:
                offline = is_offline(self._environment)
                self._hearing[endpoint, choice.model] = OpenAITranscription(
                    endpoint, choice.model, offline=offline
                )
            return self._hearing[endpoint, choice.model]

    async def warm_up(self, tier: Tier) -> None:
        """Import what the first request needs, 0.5 s and more, before there is one; sends nothing."""
        model = await self.get(tier)
        if isinstance(model, OpenAIChat):
            await model.prepare()

    async def reload(self, settings: Settings) -> None:
        """Use other settings from now on, and look up keys anew; streams under way are not disturbed."""
        async with self._lock:
            self._settings = settings
            self._chosen = {}

    async def close(self) -> None:
        """Close every connection and the demonstration model."""
        async with self._lock:
            built, self._built, self._chosen = list(self._built.values()), {}, {}
            hearing, self._hearing = list(self._hearing.values()), {}
            await asyncio.gather(*(chat.close() for chat in built), *(one.close() for one in hearing))
            if self._demonstration is not None:
                await self._demonstration.close()
                self._demonstration = None

    def _built_in(self) -> DemonstrationChat | None:
        if self._demonstration is None and (weights := installed_weights()) is not None:
            self._demonstration = DemonstrationChat(weights)
        return self._demonstration

    async def _build(self, choice: Choice, tier: Tier | ModelRole) -> OpenAIChat:
        endpoint = await endpoint_of(choice, self.keys)
        model = choice.model or await self._model_of(endpoint, tier)
        if (endpoint, model) not in self._built:
            offline = is_offline(self._environment)
            self._built[endpoint, model] = OpenAIChat(endpoint, model, offline=offline)
        return self._built[endpoint, model]

    async def _model_of(self, endpoint: Endpoint, tier: Tier | ModelRole) -> str:
        """Return the preset's model for the tier, else the first one that can chat of the server's list."""
        preset = preset_of(endpoint.base_url)
        if preset and (known := _of_preset(preset, tier)):
            return known
        try:
            offline = is_offline(self._environment)
            names = await list_models(endpoint, offline=offline, patience=_LIST_PATIENCE)
        except ModelError as error:  # the request itself will say so, after the quotes were shown
            log.info("no list of models from %s: %s", endpoint.place, error)
            return ANY_MODEL
        return next(filter(can_chat, names), names[0] if names else ANY_MODEL)
