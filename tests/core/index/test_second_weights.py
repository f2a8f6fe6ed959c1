"""The second encoder's word vectors on the disk, for real: they come with its package."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.index import second_weights
from core.index.second_encoder import SecondEncoder
from core.index.second_weights import REST, ROWS, StoredRows, load_whole, prepared, prepared_folder

TEXTS = ["Git tracks changes.", "版本控制记录每一次修改", "", "mixed 中英 text, 2026 😀", "word " * 400]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    models = tmp_path_factory.mktemp("models") / "below"
    prepared(models)
    return models


@pytest.fixture(scope="module")
def whole():
    return load_whole()


def test_every_row_is_that_of_the_package(models, whole):
    rows = StoredRows(prepared(models))
    for start in range(0, len(whole.table), 10_000):
        ids = np.arange(start, min(start + 10_000, len(whole.table)))
        assert np.array_equal(rows[ids], whole.table[ids])


def test_rows_come_in_the_order_asked_for_and_as_often(models, whole):
    ids = np.array([5, 128_009, 5, 0, 77_777, 0])
    assert np.array_equal(StoredRows(prepared(models))[ids], whole.table[ids])


def test_vectors_are_the_very_same_as_with_all_of_it_in_memory(models, whole):
    small = SecondEncoder(models)
    assert np.array_equal(small.embed_passages(TEXTS), whole.encode(TEXTS))


def test_the_files_are_half_as_large_as_the_table_and_nothing_else_is_left(models, whole):
    folder = prepared(models)
    assert {file.name for file in folder.iterdir()} == {ROWS, REST}
    assert list(models.iterdir()) == [folder]
    assert sum(file.stat().st_size for file in folder.iterdir()) < whole.table.nbytes * 0.55


def test_what_is_prepared_is_not_made_again(models, monkeypatch):
    monkeypatch.setattr(second_weights, "_write", None)
    assert prepared(models) == prepared_folder(models)


def test_an_interrupted_preparation_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(folder):
        (folder / ROWS).write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(second_weights, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepared(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_prepare_at_once_one_keeps_what_it_made(tmp_path, monkeypatch):
    def overtaken(folder):
        (folder / ROWS).write_bytes(b"mine")
        other = prepared_folder(tmp_path)
        other.mkdir()
        (other / ROWS).write_bytes(b"the other's")

    monkeypatch.setattr(second_weights, "_write", overtaken)
    assert (prepared(tmp_path) / ROWS).read_bytes() == b"the other's"
    assert list(tmp_path.iterdir()) == [prepared_folder(tmp_path)]


def test_where_nothing_can_be_written_it_works_in_memory(tmp_path, whole, caplog):
    (tmp_path / "file").write_text("no folder")
    encoder = SecondEncoder(tmp_path / "file" / "models")
    assert np.array_equal(encoder.embed_query(TEXTS[1]), whole.encode(TEXTS[1:2])[0])
    assert "held in memory" in caplog.text


@pytest.mark.parametrize("damaged", [ROWS, REST])
def test_damaged_files_cost_an_opinion_and_are_made_anew(models, tmp_path, whole, damaged):
    folder = prepared_folder(tmp_path)
    shutil.copytree(prepared(models), folder)
    (folder / damaged).write_bytes(b"\xff" * 1000)
    encoder = SecondEncoder(tmp_path)
    with pytest.raises(EmbeddingUnavailable):
        encoder.embed_query("some words")
    assert not folder.exists()
    assert np.array_equal(encoder.embed_query(TEXTS[0]), whole.encode(TEXTS[:1])[0])


def test_closed_it_gives_all_back_and_loads_again(models):
    encoder = SecondEncoder(models)
    first = encoder.embed_query(TEXTS[0])
    encoder.close()
    assert np.array_equal(encoder.embed_query(TEXTS[0]), first)
