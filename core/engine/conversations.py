"""The sessions of one vault behind asynchronous methods, and what requests read of and add to them."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.assist.history import History, history_of, summarised, summary_message
from core.assist.model import Answer, Answered, AskEvent, AskRequest, HistorySummarised, WriteRequest, Written
from core.errors import NoteNotSaved, SessionMissing, SessionsUnavailable
from core.llm.chat import ChatModel, Message
from core.prompts.model import Prompt
from core.session import export
from core.session.archive import Archive
from core.session.model import Author, Conversation, Session
from core.session.sessions import Sessions
from core.vault import notes

if TYPE_CHECKING:
    from core.engine.process import Methods

log = logging.getLogger(__name__)

MOST_NAMES = 99


class Conversations:
    """Reads and keeps what is said; a session that cannot be written costs the record, not the answer."""

    def __init__(self, archive: Archive, vault: Path) -> None:
        self._vault = vault
        self._sessions = Sessions(archive, str(vault))

    def methods(self) -> Methods:
        """What may be called from the other side of the pipe."""
        return {
            "sessions": self.sessions,
            "new_session": self.new_session,
            "conversation": self.conversation,
            "rename_session": self.rename_session,
            "branch_session": self.branch_session,
            "delete_session": self.delete_session,
            "export_session": self.export_session,
        }

    async def sessions(self, query: str = "", note: str | None = None) -> tuple[Session, ...]:
        """Return sessions, newest first."""
        return await asyncio.to_thread(self._sessions.list, query, note)

    async def new_session(self, note: str = "") -> Session:
        """Begin a session."""
        return await asyncio.to_thread(self._sessions.new, note)

    async def conversation(self, session_id: str) -> Conversation:
        """Return a session with its messages."""
        return await asyncio.to_thread(self._sessions.conversation, session_id)

    async def rename_session(self, session_id: str, title: str) -> Session:
        """Name a session."""
        return await asyncio.to_thread(self._sessions.rename, session_id, title)

    async def branch_session(self, session_id: str, message_id: str) -> Session:
        """Branch a session from a message."""
        return await asyncio.to_thread(self._sessions.branch, session_id, message_id)

    async def delete_session(self, session_id: str) -> None:
        """Delete a session."""
        await asyncio.to_thread(self._sessions.delete, session_id)

    async def export_session(self, session_id: str) -> str:
        """Write a session as a note into the vault and return the note's path."""
        conversation = await self.conversation(session_id)
        return await asyncio.to_thread(self._export, conversation)

    async def kept(self, request: AskRequest) -> History:
        """Return what was said before as far as it is kept; nothing where it was taken out."""
        if not request.session_id or "history" in request.sources.without:
            return History()
        return history_of(await self.conversation(request.session_id))

    async def history(
        self, request: AskRequest, history: History, model: ChatModel | None
    ) -> tuple[tuple[Message, ...], HistorySummarised | None]:
        """Return what goes along, and the summary that was made for it to fit, if one was.

        Without a model nothing is summarised: only what fits goes along. The demonstration model is spared.
        """
        if model is not None and model.demonstration:
            return (), None
        if not history.too_long or model is None:
            return history.messages, None
        text = await summarised(history.too_long, model)
        if not text:
            return history.messages, None
        last = history.too_long[-1]
        await self._keep(request.session_id, Author.SUMMARY, text, {"upto": last.id})
        return (summary_message(text), *history.messages), HistorySummarised(text, len(history.too_long))

    async def keep_answer(self, request: AskRequest, event: AskEvent) -> None:
        """Add question and answer to the session once the answer is there."""
        if request.session_id and isinstance(event, Answered):
            asked = {"work": request.work.value} | ({"images": request.images} if request.images else {})
            await self._keep(request.session_id, Author.PERSON, request.text, asked)
            await self._keep(request.session_id, Author.MODEL, event.answer.text, _of_answer(event.answer))

    async def keep_written(self, request: WriteRequest, prompt: Prompt, event: Written) -> None:
        """Add what was asked for and the candidates to the session."""
        if not request.session_id or not event.candidates:
            return
        asked = f"{prompt.title.of(prompt.language)}: {request.instruction}".rstrip(": ")
        await self._keep(request.session_id, Author.PERSON, asked, {"work": "write", "prompt_id": prompt.id})
        first = event.candidates[0]
        await self._keep(request.session_id, Author.MODEL, first.text, _of_written(event))

    async def _keep(self, session_id: str, author: Author, text: str, extra: dict[str, Any]) -> None:
        try:
            await asyncio.to_thread(self._sessions.add, session_id, author, text, extra)
        except (SessionsUnavailable, SessionMissing) as error:  # it may have been deleted meanwhile
            log.warning("a message was not kept: %s", error)

    def _export(self, conversation: Conversation) -> str:
        path, text = export.file_name(conversation), export.as_note(conversation)
        stem = path.removesuffix(".md")
        for n in range(1, MOST_NAMES):
            name = path if n == 1 else f"{stem} {n}.md"
            try:
                return notes.create(self._vault, name, text).path
            except NoteNotSaved as error:
                if error.details.get("reason") != "exists":
                    raise
        raise NoteNotSaved(f"There are too many notes called {stem!r}.", path=path, reason="exists")


def _of_answer(given: Answer) -> dict[str, Any]:
    return {
        "finish": given.finish.value,
        "model": given.model,
        "tier": given.tier.value,
        "cost_usd": given.cost_usd,
        "trace_id": given.trace_id,
        "citations": [dataclasses.asdict(citation) for citation in given.citations],
        "unsupported": [list(span) for span in given.unsupported],
    }


def _of_written(event: Written) -> dict[str, Any]:
    first, *others = event.candidates
    return {
        "finish": first.finish.value,
        "model": event.model,
        "tier": event.tier.value,
        "cost_usd": event.cost_usd,
        "trace_id": event.trace_id,
        "prompt_id": event.prompt_id,
        "others": [candidate.text for candidate in others],
    }
