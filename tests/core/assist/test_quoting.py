"""Quotes on their way: known to exist before all are compared, and never waited for too long."""

import asyncio
import threading

import numpy as np
import pytest

from core.assist import quoting as module
from core.assist.quoting import Quoting
from core.errors import EmbeddingUnavailable
from tests.core.assist.helpers import ALL, PLAN, passage

NOTES = (passage("End the subscription in the account page.\n\nThe doors are red.\n\nIt rains in May."),)


class Embedder:
    """Finds the given sentence alike; waits at another one until it is let go."""

    name, dimensions = "test", 2

    def __init__(self, alike="", waits_at=""):
        self.alike, self.waits_at = alike, waits_at
        self.gate = threading.Event()
        self.asked = []

    def embed_query(self, text):
        self.asked.append(text)
        if self.waits_at and self.waits_at in text:
            self.gate.wait(30)
        near = text.endswith("?") or (self.alike and self.alike in text)
        return np.array([1.0, 0.0] if near else [0.0, 1.0], np.float32)

    def embed_passages(self, texts):
        return [self.embed_query(text) for text in texts]

    def close(self):
        pass


class Broken(Embedder):
    def embed_query(self, text):
        raise EmbeddingUnavailable("gone")


def weighed(question, passages, embedder=None):
    async def run():
        quoting = Quoting(question, passages, embedder)
        return await quoting.any(), await quoting.all()

    return asyncio.run(run())


def test_words_alone_decide_without_an_embedding_model():
    found, quotes = weighed("When does the beta open?", ALL)
    assert found
    assert quotes[0].text.startswith("We open the beta in March")


def test_where_nothing_speaks_to_the_question_there_is_nothing():
    assert weighed("Who painted the ceiling?", NOTES) == (False, ())


def test_no_passages_no_quotes():
    assert weighed("When?", (), Embedder()) == (False, ())


def test_meaning_finds_what_words_do_not():
    found, quotes = weighed("How do I cancel?", NOTES, Embedder(alike="subscription"))
    assert found
    assert [quote.text for quote in quotes] == ["End the subscription in the account page."]


def test_that_there_are_quotes_is_known_while_the_rest_is_compared():
    embedder = Embedder(alike="subscription", waits_at="May")

    async def run():
        quoting = Quoting("How do I cancel?", NOTES, embedder)
        found = await quoting.any()
        still_comparing = not embedder.gate.is_set()
        embedder.gate.set()
        return found, still_comparing, await quoting.all()

    found, still_comparing, quotes = asyncio.run(run())
    assert found
    assert still_comparing
    assert len(quotes) == 1


def test_a_model_that_cannot_be_used_leaves_it_to_the_words():
    found, quotes = weighed("Which doors are red?", NOTES, Broken())
    assert found
    assert quotes[0].text == "The doors are red."


def test_a_model_that_takes_too_long_leaves_it_to_the_words(monkeypatch):
    monkeypatch.setattr(module, "MEANING_S", 0.05)
    embedder = Embedder(waits_at="red")

    async def run():
        quoting = Quoting("Are there any red things here?", NOTES, embedder)
        try:
            return await quoting.any(), await quoting.all()
        finally:
            embedder.gate.set()

    found, quotes = asyncio.run(run())
    assert found
    assert quotes[0].text == "The doors are red."


def test_one_who_stops_waiting_does_not_stop_the_others():
    embedder = Embedder(alike="subscription", waits_at="subscription")

    async def run():
        quoting = Quoting("How do I cancel?", NOTES, embedder)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(quoting.any(), 0.05)
        embedder.gate.set()
        return await quoting.all()

    assert len(asyncio.run(run())) == 1


def test_closed_it_is_wanted_by_nobody():
    async def run():
        quoting = Quoting("When does the beta open?", [PLAN], None)
        quoting.close()
        with pytest.raises(asyncio.CancelledError):
            await quoting.all()

    asyncio.run(run())
