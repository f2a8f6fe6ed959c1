"""`pilotfish export finetune|traces OUT`: accepted suggestions as training data, model calls as OTLP/JSON."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from core.cli.context import Context
from core.errors import UsageError
from core.files import write_atomically
from core.session.archive import FILE_NAME, Archive
from core.session.finetune import write_examples
from core.session.otlp import as_otlp
from core.session.traces import Traces


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("what", choices=list(_EXPORTS))
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--since", default="", metavar="DATE", help="YYYY-MM-DD; else everything")


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the file and say what is in it."""
    since = _seconds(args.since)
    archive = Archive(context.places.data / FILE_NAME)
    try:
        _EXPORTS[args.what](Traces(archive), since, args.out, context)
    except OSError as error:
        raise UsageError(f"{args.out} cannot be written: {error.strerror}.") from error
    finally:
        archive.close()
    return 0


def _finetune(traces: Traces, since: float, out: Path, context: Context) -> None:
    exported = write_examples(traces.examples(since), out)
    if context.output.json_wanted:
        rejected = [{"reason": reason, "count": count} for reason, count in exported.rejected.items()]
        context.output.result({"train": exported.train, "test": exported.test, "rejected": rejected})
        return
    context.output.say(f"{exported.train} to train with, {exported.test} to test with")
    for reason, count in exported.rejected.items():
        context.output.say(f"left out: {count} ({reason})")


def _traces(traces: Traces, since: float, out: Path, context: Context) -> None:
    calls = traces.since(since)
    write_atomically(
        out, json.dumps(as_otlp(calls, traces.outcomes()), ensure_ascii=False).encode("utf-8") + b"\n"
    )
    if context.output.json_wanted:
        context.output.result({"spans": len(calls)})
    else:
        context.output.say(f"{len(calls)} model calls, without any text")


_EXPORTS: dict[str, Callable[[Traces, float, Path, Context], None]] = {
    "finetune": _finetune,
    "traces": _traces,
}


def _seconds(day: str) -> float:
    if not day:
        return 0.0
    try:
        return time.mktime(time.strptime(day, "%Y-%m-%d"))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--since {day}: write the date as YYYY-MM-DD.") from error
