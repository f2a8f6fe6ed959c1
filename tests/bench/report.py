"""How a benchmark speaks: words for a person, one JSON object as the last line."""

import json
import sys
from collections.abc import Sequence
from typing import Any


def publish(figures: dict[str, Any]) -> None:
    """Print the figures as a table for a person (unless --json is given) and as one JSON line."""
    if "--json" not in sys.argv[1:]:
        for name, value in figures.items():
            print(f"{name:>40}  {value}")
    print(json.dumps(figures, ensure_ascii=False), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
