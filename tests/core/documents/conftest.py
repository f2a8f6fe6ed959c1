"""What the tests of documents share."""

import pytest

from core.documents.convert import convert_bytes
from core.documents.library import Library
from core.documents.source import Source


@pytest.fixture
def convert():
    """Convert bytes in this process, as the child does inside its fence."""

    def convert(data, name):
        return convert_bytes(Source(data, name))

    return convert


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "documents")


@pytest.fixture
def real(shared_data):
    """The folder of real documents."""
    return shared_data / "documents"
