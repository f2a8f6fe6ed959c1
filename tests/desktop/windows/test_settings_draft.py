"""Changes to the settings before they are saved: pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.chat import Tier
from core.settings import ProviderSettings, Settings, TierSettings
from desktop.windows.settings_draft import (
    WORK,
    add_provider,
    pick_models,
    remove_provider,
    set_tier,
    tier_settings,
    unused_name,
)

OLLAMA = ProviderSettings("Ollama", "http://127.0.0.1:11434/v1")
OPENAI = ProviderSettings("OpenAI", "https://api.openai.com/v1")


def test_the_first_provider_serves_both_tiers():
    settings = add_provider(Settings(), OLLAMA, ["qwen3:8b", "qwen3:1.7b", "nomic-embed-text"])
    assert settings.providers == (OLLAMA,)
    assert settings.fast == TierSettings("Ollama", "qwen3:1.7b")
    assert settings.precise == TierSettings("Ollama", "qwen3:8b")


def test_a_second_provider_takes_no_tier_away_from_the_first():
    first = add_provider(Settings(), OLLAMA, ["qwen3:8b"])
    second = add_provider(first, OPENAI, [])
    assert second.providers == (OLLAMA, OPENAI)
    assert (second.fast, second.precise) == (first.fast, first.precise)


def test_a_tier_whose_provider_is_gone_means_the_next_one_added():
    settings = remove_provider(add_provider(Settings(), OLLAMA, ["a"]), "Ollama")
    assert settings == Settings()
    assert add_provider(settings, OPENAI, []).fast == TierSettings("OpenAI", "gpt-5-mini")


def test_removing_a_provider_leaves_the_other_tier_alone():
    settings = add_provider(add_provider(Settings(), OLLAMA, ["a"]), OPENAI, [])
    settings = set_tier(settings, Tier.PRECISE, TierSettings("OpenAI", "gpt-5"))
    left = remove_provider(settings, "Ollama")
    assert (left.fast, left.precise) == (TierSettings(), TierSettings("OpenAI", "gpt-5"))


@pytest.mark.parametrize("tier", list(Tier))
def test_a_tier_is_set_and_read_back(tier):
    value = TierSettings("p", "m")
    settings = set_tier(Settings(), tier, value)
    assert tier_settings(settings, tier) == value
    assert sum(tier_settings(settings, other) == value for other in Tier) == 1


@pytest.mark.parametrize(
    ("models", "picked"),
    [
        (
            ["Llama-3.2-1B-Instruct", "qwen2.5-72b-instruct"],
            ("Llama-3.2-1B-Instruct", "qwen2.5-72b-instruct"),
        ),
        (["mistral", "llama"], ("mistral", "mistral")),
        (["bge-m3-embed"], ("bge-m3-embed", "bge-m3-embed")),
        (["x-embed:8b", "chat:0.6b"], ("chat:0.6b", "chat:0.6b")),
        ([], ("", "")),
    ],
)
def test_the_smallest_model_is_faster_and_the_largest_more_precise(models, picked):
    assert pick_models("http://127.0.0.1:1/v1", models) == picked


def test_a_known_providers_own_models_are_preferred():
    assert pick_models(OPENAI.base_url, []) == ("gpt-5-mini", "gpt-5")
    assert pick_models(OPENAI.base_url, ["gpt-5", "gpt-5-mini", "gpt-9"]) == ("gpt-5-mini", "gpt-5")
    assert pick_models(OPENAI.base_url, ["gpt-9"]) == ("gpt-9", "gpt-9")


@given(st.lists(st.text(max_size=20), max_size=8))
def test_whatever_a_server_lists_one_of_its_models_is_picked(models):
    fast, precise = pick_models("http://127.0.0.1:1/v1", models)
    assert {fast, precise} <= {*models, ""}
    assert bool(models) or (fast, precise) == ("", "")


def test_a_name_is_used_once():
    settings = Settings()
    for expected in ("Ollama", "Ollama 2", "Ollama 3"):
        name = unused_name(settings, "Ollama")
        assert name == expected
        settings = add_provider(settings, ProviderSettings(name, "http://127.0.0.1:1/v1"), [])


@pytest.mark.parametrize("work", [*Tier, *WORK])
def test_tiers_and_work_are_set_and_read_by_the_name_of_their_setting(work):
    value = TierSettings("Ollama", "m")
    settings = set_tier(Settings(), work, value)
    assert tier_settings(settings, work) == value
    others = {other for other in (*Tier, *WORK) if other != work}
    assert all(tier_settings(settings, other) == TierSettings() for other in others)


def test_work_that_meant_a_removed_provider_means_none():
    settings = add_provider(Settings(), OLLAMA, ["a"])
    for work in WORK:
        settings = set_tier(settings, work, TierSettings("Ollama", "m"))
    assert remove_provider(settings, "Ollama") == Settings()
