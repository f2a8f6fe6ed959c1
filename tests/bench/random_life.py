"""100 000 random file operations under the real watcher, with overflow, then with a short watch limit.

Each time the index must end equal to one built in peace within 60 s. `dev.py bench random-life [OPERATIONS]`.
"""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.bench.report import publish
from tests.random_life import Outcome, live

OPERATIONS = 100_000
SHORT_LIMIT = 4


def main() -> int:
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    operations = given[0] if given else OPERATIONS
    figures: dict[str, Outcome] = {}
    for name, watches in (("full_speed", None), ("short_limit", SHORT_LIMIT)):
        with tempfile.TemporaryDirectory() as work:
            figures[name] = live(Path(work), operations, seed=7, watches=watches)
    publish({name: asdict(outcome) for name, outcome in figures.items()})
    return any(outcome.differences for outcome in figures.values())


if __name__ == "__main__":
    sys.exit(main())
