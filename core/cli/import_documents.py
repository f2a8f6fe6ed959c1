"""`pilotfish import VAULT FILE...`: index documents beside the notes, list them, remove them."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from core.cli import hearing
from core.cli.context import Context
from core.cli.opening import add_vault, opened, show_progress
from core.concurrency import Cancelled, CancelToken
from core.documents.importer import Began, Imported, Refused, import_files
from core.documents.library import Document
from core.documents.naming import path_of
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable, UsageError

MEANING_SECONDS = 15.0
"""How long vectors are waited for; the words are searchable before, the rest follows with the next run."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="documents, or folders of them")
    parser.add_argument(
        "--transcribe", action="store_true", help="let recordings go to the provider's model, and be paid for"
    )
    parser.add_argument("--list", action="store_true", help="show what has been imported")
    parser.add_argument("--remove", action="append", default=[], metavar="NAME", help="forget this document")


def run(args: argparse.Namespace, context: Context) -> int:
    """Import, remove and list, in this order; 1 where something was to be imported and nothing was."""
    if not (args.files or args.list or args.remove):
        raise UsageError("Give at least one FILE, --remove NAME, or --list.")
    with opened(args.vault, context, prepare=bool(args.files)) as services:
        removed = [_remove(services, name) for name in args.remove]
        outcomes = _import(services, args.files, context, agreed=args.transcribe)
        result = _result(services, outcomes, removed)
        if args.list:
            result["documents"] = [_listed(document) for document in services.documents.documents()]
    has_failed = bool(args.files and result["failed"] and not result["imported"])
    if not context.output.json_wanted:
        _say(result, context)
        return int(has_failed)
    context.output.result(result)
    if has_failed:
        context.output.warn("pilotfish: nothing was imported; `failed` says why.")
    return int(has_failed)


def _remove(services: VaultServices, name: str) -> str:
    document = services.documents.remove(path_of(name))
    services.refresh([document.path])
    return document.name


def _import(
    services: VaultServices, files: list[Path], context: Context, *, agreed: bool
) -> list[Imported | Refused]:
    outcomes: list[Imported | Refused] = []
    with hearing.reader(context, agreed=agreed) as read:
        for outcome in import_files(files, services.documents, reader=read):
            if isinstance(outcome, Began):
                context.output.progress(f"{outcome.number} of {outcome.total}  {outcome.file.name}")
            else:
                outcomes.append(outcome)
    paths = [outcome.added.document.path for outcome in outcomes if isinstance(outcome, Imported)]
    if paths:
        services.refresh(paths, on_progress=partial(show_progress, context))
        _embed(services, paths, context)
    return outcomes


def _embed(services: VaultServices, paths: list[str], context: Context) -> None:
    """Give the passages their meaning as far as that is quick."""
    with _time_limit(MEANING_SECONDS) as token:
        try:
            tell = partial(show_progress, context)
            services.indexer.embed_pending(first=paths, on_progress=tell, cancel=token)
        except Cancelled:
            context.output.warn("pilotfish: words are searchable; run `pilotfish index` for the rest.")
        except EmbeddingUnavailable as error:
            context.output.warn(f"pilotfish: {error} Words are searchable all the same.")


@contextmanager
def _time_limit(seconds: float) -> Iterator[CancelToken]:
    token = CancelToken()
    timer = threading.Timer(seconds, token.cancel)
    timer.start()
    try:
        yield token
    finally:
        timer.cancel()
        timer.join()


def _result(
    services: VaultServices, outcomes: list[Imported | Refused], removed: list[str]
) -> dict[str, Any]:
    imported = [_imported(services, outcome) for outcome in outcomes if isinstance(outcome, Imported)]
    failed = [
        {"file": str(outcome.file), "reason": f"{outcome.error} {outcome.error.hint}".rstrip()}
        for outcome in outcomes
        if isinstance(outcome, Refused)
    ]
    return {"imported": imported, "failed": failed} | ({"removed": removed} if removed else {})


def _imported(services: VaultServices, outcome: Imported) -> dict[str, Any]:
    document = outcome.added.document
    entry = services.index.catalog.entry(document.path)
    return {
        "file": str(outcome.file),
        "name": document.name,
        "path": document.path,
        "title": entry.title if entry else document.title,
        "kind": document.kind,
        "chunks": entry.chunks if entry else 0,
        "pages": document.pages,
        "duplicate": outcome.added.was_known,
        "hidden": [
            {"kind": found.kind, "where": found.label, "text": found.sample, "kept": found.kept}
            for found in document.hidden
        ],
        "remarks": list(document.remarks),
    }


def _listed(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "path": document.path,
        "title": document.title,
        "pages": document.pages,
        "source": document.source,
        "imported": datetime.fromtimestamp(document.imported_at).astimezone().isoformat(timespec="seconds"),
    }


def _say(result: dict[str, Any], context: Context) -> None:
    say = context.output.say
    for name in result.get("removed", ()):
        say(f"removed: {name} (the file itself is untouched)")
    for entry in result["imported"]:
        pages = f", {entry['pages']} pages" if entry["pages"] else ""
        facts = f"{entry['chunks']} passages{pages}"
        if entry["duplicate"]:
            say(f"already there: {entry['file']}, as {entry['name']}: {facts}")
        else:
            say(f"imported: {entry['name']}: {facts}")
        for remark in entry["remarks"]:
            say(f"    {remark}")
        for found in entry["hidden"]:
            kept = "kept" if found["kept"] else "left out"
            where = found["where"] or "in the text"
            say(f"    hidden text ({found['kind']}, {where}), {kept}: {found['text']}")
    for entry in result["failed"]:
        context.output.warn(f"not imported: {entry['file']}: {entry['reason']}")
    for entry in result.get("documents", ()):
        say(f"{entry['name']}  ({entry['imported']}, from {entry['source']})")
