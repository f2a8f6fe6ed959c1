"""`pilotfish write NOTE --prompt ID`: run a prompt on a part of a note; without `--apply` nothing changes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from core.assist.model import (
    CandidateAdded,
    CandidateDone,
    CandidateFailed,
    ModelChosen,
    WriteEvent,
    WriteRequest,
    Written,
)
from core.cli.applying import apply, changed_text, word_diff
from core.cli.arguments import one_of
from core.cli.assisting import with_assist
from core.cli.context import Context
from core.cli.models import who
from core.cli.note_argument import NotePlace, add_note, place_of
from core.engine.assist_service import AssistService
from core.errors import PilotfishError, UsageError
from core.llm.chat import Tier
from core.prompts.model import Placement

APPLY = (Placement.INSERT, Placement.REPLACE, Placement.APPEND)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_note(parser)
    parser.add_argument("--prompt", required=True, metavar="ID", help="see `pilotfish prompts list`")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a value of the prompt's form"
    )
    parser.add_argument("--instruction", default="", metavar="TEXT", help="what else is wanted")
    parser.add_argument("--candidates", type=int, default=0, metavar="N")
    parser.add_argument("--tier", type=one_of(Tier), choices=list(Tier), default=None)
    parser.add_argument(
        "--apply", type=one_of(APPLY), choices=APPLY, default=None, help="write the first one"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the prompt, show the candidates and the change, and write it if that is wanted."""
    if args.candidates < 0:
        raise UsageError("--candidates must be at least 1.")
    place = place_of(args, context)
    request = WriteRequest(
        args.prompt,
        place.context(),
        values=form_values(args.set),
        instruction=args.instruction,
        candidates=args.candidates,
        tier=args.tier,
        placement=args.apply,
    )

    async def work(service: AssistService) -> tuple[Written, Placement]:
        prompt = await service.prompt(request)
        shower = _Shower(context, streams=(request.candidates or prompt.candidates) == 1)
        async for event in service.write(request):
            shower.show(event)
            if isinstance(event, Written):
                return event, prompt.placement
        raise PilotfishError("The writing ended without an end.")

    written, usual = with_assist(place.vault, context, work)
    return _finish(place, written, args.apply, usual, context)


def form_values(settings: Sequence[str]) -> dict[str, str]:
    """Return the form from `NAME=VALUE` arguments.

    Raises:
        UsageError: one of them has no `=`.
    """
    values = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"--set {setting}: write NAME=VALUE.")
        values[name.strip()] = value
    return values


def _finish(
    place: NotePlace, written: Written, wanted: Placement | None, usual: Placement, context: Context
) -> int:
    first = written.candidates[0]
    is_replacing = (wanted or usual) is Placement.REPLACE
    shown = word_diff(place.text if is_replacing else "", first.text)
    if wanted is not None:
        apply(place, changed_text(place, first, wanted), context.places)
    if context.output.json_wanted:
        context.output.result(_as_json(written, shown, applied=wanted is not None))
        return 0
    context.output.say(f"\n{shown}\n" if is_replacing else "")
    done = f"written to {place.note.path}" if wanted else "nothing was written"
    context.output.say(f"{written.model}, {written.total_ms / 1000:.1f} s; {done}")
    return 0


def _as_json(written: Written, shown: str, *, applied: bool) -> dict[str, Any]:
    return {
        "candidates": [candidate.text for candidate in written.candidates],
        "problems": [candidate.problem for candidate in written.candidates],
        "diff": shown,
        "applied": applied,
        "finish": written.candidates[0].finish,
        "prompt": {"id": written.prompt_id, "version": written.prompt_version},
        "model": written.model,
        "tier": written.tier,
        "usage": {
            "prompt_tokens": written.usage.prompt_tokens,
            "completion_tokens": written.usage.completion_tokens,
        },
        "cost_usd": written.cost_usd,
        "first_token_ms": written.first_token_ms,
        "total_ms": written.total_ms,
        "trace_id": written.trace_id,
    }


class _Shower:
    """Prints candidates: a single one as it streams, several each when it is whole."""

    def __init__(self, context: Context, *, streams: bool) -> None:
        self._output = context.output
        self._streams = streams

    def show(self, event: WriteEvent) -> None:
        """Print one event."""
        say = self._output.say
        if isinstance(event, ModelChosen):
            say(f"{who(event)}\n")
        elif isinstance(event, CandidateAdded) and self._streams:
            say(event.text, end="")
        elif isinstance(event, CandidateDone) and not self._streams:
            say(f"({event.candidate.n})\n{event.candidate.text}\n")
        elif isinstance(event, CandidateFailed):
            say(f"({event.n}) {event.error}\n")
