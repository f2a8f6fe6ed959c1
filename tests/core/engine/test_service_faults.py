"""The assist service when things go wrong around it: sessions gone, odd answers, files in the way."""

import asyncio
import json

import pytest

from core.assist.model import (
    Answered,
    AskRequest,
    CandidateFailed,
    CheckDone,
    CheckRequest,
    NoteContext,
    TextAdded,
    WriteRequest,
    Written,
)
from core.engine.conversations import MOST_NAMES
from core.engine.model import Spent
from core.errors import KeyRefused, NoteNotSaved, PromptBroken, PromptError, SessionMissing, UsageError
from core.prompts.model import Scene, Titles
from core.session.model import Author, Outcome
from core.settings import CostSettings
from tests.core.engine.assisting import all_of, run, settings_for
from tests.scripted_replies import chunk, raw, say, stall, status

NOTE = NoteContext("Projects/Open.md", "Open", block="We open the beta in March, as has been said before.")
ASKED = "When does the beta open, and why?"
HALF = "\ud83d"
"""Half of a character, as a provider sends it that cuts its answer between two code units."""


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "Projects").mkdir(parents=True)
    return folder


def asking(session_id, text=ASKED):
    return AskRequest(text, session_id=session_id)


def test_an_answer_outlives_the_session_it_was_for(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        heard = []
        async for event in service.ask(asking(session.id), None):
            heard.append(event)
            if isinstance(event, TextAdded):
                await service.conversations.delete_session(session.id)
        return heard[-1]

    last = run(vault, settings_for(server), work)
    assert isinstance(last, Answered)
    assert last.answer.text == "Scripted answer."


def test_candidates_outlive_the_session_they_were_for(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        heard = []
        async for event in service.write(WriteRequest("grammar", NOTE, session_id=session.id)):
            heard.append(event)
            await service.conversations.delete_session(session.id)
        return heard[-1]

    assert isinstance(run(vault, settings_for(server), work), Written)


def test_an_answer_with_half_a_character_is_answered_and_kept(vault, server):
    pieces = (chunk({"content": f"In March {HALF}."}), chunk({}, "stop"))
    server.then(raw(b"".join(b"data: " + json.dumps(piece).encode() + b"\n\n" for piece in pieces)))

    async def work(service):
        session = await service.conversations.new_session()
        heard = await all_of(service.ask(asking(session.id), None))
        return heard[-1], await service.conversations.conversation(session.id)

    last, kept = run(vault, settings_for(server), work)
    assert last.answer.text.startswith("In March ")
    assert kept.messages[-1].text.startswith("In March ")
    assert kept.messages[-1].author is Author.MODEL


def test_a_question_with_half_a_character_is_asked_and_kept(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        await all_of(service.ask(asking(session.id, f"When {HALF}?"), None))
        return await service.conversations.conversation(session.id)

    assert [m.author for m in run(vault, settings_for(server), work).messages] == [
        Author.PERSON,
        Author.MODEL,
    ]


def test_a_cancelled_answer_is_not_kept_as_if_it_were_one(vault, server):
    server.then(stall("half of an answer"))

    async def work(service):
        session = await service.conversations.new_session()
        stream = service.ask(asking(session.id), None)
        async for event in stream:
            if isinstance(event, TextAdded):
                break
        await stream.aclose()
        await asyncio.to_thread(server.disconnects.wait)
        return await service.conversations.conversation(session.id)

    assert run(vault, settings_for(server), work).messages == ()


def test_a_refused_key_leaves_the_session_as_it_was_and_the_next_question_works(vault, server):
    server.then(status(401, "no"), say("In March."))

    async def work(service):
        session = await service.conversations.new_session()
        with pytest.raises(KeyRefused):
            await all_of(service.ask(asking(session.id), None))
        assert (await service.conversations.conversation(session.id)).messages == ()
        await all_of(service.ask(asking(session.id), None))
        return await service.conversations.conversation(session.id)

    kept = run(vault, settings_for(server), work)
    assert [message.text for message in kept.messages] == [ASKED, "In March."]


def test_one_candidate_that_fails_does_not_cost_the_others(vault, server):
    server.then(say("One in March."), status(401, "no"), say("Quite another sentence here."))

    async def work(service):
        return await all_of(service.write(WriteRequest("shorten", NOTE)))

    heard = run(vault, settings_for(server), work)
    assert len(heard[-1].candidates) == 2
    assert len([event for event in heard if isinstance(event, CandidateFailed)]) == 1


def test_a_broken_own_prompt_says_where_and_nothing_is_sent(vault, server):
    folder = vault / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text(
        "---\nvariables: [{name: n}]\n---\nuser:\nfine\n{{ n - 1 }}", encoding="utf-8"
    )

    async def work(service):
        await all_of(service.write(WriteRequest("mine", NOTE, values={"n": "word"})))

    with pytest.raises(PromptBroken) as caught:
        run(vault, settings_for(server), work)
    assert caught.value.details["file"] == ".pilotfish/prompts/mine.md"
    assert caught.value.details["line"] == "6"
    assert server.chats == []


def test_a_form_with_a_slip_is_told_in_the_preview_as_well_as_in_the_writing(vault, server):
    request = WriteRequest("email", NOTE, values={"colour": "red"})

    async def work(service):
        with pytest.raises(UsageError):
            await service.preview(request)
        with pytest.raises(UsageError):
            await all_of(service.write(request))

    run(vault, settings_for(server), work)
    assert server.chats == []


def test_a_scene_that_cannot_be_written_is_told_and_the_others_stay(vault, server):
    (vault / ".pilotfish").mkdir()
    (vault / ".pilotfish" / "scenes").write_text("a file where the folder should be")

    async def work(service):
        with pytest.raises(PromptError, match="could not be written"):
            await service.save_scene(Scene("board", Titles("Board")))
        return await service.scenes()

    assert len(run(vault, settings_for(server), work).scenes) == 8


@pytest.mark.parametrize("scene_id", ["../../escape", "", "a/b", "/etc/x"])
def test_a_scene_cannot_be_kept_or_deleted_outside_its_folder(vault, server, scene_id):
    outside = vault.parent / "escape.toml"
    outside.write_text("keep me", encoding="utf-8")

    async def work(service):
        for deed in (service.save_scene(Scene(scene_id, Titles("x"))), service.delete_scene(scene_id)):
            with pytest.raises(PromptError):
                await deed

    run(vault, settings_for(server), work)
    assert outside.read_text(encoding="utf-8") == "keep me"


def test_a_session_cannot_be_exported_where_a_file_stands_in_the_way(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        await all_of(service.ask(asking(session.id), None))
        (vault / "Sessions").write_text("a file", encoding="utf-8")
        with pytest.raises(NoteNotSaved):
            await service.conversations.export_session(session.id)

    run(vault, settings_for(server), work)
    assert (vault / "Sessions").read_text(encoding="utf-8") == "a file"


def test_a_session_exported_again_and_again_ends_with_a_sentence_and_overwrites_nothing(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        await all_of(service.ask(asking(session.id), None))
        first = await service.conversations.export_session(session.id)
        stem = first.removesuffix(".md")
        for n in range(2, MOST_NAMES):
            (vault / f"{stem} {n}.md").write_text(f"mine {n}", encoding="utf-8")
        with pytest.raises(NoteNotSaved, match="too many"):
            await service.conversations.export_session(session.id)
        return stem

    stem = run(vault, settings_for(server), work)
    assert (vault / f"{stem} 50.md").read_text(encoding="utf-8") == "mine 50"


def test_what_a_result_became_counts_even_for_a_request_nobody_remembers(vault, server):
    async def work(service):
        await service.outcome("long-forgotten", Outcome.GOOD)
        await service.outcome("long-forgotten", Outcome.EDITED, "What it became.")
        return await service.sent("long-forgotten"), await service.scores()

    assert run(vault, settings_for(server), work) == ((), ())


def test_two_windows_of_one_person_share_the_sums_and_not_the_sessions(vault, server):
    other = vault.parent / "other"
    other.mkdir()

    async def first(service):
        session = await service.conversations.new_session()
        await all_of(service.ask(asking(session.id), None))
        return session.id, await service.ledger()

    session_id, before = run(vault, settings_for(server), first)

    async def second(service):
        with pytest.raises(SessionMissing):
            await service.conversations.conversation(session_id)
        await all_of(service.ask(AskRequest(ASKED), None))
        return await service.ledger()

    after = run(other, settings_for(server), second)
    assert sum(row.calls for row in after.by_day) == sum(row.calls for row in before.by_day) + 1


def test_every_call_tells_what_is_spent_with_the_cap_of_that_moment(vault, server):
    told = []

    async def work(service):
        service.change_settings(settings_for(server, cost=CostSettings(monthly_cap_usd=7.0)))
        await all_of(service.ask(AskRequest(ASKED), None))
        while not any(isinstance(event, Spent) for event in told):
            await asyncio.sleep(0.01)

    run(vault, settings_for(server), work, events=told)
    (spent,) = [event for event in told if isinstance(event, Spent)]
    assert spent.cap_usd == 7.0


def test_checking_nothing_finds_no_claims_and_asks_no_model(vault, server):
    async def work(service):
        return await all_of(service.check(CheckRequest("")))

    (done,) = [e for e in run(vault, settings_for(server), work) if isinstance(e, CheckDone)]
    assert done.claims == ()
    assert server.chats == []


def test_what_was_sent_is_readable_json_without_the_key(vault, server):
    async def work(service):
        heard = await all_of(service.ask(AskRequest("公测什么时候开始？为什么是那时？"), None))
        return await service.sent(heard[-1].answer.trace_id)

    (sent,) = run(vault, settings_for(server), work)
    assert "公测什么时候开始" in json.loads(sent.body)["messages"][-1]["content"]
    assert "authorization" not in sent.body.lower()
