"""One request from the command line: services and models in this process, for the length of one answer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import aclosing

from core.assist.answers import answer
from core.assist.images import check_sees, read_images
from core.assist.model import Answer, Answered, AskEvent, AskRequest, ModelChosen, QuotesFound, TextAdded
from core.cli.context import Context
from core.documents.naming import place
from core.engine.assist_service import prices_of
from core.engine.services import VaultServices
from core.errors import PilotfishError
from core.llm.chat import ModelRole
from core.llm.keys import Keys, system_keyring
from core.llm.providers import Models
from core.search.model import Passage, SearchQuery
from core.session.archive import FILE_NAME, Archive
from core.session.metering import Meter
from core.session.traces import Traces


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

    models = Models(context.settings, Keys(system_keyring()), os.environ)
    archive = Archive(context.places.data / FILE_NAME)
    meter = Meter(Traces(archive), prices_of(context.settings), cap_usd=context.settings.cost.monthly_cap_usd)
    try:
        images = read_images(request.images, services.vault)
        found = await models.get(ModelRole.VISION if images else request.tier)
        check_sees(found, images)
        model = meter.watch(found) if found is not None else None
        given = answer(
            request,
            search=search,
            model=model,
            embedder=services.embedder,
            images=images,
            prices=meter.prices,
        )
        async with aclosing(given) as events:
            async for event in events:
                show(event)
                if isinstance(event, Answered):
                    return event.answer
    finally:
        await models.close()
        archive.close()
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
            weak = " (demonstration model: its words may be wrong)" if event.demonstration else ""
            self._output.say(f"{event.model} on {event.place}{weak}:\n")

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
