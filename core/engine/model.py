"""What the engine of one vault offers, as values that cross a process border."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.assist.model import AskEvent, AskRequest
from core.complete.model import CompletionRequest, Offer, Outcome
from core.engine.index_link import IndexLink
from core.errors import PilotfishError
from core.index.model import IndexProgress
from core.llm.chat import Tier
from core.llm.offered import Offered
from core.search.model import Passage, SearchQuery

if TYPE_CHECKING:
    from core.engine.assist_model import AssistLink
    from core.text.diff import Part


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What an engine is started with."""

    vault: Path
    base_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class ModelState:
    """The model behind a tier, for the switch and the status bar."""

    tier: Tier
    model: str
    provider: str
    place: str
    """`local`, a host name, or empty where no model is set up."""
    demonstration: bool


@dataclass(frozen=True, slots=True)
class LocalEndpoint:
    """A model server found running on this machine."""

    name: str
    base_url: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotesChanged:
    """Notes of the vault changed on disk, whoever changed them; paths relative to the vault."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, str], ...] = ()
    """Old path and new of those that seem to have been renamed; contents make it certain."""


@dataclass(frozen=True, slots=True)
class PromptsChanged:
    """The person's own prompts or scenes changed on disk; ask for the lists anew."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A model call was paid for; sums in US dollars, a `cap_usd` of 0 is none."""

    today_usd: float
    month_usd: float
    cap_usd: float


EngineEvent = IndexProgress | NotesChanged | ModelState | PromptsChanged | Spent | PilotfishError
OnEngineEvent = Callable[[EngineEvent], None]
OnFailed = Callable[[PilotfishError], None]


class Asking(Protocol):
    """A request under way."""

    def cancel(self) -> None:
        """Stop it; the server's connection is closed and no further event comes."""


class EngineLink(Protocol):
    """The engine as the window sees it. Every method returns at once; callbacks and futures complete on a
    thread of the link's own."""

    @property
    def assist(self) -> AssistLink:
        """Prompts, candidates, sessions, cost and checks."""

    @property
    def index(self) -> IndexLink:
        """The index itself: its details, a rebuild, room for the person."""

    def search(self, query: SearchQuery) -> Future[list[Passage]]:
        """Look up passages."""

    def diff(self, old: str, new: str) -> Future[tuple[Part, ...]]:
        """Compare two texts, changes ending where words do; see `core.text.diff`."""

    def ask(
        self,
        request: AskRequest,
        *,
        on_event: Callable[[AskEvent], None],
        on_failed: OnFailed,
    ) -> Asking:
        """Start a request; exactly one of an `Answered` event and `on_failed` ends it unless cancelled."""

    def complete(
        self, request: CompletionRequest, *, on_offer: Callable[[Offer], None], on_ended: Callable[[], None]
    ) -> Asking:
        """Look for ghost text; offers come as sources have them, and `on_ended` last unless cancelled.

        Ghost text that fails is ghost text that does not come: there is no error.
        """

    def composing(self, is_composing: bool) -> None:
        """Tell whether an input method composes: no look for ghost text, not one from before either,
        begins a request to the model meanwhile."""

    def completion_outcome(self, outcome: Outcome) -> None:
        """Tell what became of a suggestion."""

    def note_opened(self, path: str) -> None:
        """Index this note before the others."""

    def note_saved(self, path: str) -> None:
        """Index this note now; the watcher need not be waited for."""

    def set_paused(self, paused: bool) -> None:
        """Pause or resume indexing."""

    def reload_settings(self) -> None:
        """Settings on disk changed: models and exclusions are read anew."""

    def find_local_endpoints(self) -> Future[list[LocalEndpoint]]:
        """Look for model servers on their usual ports of this machine."""

    def list_models(self, base_url: str, key: str) -> Future[list[str]]:
        """Ask an endpoint for its models; fails with the ModelError that a request would meet."""

    def offered_models(self) -> Future[tuple[Offered, ...]]:
        """Ask every provider of the settings for its models; one that fails holds nobody up."""

    def keep_key(self, base_url: str, key: str) -> None:
        """Use this key for the endpoint's origin until the engine ends; it is written nowhere."""

    def close(self) -> None:
        """End the engine and wait for it, at most a few seconds."""
