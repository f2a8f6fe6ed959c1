"""What the engine offers the side panel beside `ask`: prompts, candidates, sessions, cost, checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.assist.model import (
    AskRequest,
    CheckEvent,
    CheckRequest,
    NoteContext,
    Preview,
    WriteEvent,
    WriteRequest,
)
from core.engine.model import Asking, OnFailed
from core.prompts.model import PromptList, Scene, SceneList
from core.session.model import Conversation, Ledger, ModelScore, Outcome, Sent, Session
from core.text.matching import Terms

if TYPE_CHECKING:
    from core.documents.process import Reading


@dataclass(frozen=True, slots=True)
class HearingModel:
    """Who transcribes recordings."""

    model: str
    provider: str
    place: str
    """`local`, or the host that will hear them."""


class AssistLink(Protocol):
    """The part of the engine link that the panel works with. Every method returns at once; callbacks and
    futures complete on a thread of the link's own; futures fail with `PilotfishError`s."""

    def prompts(self, language: str) -> Future[PromptList]:
        """Return the library as somebody reads it whose interface is in `language` (`zh`, `en`)."""

    def prompt_names(self, language: str) -> Future[Terms]:
        """Return what these prompts are called, for `core.prompts.naming.find_prompts`."""

    def copy_prompt(self, prompt_id: str, language: str) -> Future[str]:
        """Copy a shipped prompt into the vault's `.pilotfish/prompts` to be edited; returns its path."""

    def scenes(self) -> Future[SceneList]:
        """Return the scenes in the order of the bar."""

    def save_scene(self, scene: Scene) -> Future[SceneList]:
        """Keep an own scene in the vault's `.pilotfish/scenes`; one with a shipped id replaces it."""

    def delete_scene(self, scene_id: str) -> Future[SceneList]:
        """Delete an own scene; a shipped one it replaced is back."""

    def write(
        self, request: WriteRequest, *, on_event: Callable[[WriteEvent], None], on_failed: OnFailed
    ) -> Asking:
        """Run a prompt; exactly one of a `Written` event and `on_failed` ends it unless cancelled."""

    def check(
        self, request: CheckRequest, *, on_event: Callable[[CheckEvent], None], on_failed: OnFailed
    ) -> Asking:
        """Check facts; exactly one of a `CheckDone` event and `on_failed` ends it unless cancelled."""

    def preview(self, request: AskRequest | WriteRequest) -> Future[Preview]:
        """Return exactly what the request would send; nothing is sent."""

    def fill(self, prompt_id: str, note: NoteContext) -> Future[Mapping[str, str]]:
        """Let the fast model propose the form's values from the note."""

    def hearing_model(self) -> Future[HearingModel | None]:
        """Return who would transcribe recordings, None where nobody is set up to; nothing is sent."""

    def transcribe(
        self, path: str, agreed: str, *, on_heard: Callable[[Reading | None], None], on_failed: OnFailed
    ) -> Asking:
        """Turn the recording at an absolute path into a document; see `core.engine.recordings`.

        Exactly one of the two callbacks ends it unless cancelled.
        """

    def sent(self, trace_id: str) -> Future[tuple[Sent, ...]]:
        """Return what a request sent, one entry per call; empty once it is forgotten (after 50 requests)."""

    def outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        """Note what the person did with a result; `text` is what was inserted or what it became."""

    def ledger(self) -> Future[Ledger]:
        """Return what was spent this month."""

    def scores(self) -> Future[tuple[ModelScore, ...]]:
        """Return how the models fared, by kind of work."""

    def sessions(self, query: str = "", note: str | None = None) -> Future[tuple[Session, ...]]:
        """Return sessions, newest first: of one note (`""`: of the vault) or all, and those that hold all
        words of `query`."""

    def new_session(self, note: str = "") -> Future[Session]:
        """Begin a session; it names itself after its first question."""

    def conversation(self, session_id: str) -> Future[Conversation]:
        """Return a session with its messages."""

    def rename_session(self, session_id: str, title: str) -> Future[Session]:
        """Give a session a name."""

    def branch_session(self, session_id: str, message_id: str) -> Future[Session]:
        """Begin a session with the messages up to and including this one."""

    def delete_session(self, session_id: str) -> Future[None]:
        """Delete a session and its messages."""

    def export_session(self, session_id: str) -> Future[str]:
        """Write a session as a note into the vault and return the note's path."""
