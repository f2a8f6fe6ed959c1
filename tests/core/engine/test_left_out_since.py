"""What was left out just now is found no more, though the index has not heard of it yet."""

import asyncio
import threading
from dataclasses import replace

import pytest

from core import settings as settings_file
from core.assist.model import Answered, AskRequest
from core.engine.engine import Engine
from core.engine.model import EngineConfig
from core.engine.services import VaultServices
from core.search.model import SearchMode, SearchQuery
from core.settings import IndexSettings, Settings
from tests.scripted_replies import say

SECRET = "quexalotl"
WORDS = SearchQuery(f"beta {SECRET}", mode=SearchMode.TEXT)


@pytest.fixture
def indexed(vault, where):
    """The vault with a private note in its index."""
    (vault / "Diary.md").write_text(f"The beta opens, says {SECRET}. #private/diary\n", encoding="utf-8")
    services = VaultServices(vault, Settings(), where)
    services.read_if_new()
    assert {hit.path for hit in services.search(WORDS)} == {"Launch.md", "Diary.md"}
    services.close()
    return vault


@pytest.fixture
def standing_still(monkeypatch):
    """Keeps the engine from bringing the index up to date."""
    gate = threading.Event()
    monkeypatch.setattr(VaultServices, "rescan", lambda *_, **__: gate.wait(60) and (None, []))
    monkeypatch.setattr(VaultServices, "refresh", lambda *_, **__: gate.wait(60) and (None, []))
    yield gate
    gate.set()


@pytest.fixture(
    params=[IndexSettings(exclude_tags=("private",)), IndexSettings(exclude=("Diary.md",))],
    ids=["tag", "path"],
)
def asked(request, where, use_server):
    """The model's server; the settings leave the note out."""
    wanted = settings_file.load(where.settings_file)
    settings_file.save(replace(wanted, index=request.param), where.settings_file)
    use_server.then(say("It opens in March [1]."))
    return use_server


def test_no_search_and_no_answer_holds_it(indexed, base, asked, standing_still):
    async def run():
        engine = Engine(EngineConfig(indexed, base), lambda _event: None)
        engine.start()
        try:
            found = await engine.search(WORDS)
            question = AskRequest("When does the beta open?")
            return found, [event async for event in engine.ask(question)][-1]
        finally:
            standing_still.set()
            await engine.close()

    found, answered = asyncio.run(run())
    assert {hit.path for hit in found} == {"Launch.md"}
    assert isinstance(answered, Answered)
    assert asked.chats
    assert SECRET not in "".join(chat.raw_body.decode() for chat in asked.chats)
