"""Train the gate of the vault source and, with `--write`, put it into core/complete/gate.json.

It learns on notes of csdiy-zh-en and logseq-docs-en, each withheld from the index while its places are looked
at; the benchmark reports on other vaults. Run with `dev.py bench train-gate --write`; some minutes.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.complete import gate
from core.complete.echoes import own_echoes
from core.complete.place import PlaceKind, place_of, region_of
from core.complete.vault_source import ECHOES
from core.complete.vote import FEATURES, Caret, vote
from tests.bench.ghost_vaults import Vault, open_vault
from tests.bench.report import publish

TEACHERS = ("csdiy-zh-en", "logseq-docs-en")
NOTES = 110
STRIDE = 3
"""Every third place is looked at: neighbours tell nearly the same."""
CANDIDATES = 3
"""The gate also learns from what has fewer votes, as it chooses between them."""
TREES = 70
LEAVES = 16


def lessons(vault: Vault) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Yield the evidence for what the vote proposes, and whether the writer went on so."""
    for path, text in vault.sample(NOTES):
        folder = path[: path.rfind("/") + 1]
        for at in range(1, len(text) - 1, STRIDE):
            before = text[max(0, at - 4000) : at]
            place = place_of(before, "", region=region_of(text[:at]))
            if not place.may_show(in_code=True):
                continue
            caret = Caret(before, place, folder)
            echoes = vault.phrases.echoes(before, own=path, limit=ECHOES) + own_echoes(before, caret.partial)
            for candidate in vote(caret, echoes, limit=CANDIDATES):
                for end, evidence in zip(candidate.ends, candidate.evidence, strict=True):
                    yield evidence, text.startswith(candidate.text[:end], at)


def train(evidence: np.ndarray, right: np.ndarray) -> dict[str, object]:
    """Return the boosted trees as plain values."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=0.18, max_leaf_nodes=LEAVES, min_samples_leaf=80, random_state=0
    )
    learner.fit(evidence, right)
    return {
        "features": list(FEATURES),
        "places": list(PlaceKind),
        "base": round(float(learner._baseline_prediction.item()), 5),
        "trees": [[_node(node) for node in stage[0].nodes] for stage in learner._predictors],
    }


def _node(node: np.void) -> list[float]:
    if node["is_leaf"]:
        return [round(float(node["value"]), 4)]
    return [
        int(node["feature_idx"]),
        round(float(node["num_threshold"]), 4),
        int(node["left"]),
        int(node["right"]),
    ]


def main() -> None:
    taught = [lesson for name in TEACHERS for lesson in lessons(open_vault(name))]
    evidence = np.array([numbers for numbers, _ in taught], dtype=np.float32)
    right = np.array([outcome for _, outcome in taught])
    model = train(evidence, right)
    if "--write" in sys.argv[1:]:
        target = Path(gate.__file__).with_name("gate.json")
        target.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    publish({"lessons": len(taught), "right_percent": round(100 * float(right.mean()), 1)})


if __name__ == "__main__":
    sys.exit(main())
