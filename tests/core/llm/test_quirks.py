import pytest

from core.llm.chat import Message, Role
from core.llm.endpoint import is_loopback, origin
from core.llm.quirks import LOCAL_SERVERS, PRESETS, Quirks, plainer, preset_of, quirks_of, without_system


def test_every_promised_provider_has_a_preset():
    assert [preset.name for preset in PRESETS] == [
        "openai", "azure", "deepseek", "dashscope", "moonshot", "zhipu", "mistral", "qianfan", "openrouter",
        "ollama", "lmstudio", "llamacpp", "vllm",
    ]  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_addresses_are_encrypted_or_on_this_machine(preset):
    assert preset.base_url.startswith("https://") is preset.needs_key
    assert is_loopback(preset.base_url) is not preset.needs_key
    assert preset.hosts or not preset.needs_key


@pytest.mark.parametrize("preset", [p for p in PRESETS if p.needs_key], ids=lambda preset: preset.name)
def test_a_preset_is_found_by_its_own_address(preset):
    assert preset_of(preset.base_url) is preset


def test_local_servers_have_their_usual_ports():
    ports = {preset.name: origin(preset.base_url).rpartition(":")[2] for preset in LOCAL_SERVERS}
    assert ports == {"ollama": "11434", "lmstudio": "1234", "llamacpp": "8080", "vllm": "8000"}


def test_a_host_that_only_looks_alike_is_another_one():
    assert preset_of("https://api.openai.com.evil.org/v1") is None
    assert preset_of("https://notapi.openai.com/v1") is None
    assert preset_of("https://openai.azure.com.evil.org/v1") is None
    assert preset_of("https://mine.openai.azure.com/openai/v1") is not None


def test_openai_takes_max_completion_tokens_and_its_reasoning_models_no_temperature():
    plain = quirks_of("https://api.openai.com/v1", "gpt-4.1-mini")
    assert (plain.max_tokens_field, plain.temperature) == ("max_completion_tokens", True)
    for model in ("o3-mini", "gpt-5", "gpt-5-mini"):
        assert not quirks_of("https://api.openai.com/v1", model).temperature
    assert quirks_of("https://api.openai.com/v1", "gpt-5-chat-latest").temperature
    assert not quirks_of("https://openrouter.ai/api/v1", "openai/o3").temperature


def test_old_gemma_has_no_system_turn():
    assert not quirks_of("http://localhost:8080/v1", "gemma-2-9b-it").system_role
    assert not quirks_of("http://localhost:11434/v1", "library/gemma2:9b").system_role
    assert quirks_of("http://localhost:11434/v1", "qwen3:8b").system_role


def test_an_unknown_server_is_treated_as_plain():
    assert quirks_of("https://llm.example.com/v1", "anything") == Quirks()


class TestPlainer:
    def test_nothing_changes_where_the_form_was_not_at_fault(self):
        assert plainer(Quirks(), None) is None

    def test_a_named_field_is_left_out_or_renamed(self):
        assert plainer(Quirks(), "max_tokens") == Quirks(max_tokens_field="max_completion_tokens")
        assert plainer(Quirks(), "temperature") == Quirks(temperature=False)
        assert plainer(Quirks(), "stream_options") == Quirks(stream_options=False)

    def test_an_unnamed_refusal_costs_the_token_counts(self):
        assert plainer(Quirks(), "") == Quirks(stream_options=False)

    @pytest.mark.parametrize("refused", ["", "max_tokens", "temperature", "messages"])
    def test_it_ends(self, refused):
        quirks: Quirks | None = Quirks()
        steps = 0
        while quirks is not None:
            quirks = plainer(quirks, refused)
            steps += 1
        assert steps <= 5


class TestWithoutSystem:
    SYSTEM = Message(Role.SYSTEM, "orders")
    USER = Message(Role.USER, "question")
    ASSISTANT = Message(Role.ASSISTANT, "answer")

    def test_orders_go_before_the_first_question(self):
        merged = without_system([self.SYSTEM, self.USER, self.ASSISTANT])
        assert merged == [Message(Role.USER, "orders\n\nquestion"), self.ASSISTANT]

    def test_orders_alone_become_a_question(self):
        assert without_system([self.SYSTEM]) == [Message(Role.USER, "orders")]

    def test_orders_before_an_answer_become_a_question(self):
        assert without_system([self.SYSTEM, self.ASSISTANT]) == [Message(Role.USER, "orders"), self.ASSISTANT]

    def test_without_orders_nothing_changes(self):
        assert without_system([self.USER, self.ASSISTANT]) == [self.USER, self.ASSISTANT]
