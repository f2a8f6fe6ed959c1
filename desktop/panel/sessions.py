"""The conversation in force, and the way to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.assist.model import Answer, AskRequest, Citation, Finish
from core.errors import EngineStopped
from core.llm.chat import Tier, Usage
from core.session.model import Author, Conversation, Session, SessionMessage
from desktop.bridge.assist_bridge import AssistBridge
from desktop.bridge.engine_bridge import EngineBridge
from desktop.error_text import word
from desktop.panel.session_list import SessionList


class Sessions(QObject):
    """Begins a conversation when something is asked, and brings earlier ones back.

    Signals:
        opened: Another conversation is in force; carries the `Conversation`.
        exported: A conversation was written as a note; carries its path.
    """

    opened = Signal(object)
    exported = Signal(str)

    def __init__(self, bridge: EngineBridge, page: SessionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._page = page
        self._query = ""
        self._beginning: object = None
        self.current = ""
        """Id of the conversation in force; empty until something is asked."""
        page.search_requested.connect(self.search)
        page.open_requested.connect(self.open)
        page.rename_requested.connect(self._rename)
        page.export_requested.connect(self._export)
        page.delete_requested.connect(self._delete)

    def prepare(self, note: str) -> None:
        """Begin a conversation tied to this note (or with no path to the vault), unless one is in force."""
        if self.current or self._beginning or not self._bridge.attached:
            return
        began = self._beginning = object()
        self._bridge.assist.new_session(
            note,
            done=lambda session: self._begun(began, session),
            failed=lambda _error: self._not_begun(began),
        )

    def leave(self) -> None:
        """The next request begins a conversation of its own; one that is still to begin is not for it."""
        self.current, self._beginning = "", None

    def search(self, words: str = "") -> None:
        """Show the conversations that hold these words."""
        self._query = words
        if self._bridge.attached:
            self._bridge.assist.sessions(words, done=self._page.show_sessions, failed=self._failed)

    def open(self, session_id: str) -> None:
        """Bring a conversation back."""
        if assist := self._assist():
            assist.conversation(session_id, done=self._open, failed=self._failed)

    def branch(self, answer: int) -> None:
        """Go on from the answer at this place of the conversation in force (from 0), in a new one."""
        if self.current and (assist := self._assist()):
            assist.conversation(
                self.current, done=lambda found: self._branch(found, answer), failed=self._failed
            )

    def _begun(self, began: object, session: Session) -> None:
        if began is self._beginning:
            self.current, self._beginning = session.id, None

    def _not_begun(self, began: object) -> None:
        """What is asked is answered all the same; it is only not kept."""
        if began is self._beginning:
            self._beginning = None

    def _open(self, conversation: Conversation) -> None:
        self.current, self._beginning = conversation.session.id, None
        self.opened.emit(conversation)

    def _branch(self, conversation: Conversation, answer: int) -> None:
        answers = [message for message in conversation.messages if message.author is Author.MODEL]
        if answer < len(answers) and (assist := self._assist()):
            assist.branch_session(
                self.current,
                answers[answer].id,
                done=lambda session: self.open(session.id),
                failed=self._failed,
            )

    def _rename(self, session_id: str, title: str) -> None:
        if assist := self._assist():
            assist.rename_session(
                session_id, title, done=lambda _session: self.search(self._query), failed=self._failed
            )

    def _export(self, session_id: str) -> None:
        if assist := self._assist():
            assist.export_session(session_id, done=self.exported.emit, failed=self._failed)

    def _delete(self, session_id: str) -> None:
        assist = self._assist()
        if assist is None:
            return
        if session_id == self.current:
            self.leave()
        assist.delete_session(session_id, done=lambda _none: self.search(self._query), failed=self._failed)

    def _assist(self) -> AssistBridge | None:
        """The engine's side; None, and a word about it on the page, while there is no engine."""
        if self._bridge.attached:
            return self._bridge.assist
        self._failed(EngineStopped())
        return None

    def _failed(self, error: Exception) -> None:
        self._page.say(word(error).in_full)


def turns(conversation: Conversation) -> Iterator[tuple[str, SessionMessage | None, bool]]:
    """Yield what was said: the person's words with the answer to them, or a summary on its own (True)."""
    question = ""
    for message in conversation.messages:
        if message.author is Author.PERSON:
            if question:
                yield question, None, False
            question = message.text
        elif message.author is Author.SUMMARY:
            yield message.text, None, True
        else:
            yield question, message, False
            question = ""
    if question:
        yield question, None, False


def pictures_of(conversation: Conversation) -> dict[str, tuple[str, ...]]:
    """Return the paths of the pictures that went along, by the words they went along with."""
    found = ((message.text, message.extra.get("images")) for message in conversation.messages)
    return {text: tuple(map(str, paths)) for text, paths in found if isinstance(paths, (list, tuple))}


def request_of(question: str, session_id: str, images: tuple[str, ...] = ()) -> AskRequest:
    """Return the request that asks an earlier question again."""
    return AskRequest(text=question, session_id=session_id, images=images)


def answer_of(message: SessionMessage) -> Answer:
    """Return a kept answer as it was, as far as was kept."""
    extra = message.extra
    finish, tier = str(extra.get("finish", "")), str(extra.get("tier", ""))
    cost = extra.get("cost_usd")
    return Answer(
        text=message.text,
        citations=tuple(_citations(extra)),
        finish=Finish(finish) if finish in set(Finish) else Finish.COMPLETE,
        model=str(extra.get("model", "")),
        provider="",
        tier=Tier(tier) if tier in set(Tier) else Tier.FAST,
        usage=Usage(),
        cost_usd=cost if isinstance(cost, float) else None,
        first_token_ms=None,
        total_ms=0.0,
        trace_id=str(extra.get("trace_id", "")),
        unsupported=tuple(_spans(extra)),
    )


def _spans(extra: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Yield the marked sentences that can be read."""
    kept = extra.get("unsupported")
    for found in kept if isinstance(kept, list | tuple) else ():
        match found:
            case [int(start), int(end)] if 0 <= start < end:
                yield start, end


def _citations(extra: Mapping[str, Any]) -> Iterator[Citation]:
    """Yield the citations that can be read; a file of an older version may lack fields."""
    kept = extra.get("citations")
    for found in kept if isinstance(kept, list | tuple) else ():
        try:
            citation = Citation(**{**found, "heading_path": tuple(found.get("heading_path", ()))})
        except (TypeError, AttributeError):
            continue
        if isinstance(citation.n, int):
            yield citation
