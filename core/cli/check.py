"""`pilotfish check NOTE [--lines A-B]`: each claim of a text, looked up in the vault."""

from __future__ import annotations

import argparse
from typing import Any

from core.assist.model import CheckDone, CheckedClaim, CheckRequest, Citation, Verdict
from core.cli.arguments import one_of
from core.cli.assisting import with_assist
from core.cli.context import Context
from core.cli.note_argument import add_note, place_of
from core.engine.assist_service import AssistService
from core.errors import PilotfishError
from core.llm.chat import Tier

_MARKS = {
    Verdict.SUPPORTED: "supported   ",
    Verdict.CONTRADICTED: "CONTRADICTED",
    Verdict.NOT_FOUND: "not found   ",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_note(parser)
    parser.add_argument("--tier", type=one_of(Tier), choices=list(Tier), default=Tier.PRECISE)
    parser.add_argument("--no-model", action="store_true", help="decide by the words alone")


def run(args: argparse.Namespace, context: Context) -> int:
    """Check and print the verdicts."""
    place = place_of(args, context)
    request = CheckRequest(
        place.text, place.note.path, place.start + 1, tier=args.tier, use_model=not args.no_model
    )

    async def work(service: AssistService) -> CheckDone:
        async for event in service.check(request):
            if isinstance(event, CheckDone):
                return event
        raise PilotfishError("The check ended without an end.")

    done = with_assist(place.vault, context, work)
    if context.output.json_wanted:
        context.output.result(as_json(done))
        return 0
    for checked in done.claims:
        _say(checked, context)
    if done.problem is not None:
        context.output.warn(f"pilotfish: {done.problem} What is left was decided by the words alone.")
    return 0


def as_json(done: CheckDone) -> dict[str, Any]:
    """Return what `--json` promises of a check."""
    return {
        "claims": [
            {
                "text": checked.claim.text,
                "line": checked.claim.line,
                "verdict": checked.verdict,
                "by_model": checked.by_model,
                "citations": [_citation(citation) for citation in checked.citations],
            }
            for checked in done.claims
        ],
        "model": done.model,
        "cost_usd": done.cost_usd,
        "trace_id": done.trace_id,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "path": citation.path,
        "start_line": citation.start_line,
        "end_line": citation.end_line,
        "quote": citation.quote,
        "verified": citation.verified,
    }


def _say(checked: CheckedClaim, context: Context) -> None:
    context.output.say(
        f"{_MARKS[checked.verdict]}  {checked.claim.line}: {' '.join(checked.claim.text.split())}"
    )
    for citation in checked.citations:
        quote = " ".join(citation.quote.split())
        context.output.say(f"              {citation.path}:{citation.start_line}  “{quote}”")
