"""A process that indexes a vault, to be killed or to compete: `python -m tests.core.index.worker VAULT HOME`.

Prints how many passages it embedded when it gets to the end.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.core.index.fakes import HashingEmbedder, indexer_of, open_for


class SlowEmbedder(HashingEmbedder):
    """Takes a little time for each call, so that there is something to be killed in."""

    def embed_passages(self, texts):
        time.sleep(0.02)
        return super().embed_passages(texts)


def main() -> None:
    vault, home = Path(sys.argv[1]), Path(sys.argv[2])
    embedder = SlowEmbedder()
    with open_for(home, embedder) as index:
        _tell("open")
        indexer_of(index, vault, embedder).bring_up_to_date()
    _tell(str(len(embedder.passages)))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
