"""Prompts, sessions and candidates through the pipe to a real engine process."""

import queue

import pytest

from core.assist.model import CheckDone, CheckRequest, NoteContext, Verdict, WriteRequest, Written
from core.engine.client import EngineClient
from core.engine.model import EngineConfig
from core.errors import PromptMissing, SessionMissing
from core.session.model import Outcome
from core.text.matching import find_terms
from tests.scripted_replies import say, stall

WAIT_S = 90


@pytest.fixture
def link(vault, base, use_server):
    client = EngineClient(EngineConfig(vault, base), lambda _: None)
    yield client.assist
    client.close()


def stream(start, request):
    """Start a stream; returns a queue of its events and its handle."""
    events = queue.Queue()
    return events, start(request, on_event=events.put, on_failed=events.put)


def last_of(events, kind):
    while True:
        event = events.get(timeout=WAIT_S)
        if isinstance(event, (kind, Exception)):
            return event


def test_everything_the_panel_works_with_crosses_the_pipe(link, server):
    server.then(say("Shorter."), say("Another thing entirely."), say("A third."))
    assert len(link.prompts("zh").result(WAIT_S).prompts) > 40
    assert "polish" in {term.detail for term in find_terms(link.prompt_names("zh").result(WAIT_S), "rs", 3)}
    assert len(link.scenes().result(WAIT_S).scenes) == 8
    session = link.new_session("Launch.md").result(WAIT_S)
    note = NoteContext("Launch.md", block="The beta opens in March because the waiting list is long.")
    request = WriteRequest("shorten", note, values={"length": "one sentence"}, session_id=session.id)

    assert link.preview(request).result(WAIT_S).tokens > 0
    events, _ = stream(link.write, request)
    written = last_of(events, Written)
    assert {candidate.text for candidate in written.candidates} == {
        "Shorter.",
        "Another thing entirely.",
        "A third.",
    }
    assert len(link.sent(written.trace_id).result(WAIT_S)) == 3
    link.outcome(written.trace_id, Outcome.INSERTED)

    kept = link.conversation(session.id).result(WAIT_S)
    assert len(kept.messages) == 2
    branch = link.branch_session(session.id, kept.messages[0].id).result(WAIT_S)
    assert [s.id for s in link.sessions("shorten").result(WAIT_S)] == [branch.id, session.id]
    assert link.export_session(session.id).result(WAIT_S).startswith("Sessions/")
    assert link.scores().result(WAIT_S)[0].inserted == 1
    assert link.ledger().result(WAIT_S).by_prompt[0].calls == 3

    checked, _ = stream(
        link.check, CheckRequest("The beta opens in March because the waiting list is long.", "x.md")
    )
    assert [claim.verdict for claim in last_of(checked, CheckDone).claims] == [Verdict.SUPPORTED]

    with pytest.raises(SessionMissing):
        link.conversation("gone").result(WAIT_S)
    failed, _ = stream(link.write, WriteRequest("gone", note))
    assert isinstance(last_of(failed, Written), PromptMissing)


def test_cancelling_candidates_closes_every_connection(link, server):
    server.then(stall("words without end"))
    note = NoteContext("Launch.md", block="The beta opens in March because the waiting list is long.")
    events, handle = stream(link.write, WriteRequest("shorten", note))
    for _ in range(6):
        events.get(timeout=WAIT_S)
    handle.cancel()
    server.disconnects.wait()
    assert len(server.chats) == 3
