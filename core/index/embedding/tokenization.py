"""Text to token ids, with a tenth of the memory where the model's tokenizer allows it.

`tokenizers` holds the 250 000 pieces of a multilingual model in 280 MiB, sentencepiece in 35 MiB and is
faster. So the usual tokenizer of such models (Unigram with a precompiled normaliser, as XLM-RoBERTa and E5
have it) is written as a sentencepiece model when the model is prepared; any other stays a `tokenizer.json`.
The ids are the same but for ties between equally likely cuts, and for text that spells a special token such
as `</s>`, which sentencepiece rightly takes for text.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

SENTENCEPIECE = "tokenizer.spm"
TOKENIZERS = "tokenizer.json"

Encode: TypeAlias = Callable[[str], list[int]]
"""Returns the ids of a text with the special tokens around it, however long; not truncated."""

Json: TypeAlias = Mapping[str, Any]


def load(folder: Path) -> Encode:
    """Return the tokenizer of a prepared model; raises what its library raises for a damaged file."""
    if (folder / SENTENCEPIECE).exists():
        return _sentencepiece(folder / SENTENCEPIECE)
    return _tokenizers((folder / TOKENIZERS).read_text(encoding="utf-8"))


def save(tokenizer_json: str, folder: Path, samples: Sequence[str]) -> None:
    """Write the tokenizer in the smallest form that gives the same ids for `samples`."""
    if (model := _sentencepiece_model(json.loads(tokenizer_json))) is not None:
        (folder / SENTENCEPIECE).write_bytes(model)
        small, original = _sentencepiece(folder / SENTENCEPIECE), _tokenizers(tokenizer_json)
        if all(small(text) == original(text) for text in samples):
            return
        (folder / SENTENCEPIECE).unlink()
    (folder / TOKENIZERS).write_text(tokenizer_json, encoding="utf-8")


def _sentencepiece(file: Path) -> Encode:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(file))
    return lambda text: list(processor.encode(text, add_bos=True, add_eos=True))


def _tokenizers(tokenizer_json: str) -> Encode:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(tokenizer_json)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: list(tokenizer.encode(text).ids)


def _sentencepiece_model(tokenizer: Json) -> bytes | None:
    """Return the tokenizer as a sentencepiece model, or None if it is of another kind."""
    model, ends = tokenizer["model"], _ends(tokenizer)
    charsmap = _charsmap(tokenizer.get("normalizer") or {})
    if model.get("type") != "Unigram" or model.get("byte_fallback") or ends is None or charsmap is None:
        return None
    if (tokenizer.get("pre_tokenizer") or {}).get("type") != "Metaspace":
        return None
    return _serialised(model, _special_ids(tokenizer), ends, charsmap)


def _ends(tokenizer: Json) -> tuple[int, int] | None:
    """Return the ids of the tokens before and after a text, if there is one of each."""
    template = (tokenizer.get("post_processor") or {}).get("single")
    if not template or ["SpecialToken" in part for part in template] != [True, False, True]:
        return None
    ids = {token["content"]: int(token["id"]) for token in tokenizer["added_tokens"]}
    first, last = (ids.get(template[place]["SpecialToken"]["id"]) for place in (0, 2))
    return None if first is None or last is None else (first, last)


def _special_ids(tokenizer: Json) -> set[int]:
    return {int(token["id"]) for token in tokenizer["added_tokens"]}


def _charsmap(normalizer: Json) -> bytes | None:
    """Return the precompiled normaliser's table, which both libraries share."""
    for step in (normalizer, *normalizer.get("normalizers", [])):
        if step.get("type") == "Precompiled":
            return base64.b64decode(step["precompiled_charsmap"])
    return None


def _serialised(model: Json, special: set[int], ends: tuple[int, int], charsmap: bytes) -> bytes:
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    proto = ModelProto()
    kinds = ModelProto.SentencePiece
    for number, (piece, score) in enumerate(model["vocab"]):
        kind = kinds.CONTROL if number in special else kinds.NORMAL
        proto.pieces.add(piece=piece, score=score, type=kinds.UNKNOWN if number == model["unk_id"] else kind)
    trainer = proto.trainer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.vocab_size = len(proto.pieces)
    trainer.unk_id, trainer.pad_id = model["unk_id"], -1
    trainer.bos_id, trainer.eos_id = ends
    trainer.unk_piece = proto.pieces[trainer.unk_id].piece
    trainer.bos_piece, trainer.eos_piece = (proto.pieces[number].piece for number in ends)
    normalizer = proto.normalizer_spec
    normalizer.precompiled_charsmap = charsmap
    normalizer.add_dummy_prefix = True
    normalizer.remove_extra_whitespaces = True
    normalizer.escape_whitespaces = True
    return bytes(proto.SerializeToString())
