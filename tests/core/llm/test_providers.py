import asyncio
from dataclasses import replace

import pytest

from core.errors import ModelUnknown
from core.llm import providers
from core.llm.chat import ChatModel, ModelRole, Tier
from core.llm.endpoint import OPENAI_URL
from core.llm.keys import Keys
from core.llm.local import DemonstrationChat
from core.llm.providers import ANY_MODEL, Models, choose, choose_named
from core.settings import ProviderSettings, Settings, TierSettings
from tests.core.llm.helpers import KEY, read
from tests.scripted_replies import say, status
from tests.scripted_server import ScriptedServer

A = ProviderSettings("a", "https://a.example.com/v1")
B = ProviderSettings("b", "http://127.0.0.1:1234/v1")
BOTH = Settings(providers=(A, B), fast=TierSettings("a", "small"), precise=TierSettings("b", "large"))


def chosen(settings: Settings, tier: Tier, **environment: str) -> tuple[str, str] | None:
    choice = choose(settings, tier, environment)
    return None if choice is None else (choice.provider.name, choice.model)


class TestChoose:
    def test_each_tier_has_its_own_model(self):
        assert chosen(BOTH, Tier.FAST) == ("a", "small")
        assert chosen(BOTH, Tier.PRECISE) == ("b", "large")

    def test_a_tier_without_a_provider_uses_the_others(self):
        settings = Settings(providers=(A, B), fast=TierSettings("b", "m"))
        assert chosen(settings, Tier.PRECISE) == ("b", "m")

    def test_without_any_tier_the_first_provider_serves(self):
        assert chosen(Settings(providers=(A, B)), Tier.FAST) == ("a", "")

    def test_a_provider_that_was_removed_is_passed_over(self):
        settings = Settings(providers=(A,), fast=TierSettings("gone", "m"))
        assert chosen(settings, Tier.FAST) == ("a", "")

    def test_the_built_in_model_can_be_asked_for(self):
        settings = Settings(providers=(A,), fast=TierSettings("local"), precise=TierSettings("a", "m"))
        assert chosen(settings, Tier.FAST) is None
        assert chosen(settings, Tier.PRECISE) == ("a", "m")
        alone = Settings(fast=TierSettings("local"))
        assert chosen(alone, Tier.FAST, OPENAI_API_KEY="sk-1") is None

    def test_a_provider_that_is_named_local_is_that_provider(self):
        named = ProviderSettings("local", "http://127.0.0.1:8080/v1")
        assert chosen(Settings(providers=(named,), fast=TierSettings("local", "m")), Tier.FAST) == (
            "local",
            "m",
        )

    def test_the_environment_is_honoured_only_where_no_provider_is_configured(self):
        environment = {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "https://api.deepseek.com/v1"}
        assert chosen(Settings(), Tier.FAST, **environment) == ("deepseek", "")
        assert chosen(BOTH, Tier.FAST, **environment) == ("a", "small")

    def test_a_key_alone_means_openai(self):
        choice = choose(Settings(), Tier.FAST, {"OPENAI_API_KEY": "sk-1"})
        assert choice is not None
        assert (choice.provider.base_url, choice.environment_key) == (OPENAI_URL, "sk-1")

    def test_an_address_alone_needs_no_key(self):
        choice = choose(Settings(), Tier.FAST, {"OPENAI_BASE_URL": "http://localhost:9/v1"})
        assert choice is not None
        assert (choice.provider.name, choice.environment_key) == ("localhost", "")

    def test_nothing_set_means_the_built_in_model(self):
        assert choose(Settings(), Tier.PRECISE, {"OPENAI_API_KEY": ""}) is None


async def got(models: Models, tier: Tier = Tier.FAST) -> ChatModel | None:
    try:
        return await models.get(tier)
    finally:
        await models.close()


def only(server: ScriptedServer, model: str = "") -> Settings:
    provider = ProviderSettings("mine", server.base_url)
    return Settings(providers=(provider,), fast=TierSettings("mine", model))


