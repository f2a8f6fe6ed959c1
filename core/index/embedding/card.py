"""What is known of a prepared model without opening it: `model.json` beside the ONNX file.

The card is written last. It names every other file with its size, so a folder that was cut short does not
pass for a model, and it keeps the vector that the model gave for a probe text, so that a model which has
changed since (damaged weights, another processor) is noticed when it is opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

CARD = "model.json"
MODEL = "model.onnx"
VOCABULARY = "vocabulary.bin"

PROBE = "A pilot fish swims beside something bigger. 领航鱼在大鱼身边游泳。"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The facts of one prepared model."""

    name: str
    """The folder's own name: model and fingerprint, stamped on every index."""
    dimensions: int
    word_dimensions: int
    """Length of a row of the vocabulary."""
    word_bits: int
    """Bits that a number of the vocabulary takes, 8 or 4."""
    limit: int
    """Tokens in one run, the special ones included; longer texts are embedded in windows."""
    query_prompt: str
    passage_prompt: str
    agreement: float
    """Lowest cosine between the vectors of this model and of its float32 original, as measured here."""
    probe: tuple[float, ...]
    """The vector of `PROBE` as a passage."""
    files: Mapping[str, int]
    """Size in bytes of every other file in the folder."""


def read(folder: Path) -> ModelCard | None:
    """Return the card of a prepared model, or None where there is none or its files are not as it says."""
    try:
        data = json.loads((folder / CARD).read_text(encoding="utf-8"))
        card = ModelCard(**{field.name: data[field.name] for field in fields(ModelCard)})
        whole = all((folder / name).stat().st_size == size for name, size in card.files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return card if whole else None


def write(card: ModelCard, folder: Path) -> None:
    """Store the card; from then on the folder counts as a prepared model."""
    text = json.dumps(asdict(card), ensure_ascii=False, indent=1)
    (folder / CARD).write_text(text, encoding="utf-8")
