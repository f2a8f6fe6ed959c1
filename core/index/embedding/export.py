"""Turns a sentence-transformers model into the files of a prepared model; the only module that uses torch.

Runs in a process of its own (see `core.index.embedding.preparation`), because torch and its companions take
seconds and hundreds of megabytes that must not stay. The whole pipeline of the model is exported, pooling and
normalisation included, so any pooling that sentence-transformers knows is right; the vectors of the single
tokens are a second output (`tokens`), for late interaction.
"""

from __future__ import annotations

import shutil
import threading
import warnings
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import EmbeddingUnavailable
from core.index.embedding import builtin, onnx_graph, tokenization, vocabulary
from core.index.embedding import card as cards
from core.index.embedding.card import ModelCard
from core.index.embedding.onnx_model import OnnxModel
from core.index.embedding.stages import OnStage, Stage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor, nn

LOWEST_AGREEMENT = 0.95  # the built-in model has 0.996; below this the export has gone wrong
DEFAULT_LIMIT = 512
_ROWS = 8192  # of the vocabulary, quantised at once
_SMALL_VOCABULARY = 64  # stands in for the table while torch exports
_SAMPLES = (
    cards.PROBE,
    "A short line.",
    "会议纪要：下周三之前把报价单发给客户。",
    "The launch moves to March;  the waiting list passed 2\u00a0000 people.\n" * 12 + "（完）",
)


@dataclass(frozen=True, slots=True)
class _Original:
    """What is kept of the original model, to build and to check the small one."""

    limit: int
    query_prompt: str
    passage_prompt: str
    vectors: NDArray[np.float32]
    word_dimensions: int
    word_bits: int


def export(model: str, folder: Path, name: str, on_stage: OnStage) -> None:
    """Write the prepared form of `model` (empty: the built-in one) into `folder`, which exists and is empty.

    Raises:
        EmbeddingUnavailable: the model cannot be loaded, or cannot be exported faithfully.
    """
    work = folder / "work"
    work.mkdir()
    source = model
    if not model:
        on_stage(Stage.READING)
        source = str(work / builtin.NAME)
        builtin.write_folder(Path(source))
    original = _export_float(source, folder, work / "float.onnx", on_stage)
    on_stage(Stage.QUANTISING)
    tokenizer_json = (work / tokenization.TOKENIZERS).read_text(encoding="utf-8")
    tokenization.save(tokenizer_json, folder, [original.passage_prompt + text for text in _SAMPLES])
    onnx_graph.quantise_matrices(work / "float.onnx", folder / cards.MODEL)
    onnx_graph.take_words_as_input(folder / cards.MODEL, original.word_dimensions)
    on_stage(Stage.CHECKING)
    shutil.rmtree(work)
    cards.write(_checked_card(original, folder, name), folder)


def _export_float(source: str, folder: Path, target: Path, on_stage: OnStage) -> _Original:
    """Write tokenizer, small vocabulary and the float32 graph without it; torch's memory is freed."""
    on_stage(Stage.LOADING)
    pipeline = _load(source)
    query_prompt, passage_prompt = _prompts(pipeline, source)
    (target.parent / tokenization.TOKENIZERS).write_text(_tokenizer_of(pipeline), encoding="utf-8")
    table = _take_vocabulary(pipeline)
    vectors = _vectors(pipeline, table, passage_prompt)
    bits = _write_vocabulary(table, folder / cards.VOCABULARY)
    word_dimensions = int(table.shape[1])
    del table
    on_stage(Stage.EXPORTING)
    _trace(pipeline, target)
    limit = min(pipeline.max_seq_length or DEFAULT_LIMIT, DEFAULT_LIMIT)
    return _Original(limit, query_prompt, passage_prompt, vectors, word_dimensions, bits)


