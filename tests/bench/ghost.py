"""Ghost text typed against real notes that nobody here wrote, each withheld from the index meanwhile.

What is counted, and how, stands in `tests/bench/typist.py`. The gate has seen none of these vaults. The
weights of the vote and the price of a wrong suggestion were set on part 0 of the notes, the figures are of
part 1. `--notes N` types more or fewer notes a vault; `--price P` tries another price.
"""

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import replace

from core.complete.gate import UNASKED
from core.complete.model import CompletionRequest, Suggestion
from core.complete.place import Place, PlaceKind
from core.complete.vault_source import VaultSource
from tests.bench.ghost_vaults import Vault, open_vault
from tests.bench.report import percentile, publish
from tests.bench.typist import Tally, type_note

EXAMINERS = {"itnotes-zh": "zh", "foam-docs-en": "en"}
TUNING, REPORTING = 0, 1


def main() -> None:
    options = _options()
    tallies, times = {}, list[float]()
    for name in EXAMINERS:
        tallies[name] = examine(open_vault(name), options, times)
    totals = {name: sum(by_place.values(), Tally()) for name, by_place in tallies.items()}
    both = sum(totals.values(), Tally())
    publish(
        {
            **both.figures(),
            "query_ms_p50": round(percentile(times, 0.5), 2),
            "query_ms_p99": round(percentile(times, 0.99), 2),
            "sources": {"vault": both.figures()},
            "languages": {EXAMINERS[name]: {"vault_name": name, **t.figures()} for name, t in totals.items()},
            "places": {name: _by_place(by_place) for name, by_place in tallies.items()},
        }
    )


def examine(vault: Vault, options: argparse.Namespace, times: list[float]) -> dict[PlaceKind, Tally]:
    """Type the notes of one vault; the time of each query goes to `times`."""
    source = VaultSource(vault.phrases)
    terms = replace(UNASKED, price=options.price, least_likely=options.least)

    def suggest(request: CompletionRequest, place: Place) -> list[Suggestion]:
        begin = time.perf_counter()
        found = source.suggest(request, place, terms=terms)
        times.append((time.perf_counter() - begin) * 1000)
        return found

    result: dict[PlaceKind, Tally] = defaultdict(Tally)
    for path, text in vault.sample(options.notes, part=options.part, parts=2):
        for kind, tally in type_note(path, text, suggest, in_code=not options.no_code).items():
            result[kind] += tally
    return result


def _by_place(by_place: dict[PlaceKind, Tally]) -> dict[str, dict[str, float]]:
    return {
        kind.value: {"characters": tally.characters, "shown": tally.shown, "wrong": tally.wrong,
                     "saved": tally.taken - tally.keys}
        for kind, tally in by_place.items()
    }  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--notes", type=int, default=20)
    parser.add_argument("--part", type=int, choices=(TUNING, REPORTING), default=REPORTING)
    parser.add_argument("--price", type=float, default=UNASKED.price)
    parser.add_argument("--least", type=float, default=UNASKED.least_likely)
    parser.add_argument("--no-code", action="store_true", help="nothing in code fences")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
