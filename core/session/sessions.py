"""Conversations: kept, found again, named after what they are about, branched."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.errors import SessionMissing
from core.session.archive import Archive
from core.session.model import Author, Conversation, Session, SessionMessage
from core.session.naming import title_of
from core.text.folding import fold_text
from core.text.surrogates import without_surrogates

MOST_LISTED = 500

_SELECT = """
    SELECT s.*, (SELECT count(*) FROM messages m WHERE m.session_id = s.id) AS messages FROM sessions s
"""


class Sessions:
    """The sessions of one vault.

    Args:
        vault: what tells this vault from others; its absolute path.
        now: seconds since the epoch.
    """

    def __init__(self, archive: Archive, vault: str, *, now: Callable[[], float] = time.time) -> None:
        self._archive = archive
        self._vault = vault
        self._now = now

    def new(self, note: str = "") -> Session:
        """Begin an empty session."""
        session = Session(_id(), "", note, self._now(), self._now())
        with self._archive.transaction() as db:
            self._insert(db, session)
        return session

    def add(
        self, session_id: str, author: Author, text: str, extra: Mapping[str, Any] | None = None
    ) -> SessionMessage:
        """Add a message; the first of the person names the session.

        Raises:
            SessionMissing: there is no such session.
        """
        text = without_surrogates(text)
        message = SessionMessage(_id(), session_id, author, text, self._now(), dict(extra or {}))
        with self._archive.transaction() as db:
            session = self._session(db, session_id)
            _insert_message(db, message)
            title = session.title or (title_of(text) if author is Author.PERSON else "")
            values = (self._now(), title, session_id)
            db.execute("UPDATE sessions SET updated_at = ?, title = ? WHERE id = ?", values)
        return message

    def list(self, query: str = "", note: str | None = None) -> tuple[Session, ...]:
        """Return sessions, newest first: of one note or all, and those that hold all words of `query`.

        A word may stand in the title or any message. Sessions without messages are left out.
        """
        where, values = ["s.vault = ?", "messages > 0"], [self._vault]
        if note is not None:
            where.append("s.note = ?")
            values.append(note)
        for word in fold_text(without_surrogates(query)).split():
            where.append(
                "(instr(folded(s.title), ?) OR EXISTS (SELECT 1 FROM messages m"
                " WHERE m.session_id = s.id AND instr(m.folded, ?)))"
            )
            values += [word, word]
        order = f"ORDER BY s.updated_at DESC, s.rowid DESC LIMIT {MOST_LISTED}"
        with self._archive.transaction() as db:
            db.create_function("folded", 1, fold_text, deterministic=True)
            rows = db.execute(f"{_SELECT} WHERE {' AND '.join(where)} {order}", values).fetchall()
        return tuple(map(_session_of, rows))

    def conversation(self, session_id: str) -> Conversation:
        """Return a session with its messages, oldest first.

        Raises:
            SessionMissing: there is no such session.
        """
        with self._archive.transaction() as db:
            session = self._session(db, session_id)
            return Conversation(session, _messages(db, session_id))

    def rename(self, session_id: str, title: str) -> Session:
        """Give a session a name; an empty one names it by its content again."""
        with self._archive.transaction() as db:
            self._session(db, session_id)
            first = next((m for m in _messages(db, session_id) if m.author is Author.PERSON), None)
            name = without_surrogates(title).strip() or (title_of(first.text) if first else "")
            values = (name, bool(title.strip()), session_id)
            db.execute("UPDATE sessions SET title = ?, named_by_person = ? WHERE id = ?", values)
            return self._session(db, session_id)

    def branch(self, session_id: str, message_id: str) -> Session:
        """Begin a session with copies of the messages up to and including this one.

        Raises:
            SessionMissing: there is no such session or message.
        """
        with self._archive.transaction() as db:
            old = self._session(db, session_id)
            messages = _messages(db, session_id)
            end = next((n for n, message in enumerate(messages, start=1) if message.id == message_id), 0)
            if not end:
                raise SessionMissing("There is no such message in this session.", id=message_id)
            made = replace(
                old, id=_id(), branched_from=old.id, created_at=self._now(), updated_at=self._now()
            )
            self._insert(db, made)
            for message in messages[:end]:
                _insert_message(db, replace(message, id=_id(), session_id=made.id))
            return self._session(db, made.id)

    def delete(self, session_id: str) -> None:
        """Delete a session and its messages; nothing happens where there is none."""
        with self._archive.transaction() as db:
            db.execute("DELETE FROM sessions WHERE id = ? AND vault = ?", (session_id, self._vault))

    def _insert(self, db: sqlite3.Connection, session: Session) -> None:
        db.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                session.id,
                self._vault,
                session.title,
                session.note,
                session.created_at,
                session.updated_at,
                session.branched_from,
                session.named_by_person,
            ),
        )

    def _session(self, db: sqlite3.Connection, session_id: str) -> Session:
        row = db.execute(f"{_SELECT} WHERE s.id = ? AND s.vault = ?", (session_id, self._vault)).fetchone()
        if row is None:
            raise SessionMissing("This session is no longer there.", id=session_id)
        return _session_of(row)


def _id() -> str:
    return uuid.uuid4().hex


def _session_of(row: sqlite3.Row) -> Session:
    return Session(
        id=row["id"],
        title=row["title"],
        note=row["note"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        messages=row["messages"],
        branched_from=row["branched_from"],
        named_by_person=bool(row["named_by_person"]),
    )


def _messages(db: sqlite3.Connection, session_id: str) -> tuple[SessionMessage, ...]:
    rows = db.execute("SELECT * FROM messages WHERE session_id = ? ORDER BY rowid", (session_id,)).fetchall()
    return tuple(
        SessionMessage(
            row["id"],
            session_id,
            Author(row["author"]),
            row["text"],
            row["created_at"],
            json.loads(row["extra"]),
        )
        for row in rows
    )


def _insert_message(db: sqlite3.Connection, message: SessionMessage) -> None:
    extra = without_surrogates(json.dumps(dict(message.extra), ensure_ascii=False))
    db.execute(
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            message.id,
            message.session_id,
            message.author.value,
            message.text,
            fold_text(message.text),
            message.created_at,
            extra,
        ),
    )
