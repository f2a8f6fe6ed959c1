"""Grounded answers: quotes first, then the model's words, then the check of every citation."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from core.assist import context
from core.assist.ahead import started
from core.assist.citations import citation, cite
from core.assist.ending import shortfall
from core.assist.grounding import unsupported
from core.assist.marks import MarkNormaliser
from core.assist.model import (
    Answer,
    Answered,
    AskEvent,
    AskRequest,
    Citation,
    Finish,
    ModelChosen,
    Quote,
    QuotesFound,
    TextAdded,
    Work,
)
from core.assist.quoting import Quoting
from core.assist.shaping import unwrapped
from core.assist.sources import Search
from core.assist.support import Support
from core.assist.terms import terms
from core.assist.wording import points_at_open_note, wording_for
from core.errors import ModelError, NoModel
from core.index.model import Embedder
from core.llm.chat import ChatModel, ChatRequest, Delta, Image, Message, Purpose, Role, Usage
from core.llm.pictures import tokens_in
from core.llm.prices import Prices
from core.search.model import Passage, SearchQuery
from core.text import tokens

log = logging.getLogger(__name__)

Clock = Callable[[], float]

CANDIDATES = 12
"""Chunks fetched; merging and dropping leaves fewer."""
_FOCUS_CHARACTERS = 300
FOLLOW_UP_TERMS = 2
"""Content words up to which a question within a conversation is taken to go on from the last one."""
PUBLISHED = Prices()
_NOT_SAID = Usage(estimated=True)


async def answer(
    request: AskRequest,
    *,
    search: Search,
    model: ChatModel | None,
    embedder: Embedder | None = None,
    history: Sequence[Message] = (),
    images: Sequence[Image] = (),
    prices: Prices = PUBLISHED,
    clock: Clock = time.perf_counter,
) -> AsyncGenerator[AskEvent, None]:
    """Yield `QuotesFound`, `ModelChosen`, the words as `TextAdded`, and `Answered`.

    Without a model a question is answered in quotes; where nothing in the notes speaks to it, no model is
    asked. `embedder` helps where question and notes share few words. `history` is what was said before in
    the session; a short question is then looked up together with the one before it. A stream that breaks
    off after its first words ends as `INCOMPLETE`. Closing the generator closes the model's connection.

    Raises:
        ModelError: the model could not be reached or refused, before it said a word.
        NoModel: text was to be written and there is no model.
    """
    run = _Run(request, clock, tuple(history), prices, tuple(images))
    passages = await _passages(run, search)
    quoting = Quoting(request.text, passages if request.work is Work.ASK else (), embedder)
    try:
        async with aclosing(_answered(run, passages, quoting, model)) as events:
            async for event in events:
                yield event
    finally:
        quoting.close()


async def prepared(
    request: AskRequest, *, search: Search, history: Sequence[Message] = (), images: Sequence[Image] = ()
) -> tuple[ChatRequest, tuple[Passage, ...]]:
    """Return what would be sent for a request, and the passages in it; sends nothing."""
    run = _Run(request, time.perf_counter, tuple(history), images=tuple(images))
    passages = await _passages(run, search)
    return run.completed(context.build(request, passages)), passages


async def _answered(
    run: _Run, passages: tuple[Passage, ...], quoting: Quoting, model: ChatModel | None
) -> AsyncGenerator[AskEvent, None]:
    request = run.request
    if request.work is Work.ASK and request.use_passages and not await _speaks(run, quoting):
        yield QuotesFound((), passages)
        yield Answered(run.without_model(wording_for(request.text).not_found, (), Finish.NOT_FOUND))
        return
    if model is None:
        shown = await quoting.all()
        yield QuotesFound(shown, passages)
        yield Answered(_in_quotes(run, shown))
        return
    small = model.demonstration
    if small:
        prompt = context.build_small(request, await quoting.all())
    else:
        prompt = run.completed(context.build(request, passages))
    prompt = replace(prompt, purpose=Purpose(run.trace_id, request.work.value))
    # The request is on its way while the quotes are still being compared.
    async with started(_words(run, model, prompt)) as words:
        yield QuotesFound(await quoting.all(), passages)
        yield ModelChosen(model.model, model.provider, model.place, small)
        async for text in words:
            yield TextAdded(text)
    # In a thread: a long answer has many citations, and the first price takes 0.2 s to look up.
    yield Answered(await asyncio.to_thread(run.finished, model, passages))


async def _passages(run: _Run, search: Search) -> tuple[Passage, ...]:
    request = run.request
    if not request.use_passages:
        return ()
    note = request.note
    focus = (note.selection or (note.block if request.work is Work.WRITE else "")) if note else ""
    before = run.question_before() if run.follows_up() else ""
    query = "\n".join(filter(None, [before, request.text, focus[:_FOCUS_CHARACTERS]])).strip()
    return context.select(await search(SearchQuery(query, limit=CANDIDATES)))


async def _speaks(run: _Run, quoting: Quoting) -> bool:
    """Whether there is anything to answer from: the notes, the selection, the open note if it is meant,
    what the person pinned, or what was said before."""
    request = run.request
    note = request.note
    if request.sources.notes or run.sees_pictures or run.follows_up():
        return True
    if note is not None and note.selection:
        return True
    if note is not None and points_at_open_note(request.text) and (note.block or note.before):
        return True
    return await quoting.any()


def _in_quotes(run: _Run, shown: Sequence[Quote]) -> Answer:
    if run.request.work is Work.WRITE:
        raise NoModel("Writing needs a language model, and none is set up.")
    text = "\n\n".join(f"> {' '.join(quote.text.split())} [{quote.n}]" for quote in shown)
    return run.without_model(text, tuple(map(_citation_of, shown)), Finish.QUOTES_ONLY)


def _citation_of(quote: Quote) -> Citation:
    found = Support(quote.text, quote.line, quote.line + quote.text.count("\n"))
    return citation(quote.n, quote.passage, found)


async def _words(run: _Run, model: ChatModel, request: ChatRequest) -> AsyncGenerator[str, None]:
    """Yield the model's words with uniform marks; what ends the stream is noted in `run`."""
    marks = MarkNormaliser() if run.request.work is Work.ASK else None
    try:
        async with aclosing(model.stream(request)) as deltas:
            async for delta in deltas:
                if text := run.take(delta, marks):
                    yield text
    except ModelError as error:
        if not run.text:
            raise
        run.problem = error  # the words so far stay, marked incomplete
    if text := run.end(request, marks):
        yield text
    run.problem = run.problem or shortfall(run.text, run.finish_reason, model)
    if run.problem is not None and not run.text.strip():
        raise run.problem