class TestModels:
    def test_the_key_comes_from_the_keyring(self):
        keys = Keys(None)
        with ScriptedServer(say("hi"), key=KEY) as server:
            keys.set(server.base_url, KEY)

            async def run() -> str:
                models = Models(only(server, "m"), keys, {"OPENAI_API_KEY": "sk-not-this-one"})
                model = await models.get(Tier.FAST)
                assert model is not None
                outcome = await read(model)
                await models.close()
                return outcome.text

            assert asyncio.run(run()) == "hi"

    def test_the_environments_key_goes_to_the_environments_address(self):
        with ScriptedServer(say("hi"), key=KEY) as server:

            async def run() -> str:
                environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
                models = Models(Settings(), Keys(None), environment)
                model = await models.get(Tier.PRECISE)
                assert model is not None
                outcome = await read(model)
                await models.close()
                return outcome.text

            assert asyncio.run(run()) == "hi"

    def test_where_no_model_is_named_the_first_that_can_chat_is_taken(self):
        with ScriptedServer(models=("whisper-1", "nomic-embed-text", "qwen3:8b", "llama")) as server:
            model = asyncio.run(got(Models(only(server), Keys(None), {})))
        assert model is not None
        assert (model.model, model.provider, model.place) == ("qwen3:8b", "mine", "local")

    def test_a_known_provider_has_a_model_for_each_tier(self):
        environment = {"OPENAI_API_KEY": "sk-1"}
        fast = asyncio.run(got(Models(Settings(), Keys(None), environment), Tier.FAST))
        precise = asyncio.run(got(Models(Settings(), Keys(None), environment), Tier.PRECISE))
        assert fast is not None
        assert precise is not None
        assert fast.model != precise.model

    def test_a_guessed_name_is_not_kept(self):
        with ScriptedServer(listing=status(500)) as server:

            async def run() -> tuple[str, str]:
                models = Models(only(server), Keys(None), {})
                first = await models.get(Tier.FAST)
                server.list_models("real")
                second = await models.get(Tier.FAST)
                await models.close()
                assert first is not None
                assert second is not None
                return first.model, second.model

            assert asyncio.run(run()) == (ANY_MODEL, "real")

    def test_tiers_with_one_model_share_its_connections(self):
        async def run() -> bool:
            settings = Settings(providers=(A,), fast=TierSettings("a", "m"))
            models = Models(settings, Keys(None), {})
            same = await models.get(Tier.FAST) is await models.get(Tier.PRECISE)
            await models.close()
            return same

        assert asyncio.run(run())

    def test_new_settings_count_from_the_next_request(self):
        async def run() -> list[str]:
            models = Models(BOTH, Keys(None), {})
            before = await models.get(Tier.FAST)
            await models.reload(Settings(providers=(B,), fast=TierSettings("b", "other")))
            after = await models.get(Tier.FAST)
            await models.close()
            assert before is not None
            assert after is not None
            return [before.model, after.model]

        assert asyncio.run(run()) == ["small", "other"]

    def test_settings_that_change_something_else_leave_a_stream_alone(self):
        with ScriptedServer(say("a long answer", pace=0.02)) as server:

            async def run() -> str | None:
                models = Models(only(server, "m"), Keys(None), {})
                model = await models.get(Tier.FAST)
                assert model is not None
                task = asyncio.create_task(read(model))
                while not server.chats:
                    await asyncio.sleep(0.005)
                await models.reload(only(server, "m"))
                assert await models.get(Tier.FAST) is model
                outcome = await task
                await models.close()
                return outcome.finish_reason

            assert asyncio.run(run()) == "stop"

    def test_offline_mode_reaches_the_model(self):
        async def run() -> str:
            models = Models(BOTH, Keys(None), {"PILOTFISH_OFFLINE": "1"})
            model = await models.get(Tier.FAST)
            assert model is not None
            outcome = await read(model)
            await models.close()
            return type(outcome.error).__name__

        assert asyncio.run(run()) == "OfflineMode"

    def test_without_weights_there_is_no_built_in_model(self, monkeypatch):
        monkeypatch.setattr(providers, "installed_weights", lambda: None)
        assert asyncio.run(got(Models(Settings(), Keys(None), {}))) is None

    def test_with_weights_the_demonstration_model_serves_both_tiers(self, monkeypatch, tmp_path):
        monkeypatch.setattr(providers, "installed_weights", lambda: tmp_path / "x.gguf")

        async def run() -> bool:
            models = Models(Settings(), Keys(None), {})
            fast, precise = await models.get(Tier.FAST), await models.get(Tier.PRECISE)
            await models.close()
            return fast is precise and isinstance(fast, DemonstrationChat) and fast.demonstration

        assert asyncio.run(run())

    @pytest.mark.parametrize("tier", list(Tier))
    def test_warming_up_sends_nothing(self, tier):
        with ScriptedServer() as server:

            async def run() -> None:
                models = Models(only(server, "m"), Keys(None), {})
                await models.warm_up(tier)
                await models.close()

            asyncio.run(run())
            assert server.requests == []


class TestNamed:
    HERE = ProviderSettings("here", "http://127.0.0.1:1/v1")

    def test_a_model_is_named_by_its_provider(self):
        choice = choose_named(Settings(providers=(self.HERE,)), "here/org/model", {})
        assert choice is not None
        assert (choice.provider, choice.model) == (self.HERE, "org/model")

    def test_the_built_in_model_is_named_local(self):
        assert choose_named(Settings(providers=(self.HERE,)), "local/any", {}) is None

    def test_a_provider_of_the_environment_counts_where_none_is_set_up(self):
        environment = {"OPENAI_BASE_URL": "https://llm.example.com/v1", "OPENAI_API_KEY": "k"}
        choice = choose_named(Settings(), "llm.example.com/m", environment)
        assert choice is not None
        assert (choice.model, choice.environment_key) == ("m", "k")
        with pytest.raises(ModelUnknown):
            choose_named(Settings(providers=(self.HERE,)), "llm.example.com/m", environment)

    def test_an_unknown_provider_is_told(self):
        with pytest.raises(ModelUnknown, match="elsewhere"):
            choose_named(Settings(), "elsewhere/m", {})


class TestRoles:
    FAST, OTHER = TierSettings("here", "fast"), TierSettings("here", "other")
    HERE = ProviderSettings("here", "http://127.0.0.1:1/v1")

    @pytest.mark.parametrize("role", list(ModelRole))
    def test_a_role_has_its_own_model_where_one_is_named(self, role):
        settings = Settings(providers=(self.HERE,), fast=self.FAST, precise=self.FAST)
        assert choose(settings, role, {}).model == "fast"
        assert choose(replace(settings, **{role.value: self.OTHER}), role, {}).model == "other"

    def test_ghost_text_falls_back_to_the_fast_and_images_to_the_precise_model(self):
        settings = Settings(providers=(self.HERE,), fast=self.FAST, precise=self.OTHER)
        assert choose(settings, ModelRole.COMPLETION, {}).model == "fast"
        assert choose(settings, ModelRole.VISION, {}).model == "other"

    def test_the_built_in_model_can_serve_a_role(self):
        settings = Settings(providers=(self.HERE,), fast=self.FAST, completion=TierSettings("local"))
        assert choose(settings, ModelRole.COMPLETION, {}) is None
