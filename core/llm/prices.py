"""What a request cost, where the price is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.llm.chat import LOCAL, Usage

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """A price the person named: US dollars a million tokens."""

    model: str
    input_usd: float
    output_usd: float
    minute_usd: float = 0.0
    """Of a model that hears."""


MINUTES_USD: Mapping[str, float] = {"whisper-1": 0.006}
"""Models that are paid by the minute of speech (OpenAI's price list); `genai-prices` knows tokens only."""


class Prices:
    """The person's own prices first, then the published list."""

    def __init__(self, own: Iterable[OwnPrice] = ()) -> None:
        self._own = {price.model: price for price in own}

    def cost(self, model: str, place: str, usage: Usage) -> float | None:
        """Return US dollars; None where no price is known. The first call may take 0.2 s."""
        own = self._own.get(model)
        if own is None:
            return cost_usd(model, place, usage)
        return (usage.prompt_tokens * own.input_usd + usage.completion_tokens * own.output_usd) / MILLION

    def minutes(self, model: str, place: str, seconds: float) -> float | None:
        """Return US dollars for so much speech; None where no price is known."""
        if place == LOCAL:
            return 0.0
        own = self._own.get(model)
        price = own.minute_usd if own and own.minute_usd else MINUTES_USD.get(model)
        return price * seconds / 60 if price is not None and seconds else None


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
