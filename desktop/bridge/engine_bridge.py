"""The engine as widgets see it: commands down, Qt signals up, everything on the GUI thread.

The engine link calls back on a thread of its own. Each callback goes through one queued signal, so that
receivers, plain functions and lambdas included, run on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.assist.model import AskRequest
from core.complete.model import CompletionRequest, Outcome
from core.engine.assist_model import AssistLink
from core.engine.index_link import IndexDetails
from core.engine.model import (
    EngineEvent,
    EngineLink,
    LocalEndpoint,
    ModelState,
    NotesChanged,
    PromptsChanged,
    Spent,
)
from core.index.model import IndexProgress
from core.llm.offered import Offered
from core.search.model import Passage, SearchQuery
from core.text.matching import Terms
from desktop.bridge.assist_bridge import AssistBridge, Failed
from desktop.bridge.completion import CompletionHandle
from desktop.bridge.gone import is_for_the_gone
from desktop.bridge.stream_handles import AskHandle

if TYPE_CHECKING:
    from core.text.diff import Part

T = TypeVar("T")


class EngineBridge(QObject):
    """Speaks to the engine link for all widgets.

    Signals:
        progressed: Indexing went on; carries `IndexProgress`.
        notes_changed: Notes changed on disk; carries `NotesChanged`.
        model_changed: Which model a tier means; carries `ModelState`, one signal per tier.
        prompts_changed: The person's prompts or scenes changed; carries `PromptsChanged`.
        spent: A model call was paid for; carries `Spent`.
        failed: An error that belongs to no request; carries `PilotfishError`.
    """

    progressed = Signal(object)
    notes_changed = Signal(object)
    model_changed = Signal(object)
    prompts_changed = Signal(object)
    spent = Signal(object)
    failed = Signal(object)

    _posted = Signal(object)  # a callable to run on the GUI thread

    def __init__(self, link: EngineLink | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._closed = False
        self._waiting: dict[object, tuple[Callable[[Any], None], Failed]] = {}
        self.assist = AssistBridge(self, owner=self)
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def attach(self, link: EngineLink) -> None:
        """Use this link from now on; the window is built before the engine is started."""
        self._link = link

    def detach(self) -> None:
        """Speak to no engine until the next `attach`; whoever made the link closes it."""
        self._link = None

    @property
    def attached(self) -> bool:
        """Whether there is an engine to speak to."""
        return self._link is not None and not self._closed

    def handle_event(self, event: EngineEvent) -> None:
        """Take an event of the engine on any thread; given to the link as its callback."""
        signals: dict[type, Any] = {
            IndexProgress: self.progressed,
            NotesChanged: self.notes_changed,
            ModelState: self.model_changed,
            PromptsChanged: self.prompts_changed,
            Spent: self.spent,
        }
        self.post(partial(signals.get(type(event), self.failed).emit, event))

    def ask(self, request: AskRequest) -> AskHandle:
        """Start a request; connect to the handle's signals before returning to the event loop."""
        handle = AskHandle(self)
        handle.started(
            self._engine.ask(
                request,
                on_event=lambda event: self.post(partial(handle.handle, event)),
                on_failed=lambda error: self.post(partial(handle.fail, error)),
            )
        )
        return handle

    def complete(self, request: CompletionRequest) -> CompletionHandle:
        """Look for ghost text; connect to the handle's signals before returning to the event loop.

        Without an engine nothing is offered and the handle ends at once.
        """
        handle = CompletionHandle(self)
        if not self.attached:
            self.post(handle.finish)
            return handle
        handle.started(
            self._engine.complete(
                request,
                on_offer=lambda offer: self.post(partial(handle.handle, offer)),
                on_ended=lambda: self.post(handle.finish),
            )
        )
        return handle

    def composing(self, is_composing: bool) -> None:
        """Tell whether an input method composes: ghost text asks no model meanwhile."""
        if self.attached:
            self._engine.composing(is_composing)

    def completion_outcome(self, outcome: Outcome) -> None:
        """Tell what became of a suggestion: shown, accepted or refused."""
        if self.attached:
            self._engine.completion_outcome(outcome)

    def search(self, query: SearchQuery, *, done: Callable[[list[Passage]], None], failed: Failed) -> None:
        """Look up passages."""
        self.deliver(self._engine.search(query), done, failed)

    def diff(self, old: str, new: str, *, done: Callable[[tuple[Part, ...]], None], failed: Failed) -> None:
        """Compare two texts."""
        self.deliver(self._engine.diff(old, new), done, failed)

    def find_local_endpoints(self, *, done: Callable[[list[LocalEndpoint]], None], failed: Failed) -> None:
        """Look for model servers on this machine."""
        self.deliver(self._engine.find_local_endpoints(), done, failed)

    def list_models(
        self, base_url: str, key: str, *, done: Callable[[list[str]], None], failed: Failed
    ) -> None:
        """Ask an endpoint for its models."""
        self.deliver(self._engine.list_models(base_url, key), done, failed)

    def offered_models(self, *, done: Callable[[tuple[Offered, ...]], None], failed: Failed) -> None:
        """Ask every provider of the settings for its models."""
        self.deliver(self._engine.offered_models(), done, failed)

    def keep_key(self, base_url: str, key: str) -> None:
        """Let the engine use this key until it ends, whether a keyring has it or not."""
        if self.attached:
            self._engine.keep_key(base_url, key)

    def note_opened(self, path: str) -> None:
        """Index this note before the others."""
        if self.attached:
            self._engine.note_opened(path)

    def note_saved(self, path: str) -> None:
        """Index this note now."""
        if self.attached:
            self._engine.note_saved(path)

    def set_paused(self, paused: bool) -> None:
        """Pause or resume indexing."""
        self._engine.set_paused(paused)

    def index_details(self, *, done: Callable[[IndexDetails], None], failed: Failed) -> None:
        """Ask how the index stands."""
        self.deliver(self._engine.index.details(), done, failed)

    def note_names(self, *, done: Callable[[Terms], None], failed: Failed) -> None:
        """Ask for every name a note goes by."""
        self.deliver(self._engine.index.note_names(), done, failed)

    def tag_names(self, *, done: Callable[[Terms], None], failed: Failed) -> None:
        """Ask for every tag."""
        self.deliver(self._engine.index.tag_names(), done, failed)

    def heading_names(self, path: str, *, done: Callable[[Terms], None], failed: Failed) -> None:
        """Ask for the headings of one note."""
        self.deliver(self._engine.index.heading_names(path), done, failed)

    def rebuild_index(self) -> None:
        """Make the index anew."""
        self._engine.index.rebuild()

    def person_acts(self) -> None:
        """Let work that nobody waits for make room."""
        if self.attached:
            self._engine.index.person_acts()

    def reload_settings(self) -> None:
        """Read models and exclusions anew."""
        if self.attached:
            self._engine.reload_settings()

    def close(self) -> None:
        """End the engine, waiting a few seconds at most; nothing is called back any more."""
        self._closed = True
        if self._link is not None:
            self._link.close()

    def assist_link(self) -> AssistLink:
        """The link's part for prompts, sessions and cost."""
        return self._engine.assist

    @property
    def _engine(self) -> EngineLink:
        if self._link is None:
            raise RuntimeError("the engine was asked before it was attached")
        return self._link

    def deliver(self, future: Future[T], done: Callable[[T], None], failed: Failed) -> None:
        """Hand a future's outcome to one of the two, on the GUI thread.

        The engine's thread knows nothing of who waits: whoever lets go of a widget last destroys it.
        """
        question = object()
        self._waiting[question] = (done, failed)
        future.add_done_callback(lambda ended: self.post(partial(self._deliver, question, ended)))

    def _deliver(self, question: object, future: Future[Any]) -> None:
        done, failed = self._waiting.pop(question)
        error = future.exception()
        if error is None:
            self._call(partial(done, future.result()))
        elif isinstance(error, Exception):
            self._call(partial(failed, error))

    def post(self, call: Callable[[], None]) -> None:
        """Run `call` on the GUI thread, from any thread; not any more once the bridge is closed."""
        if not self._closed:
            self._posted.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed and not is_for_the_gone(call):
            call()
