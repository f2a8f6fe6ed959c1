"""`pilotfish search VAULT QUERY`: find passages."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.cli.arguments import one_of
from core.cli.context import Context
from core.cli.opening import add_vault, opened
from core.documents.naming import place
from core.engine.services import VaultServices
from core.errors import UsageError
from core.index.model import Scope
from core.search.model import Passage, SearchMode, SearchQuery

MOST = 1_000_000
"""Passages; LanceDB counts no further than two thousand millions."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument("--queries", type=Path, metavar="FILE.jsonl", help='one {"id", "text"} a line')
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (10)")
    parser.add_argument(
        "--mode", type=one_of(SearchMode), choices=list(SearchMode), default=SearchMode.HYBRID
    )
    parser.add_argument("--no-rerank", action="store_true")
    parser.add_argument("--explain", action="store_true", help="show what each signal contributed")
    parser.add_argument("--folder", default="", help="only notes below this folder of the vault")
    parser.add_argument("--tag", default="", help="only notes with this tag")


def run(args: argparse.Namespace, context: Context) -> int:
    """Search once, or once for each line of a file."""
    if (args.query is None) == (args.queries is None):
        raise UsageError("Give either a QUERY or --queries FILE.")
    if args.k < 1:
        raise UsageError("-k must be at least 1.")
    args.k = min(args.k, MOST)
    asked = [("", args.query)] if args.queries is None else list(_read(args.queries))
    with opened(args.vault, context, prepare=False) as services:
        services.read_if_new()
        for query_id, text in asked:
            _search(services, _query(text, args), query_id, args, context)
    return 0


def _search(
    services: VaultServices, query: SearchQuery, query_id: str, args: argparse.Namespace, context: Context
) -> None:
    begin = time.perf_counter()
    hits = services.search(query)
    ms = (time.perf_counter() - begin) * 1000
    if context.output.json_wanted:
        shown = [_plain(hit, explain=args.explain) for hit in hits]
        context.output.result({"id": query_id, "ms": round(ms, 2), "hits": shown})
        return
    for hit in hits:
        context.output.say(_in_words(hit, explain=args.explain))
    if not hits:
        context.output.say("Nothing found in the notes.")


def _query(text: str, args: argparse.Namespace) -> SearchQuery:
    scope = Scope(folder=args.folder, tag=args.tag.lstrip("#"))
    return SearchQuery(text, args.k, args.mode, rerank=not args.no_rerank, scope=scope)


def _read(file: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
        for line in lines:
            if line.strip():
                entry = json.loads(line)
                yield str(entry.get("id", "")), str(entry["text"])
    except OSError as error:
        raise UsageError(f"The queries in {file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f'{file} must hold one {{"id": .., "text": ..}} a line.') from error


def _plain(hit: Passage, *, explain: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "path": hit.path,
        "heading_path": list(hit.heading_path),
        "start_line": hit.start_line,
        "end_line": hit.end_line,
        "score": hit.score,
        "text": hit.text,
    }
    if hit.label:
        shown["label"] = hit.label
    if explain:
        shown["signals"] = dict(hit.signals)
    return shown


def _in_words(hit: Passage, *, explain: bool) -> str:
    headings = " › ".join(dict.fromkeys((hit.title, *hit.heading_path)))
    first = " ".join(hit.text.split())[:160]
    signals = "  ".join(f"{name} {value:.3f}" for name, value in hit.signals.items())
    where = place(hit.path, hit.start_line, hit.label)
    lines = [f"{where}  {headings}", f"    {first}"]
    return "\n".join([*lines, f"    {hit.score:.4f}  {signals}"] if explain else lines)
