"""What the tests of core share."""

import pytest


@pytest.fixture
def vault(tmp_path):
    """An empty folder for notes."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder.resolve()
