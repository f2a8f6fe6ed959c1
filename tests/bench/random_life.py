"""100 000 random file operations under the real watcher; with overflows; with a short watch limit.

Each time the index must end equal to one built in peace within 60 s. `dev.py bench random-life [OPERATIONS]`.
"""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.report import publish
from tests.random_life import Outcome, live

OPERATIONS = 100_000
TROUBLES: dict[str, dict[str, Any]] = {
    "full_speed": {},
    "overflows": {"drops": True},
    "short_limit": {"watches": 4},
}


def main() -> int:
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    operations = given[0] if given else OPERATIONS
    figures: dict[str, Outcome] = {}
    for name, trouble in TROUBLES.items():
        with tempfile.TemporaryDirectory() as work:
            figures[name] = live(Path(work), operations, seed=7, **trouble)
    publish({name: asdict(outcome) for name, outcome in figures.items()})
    return any(outcome.differences for outcome in figures.values())


if __name__ == "__main__":
    sys.exit(main())
