"""Put all promises to the test: `python -m tests.trust [--json] [--seed N]`; status 1: one is broken."""

import argparse
import json
import random
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.trust import documents, index, model, notes, privacy
from tests.trust.finding import Finding, Promise, Trial

PROMISES = (*notes.PROMISES, *index.PROMISES, *model.PROMISES, *privacy.PROMISES, *documents.PROMISES)


def main(arguments: list[str] | None = None, promises: Sequence[Promise] = PROMISES) -> int:
    """Measure, print, and return the exit status."""
    command_line = argparse.ArgumentParser(prog="dev.py trust", description=__doc__)
    command_line.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    command_line.add_argument("--seed", type=int, default=1, help="what chance begins with (1)")
    options = command_line.parse_args(arguments)
    findings: dict[str, Finding] = {}
    for promise in promises:
        findings[promise.__name__] = found = finding(promise, options.seed)
        if not options.json:
            _say(found.in_words(promise.__name__))
    _say(json.dumps({name: found.as_json() for name, found in findings.items()}))
    return 0 if all(found.kept for found in findings.values()) else 1


def finding(promise: Promise, seed: int = 1, share: float = 1.0) -> Finding:
    """Measure one promise in a folder of its own; where that breaks down, the promise is not kept."""
    with tempfile.TemporaryDirectory(prefix="pilotfish-trust-", ignore_cleanup_errors=True) as folder:
        try:
            return promise(Trial(Path(folder).resolve(), random.Random(seed), share))
        except Exception:  # noqa: BLE001  # the other promises are measured all the same
            traceback.print_exc()
            return Finding(figure=1, cases=1)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # whoever started us reads it


if __name__ == "__main__":
    sys.exit(main())
