"""A conversation as a Markdown note."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from core.documents.naming import cited, is_document
from core.session.model import Author, Conversation
from core.text.language import language_of

_BAD_IN_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
_WORDS = {
    "en": {
        "person": "You",
        "summary": "Summary of what was said before",
        "sources": "Sources",
        "folder": "Sessions",
    },
    "zh": {"person": "我", "summary": "前面对话的摘要", "sources": "来源", "folder": "对话"},
}


def language(conversation: Conversation) -> str:
    """Return `zh` or `en`, by what the person wrote."""
    said = "\n".join(m.text for m in conversation.messages if m.author is Author.PERSON)
    return "zh" if language_of(said) == "zh" else "en"


def file_name(conversation: Conversation) -> str:
    """Return a path for the note, relative to the vault."""
    words = _WORDS[language(conversation)]
    bare = " ".join(_BAD_IN_NAMES.sub(" ", conversation.session.title).split()).strip(". ")
    day = time.strftime("%Y-%m-%d", time.localtime(conversation.session.created_at))
    return f"{words['folder']}/{day} {bare[:60].strip() or 'session'}.md"


def as_note(conversation: Conversation) -> str:
    """Return the note: the person's words as headings, answers below, each with links to its sources."""
    words = _WORDS[language(conversation)]
    session = conversation.session
    lines = [f"# {session.title}", ""]
    if session.note:
        lines += [f"[[{_name(session.note)}]]", ""]
    for message in conversation.messages:
        if message.author is Author.PERSON:
            lines += [f"## {words['person']}", "", message.text.strip(), ""]
        elif message.author is Author.SUMMARY:
            lines += [f"> {words['summary']}", ">", *(f"> {line}" for line in message.text.split("\n")), ""]
        else:
            lines += [f"## {message.extra.get('model') or 'Pilotfish'}", "", message.text.strip(), ""]
            lines += _sources(message.extra, words["sources"])
    return "\n".join(lines).rstrip() + "\n"


def _sources(extra: Mapping[str, Any], title: str) -> list[str]:
    """Return the checked citations as a list of links, each number once."""
    links: dict[int, str] = {}
    for citation in extra.get("citations", []):
        if citation.get("verified") and citation.get("path"):
            links[citation["n"]] = f"- [{citation['n']}] {_link(citation['path'], citation.get('label', ''))}"
    return [f"**{title}**", "", *links.values(), ""] if links else []


def _link(path: str, label: str) -> str:
    """Return a link to a note; a document has no note to link to, so it is named with its page."""
    return cited(path, label) if is_document(path) else f"[[{_name(path)}]]"


def _name(path: str) -> str:
    return PurePosixPath(path).stem.replace("___", "/")
