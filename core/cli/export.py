"""`pilotfish export finetune OUT.jsonl`: accepted and edited suggestions as training data."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from core.cli.context import Context
from core.errors import UsageError
from core.session.archive import FILE_NAME, Archive
from core.session.finetune import write_examples
from core.session.traces import Traces


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("what", choices=["finetune"])
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--since", default="", metavar="DATE", help="YYYY-MM-DD; else everything")


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the two files and say what is in them."""
    since = _seconds(args.since)
    archive = Archive(context.places.data / FILE_NAME)
    try:
        exported = write_examples(Traces(archive).examples(since), args.out)
    except OSError as error:
        raise UsageError(f"{args.out} cannot be written: {error.strerror}.") from error
    finally:
        archive.close()
    if context.output.json_wanted:
        rejected = [{"reason": reason, "count": count} for reason, count in exported.rejected.items()]
        context.output.result({"train": exported.train, "test": exported.test, "rejected": rejected})
        return 0
    context.output.say(f"{exported.train} to train with, {exported.test} to test with")
    for reason, count in exported.rejected.items():
        context.output.say(f"left out: {count} ({reason})")
    return 0


def _seconds(day: str) -> float:
    if not day:
        return 0.0
    try:
        return time.mktime(time.strptime(day, "%Y-%m-%d"))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--since {day}: write the date as YYYY-MM-DD.") from error
