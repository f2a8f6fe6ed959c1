"""`pilotfish complete NOTE --line L --column C`: what ghost text would offer there."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from core.cli.arguments import given_folder
from core.cli.context import Context
from core.cli.models import models_of
from core.cli.note_argument import NotePlace, place_of
from core.complete.completer import Completer
from core.complete.model import CompletionRequest, Source, Suggestion
from core.complete.model_source import ModelSource
from core.complete.passages import Prefetch
from core.complete.phrases import LONGEST_NOTE, Phrases
from core.complete.place import region_of
from core.complete.rhythm import History
from core.complete.vault_source import VaultSource
from core.errors import NoteError, UsageError
from core.llm.chat import ModelRole
from core.search.model import Passage, SearchQuery
from core.text import markdown
from core.vault import notes, snapshot
from core.vault.ignore import load_ignore
from core.vault.left_out import LeftOut
from core.vault.location import is_note_name

BEFORE, AFTER = 4_000, 1_000
"""Characters around the caret that ghost text sees, as in the window."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("note", type=Path, metavar="NOTE", help="a Markdown file")
    parser.add_argument("--line", type=int, required=True, metavar="L", help="line of the caret, from 1")
    parser.add_argument(
        "--column", type=int, required=True, metavar="C", help="characters before the caret in its line"
    )
    parser.add_argument(
        "--candidates", type=int, default=1, metavar="N",
        help="more than one: as if asked for by key, where less sure ones show too",
    )  # fmt: skip
    parser.add_argument("--vault", type=given_folder, metavar="V", help="its vault; else as for `write`")
    parser.set_defaults(lines="")


def run(args: argparse.Namespace, context: Context) -> int:
    """Look once, and print what would be on the screen."""
    if args.candidates < 1:
        raise UsageError("--candidates must be at least 1.")
    place = place_of(args, context)
    request = _request(place, args.line, args.column, args.candidates)
    left_out = LeftOut(place.vault, lambda: context.settings.index)
    phrases = Phrases()
    phrases.replace(_texts(place, context, left_out))
    ask_model = context.settings.ghost.model and request.path not in left_out
    found, milliseconds = asyncio.run(_look(request, phrases, context, ask_model=ask_model))
    if context.output.json_wanted:
        context.output.result(_as_json(found, milliseconds))
    elif found:
        for suggestion in found:
            context.output.say(f"{suggestion.text}\n    {suggestion.kind}, from the {suggestion.source}")
    else:
        context.output.say("Nothing would be offered here.")
    return 0


def _as_json(found: list[Suggestion], milliseconds: float) -> dict[str, Any]:
    return {
        "candidates": [{"text": suggestion.text, "kind": suggestion.kind} for suggestion in found],
        "source": found[0].source if found else Source.VAULT,
        "ms": round(milliseconds, 1),
    }


def _request(place: NotePlace, line: int, column: int, candidates: int) -> CompletionRequest:
    """Return the request of a caret there.

    Raises:
        UsageError: the note has no such line or column.
    """
    lines = place.note.text.split("\n")
    if not 1 <= line <= len(lines):
        raise UsageError(f"--line {line}: the note has the lines 1-{len(lines)}.")
    if not 0 <= column <= len(lines[line - 1]):
        raise UsageError(f"--column {column}: line {line} has {len(lines[line - 1])} characters.")
    caret = sum(len(text) + 1 for text in lines[: line - 1]) + column
    parsed = markdown.parse(place.note.text)
    inside = [block for block in parsed.blocks if block.start_line <= line <= block.end_line]
    return CompletionRequest(
        path=place.note.path,
        before=place.note.text[max(caret - BEFORE, 0) : caret],
        after=place.note.text[caret : caret + AFTER],
        title=parsed.title or Path(place.note.path).stem,
        outline=inside[-1].heading_path if inside else (),
        region=region_of(place.note.text[:caret]),
        asked=candidates > 1,
        candidates=candidates,
    )


def _texts(place: NotePlace, context: Context, left_out: LeftOut) -> Iterator[tuple[str, str]]:
    """Yield the vault's notes that are not left out, as far as they can be read."""
    most = context.settings.index.max_note_bytes
    ignore = load_ignore(place.vault, context.settings.index.exclude)
    for path in snapshot.scan(place.vault, ignore=ignore, max_bytes=most).notes:
        if is_note_name(path) and path != place.note.path:
            try:
                text = notes.read(place.vault, path, max_bytes=4 * LONGEST_NOTE).text
            except NoteError as error:
                context.output.progress(f"passed over {path}: {error}")
                continue
            if not left_out.is_tagged(text):
                yield path, text


async def _look(
    request: CompletionRequest, phrases: Phrases, context: Context, *, ask_model: bool
) -> tuple[list[Suggestion], float]:
    """Return what the last offer held, and the milliseconds until it came."""
    ghost = context.settings.ghost
    async with models_of(context) as models:
        get_model = partial(models.get, ModelRole.COMPLETION)
        source = ModelSource(get_model, Prefetch(_nothing_ready), History()) if ask_model else None
        completer = Completer(VaultSource(phrases), source, in_code=ghost.in_code)
        begin, found = time.perf_counter(), list[Suggestion]()
        async for offer in completer.complete(request):
            found = list(offer.suggestions)
        return found, (time.perf_counter() - begin) * 1000


async def _nothing_ready(_query: SearchQuery) -> list[Passage]:
    """Passages are never waited for, and one look has no pause before it to fetch them in."""
    return []