@dataclass
class _Run:
    """Collects what one request produced."""

    request: AskRequest
    clock: Clock
    history: tuple[Message, ...] = ()
    prices: Prices = PUBLISHED
    images: tuple[Image, ...] = ()
    text: str = ""
    usage: Usage = _NOT_SAID
    finish_reason: str | None = None
    problem: ModelError | None = None
    first_token_ms: float | None = None
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def completed(self, prompt: ChatRequest) -> ChatRequest:
        """Return a request with what was said before, and the temperature that the person wants."""
        first, *rest = prompt.messages
        rest[-1] = replace(rest[-1], images=self.images)
        wanted = self.request.temperature
        return replace(
            prompt,
            messages=(first, *self.history, *rest),
            temperature=prompt.temperature if wanted is None else wanted,
        )

    @property
    def sees_pictures(self) -> bool:
        """Whether there are pictures to answer from, those of earlier turns among them."""
        return bool(self.images) or any(message.images for message in self.history)

    def follows_up(self) -> bool:
        """Whether the question is too short to stand without the one before it: "and why?", "再详细点"."""
        return bool(self.history) and len(set(terms(self.request.text))) <= FOLLOW_UP_TERMS

    def question_before(self) -> str:
        """Return the person's words before these."""
        said = [message.content for message in self.history if message.role is Role.USER]
        return said[-1] if said else ""

    def elapsed_ms(self) -> float:
        """Milliseconds since the request was made."""
        return (self.clock() - self._started) * 1000

    def take(self, delta: Delta, marks: MarkNormaliser | None) -> str:
        """Note a piece of the stream; returns the text to show."""
        self.finish_reason = delta.finish_reason or self.finish_reason
        self.usage = delta.usage or self.usage
        if delta.text and self.first_token_ms is None:
            self.first_token_ms = self.elapsed_ms()
        return self._add(marks.feed(delta.text) if marks else delta.text)

    def end(self, request: ChatRequest, marks: MarkNormaliser | None) -> str:
        """Note the end of the stream; returns what was held back."""
        held = self._add(marks.close() if marks else "")
        if self.usage.estimated:
            self.usage = Usage(tokens_in(request.messages), tokens.count(self.text), estimated=True)
        return held

    def _add(self, text: str) -> str:
        self.text += text
        return text

    def finished(self, model: ChatModel, passages: Sequence[Passage]) -> Answer:
        """Return the answer with its citations checked and its price."""
        asked = self.request.work is Work.ASK
        citations = cite(self.text, passages) if asked else ()
        return Answer(
            text=self.text if asked else unwrapped(self.text),
            citations=citations,
            finish=Finish.COMPLETE if self.finish_reason == "stop" else Finish.INCOMPLETE,
            model=model.model,
            provider=model.provider,
            tier=self.request.tier,
            usage=self.usage,
            cost_usd=self.prices.cost(model.model, model.place, self.usage),
            first_token_ms=self.first_token_ms,
            total_ms=self.elapsed_ms(),
            trace_id=self.trace_id,
            problem=self.problem,
            unsupported=self._unsupported(citations, passages) if asked else (),
        )

    def _unsupported(
        self, citations: Sequence[Citation], passages: Sequence[Passage]
    ) -> tuple[tuple[int, int], ...]:
        """Return the sentences that rest on nothing; an answer that is not meant to rest on the notes, or
        rests on a picture, has none."""
        request = self.request
        if not request.use_passages or self.sees_pictures:
            return ()
        note = request.note
        seen = (note.selection, note.block, note.before, note.after) if note else ()
        told = (message.content for message in self.history if message.role is Role.USER)
        return unsupported(self.text, citations, passages, said=(request.text, *seen, *told))

    def without_model(self, text: str, citations: tuple[Citation, ...], finish: Finish) -> Answer:
        """Return an answer that no model took part in."""
        return Answer(
            text=text,
            citations=citations,
            finish=finish,
            model="",
            provider="",
            tier=self.request.tier,
            usage=Usage(),
            cost_usd=0.0,
            first_token_ms=None,
            total_ms=self.elapsed_ms(),
            trace_id=self.trace_id,
        )
