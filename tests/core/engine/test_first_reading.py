"""A question asked before the vault was read for the first time."""

import asyncio
import threading

import pytest

from core.assist.model import Answered, AskRequest, Finish, Work
from core.engine import engine as module
from core.engine.engine import Engine
from core.engine.model import EngineConfig
from core.engine.services import VaultServices
from core.errors import NotesNotRead


@pytest.fixture
def reading(monkeypatch):
    """The first reading of the vault begins when this is set; who waits for it waits as long as it takes."""
    monkeypatch.setattr(module, "READING_S", 3600)
    gate = threading.Event()
    rescan = VaultServices.rescan

    def gated(self, **options):
        assert gate.wait(60)
        return rescan(self, **options)

    monkeypatch.setattr(VaultServices, "rescan", gated)
    yield gate
    gate.set()


def answered(vault, base, request, reading, *, begin_after_s=None):
    """Ask an engine that has just been started; return how the answer ended and whether reading had begun."""

    async def run():
        engine = Engine(EngineConfig(vault, base), lambda _event: None)
        engine.start()
        try:
            if begin_after_s is not None:
                asyncio.get_running_loop().call_later(begin_after_s, reading.set)
            last = [event async for event in engine.ask(request)][-1]
            had_begun = reading.is_set()
        finally:
            reading.set()
            await engine.close()
        assert isinstance(last, Answered)
        return last.answer, had_begun

    return asyncio.run(run())


def test_it_waits_for_the_notes(vault, base, use_server, reading):
    answer, _ = answered(vault, base, AskRequest("When does the beta open?"), reading, begin_after_s=0.3)
    assert answer.finish is not Finish.NOT_FOUND


def test_notes_that_were_not_read_are_never_said_to_say_nothing(
    vault, base, use_server, reading, monkeypatch
):
    monkeypatch.setattr(module, "READING_S", 0.1)
    with pytest.raises(NotesNotRead):
        answered(vault, base, AskRequest("When does the beta open?"), reading)


def test_notes_that_were_read_may_say_nothing(vault, base, use_server, reading):
    answer, _ = answered(vault, base, AskRequest("Who painted the ceiling?"), reading, begin_after_s=0.1)
    assert answer.finish is Finish.NOT_FOUND


def test_writing_waits_for_nothing(vault, base, use_server, reading):
    answer, reading_had_begun = answered(vault, base, AskRequest("A haiku", work=Work.WRITE), reading)
    assert answer.text
    assert not reading_had_begun
