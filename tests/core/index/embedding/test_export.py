"""The parts of the export that need no torch; the whole of it runs in test_preparation."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.index.embedding import card as cards
from core.index.embedding import export
from core.index.embedding.export import _Original


@pytest.mark.parametrize(
    ("source", "stored", "expected"),
    [
        ("a/model", {"query": "q: ", "document": "d: "}, ("q: ", "d: ")),
        ("a/model", {"query": "q: ", "passage": "p: "}, ("q: ", "p: ")),
        ("a/model", {"query": "q: "}, ("q: ", "")),
        ("a/model", {"query": "", "document": ""}, ("", "")),
        ("a/model", {}, ("", "")),
        ("a/model", None, ("", "")),
        ("intfloat/multilingual-e5-base", {}, ("query: ", "passage: ")),
        ("/models/e5-large-v2", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-base", {"query": "ask: "}, ("ask: ", "")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
    ],
)
def test_prompts_are_the_models_own_or_those_of_its_family(
    source: str, stored: dict[str, str] | None, expected: tuple[str, str]
):
    pipeline: Any = SimpleNamespace(prompts=stored)
    assert export._prompts(pipeline, source) == expected


def test_a_model_without_a_fast_tokenizer_is_refused():
    pipeline: Any = SimpleNamespace(tokenizer=SimpleNamespace())
    with pytest.raises(EmbeddingUnavailable, match="no fast tokenizer"):
        export._tokenizer_of(pipeline)


def test_an_export_that_changes_the_vectors_is_refused(model_folder: Path, tmp_path: Path):
    """The small model is the real one; its original is said to have given other vectors."""
    card = cards.read(model_folder)
    assert card is not None
    for name in card.files:
        (tmp_path / name).symlink_to(model_folder / name)
    vectors = np.eye(4, 384, dtype=np.float32)
    original = _Original(512, "query: ", "passage: ", vectors, card.word_dimensions, card.word_bits)
    with pytest.raises(EmbeddingUnavailable, match=r"cannot be exported: its vectors change, cosine -?0\."):
        export._checked_card(original, tmp_path, "changed")
    assert not (tmp_path / cards.CARD).exists()


def test_the_card_carries_the_probe_of_the_small_model(model_folder: Path):
    data = json.loads((model_folder / cards.CARD).read_text(encoding="utf-8"))
    assert np.linalg.norm(data["probe"]) == pytest.approx(1, abs=1e-4)
    assert data["word_bits"] == 4  # as its weights come
    assert set(data["files"]) == {file.name for file in model_folder.iterdir()} - {cards.CARD}
