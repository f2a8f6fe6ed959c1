"""Runs a prompt of the library: several candidates as streams at once, each shaped for its place."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from core.assist.ending import shortfall
from core.assist.images import with_images
from core.assist.json_output import checked_json
from core.assist.material import given_for, language_for, passages_for, text_of
from core.assist.model import (
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    Finish,
    ModelChosen,
    WriteEvent,
    WriteRequest,
    Written,
)
from core.assist.sameness import same_as
from core.assist.shaping import cleaned, shaped
from core.assist.sources import Search, without_removed
from core.assist.wording import wording_for
from core.errors import ModelError, NoModel
from core.llm.chat import ChatModel, ChatRequest, Image, Message, Purpose, Role, Usage
from core.llm.pictures import tokens_in
from core.llm.prices import Prices
from core.prompts.model import Output, Prompt
from core.prompts.rendering import render
from core.prompts.rules import rules_for
from core.search.model import Passage
from core.text import tokens

MOST_CANDIDATES = 9
"""At once; the keys 1 to 9 choose among them, and *more* asks for further ones."""
WARMER = 0.12
"""By how much the temperature rises from one candidate to the next, so that they differ..."""
WARMEST = 1.2
"""...and how far; above it small models fall apart."""
KNOWN_TOKENS = 800
SMALL_TOKENS = 200
SMALL_ANSWER = 96


@dataclass(frozen=True, slots=True)
class Job:
    """A request with all that is needed to run it."""

    request: WriteRequest
    prompt: Prompt
    passages: tuple[Passage, ...]
    messages: tuple[Message, ...]
    count: int
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def chat_request(self, place: int, *, small: bool) -> ChatRequest:
        """Return what is asked for the candidate at `place`, from 0."""
        wanted = self.request.temperature
        base = self.prompt.temperature if wanted is None else wanted
        return ChatRequest(
            self.messages,
            temperature=max(base, min(base + WARMER * (place + self.request.first - 1), WARMEST)),
            max_tokens=SMALL_ANSWER if small else self.prompt.max_tokens,
            purpose=Purpose(self.trace_id, "write", self.prompt.id, self.prompt.version),
        )


async def prepare(
    request: WriteRequest,
    prompt: Prompt,
    *,
    search: Search,
    small: bool = False,
    images: Sequence[Image] = (),
) -> Job:
    """Look up what goes along and lay out the messages; sends nothing.

    Args:
        small: for the demonstration model, which loses the thread in more than a few lines.

    Raises:
        UsageError: a value is missing, or there is nothing to work on.
        PromptBroken: the template cannot be filled in.
    """
    request = replace(request, note=without_removed(request.note, request.sources))
    passages = await passages_for(request, prompt, search)
    language = language_for(request, prompt.body)
    given = given_for(request, prompt, passages)
    messages = with_images(render(prompt, given, request.values, language=language), images)
    if small:
        messages = _small(request, prompt, language)
    elif request.polish:
        messages = _polishing(messages, request, language)
    elif request.known:
        messages = _different(messages, request.known, language)
    count = min(max(request.candidates or prompt.candidates, 1), MOST_CANDIDATES)
    return Job(request, prompt, passages, messages, 1 if request.polish and not request.candidates else count)


async def write(
    job: Job, *, model: ChatModel | None, prices: Prices, clock: Callable[[], float] = time.perf_counter
) -> AsyncGenerator[WriteEvent, None]:
    """Yield `ModelChosen`, the candidates' words as they come, each one's end, and `Written`.

    Candidates that say the same as an earlier one are dropped; one that fails does not stop the others.
    Closing the generator closes every connection.

    Raises:
        ModelError: no candidate could be written.
        NoModel: there is no model.
    """
    if model is None:
        raise NoModel("Writing needs a language model, and none is set up.")
    yield ModelChosen(model.model, model.provider, model.place, model.demonstration)
    run = _Run(job, model, clock)
    async with aclosing(run.events()) as events:
        async for event in events:
            yield event
    yield await asyncio.to_thread(run.written, prices)


@dataclass
class _Stream:
    """One candidate while it comes."""

    n: int
    text: str = ""
    usage: Usage | None = None
    finish_reason: str | None = None
    problem: ModelError | None = None


@dataclass
class _Run:
    """Reads all candidates at once and puts their events into one order."""

    job: Job
    model: ChatModel
    clock: Callable[[], float]
    done: list[Candidate] = field(default_factory=list)
    streams: list[_Stream] = field(default_factory=list)
    first_token_ms: float | None = None

    def __post_init__(self) -> None:
        self._started = self.clock()
        self._queue: asyncio.Queue[tuple[_Stream, str | None]] = asyncio.Queue()

    async def events(self) -> AsyncGenerator[WriteEvent, None]:
        """Yield what happens to any candidate, in the order in which it happens."""
        first = self.job.request.first
        self.streams = [_Stream(first + place) for place in range(self.job.count)]
        tasks = [asyncio.create_task(self._read(stream, i)) for i, stream in enumerate(self.streams)]
        open_streams = len(tasks)
        try:
            while open_streams:
                stream, text = await self._queue.get()
                if text is not None:
                    yield CandidateAdded(stream.n, text)
                else:
                    open_streams -= 1
                    yield await asyncio.to_thread(self._ended, stream)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if not self.done and (problems := [s.problem for s in self.streams if s.problem]):
            raise problems[0]

    async def _read(self, stream: _Stream, place: int) -> None:
        request = self.job.chat_request(place, small=self.model.demonstration)
        try:
            async with aclosing(self.model.stream(request)) as deltas:
                async for delta in deltas:
                    stream.finish_reason = delta.finish_reason or stream.finish_reason
                    stream.usage = delta.usage or stream.usage
                    if delta.text:
                        stream.text += delta.text
                        self.first_token_ms = self.first_token_ms or self._elapsed_ms()
                        self._queue.put_nowait((stream, delta.text))
            stream.problem = shortfall(stream.text, stream.finish_reason, self.model)
        except ModelError as error:
            stream.problem = error
        finally:
            self._queue.put_nowait((stream, None))

    def _ended(self, stream: _Stream) -> WriteEvent:
        """Return what became of a candidate whose stream is over."""
        candidate = self._candidate(stream)
        if stream.problem is not None and not candidate.text.strip():
            return CandidateFailed(stream.n, stream.problem)
        known = self.job.request.known
        twin = same_as(candidate.text, [*(other.text for other in self.done), *known])
        if twin is not None:
            return CandidateDropped(stream.n, self.done[twin].n if twin < len(self.done) else 0)
        self.done.append(candidate)
        return CandidateDone(candidate)

    def _candidate(self, stream: _Stream) -> Candidate:
        job = self.job
        whole = stream.problem is None and stream.finish_reason == "stop"
        finish = Finish.COMPLETE if whole else Finish.INCOMPLETE
        text, problem = stream.text, ""
        if job.prompt.output is Output.JSON:
            text, problem = checked_json(cleaned(text), job.prompt.schema)
        placement = job.request.placement or job.prompt.placement
        text = shaped(text, job.request.note, job.prompt.output, placement)
        return Candidate(stream.n, text, finish, problem)

    def written(self, prices: Prices) -> Written:
        """Return what ends the run."""
        usage = self._usage()
        return Written(
            candidates=tuple(sorted(self.done, key=lambda candidate: candidate.n)),
            prompt_id=self.job.prompt.id,
            prompt_version=self.job.prompt.version,
            model=self.model.model,
            provider=self.model.provider,
            tier=self.job.request.tier or self.job.prompt.tier,
            usage=usage,
            cost_usd=prices.cost(self.model.model, self.model.place, usage),
            first_token_ms=self.first_token_ms,
            total_ms=self._elapsed_ms(),
            trace_id=self.job.trace_id,
        )

    def _usage(self) -> Usage:
        asked = tokens_in(self.job.messages)
        each = [s.usage or Usage(asked, tokens.count(s.text), estimated=True) for s in self.streams]
        return Usage(
            sum(usage.prompt_tokens for usage in each),
            sum(usage.completion_tokens for usage in each),
            any(usage.estimated for usage in each),
        )

    def _elapsed_ms(self) -> float:
        return (self.clock() - self._started) * 1000


def _polishing(messages: tuple[Message, ...], request: WriteRequest, language: str) -> tuple[Message, ...]:
    wish = request.instruction.strip() or rules_for(language).better
    return (
        *messages,
        Message(Role.ASSISTANT, request.polish),
        Message(Role.USER, rules_for(language).polish.format(text=wish)),
    )


def _different(messages: tuple[Message, ...], known: Sequence[str], language: str) -> tuple[Message, ...]:
    """Tell the model what is there already, so that *more* brings something else."""
    shown: list[str] = []
    left = KNOWN_TOKENS
    for text in reversed(known):
        left -= tokens.count(text)
        if left < 0:
            break
        shown.append(text)
    if not shown:
        return messages
    there = "\n\n".join(f"({n}) {text}" for n, text in enumerate(reversed(shown), start=1))
    return (*messages, Message(Role.ASSISTANT, there), Message(Role.USER, rules_for(language).another))


def _small(request: WriteRequest, prompt: Prompt, language: str) -> tuple[Message, ...]:
    """Return the little that the demonstration model can follow: one order and a short text."""
    words = wording_for("中" if language == "zh" else "a")
    order = request.instruction or f"{prompt.about.of(language) or prompt.title.of(language)}."
    text = (
        request.polish or text_of(prompt.scope, request.note) or (request.note.before if request.note else "")
    )
    values = " ".join(filter(None, request.values.values()))
    parts = [order, values, tokens.trim(text, SMALL_TOKENS)]
    return (
        Message(Role.SYSTEM, words.write_small),
        Message(Role.USER, "\n\n".join(part for part in parts if part)),
    )
