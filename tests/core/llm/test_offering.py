"""What each provider can be asked: the settings' models, the preset's, and those the server lists."""

import asyncio

import pytest

from core.errors import ModelUnreachable
from core.llm.keys import Keys
from core.llm.offered import Offered
from core.llm.offering import chatting, offered
from core.llm.quirks import preset_of
from core.settings import ProviderSettings, Settings, TierSettings
from tests.scripted_replies import say, status
from tests.scripted_server import ScriptedServer


def offers(settings, **environment):
    return asyncio.run(offered(settings, Keys(None), environment))


@pytest.fixture
def server():
    with ScriptedServer(say("x"), models=("qwen3:8b", "bge-m3", "nomic-embed-text", "glm-4")) as server:
        yield server


def test_a_servers_models_that_can_chat_come_after_those_of_the_settings(server):
    settings = Settings(
        providers=(ProviderSettings("ollama", server.base_url),),
        fast=TierSettings("ollama", "glm-4"),
        precise=TierSettings("elsewhere", "big"),
    )
    assert offers(settings) == (Offered("ollama", ("glm-4", "qwen3:8b")),)


def test_a_provider_that_fails_says_why_and_holds_nobody_up(server):
    settings = Settings(
        providers=(
            ProviderSettings("gone", "http://127.0.0.1:9/v1"),
            ProviderSettings("ollama", server.base_url),
        ),
        precise=TierSettings("gone", "mine"),
    )
    gone, there = offers(settings)
    assert (gone.provider, gone.models) == ("gone", ("mine",))
    assert isinstance(gone.problem, ModelUnreachable)
    assert there == Offered("ollama", ("qwen3:8b", "glm-4"))


def test_a_refusal_is_a_problem_too(server):
    server.list_models()
    with ScriptedServer(status(401)) as locked:
        locked.then(status(401))
        settings = Settings(providers=(ProviderSettings("a", server.base_url),))
        assert offers(settings)[0].models == ()


def test_without_providers_the_environments_is_asked(server):
    (one,) = offers(Settings(), OPENAI_BASE_URL=server.base_url)
    assert one.models == ("qwen3:8b", "glm-4")
    assert offers(Settings()) == ()


def test_each_model_is_named_once_whoever_names_it():
    preset = preset_of("https://api.deepseek.com/v1")
    names = chatting([preset.fast, ""], preset, [preset.fast, "other", "text-embedding-3", "whisper-1"])
    assert names == tuple(dict.fromkeys((preset.fast, preset.precise, "other")))
