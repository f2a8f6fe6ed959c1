from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.embedding import builtin, tokenization
from core.index.embedding.tokenization import Encode

SAMPLES = [
    "passage: We open the beta in March because the waiting list passed 2\u00a0000 people.",
    "query: 领航鱼在大鱼身边游泳，会议纪要（下周三）之前发。",
    "混合 mixed 文本 with code `def f(x): return x**2` and ｆｕｌｌ　ｗｉｄｔｈ",
    "é e\u0301 ﬁ Ⅳ ½ 👩‍👩‍👧 ﷺ \t tabs\n\nand lines",
    "",
]

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "ab", "▁ab", "领", "航", "鱼", "领航"]
ALPHABET = st.text("ab领航鱼 \n", max_size=40).map(str.strip)


@pytest.fixture(scope="module")
def original() -> str:
    return builtin.packaged_file(*builtin.TOKENIZER).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tokenizers_ids(original: str) -> Encode:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(original)
    return lambda text: list(tokenizer.encode(text).ids)


@pytest.fixture(scope="module")
def small(original: str, tmp_path_factory: pytest.TempPathFactory) -> Encode:
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenization.save(original, folder, SAMPLES)
    assert [file.name for file in folder.iterdir()] == [tokenization.SENTENCEPIECE]
    return tokenization.load(folder)


@pytest.mark.parametrize("text", SAMPLES)
def test_the_small_tokenizer_gives_the_ids_of_the_original(small: Encode, tokenizers_ids: Encode, text: str):
    assert small(text) == tokenizers_ids(text)


@given(st.lists(st.sampled_from([*" ,.:1a-", "领", "航", "鱼", "the", "list", "\n", "é"]), max_size=30))
def test_short_texts_of_any_words_agree(small: Encode, tokenizers_ids: Encode, words: list[str]):
    text = "x" + "".join(words).strip()
    ours, theirs = small(text), tokenizers_ids(text)
    assert ours == theirs or len(ours) == len(theirs)  # a tie between two cuts of the same likelihood


def test_a_special_token_in_a_text_is_only_text(small: Encode):
    ids = small("the end </s> <pad> <mask>")
    assert (ids[0], ids[-1]) == (0, 2)
    assert not {0, 1, 2, 250001} & set(ids[1:-1])


@cache
def _unigram() -> str:
    """A tokenizer.json of the kind that XLM-RoBERTa has, with a handful of pieces."""
    real = json.loads(builtin.packaged_file(*builtin.TOKENIZER).read_text(encoding="utf-8"))
    real["model"]["vocab"] = [[piece, -float(len(PIECES) - n)] for n, piece in enumerate(PIECES)]
    real["added_tokens"] = real["added_tokens"][:4]
    return json.dumps(real)


def test_a_small_vocabulary_agrees_on_every_text(tmp_path: Path):
    tokenization.save(_unigram(), tmp_path, ["ab 领航鱼"])
    encode = tokenization.load(tmp_path)
    reference = tokenization._tokenizers(_unigram())

    @given(ALPHABET)
    def agree(text: str) -> None:
        assert encode(text) == reference(text)

    assert (tmp_path / tokenization.SENTENCEPIECE).exists()
    agree()


def _wordpiece(tokenizer: dict[str, Any]) -> None:
    tokenizer["model"] = {
        "type": "WordPiece",
        "vocab": {"<unk>": 0, "ab": 1},
        "unk_token": "<unk>",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
    }


def _no_normaliser(tokenizer: dict[str, Any]) -> None:
    tokenizer["normalizer"] = None


def _no_special_tokens(tokenizer: dict[str, Any]) -> None:
    tokenizer["post_processor"] = None


def _other_words(tokenizer: dict[str, Any]) -> None:
    tokenizer["pre_tokenizer"] = {"type": "Whitespace"}


def _lower_case(tokenizer: dict[str, Any]) -> None:
    """Of the same kind, yet its ids differ: only the samples can tell."""
    tokenizer["normalizer"]["normalizers"].insert(0, {"type": "Lowercase"})


@pytest.mark.parametrize(
    "change", [_wordpiece, _no_normaliser, _no_special_tokens, _other_words, _lower_case]
)
def test_a_tokenizer_of_another_kind_is_kept_as_it_is(
    tmp_path: Path, change: Callable[[dict[str, Any]], None]
):
    tokenizer = json.loads(_unigram())
    change(tokenizer)
    tokenization.save(json.dumps(tokenizer), tmp_path, ["ab AB 领航鱼"])
    assert [file.name for file in tmp_path.iterdir()] == [tokenization.TOKENIZERS]
    assert tokenization.load(tmp_path)("ab") == tokenization._tokenizers(json.dumps(tokenizer))("ab")


def test_texts_are_never_truncated_or_padded(tmp_path: Path):
    tokenizer = json.loads(_unigram())
    tokenizer["normalizer"] = None
    tokenizer["truncation"] = {"max_length": 4, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    tokenization.save(json.dumps(tokenizer), tmp_path, ["ab"])
    assert len(tokenization.load(tmp_path)("a " * 100)) >= 100
