"""What a request cost, where the price is known."""

from __future__ import annotations

from core.llm.chat import Usage
from core.llm.endpoint import LOCAL


def cost_usd(model: str, place: str, usage: Usage) -> float | None:
    """Return US dollars by the published price list bundled with `genai-prices`, without any network.

    `place` is `ChatModel.place`. A model on this machine costs nothing; None where no price is known.
    The first call imports the list, which takes some 0.2 s.
    """
    if place == LOCAL:
        return 0.0
    import genai_prices

    tokens = genai_prices.Usage(input_tokens=usage.prompt_tokens, output_tokens=usage.completion_tokens)
    try:
        price = genai_prices.calc_price(tokens, model, provider_api_url=f"https://{place}/")
    except LookupError:
        return None
    return float(price.total_price)
