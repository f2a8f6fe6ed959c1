"""Runs a prepared embedding model with onnxruntime; knows nothing of torch, processes or files of notes.

One text is one run: the result of an int8 model depends on what else is in its batch, and a batch is no
faster. A text longer than the model's limit is cut into parts of nearly equal length, whose vectors are
averaged by their tokens: nothing is truncated.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core import memory
from core.errors import EmbeddingUnavailable
from core.index.embedding import card as cards
from core.index.embedding import tokenization
from core.index.embedding.card import ModelCard
from core.index.embedding.onnx_graph import IDS, WORDS
from core.index.embedding.vocabulary import Vocabulary
from core.index.model import Vector

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

THREADS = 2
SAME_MODEL = 0.98  # cosine to the probe's stored vector; another processor's int8 kernels stay above it
_STRETCH = 16_384  # characters given to the tokenizer at once; bounds its memory
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")  # the tokenizer takes UTF-8 and the model no NUL


def load(folder: Path) -> OnnxModel:
    """Return the prepared model in `folder`; half a second and 100 MiB for the built-in one.

    Raises:
        EmbeddingUnavailable: there is no whole model, or it does not give the vector it once gave (then
            `details["damaged"]` is its name).
    """
    card = cards.read(folder)
    if card is None:
        raise EmbeddingUnavailable(f"There is no prepared embedding model in {folder}.")
    try:
        model = OnnxModel(card, folder)
    except Exception as error:  # the libraries raise bare exceptions for a damaged file
        raise _damaged(card, str(error)) from error
    try:
        model.check_probe()
    except BaseException:
        model.close()
        raise
    return model


class OnnxModel:
    """An embedding model in this process. Not for several threads at once."""

    def __init__(self, card: ModelCard, folder: Path) -> None:
        """Load the model of `card`, without checking that it is still the one that was prepared."""
        self.card = card
        self._encode = tokenization.load(folder)
        self._session = _session(folder / cards.MODEL)
        self._vocabulary = Vocabulary(folder / cards.VOCABULARY, card.word_dimensions, card.word_bits)
        self.rest()

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a question, shape (dimensions,)."""
        return self._embed(self.card.query_prompt, text)

    def embed_passage(self, text: str) -> Vector:
        """Return the unit vector of a passage of any length, shape (dimensions,)."""
        return self._embed(self.card.passage_prompt, text)

    def check_probe(self) -> None:
        """Raise `EmbeddingUnavailable` unless the probe text has the vector that the card says."""
        try:
            likeness = float(self.embed_passage(cards.PROBE) @ np.array(self.card.probe, np.float32))
        except Exception as error:
            raise _damaged(self.card, str(error)) from error
        if not likeness >= SAME_MODEL:
            raise _damaged(self.card, f"its probe vector has changed, cosine {likeness:.3f}")

    def rest(self) -> None:
        """Give back to the system the memory that loading and long texts left free; some milliseconds."""
        memory.give_back()  # else 130 MiB become 200

    def close(self) -> None:
        """Close the vocabulary's file; the model cannot be used any more."""
        self._vocabulary.close()

    def _embed(self, prompt: str, text: str) -> Vector:
        total = np.zeros(self.card.dimensions, np.float32)
        readable = _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        for start in range(0, max(len(readable), 1), _STRETCH):
            for ids in self._windows(prompt, readable[start : start + _STRETCH]):
                total += len(ids) * self._run(ids)
        length = float(np.linalg.norm(total))
        if not np.isfinite(length) or length == 0:
            raise ValueError("the model gave no finite vector for this text")
        return total / np.float32(length)

    def _windows(self, prompt: str, text: str) -> Iterator[list[int]]:
        """Yield token ids within the limit, prompt and special tokens included, for all of `text`."""
        ids = self._encode(prompt + text)
        count = -(-len(ids) // self.card.limit)
        if count <= 1 or len(text) <= 1:  # a single character always fits
            yield ids[: self.card.limit]
            return
        size = -(-len(text) // max(count, 2))
        for start in range(0, len(text), size):
            yield from self._windows(prompt, text[start : start + size])

    def _run(self, ids: list[int]) -> Vector:
        vector: Vector = self._session.run(["vector"], self._feed(ids))[0][0]
        return vector

    def _feed(self, ids: list[int]) -> dict[str, NDArray[Any]]:
        tokens = np.array([ids], np.int64)
        words = self._vocabulary.vectors(ids)[np.newaxis]
        return {IDS: tokens, "attention_mask": np.ones_like(tokens), WORDS: words}


def _session(file: Path) -> InferenceSession:
    """Open the ONNX file for small memory and two threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    # Waiting in a loop doubles the processor time of a text, and on a busy machine halves the texts a second.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # an arena keeps the longest text's memory for ever
    options.enable_mem_pattern = False  # every text has its own length
    options.log_severity_level = 4  # its failures reach us as exceptions
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _damaged(card: ModelCard, reason: str) -> EmbeddingUnavailable:
    return EmbeddingUnavailable(f"The embedding model {card.name} is damaged: {reason}", damaged=card.name)
