"""`AssistLink` over the pipe to the engine process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from core.assist.model import (
    AskRequest,
    CheckEvent,
    CheckRequest,
    NoteContext,
    Preview,
    WriteEvent,
    WriteRequest,
)
from core.engine.assist_model import HearingModel
from core.engine.caller import Caller
from core.engine.model import Asking, OnFailed
from core.prompts.model import PromptList, Scene, SceneList
from core.session.model import Conversation, Ledger, ModelScore, Outcome, Sent, Session
from core.text.matching import Terms

if TYPE_CHECKING:
    from core.documents.process import Reading


class AssistClient:
    """Names the engine's methods; see `AssistLink` for what each promises."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def prompts(self, language: str) -> Future[PromptList]:
        """Return the library."""
        return self._caller.call("prompts", language)

    def prompt_names(self, language: str) -> Future[Terms]:
        """Return what the prompts are called."""
        return self._caller.call("prompt_names", language)

    def copy_prompt(self, prompt_id: str, language: str) -> Future[str]:
        """Copy a shipped prompt into the vault."""
        return self._caller.call("copy_prompt", prompt_id, language)

    def scenes(self) -> Future[SceneList]:
        """Return the scenes."""
        return self._caller.call("scenes")

    def save_scene(self, scene: Scene) -> Future[SceneList]:
        """Keep an own scene."""
        return self._caller.call("save_scene", scene)

    def delete_scene(self, scene_id: str) -> Future[SceneList]:
        """Delete an own scene."""
        return self._caller.call("delete_scene", scene_id)

    def write(
        self, request: WriteRequest, *, on_event: Callable[[WriteEvent], None], on_failed: OnFailed
    ) -> Asking:
        """Run a prompt."""
        return self._caller.stream("write", request, on_item=on_event, on_failed=on_failed)

    def check(
        self, request: CheckRequest, *, on_event: Callable[[CheckEvent], None], on_failed: OnFailed
    ) -> Asking:
        """Check facts."""
        return self._caller.stream("check", request, on_item=on_event, on_failed=on_failed)

    def preview(self, request: AskRequest | WriteRequest) -> Future[Preview]:
        """Return what would be sent."""
        return self._caller.call("preview", request)

    def fill(self, prompt_id: str, note: NoteContext) -> Future[Mapping[str, str]]:
        """Propose the form's values."""
        return self._caller.call("fill", prompt_id, note)

    def hearing_model(self) -> Future[HearingModel | None]:
        """Return who would transcribe recordings."""
        return self._caller.call("hearing_model")

    def transcribe(
        self, path: str, agreed: str, *, on_heard: Callable[[Reading | None], None], on_failed: OnFailed
    ) -> Asking:
        """Turn a recording into a document."""
        return self._caller.stream("transcribe", path, agreed, on_item=on_heard, on_failed=on_failed)

    def sent(self, trace_id: str) -> Future[tuple[Sent, ...]]:
        """Return what was sent."""
        return self._caller.call("sent", trace_id)

    def outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        """Note what became of a result."""
        self._caller.call("outcome", trace_id, outcome, text)

    def ledger(self) -> Future[Ledger]:
        """Return what was spent."""
        return self._caller.call("ledger")

    def scores(self) -> Future[tuple[ModelScore, ...]]:
        """Return how the models fared."""
        return self._caller.call("scores")

    def sessions(self, query: str = "", note: str | None = None) -> Future[tuple[Session, ...]]:
        """Return sessions."""
        return self._caller.call("sessions", query, note)

    def new_session(self, note: str = "") -> Future[Session]:
        """Begin a session."""
        return self._caller.call("new_session", note)

    def conversation(self, session_id: str) -> Future[Conversation]:
        """Return a session with its messages."""
        return self._caller.call("conversation", session_id)

    def rename_session(self, session_id: str, title: str) -> Future[Session]:
        """Name a session."""
        return self._caller.call("rename_session", session_id, title)

    def branch_session(self, session_id: str, message_id: str) -> Future[Session]:
        """Branch a session."""
        return self._caller.call("branch_session", session_id, message_id)

    def delete_session(self, session_id: str) -> Future[None]:
        """Delete a session."""
        return self._caller.call("delete_session", session_id)

    def export_session(self, session_id: str) -> Future[str]:
        """Write a session as a note."""
        return self._caller.call("export_session", session_id)
