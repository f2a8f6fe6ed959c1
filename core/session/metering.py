"""Counts every call of a model: asks the cap before, writes the trace after, remembers what was sent."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from core.errors import CapReached, ModelError, SessionsUnavailable
from core.llm.chat import LOCAL, ChatModel, ChatRequest, Delta, Message, NamedModel, Usage
from core.llm.pictures import tokens_in, without_bytes, without_pictures
from core.llm.prices import Prices
from core.session.model import Sent, Trace
from core.session.traces import Traces
from core.text import tokens

log = logging.getLogger(__name__)

REMEMBERED = 50
"""Requests of which what was sent is kept, in memory only."""
CANCELLED = "cancelled"
_MAY_BE_BILLED = frozenset({"", CANCELLED, "ModelTimedOut"})
"""Ends of a call without any words that a provider may charge for; a refused request is free."""


class Meter:
    """Wraps models so that nothing is called unseen; belongs to one event loop.

    Args:
        on_spent: called on the loop after each call that was recorded.
    """

    def __init__(
        self,
        traces: Traces,
        prices: Prices,
        *,
        cap_usd: float = 0.0,
        on_spent: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.traces = traces
        self.prices = prices
        self.cap_usd = cap_usd
        self._on_spent = on_spent
        self._clock = clock
        self._sent: OrderedDict[str, list[Sent]] = OrderedDict()
        self._asked: OrderedDict[str, Sequence[Message]] = OrderedDict()

    def watch(self, model: ChatModel) -> ChatModel:
        """Return the model with everything it does written down."""
        return MeteredChat(model, self)

    def sent(self, request_id: str) -> tuple[Sent, ...]:
        """Return what a request sent, one entry per call."""
        return tuple(self._sent.get(request_id, ()))

    def asked(self, request_id: str) -> Sequence[Message]:
        """Return the messages of a request's last call, as long as they are remembered."""
        return self._asked.get(request_id, ())

    async def allow(self, model: NamedModel) -> None:
        """Raise `CapReached` where the month's limit is used up; models on this machine are free."""
        if self.cap_usd <= 0 or model.place == LOCAL:
            return
        _, spent = await asyncio.to_thread(self.traces.spent_usd)
        if spent >= self.cap_usd:
            raise CapReached(
                f"This month's limit of {self.cap_usd:g} USD is reached, so nothing was sent.",
                cap=f"{self.cap_usd:g}",
                spent=f"{spent:.2f}",
            )

    def remember(self, request: ChatRequest, sent: Sent) -> None:
        """Keep what has just gone out."""
        key = request.purpose.request_id
        if not key:  # ghost text: too much of it, and nobody asks
            return
        self._sent.setdefault(key, []).append(sent)
        self._asked[key] = tuple(map(without_bytes, request.messages))
        for kept in (self._sent, self._asked):
            while len(kept) > REMEMBERED:
                kept.popitem(last=False)

    async def record(self, call: Call) -> None:
        """Write a call down; a file that cannot be written costs the record, not the answer."""
        await self._keep(lambda: self.traces.record(self._trace_of(call)))

    async def keep(self, trace: Trace) -> None:
        """Write down a call that was counted elsewhere; also if nobody waits for it any more."""
        await asyncio.shield(asyncio.ensure_future(self._keep(lambda: self.traces.record(trace))))

    async def _keep(self, write: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(write)
        except SessionsUnavailable as error:
            log.warning("a call was not recorded: %s", error)
        self._on_spent()

    def now(self) -> float:
        """Return the time that calls are measured with."""
        return self._clock()

    def _trace_of(self, call: Call) -> Trace:
        usage = call.told or call.estimated()
        purpose, model = call.request.purpose, call.model
        return Trace(
            id=uuid.uuid4().hex,
            request_id=purpose.request_id,
            started_at=call.started_at,
            operation=purpose.operation or "chat",
            provider=model.provider,
            model=model.model,
            place=model.place,
            prompt_id=purpose.prompt_id,
            prompt_version=purpose.prompt_version,
            input_tokens=usage.prompt_tokens,
            output_tokens=usage.completion_tokens,
            estimated=usage.estimated,
            cost_usd=self.prices.cost(model.model, model.place, usage),
            first_token_s=call.first_token_s,
            duration_s=call.duration_s,
            finish_reason=call.finish_reason,
            error_type=call.error_type,
        )


class Call:
    """One call of a model while it runs."""

    def __init__(self, model: ChatModel, request: ChatRequest, clock: Callable[[], float]) -> None:
        self.model = model
        self.request = request
        self.started_at = time.time()
        self.told: Usage | None = None
        self.first_token_s: float | None = None
        self.duration_s = 0.0
        self.finish_reason = ""
        self.error_type = CANCELLED
        self.was_sent = False
        self._clock = clock
        self._started = clock()
        self._text: list[str] = []

    def take(self, delta: Delta) -> None:
        """Note a piece of the answer."""
        self.told = delta.usage or self.told
        self.finish_reason = delta.finish_reason or self.finish_reason
        if delta.text:
            self._text.append(delta.text)
            if self.first_token_s is None:
                self.first_token_s = self._clock() - self._started

    def ended(self, error_type: str) -> None:
        """Note how it ended."""
        self.error_type = error_type

    def stopped(self) -> None:
        """Note when it was over, however it ended."""
        self.duration_s = self._clock() - self._started

    def estimated(self) -> Usage:
        """Return the tokens as we count them; a request that never went out or was refused took none."""
        text = "".join(self._text)
        if not self.was_sent or (not text and self.error_type not in _MAY_BE_BILLED):
            return Usage(estimated=True)
        return Usage(tokens_in(self.request.messages), tokens.count(text), estimated=True)


class Metered:
    """Goes by the name of the model whose calls are counted."""

    def __init__(self, counted: NamedModel) -> None:
        self._counted = counted

    @property
    def model(self) -> str:
        """The model's name as the provider knows it."""
        return self._counted.model

    @property
    def provider(self) -> str:
        """The provider's name in the settings."""
        return self._counted.provider

    @property
    def place(self) -> str:
        """`local`, else the host that will see or hear what is sent."""
        return self._counted.place


class MeteredChat(Metered):
    """A model whose calls are counted; see `ChatModel`."""

    def __init__(self, inner: ChatModel, meter: Meter) -> None:
        super().__init__(inner)
        self._inner = inner
        self._meter = meter

    @property
    def demonstration(self) -> bool:
        """Whether this is the built-in model."""
        return self._inner.demonstration

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; the call is recorded also if nobody reads on.

        Raises:
            CapReached: the month's limit is used up; nothing was sent.
            ModelError: as the model's own `stream`.
        """
        await self._meter.allow(self._inner)
        call = Call(self._inner, request, self._meter.now)

        def on_sent(url: str, body: bytes) -> None:
            call.was_sent = True
            self._meter.remember(request, Sent(url, without_pictures(body), time.time()))

        try:
            async with aclosing(self._inner.stream(replace(request, on_sent=on_sent))) as deltas:
                async for delta in deltas:
                    call.take(delta)
                    yield delta
            call.ended("")
        except ModelError as error:
            call.ended(type(error).__name__)
            raise
        finally:
            call.stopped()
            # Shielded: a cancelled answer has been paid for as well.
            await asyncio.shield(asyncio.ensure_future(self._meter.record(call)))

    async def close(self) -> None:
        """Close the model underneath."""
        await self._inner.close()