def _load(source: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from tqdm import tqdm

    # Its own lock is a semaphore of the system, which would outlive us if we were killed.
    tqdm.set_lock(threading.RLock())
    try:
        # The fused attention of torch has no counterpart in ONNX.
        return SentenceTransformer(source, device="cpu", model_kwargs={"attn_implementation": "eager"}).eval()
    except (
        Exception
    ) as error:  # whatever hub, transformers and torch raise for a name or folder they cannot use
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EmbeddingUnavailable(f"The embedding model {source} cannot be loaded: {reason}") from error


def _prompts(pipeline: SentenceTransformer, source: str) -> tuple[str, str]:
    """Return what is put before a query and before a passage."""
    stored = {name: prompt for name, prompt in (pipeline.prompts or {}).items() if prompt}
    if not stored and "e5-" in Path(source).name and "instruct" not in source:
        return "query: ", "passage: "  # the E5 models are trained so, but their files do not say it
    passage = stored.get("document") or stored.get("passage") or stored.get("corpus") or ""
    return stored.get("query", ""), passage


def _tokenizer_of(pipeline: SentenceTransformer) -> str:
    """Return the model's tokenizer.json."""
    backend = getattr(pipeline.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise EmbeddingUnavailable(
            "The embedding model has no fast tokenizer (tokenizer.json) and cannot be used."
        )
    return str(backend.to_str())


def _embedding_of(pipeline: SentenceTransformer) -> nn.Embedding:
    return pipeline[0].auto_model.get_input_embeddings()


def _take_vocabulary(pipeline: SentenceTransformer) -> Tensor:
    """Return the vocabulary's table and leave only its first rows in the model, all of which is float32 then.

    The table keeps its type, often half precision, and stays mapped from its file: it is four fifths of a
    multilingual model and need not be in memory twice.
    """
    embedding = _embedding_of(pipeline)
    table: Tensor = embedding.weight.data
    embedding.weight.data = table[:_SMALL_VOCABULARY].clone()
    pipeline.float()
    return table


def _write_vocabulary(table: Tensor, file: Path) -> int:
    """Store the table, a part of it in memory at a time; return the bits of a weight."""
    return vocabulary.write(lambda: (part.float().numpy() for part in table.split(_ROWS)), file)


def _vectors(pipeline: SentenceTransformer, table: Tensor, prompt: str) -> NDArray[np.float32]:
    """Return the original's vectors of the samples; the table is in the model for as long as that takes."""
    embedding = _embedding_of(pipeline)
    small = embedding.weight.data
    embedding.weight.data = table
    hook = embedding.register_forward_hook(lambda _module, _inputs, output: output.float())
    vectors: NDArray[np.float32] = pipeline.encode(
        list(_SAMPLES), prompt=prompt, normalize_embeddings=True, show_progress_bar=False
    )
    hook.remove()
    embedding.weight.data = small
    return vectors


def _trace(pipeline: SentenceTransformer, target: Path) -> None:
    """Export the pipeline to ONNX: ids and mask in, vector and token vectors out, any length."""
    import torch

    class Traced(torch.nn.Module):  # type: ignore[misc]  # torch has no usable types
        """The pipeline with plain tensors for arguments and results."""

        def __init__(self) -> None:
            super().__init__()
            self.pipeline = pipeline

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
            """Return the text's vector and those of its tokens."""
            out = self.pipeline({"input_ids": input_ids, "attention_mask": attention_mask})
            return out["sentence_embedding"], out["token_embeddings"]

    ids = torch.arange(_SMALL_VOCABULARY // 2, _SMALL_VOCABULARY - 1).unsqueeze(0)
    lengths = {0: "texts", 1: "tokens"}
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's guesses are checked against the original's vectors
        torch.onnx.export(
            Traced(),
            (ids, torch.ones_like(ids)),
            str(target),
            input_names=[onnx_graph.IDS, "attention_mask"],
            output_names=["vector", "tokens"],
            dynamic_axes={
                onnx_graph.IDS: lengths,
                "attention_mask": lengths,
                "vector": {0: "texts"},
                "tokens": lengths,
            },
            opset_version=17,
            dynamo=False,  # the newer exporter takes several times the memory and needs onnxscript
        )


def _checked_card(original: _Original, folder: Path, name: str) -> ModelCard:
    """Return the card of the model in `folder` once its vectors are those of the original."""
    card = ModelCard(
        name=name,
        dimensions=original.vectors.shape[1],
        word_dimensions=original.word_dimensions,
        word_bits=original.word_bits,
        limit=original.limit,
        query_prompt=original.query_prompt,
        passage_prompt=original.passage_prompt,
        agreement=0.0,
        probe=(),
        files={file.name: file.stat().st_size for file in folder.iterdir() if file.is_file()},
    )
    with closing(OnnxModel(card, folder)) as model:
        vectors = np.stack([model.embed_passage(text) for text in _SAMPLES])
    agreement = float((vectors * original.vectors).sum(axis=1).min())
    if not agreement >= LOWEST_AGREEMENT:
        raise EmbeddingUnavailable(
            f"The embedding model {name} cannot be exported: its vectors change, cosine {agreement:.3f}."
        )
    return replace(card, agreement=agreement, probe=tuple(round(value, 6) for value in vectors[0].tolist()))
