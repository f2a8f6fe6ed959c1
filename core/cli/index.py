"""`pilotfish index VAULT [--rebuild]`: bring the index up to date and end."""

from __future__ import annotations

import argparse

from core.cli.context import Context
from core.cli.opening import add_vault, bring_up_to_date, opened
from core.index.model import IndexReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)
    parser.add_argument("--rebuild", action="store_true", help="throw the rows away first; vectors are kept")


def run(args: argparse.Namespace, context: Context) -> int:
    """Index and report."""
    with opened(args.vault, context, prepare=True) as services:
        if args.rebuild:
            services.index.reset()
        report = bring_up_to_date(services, context)
    if context.output.json_wanted:
        context.output.result(report)
    else:
        context.output.say(_in_words(report))
    return 0


def _in_words(report: IndexReport) -> str:
    documents = f"{report.documents} documents, " if report.documents else ""
    lines = [
        f"{report.notes} notes, {documents}{report.chunks} passages: {report.added} added, "
        f"{report.changed} changed, {report.removed} removed, {report.unchanged} unchanged; "
        f"{report.embedded} embedded in {report.seconds:.1f} s."
    ]
    lines += [f"left out: {skipped.path}: {skipped.reason}" for skipped in report.skipped]
    return "\n".join(lines)
