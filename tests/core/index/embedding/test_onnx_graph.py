from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.index.embedding import onnx_graph


def _lookup_graph(file: Path, *, ids: str = "input_ids", tables: int = 1) -> None:
    """An ONNX file whose output is the sum of lookups in stored tables of four rows."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes = [helper.make_node("Gather", [f"table{i}", ids], [f"rows{i}"]) for i in range(tables)]
    nodes.append(helper.make_node("Sum", [f"rows{i}" for i in range(tables)], ["rows"]))
    stored = [numpy_helper.from_array(np.ones((4, 3), np.float32), f"table{i}") for i in range(tables)]
    inputs = [helper.make_tensor_value_info(ids, TensorProto.INT64, [None, None])]
    outputs = [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, None, 3])]
    graph = helper.make_graph(nodes, "lookup", inputs, outputs, stored)
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=10), str(file))


def test_word_vectors_become_an_input(tmp_path: Path):
    import onnxruntime

    _lookup_graph(tmp_path / "m.onnx")
    onnx_graph.take_words_as_input(tmp_path / "m.onnx", 3)
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"), providers=["CPUExecutionProvider"])
    words = np.arange(6, dtype=np.float32).reshape(1, 2, 3)
    rows = session.run(["rows"], {onnx_graph.IDS: np.array([[3, 0]]), onnx_graph.WORDS: words})[0]
    assert np.array_equal(rows, words)
    assert b"table0" not in (tmp_path / "m.onnx").read_bytes()


@pytest.mark.parametrize(("ids", "tables"), [("other_ids", 1), ("input_ids", 2)])
def test_a_graph_without_one_vocabulary_is_refused(tmp_path: Path, ids: str, tables: int):
    _lookup_graph(tmp_path / "m.onnx", ids=ids, tables=tables)
    with pytest.raises(EmbeddingUnavailable, match="no plain vocabulary"):
        onnx_graph.take_words_as_input(tmp_path / "m.onnx", 3)


def test_only_the_weights_of_matrix_products_become_int8(tmp_path: Path):
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    random = np.random.default_rng(2)
    weights, offset = random.normal(size=(8, 4)).astype(np.float32), random.normal(size=4).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "weights"], ["product"]),
            helper.make_node("Add", ["product", "offset"], ["y"]),
        ],
        "layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 4])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(offset, "offset")],
    )
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=10), str(tmp_path / "float.onnx"))
    onnx_graph.quantise_matrices(tmp_path / "float.onnx", tmp_path / "small.onnx")
    stored = {tensor.name: tensor for tensor in onnx.load(str(tmp_path / "small.onnx")).graph.initializer}
    (steps,) = (
        tensor
        for tensor in stored.values()
        if tensor.data_type == TensorProto.INT8 and tensor.dims[:] == [8, 4]
    )
    assert np.abs(numpy_helper.to_array(steps).astype(int)).max() <= 64
    assert np.array_equal(numpy_helper.to_array(stored["offset"]), offset)
