"""Makes an exported float32 graph small: int8 matrices, and no vocabulary in it.

Weights of matrices are quantised by output column and to 7 bits, which costs nothing that can be measured and
keeps 16-bit sums from overflowing on processors without VNNI (onnxruntime documentation, "Quantize ONNX
models", on U8S8 and `reduce_range`). The vocabulary goes past torch's exporter and past the graph: word
vectors are an input of it (see `core.index.embedding.vocabulary`).
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import EmbeddingUnavailable

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto

IDS = "input_ids"
WORDS = "word_vectors"


def quantise_matrices(source: Path, target: Path) -> None:
    """Write the graph in `source` to `target` with the weights of its matrix products in int8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it recommends a pre-processing that is not for us
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        reduce_range=True,
    )


def take_words_as_input(file: Path, dimensions: int) -> None:
    """Replace the vocabulary of the graph in `file` by an input `word_vectors`, (texts, tokens, dimensions).

    Raises:
        EmbeddingUnavailable: the graph has no lookup that could be the vocabulary's.
    """
    import onnx
    from onnx.helper import make_tensor_value_info

    model: ModelProto = onnx.load(str(file))
    graph = model.graph
    lookup = _vocabulary_lookup(graph)
    _remove_initializer(graph, lookup.input[0])
    for node in graph.node:
        for place, name in enumerate(node.input):
            if name == lookup.output[0]:
                node.input[place] = WORDS
    graph.node.remove(lookup)
    shape = ["texts", "tokens", dimensions]
    graph.input.append(make_tensor_value_info(WORDS, onnx.TensorProto.FLOAT, shape))
    onnx.save(model, str(file))


def _vocabulary_lookup(graph: GraphProto) -> NodeProto:
    """Return the one Gather that reads a stored table by the ids of the text."""
    stored = {tensor.name for tensor in graph.initializer}
    found: list[NodeProto] = [
        node
        for node in graph.node
        if node.op_type == "Gather" and node.input[0] in stored and node.input[1] == IDS
    ]
    if len(found) != 1:
        raise EmbeddingUnavailable("The embedding model has no plain vocabulary table and cannot be used.")
    return found[0]


def _remove_initializer(graph: GraphProto, name: str) -> None:
    for tensor in graph.initializer:
        if tensor.name == name:
            graph.initializer.remove(tensor)
            return
