"""`pilotfish ask VAULT QUESTION`: a grounded answer, streamed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.assist.model import Answer, AskRequest, NoteContext
from core.cli.arguments import one_of
from core.cli.asking import Printer, ask
from core.cli.context import Context
from core.cli.opening import add_vault, opened
from core.errors import UsageError
from core.llm.chat import Tier
from core.settings import IndexSettings
from core.vault import notes
from core.vault.left_out import LeftOut


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--tier", type=one_of(Tier), choices=list(Tier), default=Tier.FAST)
    parser.add_argument(
        "--image", action="append", default=[], metavar="FILE", help="a picture for the vision model"
    )
    parser.add_argument("--note", default="", metavar="PATH", help="the open note, relative to the vault")


def run(args: argparse.Namespace, context: Context) -> int:
    """Ask and print the answer."""
    if not args.question.strip():
        raise UsageError("The question is empty.")
    note = _note(args.vault, args.note, context.settings.index) if args.note else None
    with opened(args.vault, context, prepare=False) as services:
        services.read_if_new()
        request = AskRequest(
            args.question,
            tier=args.tier,
            note=note,
            images=tuple(str(Path(f).absolute()) for f in args.image),
        )
        given = ask(request, services, context, Printer(context).show)
    if context.output.json_wanted:
        context.output.result(as_json(given))
    return 0


def as_json(given: Answer) -> dict[str, Any]:
    """Return what `--json` promises of an answer."""
    return {
        "answer": given.text,
        "citations": [
            {
                "n": citation.n,
                "path": citation.path,
                "start_line": citation.start_line,
                "end_line": citation.end_line,
                "quote": citation.quote,
                "verified": citation.verified,
                "label": citation.label,
            }
            for citation in given.citations
        ],
        "unsupported": [
            {"text": given.text[start:end], "start": start, "end": end} for start, end in given.unsupported
        ],
        "finish": given.finish,
        "model": given.model,
        "tier": given.tier,
        "usage": {
            "prompt_tokens": given.usage.prompt_tokens,
            "completion_tokens": given.usage.completion_tokens,
        },
        "cost_usd": given.cost_usd,
        "first_token_ms": given.first_token_ms,
        "total_ms": given.total_ms,
        "trace_id": given.trace_id,
    }


def _note(vault: Path, path: str, index: IndexSettings) -> NoteContext:
    read = notes.read(vault, path, max_bytes=index.max_note_bytes)  # first: it tells what lies outside
    LeftOut(vault, lambda: index).check(path)
    return NoteContext(path=read.path, before=read.text[-2000:])
