"""An engine that says what a test tells it to, on a thread of its own like the real one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

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
)
from core.complete.model import CompletionRequest, Offer, Outcome, Suggestion
from core.engine.index_link import IndexDetails
from core.engine.model import EngineEvent, LocalEndpoint, ModelState
from core.errors import EngineStopped, ModelError, PilotfishError
from core.index.model import Hold
from core.llm.chat import Tier, Usage
from core.llm.offered import Offered
from core.search.model import Passage, SearchQuery
from core.text.diff import Part, diff
from core.text.matching import Terms
from core.vault.model import WatchTrouble
from tests.desktop.fake_assist import FakeAssist

Script = list[AskEvent | PilotfishError]


class FakeAsking:
    """One request; the test sends its events, at once or step by step."""

    def __init__(self, link: FakeLink, request: AskRequest, on_event: Any, on_failed: Any) -> None:
        self.request = request
        self.cancelled = False
        self._link, self._on_event, self._on_failed = link, on_event, on_failed

    def cancel(self) -> None:
        self.cancelled = True

    def send(self, *events: AskEvent | PilotfishError) -> None:
        """Deliver events from the link's thread, in order; returns when they have been handed over."""
        for event in events:
            call = self._on_failed if isinstance(event, PilotfishError) else self._on_event
            self._link.run(call, event)

    def say(self, *words: str) -> None:
        """Deliver words of the stream."""
        self.send(*map(TextAdded, words))

    def end(
        self, text: str, *, finish: Finish = Finish.COMPLETE, citations: tuple[Citation, ...] = ()
    ) -> None:
        """Deliver the finished answer."""
        self.send(Answered(an_answer(text, finish=finish, citations=citations, tier=self.request.tier)))


class FakeCompletion:
    """One look for ghost text; the test makes the offers."""

    def __init__(self, link: FakeLink, request: CompletionRequest, on_offer: Any, on_ended: Any) -> None:
        self.request = request
        self.cancelled = False
        self._link, self._on_offer, self._on_ended = link, on_offer, on_ended

    def cancel(self) -> None:
        self.cancelled = True

    def offer(self, *suggestions: Suggestion) -> None:
        """Deliver an offer from the link's thread; returns when it has been handed over."""
        self._link.run(self._on_offer, Offer(self.request.revision, suggestions))

    def end(self) -> None:
        """Deliver the end."""
        self._link.run(lambda _: self._on_ended(), None)


class FakeIndex:
    """What the window asks and tells of the index; `details_now` is what it is told."""

    def __init__(self, link: FakeLink) -> None:
        self._link = link
        self.details_now = index_details()
        self.names: dict[str, Terms] = {}

    def details(self) -> Future[IndexDetails]:
        return self._link.future(self.details_now)

    def note_names(self) -> Future[Terms]:
        return self._link.future(self.names.get("notes", Terms()))

    def tag_names(self) -> Future[Terms]:
        return self._link.future(self.names.get("tags", Terms()))

    def heading_names(self, path: str) -> Future[Terms]:
        return self._link.future(self.names.get(path, Terms()))

    def rebuild(self) -> None:
        self._link.calls.append(("rebuild", None))

    def person_acts(self) -> None:
        self._link.calls.append(("person_acts", None))


