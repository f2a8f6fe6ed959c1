"""Makes an exported float32 graph small: int8 weights, and the vocabulary in a file of its own.

The vocabulary is four fifths of a multilingual model. It is quantised row by row (a scale for each token
keeps far more than one scale for all), goes past torch's exporter, and is put back here as external data:
the runtime maps that file, so memory holds only the rows that texts have used.

Weights of matrices are quantised by output column and to 7 bits, which costs nothing that can be measured and
keeps 16-bit sums from overflowing on processors without VNNI (onnxruntime documentation, "Quantize ONNX
models", on U8S8 and `reduce_range`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.errors import EmbeddingUnavailable

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto, TensorProto

VOCABULARY = "vocabulary"


def quantise_rows(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return `rows` as int8 of the same shape, and the scale of each row, shape (rows, 1)."""
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.float32(1e-12)) / np.float32(127)
    return np.rint(rows / scales).astype(np.int8), scales.astype(np.float32)


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


def put_vocabulary(file: Path, location: str, shape: tuple[int, int], scales: NDArray[np.float32]) -> None:
    """Let the graph in `file` look tokens up in the int8 table of `shape` that lies in the file `location`.

    Raises:
        EmbeddingUnavailable: the graph has no lookup that could be the vocabulary's.
    """
    import onnx

    model: ModelProto = onnx.load(str(file))
    graph = model.graph
    lookup = _vocabulary_lookup(graph)
    place = list(graph.node).index(lookup)
    _remove_initializer(graph, lookup.input[0])
    graph.initializer.append(_external_table(location, shape))
    graph.initializer.append(onnx.numpy_helper.from_array(scales, f"{VOCABULARY}_scales"))
    ids, output = lookup.input[1], lookup.output[0]
    graph.node.remove(lookup)
    for offset, node in enumerate(_scaled_lookup(ids, output)):
        graph.node.insert(place + offset, node)
    onnx.save(model, str(file))


def _vocabulary_lookup(graph: GraphProto) -> NodeProto:
    """Return the one Gather that reads a stored table by the input ids."""
    stored = {tensor.name for tensor in graph.initializer}
    found: list[NodeProto] = [
        node
        for node in graph.node
        if node.op_type == "Gather" and node.input[0] in stored and node.input[1] == "input_ids"
    ]
    if len(found) != 1:
        raise EmbeddingUnavailable("The embedding model has no plain vocabulary table and cannot be used.")
    return found[0]


def _remove_initializer(graph: GraphProto, name: str) -> None:
    for tensor in graph.initializer:
        if tensor.name == name:
            graph.initializer.remove(tensor)
            return


def _external_table(location: str, shape: tuple[int, int]) -> TensorProto:
    import onnx

    tensor: TensorProto = onnx.TensorProto(
        name=VOCABULARY,
        data_type=onnx.TensorProto.INT8,
        dims=shape,
        data_location=onnx.TensorProto.EXTERNAL,
    )
    rows, columns = shape
    for key, value in (("location", location), ("offset", "0"), ("length", str(rows * columns))):
        tensor.external_data.add(key=key, value=value)
    return tensor


def _scaled_lookup(ids: str, output: str) -> Iterator[NodeProto]:
    """Yield the nodes for `output = float(vocabulary[ids]) * scales[ids]`."""
    import onnx
    from onnx.helper import make_node

    steps, scales = f"{VOCABULARY}_steps", f"{VOCABULARY}_row_scales"
    yield make_node("Gather", [VOCABULARY, ids], [f"{steps}_int8"])
    yield make_node("Cast", [f"{steps}_int8"], [steps], to=onnx.TensorProto.FLOAT)
    yield make_node("Gather", [f"{VOCABULARY}_scales", ids], [scales])
    yield make_node("Mul", [steps, scales], [output])
