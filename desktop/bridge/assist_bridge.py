"""Prompts, candidates, sessions, cost and checks as the panel calls them; everything on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from core.assist.model import AskRequest, CheckRequest, NoteContext, Preview, WriteRequest
from core.engine.assist_model import AssistLink, HearingModel
from core.prompts.model import PromptList, Scene, SceneList
from core.session.model import Conversation, Ledger, ModelScore, Outcome, Sent, Session
from core.text.matching import Terms
from desktop.bridge.stream_handles import CheckHandle, WriteHandle

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Desk(Protocol):
    """What is needed of the bridge below: its link, and the way back to the GUI thread."""

    def assist_link(self) -> AssistLink:
        """The engine's link; only while one is attached."""

    def post(self, call: Callable[[], None]) -> None:
        """Run on the GUI thread."""

    def deliver(self, future: Future[T], done: Callable[[T], None], failed: Failed) -> None:
        """Hand a future's outcome to one of the two, on the GUI thread."""


class AssistBridge:
    """Calls `AssistLink`, whose docstrings say what each call promises; reached as `EngineBridge.assist`."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """`owner` keeps what is under way, until it ends."""
        self._desk = desk
        self._owner = owner

    def write(self, request: WriteRequest) -> WriteHandle:
        """Run a prompt; connect to the handle's signals before returning to the event loop."""
        handle = WriteHandle(self._owner)
        asking = self._link.write(
            request,
            on_event=lambda event: self._desk.post(partial(handle.handle, event)),
            on_failed=lambda error: self._desk.post(partial(handle.fail, error)),
        )
        handle.started(asking)
        return handle

    def check(self, request: CheckRequest) -> CheckHandle:
        """Check facts; connect to the handle's signals before returning to the event loop."""
        handle = CheckHandle(self._owner)
        asking = self._link.check(
            request,
            on_event=lambda event: self._desk.post(partial(handle.handle, event)),
            on_failed=lambda error: self._desk.post(partial(handle.fail, error)),
        )
        handle.started(asking)
        return handle

    def prompts(self, language: str, *, done: Callable[[PromptList], None], failed: Failed) -> None:
        """Get the library."""
        self._desk.deliver(self._link.prompts(language), done, failed)

    def prompt_names(self, language: str, *, done: Callable[[Terms], None], failed: Failed) -> None:
        """Get what the prompts are called."""
        self._desk.deliver(self._link.prompt_names(language), done, failed)

    def copy_prompt(
        self, prompt_id: str, language: str, *, done: Callable[[str], None], failed: Failed
    ) -> None:
        """Copy a shipped prompt into the vault; `done` gets its path."""
        self._desk.deliver(self._link.copy_prompt(prompt_id, language), done, failed)

    def scenes(self, *, done: Callable[[SceneList], None], failed: Failed) -> None:
        """Get the scenes."""
        self._desk.deliver(self._link.scenes(), done, failed)

    def save_scene(self, scene: Scene, *, done: Callable[[SceneList], None], failed: Failed) -> None:
        """Keep an own scene."""
        self._desk.deliver(self._link.save_scene(scene), done, failed)

    def delete_scene(self, scene_id: str, *, done: Callable[[SceneList], None], failed: Failed) -> None:
        """Delete an own scene."""
        self._desk.deliver(self._link.delete_scene(scene_id), done, failed)

    def preview(
        self, request: AskRequest | WriteRequest, *, done: Callable[[Preview], None], failed: Failed
    ) -> None:
        """Get what would be sent."""
        self._desk.deliver(self._link.preview(request), done, failed)

    def fill(
        self,
        prompt_id: str,
        note: NoteContext,
        *,
        done: Callable[[Mapping[str, str]], None],
        failed: Failed,
    ) -> None:
        """Get proposed values for the form."""
        self._desk.deliver(self._link.fill(prompt_id, note), done, failed)

    def hearing_model(self, *, done: Callable[[HearingModel | None], None], failed: Failed) -> None:
        """Ask who would transcribe recordings."""
        self._desk.deliver(self._link.hearing_model(), done, failed)

    def sent(self, trace_id: str, *, done: Callable[[tuple[Sent, ...]], None], failed: Failed) -> None:
        """Get what was sent."""
        self._desk.deliver(self._link.sent(trace_id), done, failed)

    def outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        """Note what the person did with a result; `text` is what was inserted or what it became."""
        self._link.outcome(trace_id, outcome, text)

    def ledger(self, *, done: Callable[[Ledger], None], failed: Failed) -> None:
        """Get what was spent."""
        self._desk.deliver(self._link.ledger(), done, failed)

    def scores(self, *, done: Callable[[tuple[ModelScore, ...]], None], failed: Failed) -> None:
        """Get how the models fared."""
        self._desk.deliver(self._link.scores(), done, failed)

    def sessions(
        self,
        query: str = "",
        note: str | None = None,
        *,
        done: Callable[[tuple[Session, ...]], None],
        failed: Failed,
    ) -> None:
        """Get sessions, newest first."""
        self._desk.deliver(self._link.sessions(query, note), done, failed)

    def new_session(self, note: str = "", *, done: Callable[[Session], None], failed: Failed) -> None:
        """Begin a session."""
        self._desk.deliver(self._link.new_session(note), done, failed)

    def conversation(self, session_id: str, *, done: Callable[[Conversation], None], failed: Failed) -> None:
        """Get a session with its messages."""
        self._desk.deliver(self._link.conversation(session_id), done, failed)

    def rename_session(
        self, session_id: str, title: str, *, done: Callable[[Session], None], failed: Failed
    ) -> None:
        """Name a session."""
        self._desk.deliver(self._link.rename_session(session_id, title), done, failed)

    def branch_session(
        self, session_id: str, message_id: str, *, done: Callable[[Session], None], failed: Failed
    ) -> None:
        """Branch a session from a message."""
        self._desk.deliver(self._link.branch_session(session_id, message_id), done, failed)

    def delete_session(self, session_id: str, *, done: Callable[[None], None], failed: Failed) -> None:
        """Delete a session."""
        self._desk.deliver(self._link.delete_session(session_id), done, failed)

    def export_session(self, session_id: str, *, done: Callable[[str], None], failed: Failed) -> None:
        """Write a session as a note; `done` gets its path."""
        self._desk.deliver(self._link.export_session(session_id), done, failed)

    @property
    def _link(self) -> AssistLink:
        return self._desk.assist_link()
