"""What a prompt's template is given: the text its scope names, its surroundings, passages of the vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from core.assist import context
from core.assist.context import end_of, visible
from core.assist.model import NoteContext, WriteRequest
from core.assist.sources import Search, as_numbered, is_pinned
from core.errors import UsageError
from core.prompts.model import Placement, Prompt, Scope
from core.prompts.rendering import Given
from core.search.model import Passage, SearchQuery
from core.text import tokens
from core.text.language import language_of

NOTE_TOKENS = 12_000
"""Of the whole note; selections and blocks are never cut, for what replaces them must know all of them."""
AROUND_TOKENS = 1200
CANDIDATES = 12
PASSAGES = 6
PASSAGE_TOKENS = 500
_QUERY_CHARACTERS = 300


async def passages_for(request: WriteRequest, prompt: Prompt, search: Search) -> tuple[Passage, ...]:
    """Return the passages that go along: none unless the prompt wants them or the person pinned notes."""
    if not prompt.passages and not request.sources.notes:
        return ()
    focus = text_of(prompt.scope, request.note)[:_QUERY_CHARACTERS]
    query = "\n".join(filter(None, [*request.values.values(), request.instruction, focus])).strip()
    found = await search(SearchQuery(query or "…", limit=CANDIDATES))
    if not prompt.passages:
        found = list(filter(is_pinned, found))
    return context.select(found)[: PASSAGES + len(request.sources.notes)]


def given_for(request: WriteRequest, prompt: Prompt, passages: Sequence[Passage]) -> Given:
    """Return what the template is filled in with.

    Raises:
        UsageError: there is nothing at all to work on.
    """
    note = request.note or NoteContext("")
    text = text_of(prompt.scope, note)
    given = Given(
        text=visible(text),
        selection=visible(note.selection),
        block=visible(note.block),
        note=visible(tokens.trim(_whole(note), NOTE_TOKENS)),
        before=visible(end_of(_before(note, prompt.placement), AROUND_TOKENS)),
        after=visible(tokens.trim(note.after, AROUND_TOKENS // 2)),
        passages=as_numbered(passages, visible) if passages else "",
        title=visible(note.title or PurePosixPath(note.path).stem),
        path=visible(note.path),
        heading=visible(" › ".join(note.heading_path)),
        instruction=request.instruction,
    )
    asks_for_something = any(variable.required for variable in prompt.variables)
    if not (text.strip() or given.before.strip() or passages or asks_for_something):
        raise UsageError("There is nothing to work on: select some text, or put the caret into a paragraph.")
    return given


def text_of(scope: Scope, note: NoteContext | None) -> str:
    """Return what a prompt of this scope works on."""
    if note is None:
        return ""
    if scope is Scope.NOTE:
        return tokens.trim(note.selection or _whole(note), NOTE_TOKENS)
    if scope is Scope.BLOCK:
        return note.block or note.selection
    return note.selection or note.block


def language_for(request: WriteRequest, prompt_words: str = "") -> str:
    """Return `zh` or `en`: as asked for, else the language of the text, else that of the person's words."""
    note = request.note or NoteContext("")
    words = [
        note.selection or note.block or note.before or note.text,
        *request.values.values(),
        request.instruction,
    ]
    found = (language_of(text) for text in [*words, prompt_words] if text.strip())
    return request.language[:2] or next((language for language in found if language), "en")


def _before(note: NoteContext, placement: Placement) -> str:
    """What goes in behind the selection has it before it."""
    return note.before + note.selection if placement is Placement.INSERT else note.before


def _whole(note: NoteContext) -> str:
    return note.text or f"{note.before}{note.selection or note.block}{note.after}"
