"""The third phase: vectors of the second encoder, each once, whatever interrupts it."""

from __future__ import annotations

import threading

import pytest

from core.concurrency import Cancelled, CancelToken
from core.index import second_phase
from core.index.run import Run
from core.index.second_phase import SecondPhase
from tests.core.index.fakes import HashingEmbedder, write


@pytest.fixture
def second():
    return HashingEmbedder("second")


@pytest.fixture
def phase(index, embedder, second):
    return SecondPhase(index, embedder, second)


def texts(vault, count):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(count)})


def test_every_chunk_gets_its_vector_once(index, indexer, phase, vault, second):
    texts(vault, 12)
    indexer.update()
    phase.fill(Run())
    phase.fill(Run())
    assert len(second.passages) == 12
    hashes = [row.text_hash for row in index.store.rows_of([str(n) for n in range(1, 13)])]
    assert index.second_vectors.get(hashes).keys() == set(hashes)


def test_only_what_changed_is_done_again(indexer, phase, vault, second):
    texts(vault, 12)
    indexer.update()
    phase.fill(Run())
    write(vault, {"n3.md": "changed"})
    indexer.update()
    phase.fill(Run())
    assert len(second.passages) == 13
    assert second.passages[-1].endswith("changed")


def test_cancelled_it_goes_on_where_it_was(indexer, phase, vault, second, monkeypatch):
    monkeypatch.setattr(second_phase, "SLICE", 5)
    texts(vault, 12)
    indexer.update()
    run, real = Run(cancel=CancelToken()), second.embed_passages

    def embed_and_cancel(part):
        run.cancel.cancel()
        return real(part)

    second.embed_passages = embed_and_cancel
    with pytest.raises(Cancelled):
        phase.fill(run)
    second.embed_passages = real
    phase.fill(Run())
    assert len(second.passages) == 12


def test_a_failing_encoder_stops_nothing(indexer, phase, vault, second, caplog):
    texts(vault, 3)
    indexer.update()
    second.is_down = True
    phase.fill(Run())
    assert "no second opinion" in caplog.text
    second.is_down = False
    phase.fill(Run())
    assert len(second.passages) == 3


def test_it_is_told_which_languages_the_vault_has(index, indexer, phase, vault):
    write(vault, {f"e{n}.md": f"English words in note {n}" for n in range(12)})
    write(vault, {f"z{n}.md": f"第{n}篇中文笔记的内容" for n in range(12)})
    indexer.update()
    phase.fill(Run())
    assert (index.other_language("zh"), index.other_language("en")) == ("en", "zh")
    assert index.other_language("") in ("zh", "en")


def test_a_few_foreign_notes_make_no_second_language(index, indexer, phase, vault):
    write(vault, {f"e{n}.md": f"English words in note {n}" for n in range(20)} | {"z.md": "一篇中文笔记"})
    indexer.update()
    phase.fill(Run())
    assert index.other_language("en") == ""
    assert index.other_language("zh") == "en"


def test_while_the_encoder_loads_something_more_urgent_may_come(indexer, phase, vault, second):
    texts(vault, 2)
    indexer.update()
    gate, run, real = threading.Event(), Run(cancel=CancelToken()), second.embed_query

    def load(text):
        run.cancel.cancel()
        gate.wait(30)
        return real(text)

    second.embed_query = load
    with pytest.raises(Cancelled):
        phase.fill(run)
    assert second.passages == []
    gate.set()
    phase.fill(Run())
    assert len(second.passages) == 2