class FakeLink:
    """Implements `core.engine.model.EngineLink`.

    Requests wait in `asked` for the test to answer, unless `script` holds events to play for each.
    """

    def __init__(
        self, *, script: Script | None = None, on_event: Callable[[EngineEvent], None] | None = None
    ):
        self.script = script
        self.on_event = on_event
        self.asked: list[FakeAsking] = []
        self.completed: list[FakeCompletion] = []
        self.outcomes: list[Outcome] = []
        self.searched: list[SearchQuery] = []
        self.calls: list[tuple[str, object]] = []
        self.passages: list[Passage] | Exception = []
        self.endpoints: list[LocalEndpoint] | Exception = []
        self.models: dict[str, list[str] | Exception] = {}
        self.offered: tuple[Offered, ...] | Exception = ()
        self.closed = False
        self.compares = True
        self._thread = ThreadPoolExecutor(1, "fake-engine")
        self.assist = FakeAssist(self)
        self.index = FakeIndex(self)

    def run(self, call: Callable[[Any], None], value: object) -> None:
        """Call from the link's thread and wait until it has been."""
        self._thread.submit(call, value).result(60)

    def ask(self, request: AskRequest, *, on_event: Any, on_failed: Any) -> FakeAsking:
        asking = FakeAsking(self, request, on_event, on_failed)
        self.asked.append(asking)
        if self.script is not None:
            asking.send(*self.script)
        return asking

    def complete(self, request: CompletionRequest, *, on_offer: Any, on_ended: Any) -> FakeCompletion:
        self.completed.append(FakeCompletion(self, request, on_offer, on_ended))
        return self.completed[-1]

    def composing(self, is_composing: bool) -> None:
        self.calls.append(("composing", is_composing))

    def completion_outcome(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def search(self, query: SearchQuery) -> Future[list[Passage]]:
        self.searched.append(query)
        return self.future(self.passages)

    def diff(self, old: str, new: str) -> Future[tuple[Part, ...]]:
        return self.future(diff(old, new) if self.compares else EngineStopped())

    def find_local_endpoints(self) -> Future[list[LocalEndpoint]]:
        return self.future(self.endpoints)

    def list_models(self, base_url: str, key: str) -> Future[list[str]]:
        self.calls.append(("list_models", (base_url, key)))
        return self.future(self.models.get(base_url, []))

    def offered_models(self) -> Future[tuple[Offered, ...]]:
        return self.future(self.offered)

    def note_opened(self, path: str) -> None:
        self.calls.append(("note_opened", path))

    def note_saved(self, path: str) -> None:
        self.calls.append(("note_saved", path))

    def set_paused(self, paused: bool) -> None:
        self.calls.append(("set_paused", paused))

    def reload_settings(self) -> None:
        self.calls.append(("reload_settings", None))

    def keep_key(self, base_url: str, key: str) -> None:
        self.calls.append(("keep_key", (base_url, key)))

    def close(self) -> None:
        self.closed = True
        self._thread.shutdown()

    def emit(self, event: EngineEvent) -> None:
        """Deliver an event that belongs to no request."""
        if self.on_event is not None:
            self.run(self.on_event, event)

    def future(self, value: Any) -> Future[Any]:
        """Return a future that ends on the link's thread, with the value or the error."""
        future: Future[Any] = Future()
        if isinstance(value, Exception):
            self._thread.submit(future.set_exception, value)
        else:
            self._thread.submit(future.set_result, value)
        return future


def index_details(**changes: Any) -> IndexDetails:
    """How an index stands, with any of its values changed."""
    values = {
        "notes": 2041,
        "passages": 12300,
        "waiting": 0,
        "model": "multilingual-e5-small-0f813a10fafe",
        "sent_to": "",
        "place": "/home/ada/.local/share/pilotfish/indexes/notes-1a2b/rows",
        "skipped": (),
        "conflicts": (),
        "trouble": WatchTrouble.NONE,
        "hold": Hold.NONE,
    }
    return IndexDetails(**(values | changes))


def a_passage(
    path: str = "Projects/Pilot review.md",
    *,
    heading_path: tuple[str, ...] = ("Pilot review", "Churn"),
    line: int = 14,
    text: str = "Churn in the pilot fell to 3 %.",
) -> Passage:
    return Passage("id", path, "", heading_path, line, line + 2, text, "en", 1.0)


def a_quote(n: int = 1, text: str = "Churn in the pilot fell to 3 %.", **place: Any) -> Quote:
    passage = a_passage(text=text, **place)
    return Quote(n, text, passage, passage.start_line)


def a_citation(
    n: int = 1, path: str = "Projects/Pilot review.md", *, verified: bool = True, line: int = 14
) -> Citation:
    return Citation(n, path, ("Pilot review", "Churn"), line, line + 2, "fell to 3 %", verified)


def quotes_found(*quotes: Quote) -> QuotesFound:
    return QuotesFound(quotes, tuple(quote.passage for quote in quotes))


def model_chosen(
    *, demonstration: bool = False, place: str = "local", model: str = "qwen3:8b"
) -> ModelChosen:
    return ModelChosen(model, "ollama", place, demonstration)


def model_state(
    tier: Tier = Tier.FAST, *, model: str = "qwen3:8b", place: str = "local", demonstration: bool = False
):
    return ModelState(tier, model, "ollama", place, demonstration)


def an_answer(
    text: str = "words",
    *,
    finish: Finish = Finish.COMPLETE,
    citations: tuple[Citation, ...] = (),
    tier: Tier = Tier.FAST,
    problem: ModelError | None = None,
    unsupported: tuple[tuple[int, int], ...] = (),
) -> Answer:
    return Answer(
        *(text, citations, finish, "m", "ollama", tier, Usage(), None, 1.0, 2.0, "trace", problem),
        unsupported=unsupported,
    )
