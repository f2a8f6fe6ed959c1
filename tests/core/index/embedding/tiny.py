"""A very small sentence-transformers model with weights drawn from a seed, and a very small E5S1 file."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, WIDE, POSITIONS = 32, 2, 2, 64, 64
WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefghijklmnopqrstuvwxyz",
    *"领航鱼在大身边游泳会议纪要下周三",
)
VOCABULARY = 100

QUERY_PROMPT = "ask "
PASSAGE_PROMPT = "tell "


def write_model(
    folder: Path, *, seed: int = 0, pooling: str = "cls", prompts: dict[str, str] | None = None
) -> Path:
    """Write a BERT of two layers as sentence-transformers stores it; every character is a token."""
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    save_file(_tensors(np.random.default_rng(seed)), folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer().save(str(folder / "tokenizer.json"))
    given = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT} if prompts is None else prompts
    files = {
        "config.json": _configuration(),
        "tokenizer_config.json": _special_tokens(),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ],
        "sentence_bert_config.json": {"max_seq_length": POSITIONS, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": HIDDEN,
            "pooling_mode_cls_token": pooling == "cls",
            "pooling_mode_mean_tokens": pooling == "mean",
        },
        "config_sentence_transformers.json": {"prompts": given},
    }
    for name, values in files.items():
        (folder / name).write_text(json.dumps(values), encoding="utf-8")
    return folder


def _tokenizer():
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(
        models.WordPiece({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.Split("", "isolated")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def _special_tokens() -> dict[str, object]:
    names = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]"}
    tokens: dict[str, object] = {f"{name}_token": token for name, token in names.items()}
    return tokens | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": POSITIONS}


def _configuration() -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": WIDE,
        "vocab_size": VOCABULARY,
        "max_position_embeddings": POSITIONS,
        "type_vocab_size": 1,
        "pad_token_id": 0,
    }


def _tensors(random: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    def drawn(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 0.3, shape).astype(np.float32)

    tensors = {
        "embeddings.word_embeddings.weight": drawn(VOCABULARY, HIDDEN),
        "embeddings.position_embeddings.weight": drawn(POSITIONS, HIDDEN),
        "embeddings.token_type_embeddings.weight": drawn(1, HIDDEN),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        norms += [f"{prefix}.attention.output.LayerNorm", f"{prefix}.output.LayerNorm"]
        parts = {
            **{f"attention.self.{part}": (HIDDEN, HIDDEN) for part in ("query", "key", "value")},
            "attention.output.dense": (HIDDEN, HIDDEN),
            "intermediate.dense": (WIDE, HIDDEN),
            "output.dense": (HIDDEN, WIDE),
        }
        for name, shape in parts.items():
            tensors[f"{prefix}.{name}.weight"] = drawn(*shape)
            tensors[f"{prefix}.{name}.bias"] = drawn(shape[0])
    for norm in norms:
        tensors[f"{norm}.weight"] = np.ones(HIDDEN, np.float32)
        tensors[f"{norm}.bias"] = np.zeros(HIDDEN, np.float32)
    return tensors


def e5_file(tensors: dict[str, tuple[bytes, int]], *, block: int = 32, magic: bytes = b"E5S1") -> bytes:
    """Return an E5S1 file with these tensors (raw bytes and number of weights by name)."""
    head = struct.pack("<4sI7ifi", magic, 1, 64, 1, 2, 128, 5, 16, 2, 1e-12, block)
    pieces = [b"<s>", b"ab", "鱼".encode()]
    ends = np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes()
    scores = np.zeros(len(pieces), "<f4").tobytes()
    text = b"".join(pieces)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(text)) + ends + scores + text
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 65, 1, 97)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (raw, count) in tensors.items():
        encoded = name.encode()
        directory += struct.pack("<H", len(encoded)) + encoded
        directory += struct.pack("<BIQQ", 1, count, size + len(body), len(raw))
        body += raw
    return head + directory + body
