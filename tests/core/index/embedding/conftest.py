from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import paths
from core.index.embedding import onnx_model, preparation
from core.index.embedding.client import EmbeddingProcess
from core.index.embedding.onnx_model import OnnxModel
from tests.core.index.embedding import tiny


@pytest.fixture(autouse=True)
def loud_root_logger() -> Iterator[None]:
    """onnxruntime's quantiser raises the root logger's level, which would silence the tests that follow."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real built-in model, prepared once for this installation."""
    base = tmp_path_factory.mktemp("base")
    return preparation.prepare("", paths.models_dir(paths.places(base)))


@pytest.fixture(scope="session")
def model(model_folder: Path) -> Iterator[OnnxModel]:
    with closing(onnx_model.load(model_folder)) as model:
        yield model


@pytest.fixture(scope="session")
def shared_embedder(model_folder: Path) -> Iterator[EmbeddingProcess]:
    embedder = EmbeddingProcess(model_folder)
    yield embedder
    embedder.close()


@pytest.fixture(scope="session")
def tiny_source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sentence-transformers folder as a person might name it in the settings."""
    return str(tiny.write_model(tmp_path_factory.mktemp("named") / "tiny model"))
