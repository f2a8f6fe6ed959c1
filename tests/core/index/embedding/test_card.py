from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from core.index.embedding import card as cards
from core.index.embedding.card import ModelCard

CARD = ModelCard("tiny-1", 3, 2, 8, 512, "query: ", "passage: ", 0.99, (0.0, 0.6, 0.8), {"model.onnx": 4})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").write_bytes(b"onnx")
    cards.write(CARD, tmp_path)
    return tmp_path


def test_a_card_is_read_back_as_it_was_written(folder: Path):
    read = cards.read(folder)
    assert read is not None
    assert dataclasses.replace(read, probe=tuple(read.probe)) == CARD


def test_no_card_is_no_model(tmp_path: Path):
    assert cards.read(tmp_path) is None
    assert cards.read(tmp_path / "missing") is None


@pytest.mark.parametrize("content", [b"", b"onn", b"onnxx"])
def test_a_file_of_another_size_is_no_model(folder: Path, content: bytes):
    (folder / "model.onnx").write_bytes(content)
    assert cards.read(folder) is None


def test_a_missing_file_is_no_model(folder: Path):
    (folder / "model.onnx").unlink()
    assert cards.read(folder) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"name": "x"}', '"\\ud800"', "\0"])
def test_a_damaged_card_is_no_model(folder: Path, text: str):
    (folder / cards.CARD).write_text(text)
    assert cards.read(folder) is None


@pytest.mark.parametrize("files", [None, 3, ["model.onnx"], {"model.onnx": "4"}])
def test_a_card_with_wrong_files_is_no_model(folder: Path, files: object):
    data = json.loads((folder / cards.CARD).read_text())
    (folder / cards.CARD).write_text(json.dumps(data | {"files": files}))
    assert cards.read(folder) is None
