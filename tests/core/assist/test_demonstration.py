"""A question answered end to end by the real built-in model, over the real welcome vault's text."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

from core.assist.answers import answer
from core.assist.model import Answered, AskRequest, Finish, ModelChosen, QuotesFound, TextAdded
from core.llm.chat import ChatRequest, Delta
from core.llm.local import DemonstrationChat, installed_weights
from core.search.model import Passage
from tests.core.assist.helpers import FixedSearch

VAULT = Path(__file__).parents[3] / "resources" / "vault"


class Sober(DemonstrationChat):
    """Says the same each time."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        return super().stream(replace(request, temperature=0.0))


def whole_note(path: str) -> Passage:
    text = (VAULT / path).read_text(encoding="utf-8")
    return Passage(path, path, Path(path).stem, (Path(path).stem,), 1, 1 + text.count("\n"), text, "", 1.0)


def test_quotes_come_first_and_the_real_model_speaks_under_them():
    notes = [whole_note("Projects/Launch plan.md"), whole_note("Projects/Pilot review.md")]
    weights = installed_weights()
    assert weights is not None

    async def run() -> list[object]:
        model = Sober(weights)
        try:
            request = AskRequest("When does the beta open?")
            return [event async for event in answer(request, search=FixedSearch(notes), model=model)]
        finally:
            await model.close()

    events = asyncio.run(run())
    quotes, chosen, *words, last = events
    assert isinstance(quotes, QuotesFound)
    assert any("March" in quote.text for quote in quotes.quotes)
    assert isinstance(chosen, ModelChosen)
    assert chosen.demonstration
    assert len(words) > 3
    assert all(isinstance(word, TextAdded) for word in words)
    assert isinstance(last, Answered)
    assert last.answer.finish in (Finish.COMPLETE, Finish.INCOMPLETE)
    assert last.answer.text.strip()
    assert last.answer.usage.prompt_tokens > 50
    assert last.answer.cost_usd == 0.0
    assert last.answer.first_token_ms is not None
