"""The engine process as the window meets it: real process, index and embedding model; a scripted chat."""

import os
import queue
import signal
import time

import pytest

from core.assist.model import Answered, AskRequest, ModelChosen, QuotesFound, TextAdded
from core.engine.client import EngineClient
from core.engine.model import EngineConfig, ModelState, NotesChanged
from core.errors import EngineStopped, KeyRefused, PilotfishError, VaultMissing
from core.index.model import IndexProgress
from core.search.model import SearchMode, SearchQuery
from tests.core.engine.test_keeper import wait_for
from tests.scripted_replies import say, stall, status

PATIENCE_S = 90


class Inbox:
    """Collects what arrives on the client's thread."""

    def __init__(self):
        self._queue = queue.Queue()
        self.seen = []

    def put(self, value):
        self._queue.put(value)

    def wait_for(self, kind, condition=lambda _: True):
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                value = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {kind.__name__} among {self.seen}") from None
            self.seen.append(value)
            if isinstance(value, kind) and condition(value):
                return value


@pytest.fixture
def events():
    return Inbox()


@pytest.fixture
def start(base, events):
    clients = []

    def start(vault):
        clients.append(EngineClient(EngineConfig(vault, base), events.put))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


def paths(client, text, mode=SearchMode.TEXT):
    return [hit.path for hit in client.search(SearchQuery(text, mode=mode)).result(PATIENCE_S)]


def idle(progress):
    return progress.idle


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def ask(client, question):
    inbox = Inbox()
    return inbox, client.ask(AskRequest(question), on_event=inbox.put, on_failed=inbox.put)


def test_a_vault_is_indexed_and_searched_by_words_and_by_meaning(start, vault, events, use_server):
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    assert paths(client, "流失率") == ["项目/复盘.md"]
    assert paths(client, "in which month do we start?", SearchMode.VECTOR)[0] == "Launch.md"


def test_a_note_changed_from_outside_is_told_and_found(start, vault, events, use_server):
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    (vault / "Launch.md").write_text("# Launch\n\nA zanzibarian word.\n", encoding="utf-8")
    (vault / "项目" / "复盘.md").unlink()
    told = set()  # what is written may be told before what is deleted

    def both_are_told(event):
        told.update(event.changed, event.removed)
        return told >= {"Launch.md", "项目/复盘.md"}

    events.wait_for(NotesChanged, both_are_told)
    events.wait_for(IndexProgress, idle)
    assert paths(client, "zanzibarian") == ["Launch.md"]
    assert paths(client, "流失率") == []


def test_a_note_renamed_from_outside_is_told_as_one_renamed(start, vault, events, use_server):
    start(vault)
    events.wait_for(IndexProgress, idle)
    (vault / "Launch.md").rename(vault / "Start.md")
    told = events.wait_for(NotesChanged, lambda event: "Start.md" in event.changed)
    assert told.moved == (("Launch.md", "Start.md"),)
    assert told.removed == ("Launch.md",)


def test_an_answer_streams_after_its_quotes(start, vault, events, use_server):
    use_server.then(say("It opens in March [1]."))
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    inbox, _ = ask(client, "When does the beta open?")
    answer = inbox.wait_for(Answered).answer
    kinds = [type(event) for event in inbox.seen]
    assert kinds[:2] == [QuotesFound, ModelChosen]
    assert "".join(e.text for e in inbox.seen if isinstance(e, TextAdded)) == "It opens in March [1]."
    assert answer.citations[0].path == "Launch.md"
    assert answer.citations[0].verified


def test_stopping_an_answer_reaches_the_model_server(start, vault, events, use_server):
    use_server.then(stall("It opens "))
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    inbox, asking = ask(client, "When does the beta open?")
    inbox.wait_for(TextAdded)
    asking.cancel()
    use_server.disconnects.wait()
    assert not any(isinstance(event, Answered | PilotfishError) for event in inbox.seen)


def test_a_refused_key_arrives_as_what_it_is(start, vault, events, use_server):
    use_server.then(status(401))
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    inbox, _ = ask(client, "When does the beta open?")
    inbox.wait_for(KeyRefused)


def test_a_key_that_no_keyring_holds_reaches_the_engine(start, vault, events, use_server):
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    client.keep_key(use_server.base_url, "sk-of-this-session")
    inbox, _ = ask(client, "When does the beta open?")
    inbox.wait_for(Answered)
    assert use_server.chats[-1].headers["authorization"] == "Bearer sk-of-this-session"


def test_the_models_of_both_tiers_are_told(start, vault, events, use_server):
    start(vault)
    seen = {events.wait_for(ModelState).tier, events.wait_for(ModelState).tier}
    assert {tier.value for tier in seen} == {"fast", "precise"}


def test_a_killed_engine_fails_what_was_under_way_and_comes_back(start, vault, events, use_server):
    use_server.then(stall("It opens "))
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    inbox, _ = ask(client, "When does the beta open?")
    inbox.wait_for(TextAdded)
    os.kill(client.pid, signal.SIGKILL)
    inbox.wait_for(EngineStopped)
    events.wait_for(EngineStopped)
    assert paths(client, "流失率") == ["项目/复盘.md"]


def test_a_missing_vault_is_said_and_every_call_says_it_too(start, tmp_path, events, use_server):
    client = start(tmp_path / "nowhere")
    events.wait_for(VaultMissing)
    with pytest.raises(VaultMissing):
        paths(client, "anything")


def test_closing_while_everything_is_busy_leaves_no_process(start, vault, events, use_server):
    use_server.then(stall("It opens "))
    client = start(vault)
    events.wait_for(IndexProgress, idle)
    inbox, _ = ask(client, "When does the beta open?")
    inbox.wait_for(TextAdded)
    pid = client.pid
    client.close()
    wait_for(lambda: is_gone(pid))  # `close` itself waits some seconds at most


def test_closing_at_once_is_no_problem(start, vault, use_server):
    start(vault).close()
