"""Changes to the settings while the dialog is open: pure functions from settings to settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.llm.chat import Tier
from core.llm.quirks import preset_of
from core.settings import ProviderSettings, Settings, TierSettings

COMPLETION, VISION, TRANSCRIPTION = "completion", "vision", "transcription"
WORK = (COMPLETION, VISION, TRANSCRIPTION)
"""Work for which a model of its own can be chosen, called like its setting; tiers are called like theirs."""
_SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
"""Billions of parameters as local servers write them: `qwen3:8b`, `Llama-3.2-1B-Instruct`."""


def add_provider(settings: Settings, provider: ProviderSettings, models: Sequence[str]) -> Settings:
    """Add a provider that lists these models; a tier that means no provider yet will mean this one."""
    settings = replace(settings, providers=(*settings.providers, provider))
    fast, precise = pick_models(provider.base_url, models)
    if not _is_set(settings, settings.fast):
        settings = set_tier(settings, Tier.FAST, TierSettings(provider.name, fast))
    if not _is_set(settings, settings.precise):
        settings = set_tier(settings, Tier.PRECISE, TierSettings(provider.name, precise))
    return settings


def remove_provider(settings: Settings, name: str) -> Settings:
    """Remove a provider; a tier or work that meant it means what is left."""
    left = tuple(known for known in settings.providers if known.name != name)
    settings = replace(settings, providers=left)
    for work in (*Tier, *WORK):
        if tier_settings(settings, work).provider == name:
            settings = set_tier(settings, work, TierSettings())
    return settings


def set_tier(settings: Settings, work: str, value: TierSettings) -> Settings:
    """Let a tier, or work of `WORK`, mean another model."""
    changed: dict[str, Any] = {str(work): value}
    return replace(settings, **changed)


def tier_settings(settings: Settings, work: str) -> TierSettings:
    """Return what a tier, or work of `WORK`, means."""
    value: TierSettings = getattr(settings, str(work))
    return value


def unused_name(settings: Settings, wanted: str) -> str:
    """Return `wanted`, with a number behind it where a provider of that name exists."""
    taken = {provider.name for provider in settings.providers}
    names = [wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def pick_models(base_url: str, models: Sequence[str]) -> tuple[str, str]:
    """Return a model for *faster* and one for *more precise*.

    They are those known for the provider, else the smallest and the largest as far as their names tell;
    models for embeddings are passed over. Empty names where there is none.
    """
    preset = preset_of(base_url)
    if preset and preset.fast and (not models or {preset.fast, preset.precise} <= set(models)):
        return preset.fast, preset.precise
    chatting = [model for model in models if "embed" not in model.lower()] or list(models)
    if not chatting:
        return "", ""
    sized = sorted((model for model in chatting if _size(model)), key=_size)
    return (sized[0], sized[-1]) if sized else (chatting[0], chatting[0])


def _size(model: str) -> float:
    found = _SIZE.findall(model)
    return float(found[-1]) if found else 0.0


def _is_set(settings: Settings, tier: TierSettings) -> bool:
    return any(provider.name == tier.provider for provider in settings.providers)
