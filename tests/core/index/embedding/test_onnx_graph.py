from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.errors import EmbeddingUnavailable
from core.index.embedding import onnx_graph

ROWS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 8), st.integers(1, 8)),
    elements=st.floats(-1000, 1000, width=32, allow_subnormal=False),
)


@given(ROWS)
def test_quantised_rows_are_within_half_a_step_of_the_original(rows):
    steps, scales = onnx_graph.quantise_rows(rows)
    assert (steps.dtype, steps.shape, scales.shape) == (np.int8, rows.shape, (len(rows), 1))
    assert (np.abs(steps * scales - rows) <= scales * 0.501).all()


@given(ROWS)
def test_the_largest_weight_of_a_row_uses_the_whole_range(rows):
    steps, _scales = onnx_graph.quantise_rows(rows)
    filled = np.abs(rows).max(axis=1) > 1e-6
    assert (np.abs(steps[filled].astype(int)).max(axis=1) == 127).all()


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


def test_tokens_are_looked_up_in_the_file_beside_the_model(tmp_path: Path):
    import onnxruntime

    table = np.random.default_rng(1).normal(size=(500, 3)).astype(np.float32)
    steps, scales = onnx_graph.quantise_rows(table)
    (tmp_path / "words.bin").write_bytes(steps.tobytes())
    _lookup_graph(tmp_path / "m.onnx")
    onnx_graph.put_vocabulary(tmp_path / "m.onnx", "words.bin", (500, 3), scales)
    assert (tmp_path / "m.onnx").stat().st_size < steps.nbytes + scales.nbytes + 1000
    session = onnxruntime.InferenceSession(str(tmp_path / "m.onnx"), providers=["CPUExecutionProvider"])
    ids = np.array([[499, 0, 250]])
    rows = session.run(["rows"], {"input_ids": ids})[0]
    assert np.allclose(rows, (steps * scales)[ids])


@pytest.mark.parametrize(("ids", "tables"), [("other_ids", 1), ("input_ids", 2)])
def test_a_graph_without_one_vocabulary_is_refused(tmp_path: Path, ids: str, tables: int):
    _lookup_graph(tmp_path / "m.onnx", ids=ids, tables=tables)
    with pytest.raises(EmbeddingUnavailable, match="no plain vocabulary"):
        onnx_graph.put_vocabulary(tmp_path / "m.onnx", "words.bin", (4, 3), np.ones((4, 1), np.float32))
