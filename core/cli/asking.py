"""One request from the command line: services and models in this process, for the length of one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from core.assist.answers import answer
from core.assist.images import check_sees, read_images
from core.assist.model import Answer, Answered, AskEvent, AskRequest, ModelChosen, QuotesFound, TextAdded
from core.cli.context import Context
from core.cli.models import meter_of, models_of, who
from core.documents.naming import place
from core.engine.services import VaultServices
from core.errors import PilotfishError
from core.llm.chat import ModelRole
from core.search.model import Passage, SearchQuery


def ask(
    request: AskRequest, services: VaultServices, context: Context, show: Callable[[AskEvent], None]
) -> Answer:
    """Run one request, showing events as they come; raises as `core.assist.answers.answer`."""
    return asyncio.run(_ask(request, services, context, show))


async def _ask(
    request: AskRequest, services: VaultServices, context: Context, show: Callable[[AskEvent], None]
) -> Answer:
    async def search(query: SearchQuery) -> list[Passage]:
        return await asyncio.to_thread(services.search, query)

    async with models_of(context) as models:
        with meter_of(context) as meter:
            images = read_images(request.images, services.vault)
            found = await models.get(ModelRole.VISION if images else request.tier)
            check_sees(found, images)
            given = answer(
                request,
                search=search,
                model=meter.watch(found) if found is not None else None,
                embedder=services.embedder,
                images=images,
                prices=meter.prices,
            )
            async with aclosing(given) as events:
                async for event in events:
                    show(event)
                    if isinstance(event, Answered):
                        return event.answer
    raise PilotfishError("The answer ended without an end.")


class Printer:
    """Shows the events of an answer in a terminal: quotes, then the words as they stream."""

    def __init__(self, context: Context) -> None:
        self._output = context.output

    def show(self, event: AskEvent) -> None:
        """Print one event."""
        if isinstance(event, QuotesFound):
            for quote in event.quotes:
                words = " ".join(quote.text.split())
                where = place(quote.passage.path, quote.line, quote.passage.label)
                self._output.say(f"  [{quote.n}] {words}\n      {where}")
            self._output.say()
        elif isinstance(event, Answered):
            self._ended(event.answer)
        elif isinstance(event, TextAdded):
            self._output.say(event.text, end="")
        elif isinstance(event, ModelChosen):
            self._output.say(f"{who(event)}\n")

    def _ended(self, given: Answer) -> None:
        if not given.model:
            self._output.say(given.text)
        self._output.say()
        for citation in given.citations:
            headings = " › ".join(citation.heading_path)
            where = place(citation.path, citation.start_line, citation.label)
            checked = "checked" if citation.verified else "not found in the note"
            self._output.say(f"  [{citation.n}] {where}  {headings}  ({checked})")
        for start, end in given.unsupported:
            self._output.say(f"  not found in your notes: {' '.join(given.text[start:end].split())}")
        self._output.say(f"\n{given.finish.value}, {given.total_ms / 1000:.1f} s")
