"""What the tests of answers share."""

import pytest

from core.assist import quoting


@pytest.fixture(autouse=True)
def sentences_are_waited_for(monkeypatch):
    """On a machine that is busy with something else, too, sentences are compared by their meaning."""
    monkeypatch.setattr(quoting, "MEANING_S", 60)
