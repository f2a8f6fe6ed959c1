from core.llm.chat import Usage
from core.llm.prices import cost_usd

USAGE = Usage(1_000_000, 100_000)


def test_a_model_on_this_machine_costs_nothing():
    assert cost_usd("SmolLM2-135M-Instruct", "local", USAGE) == 0.0


def test_a_known_model_has_its_published_price():
    cost = cost_usd("gpt-4o-mini", "api.openai.com", USAGE)
    assert cost is not None
    assert round(cost, 4) == 0.21  # 0.15 USD a million in, 0.60 USD a million out


def test_more_tokens_cost_more():
    once = cost_usd("deepseek-chat", "api.deepseek.com", USAGE)
    twice = cost_usd("deepseek-chat", "api.deepseek.com", Usage(2_000_000, 200_000))
    assert once is not None
    assert twice is not None
    assert once < twice


def test_an_unknown_model_or_host_has_no_price():
    assert cost_usd("no-such-model", "api.openai.com", USAGE) is None
    assert cost_usd("gpt-4o-mini", "llm.example.com", USAGE) is None
