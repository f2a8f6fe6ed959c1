"""Ghost text from the model: asked at a pause, shown as it comes, kept for what is typed next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from core.complete.cache import PrefixCache
from core.complete.flight import Flight
from core.complete.length import Wanted, wanted
from core.complete.model import CompletionRequest, Source, Suggestion
from core.complete.passages import Prefetch
from core.complete.place import Place, PlaceKind
from core.complete.prompting import model_request
from core.complete.rhythm import History
from core.llm.chat import ChatModel
from core.search.model import Passage
from core.text.words import word_spans

GetModel = Callable[[], Awaitable[ChatModel | None]]

LEAST_RATE = 0.12
"""Where the person takes fewer of such suggestions, the model is seldom asked unasked any more."""
SELDOM = 20
"""One pause in so many asks it nevertheless, or it would not be noticed who has come to like its words."""
_VARIED = 0.9
"""Temperature of the suggestions a person can choose from."""
_FIRST_QUIET_S, _LONGEST_QUIET_S = 5.0, 300.0


class ModelSource:
    """Suggests what a model says; used from one event loop."""

    def __init__(
        self,
        model: GetModel,
        passages: Prefetch,
        history: History,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._passages = passages
        self._history = history
        self._clock = clock
        self._cache = PrefixCache()
        self._flight: Flight | None = None
        self._failures = 0
        self._quiet_until = float("-inf")
        self._passed_over = 0
        self.is_composing = False
        """Whether an input method composes: no request begins meanwhile, one under way goes on."""

    def cached(self, request: CompletionRequest) -> Suggestion | None:
        """Return what was suggested before for this text or one that was typed on to it."""
        found = self._cache.find(request)
        return found if found is not None and not is_refused(found.text, request) else None

    async def suggest(self, request: CompletionRequest, place: Place) -> AsyncGenerator[Suggestion, None]:
        """Yield the suggestion as it grows, each replacing the one before; a failing model yields nothing."""
        passages = self._passages.ready(request)
        flight, typed = self._flying(request)
        if flight is not None:
            async with aclosing(self._read(flight, typed, request)) as suggestions:
                async for suggestion in suggestions:
                    yield suggestion
            if flight.serves(typed):
                return
        flight = await self._begin(request, place, passages)
        if flight is not None:
            async with aclosing(self._read(flight, "", request)) as suggestions:
                async for suggestion in suggestions:
                    yield suggestion

    async def _begin(
        self, request: CompletionRequest, place: Place, passages: tuple[Passage, ...]
    ) -> Flight | None:
        """Ask the model, where it may be asked."""
        length = self._length(place)
        model = await self._willing() if self._may_ask(request, place, length) else None
        if model is None:
            return None
        self._flight = Flight(model, model_request(request, length, passages), request, place, length)
        return self._flight

    async def _read(
        self, flight: Flight, typed: str, request: CompletionRequest
    ) -> AsyncGenerator[Suggestion, None]:
        """Yield what a request under way says behind what was typed, until it says something else."""
        last: Suggestion | None = None
        async with aclosing(flight.follow()) as answers:
            async for answer in answers:
                if not answer.startswith(typed) and not typed.startswith(answer):
                    break
                if (found := self._made(answer, typed, request, flight)) is not None:
                    last = found
                    yield found
        self._landed(flight, request, last)

    async def more(
        self, request: CompletionRequest, place: Place, count: int
    ) -> AsyncGenerator[Suggestion, None]:
        """Yield up to `count` other suggestions, as they are ready, for a person who asked to choose."""
        model = await self._willing()
        if model is None:
            return
        length, passages = self._length(place), self._passages.ready(request)
        asked = model_request(request, length, passages, temperature=_VARIED)
        flights = [Flight(model, asked, request, place, length) for _ in range(count)]
        looks = [asyncio.ensure_future(_last(flight)) for flight in flights]
        try:
            for look, flight in zip(looks, flights, strict=True):
                if (found := self._made(await look, "", request, flight)) is not None:
                    yield found
        finally:
            for look in looks:
                look.cancel()

    async def _willing(self) -> ChatModel | None:
        """Return the model that may be asked at this moment, however long it took to find."""
        model = await self._model()
        if model is None or model.demonstration:  # its words would not be taken: not worth the heat
            return None
        return None if self.is_composing else model

    def _flying(self, request: CompletionRequest) -> tuple[Flight | None, str]:
        """Return the request under way that still serves, and what was typed since it began."""
        typed = self._flight.typed_since(request) if self._flight is not None else None
        return (self._flight, typed) if typed is not None else (None, "")

    def _length(self, place: Place) -> Wanted:
        kind = wanted(place, 1.0).kind
        return wanted(place, self._history.share_taken(kind, Source.MODEL))

    def _may_ask(self, request: CompletionRequest, place: Place, length: Wanted) -> bool:
        if request.asked:
            return True
        if place.kind is PlaceKind.CODE or self._clock() < self._quiet_until:
            return False
        return self._history.rate(length.kind, Source.MODEL) >= LEAST_RATE or self._is_due()

    def _is_due(self) -> bool:
        """Whether this pause is the one in so many that asks a model whose words are hardly taken."""
        self._passed_over = (self._passed_over + 1) % SELDOM
        return self._passed_over == 0

    def _made(self, answer: str, typed: str, request: CompletionRequest, flight: Flight) -> Suggestion | None:
        text = answer[len(typed) :]
        if not answer.startswith(typed) or not text.strip() or is_refused(text, request):
            return None
        kind = flight.wanted.kind
        return Suggestion(text, kind, Source.MODEL, self._history.rate(kind, Source.MODEL), word_ends(text))

    def _landed(self, flight: Flight, request: CompletionRequest, last: Suggestion | None) -> None:
        """Keep what came; leave a model that fails alone for a while, longer each time."""
        if self._flight is flight:
            self._flight = None
        if last is not None:
            self._cache.add(request, last)
        if not flight.failed:
            self._failures, self._quiet_until = 0, float("-inf")
            return
        wait = _FIRST_QUIET_S * 2.0**self._failures
        self._failures += 1
        self._quiet_until = self._clock() + min(wait, _LONGEST_QUIET_S)


async def _last(flight: Flight) -> str:
    """Return the whole answer."""
    async with aclosing(flight.follow()) as answers:
        return "".join([text async for text in answers][-1:])


def word_ends(text: str) -> tuple[int, ...]:
    """Return where the words of a suggestion end, its own end included."""
    ends = [end for _, end in word_spans(text)]
    return tuple(ends if ends and ends[-1] == len(text) else [*ends, len(text)])


def is_refused(text: str, request: CompletionRequest) -> bool:
    """Whether the person refused this text here, or one that it begins or goes on with."""
    return any(refused.startswith(text) or text.startswith(refused) for refused in request.refused)
