"""Prompts, candidates, sessions, cost and checks as the engine serves them, with a real endpoint."""

import asyncio
import json
import time
from pathlib import Path

import pytest

from core.assist.model import (
    Answered,
    AskRequest,
    CheckDone,
    CheckRequest,
    Finish,
    HistorySummarised,
    PartKind,
    Sources,
    Verdict,
    WriteRequest,
    Written,
)
from core.assist.sources import passage_key
from core.engine.model import PromptsChanged, Spent
from core.errors import (
    CapReached,
    ModelUnknown,
    NoModel,
    PromptError,
    PromptMissing,
    SessionMissing,
)
from core.prompts.model import Scene, Titles
from core.session.model import Author, Outcome, Trace
from core.settings import CostSettings, PriceSettings, Settings
from tests.core.assist.helpers import CHINESE_PLAN, PLAN, PRICING
from tests.core.engine.assisting import ASKED, NOTE, all_of, run, settings_for
from tests.scripted_replies import say


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "Projects").mkdir(parents=True)
    (folder / "Projects" / "Pinned.md").write_text("Pinned words about pricing.\n", encoding="utf-8")
    return folder


def test_candidates_are_written_paid_for_and_told(vault, server):
    server.then(say("One in March."), say("Quite another thing."), say("A third version."))
    told = []

    async def work(service):
        events = await all_of(service.write(WriteRequest("shorten", NOTE)))
        while not any(isinstance(event, Spent) for event in told):
            await asyncio.sleep(0.01)
        return events[-1], await service.ledger(), await service.sent(events[-1].trace_id)

    written, ledger, sent = run(
        vault, settings_for(server, prices=(PriceSettings("scripted", 1.0, 1.0),)), work, events=told
    )
    assert isinstance(written, Written)
    assert len(written.candidates) == 3
    assert written.cost_usd == pytest.approx(3 * 18e-6)
    assert ledger.today_usd == pytest.approx(written.cost_usd)
    assert ledger.by_prompt[0].key == "shorten"
    # Asked for at one time, they reach the server in any order.
    assert sorted(item.body.encode() for item in sent) == sorted(chat.raw_body for chat in server.chats)


def test_a_preview_is_what_is_then_sent_and_sends_nothing_itself(vault, server):
    request = WriteRequest("shorten", NOTE, candidates=2)

    async def work(service):
        shown = await service.preview(request)
        assert server.chats == []
        await all_of(service.write(request))
        return shown

    shown = run(vault, settings_for(server), work)
    sent = [message["content"] for message in server.chats[0].body["messages"]]
    # The code on the lines round the material is drawn anew for each request.
    assert [len(text) for text in sent] == [len(message.content) for message in shown.messages]
    assert shown.parts[0].kind is PartKind.INSTRUCTION
    assert PartKind.BLOCK in [part.kind for part in shown.parts]
    assert shown.tokens == pytest.approx(2 * sum(part.tokens for part in shown.parts), abs=4)
    assert (shown.model, shown.place, shown.cost_usd) == ("scripted", "local", 0.0)


def test_a_part_that_is_taken_out_is_in_no_preview_and_not_sent(vault, server):
    async def work(service):
        shown = await service.preview(ASKED)
        keys = [part.key for part in shown.parts if part.kind is PartKind.PASSAGE]
        less = AskRequest(ASKED.text, sources=Sources(without=frozenset({passage_key(PRICING)})))
        after = await service.preview(less)
        await all_of(service.ask(less, None))
        return keys, [part.key for part in after.parts]

    keys, after = run(vault, settings_for(server), work)
    assert passage_key(PRICING) in keys
    assert set(keys) - set(after) == {passage_key(PRICING)}
    assert "58 %" not in json.dumps(server.chats[0].body)


def test_a_pinned_note_goes_along(vault, server):
    async def work(service):
        return await all_of(
            service.ask(AskRequest(ASKED.text, sources=Sources(notes=("Projects/Pinned.md",))), None)
        )

    run(vault, settings_for(server), work, found=())
    assert "Pinned words about pricing." in json.dumps(server.chats[0].body)


def test_an_answer_is_kept_in_its_session_and_the_next_question_goes_on_from_it(vault, server):
    server.then(say("In March [1]."), say("Because of the list [1]."))

    async def work(service):
        session = await service.conversations.new_session("Projects/Open.md")
        for text in (ASKED.text, "And why?"):
            await all_of(service.ask(AskRequest(text, session_id=session.id), None))
        return await service.conversations.conversation(session.id)

    kept = run(vault, settings_for(server), work)
    assert [message.author for message in kept.messages] == [Author.PERSON, Author.MODEL] * 2
    assert kept.messages[1].extra["citations"][0]["path"] == PLAN.path
    assert kept.session.title == "When does the beta open, and why"
    roles = [message["role"] for message in server.chats[1].body["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert "In March [1]." in server.chats[1].body["messages"][2]["content"]


def test_a_long_session_is_summarised_and_the_summary_is_shown_and_kept(vault, server):
    server.then(say("What was said: March."), say("Answer."), say("Next."))
    long = "The beta opens in March because people wait for it and for many more reasons. " * 30

    async def work(service):
        session = await service.conversations.new_session()
        sessions = service.conversations._sessions
        for n in range(8):
            sessions.add(session.id, Author.PERSON, f"Question {n}? {long}")
            sessions.add(session.id, Author.MODEL, f"Answer {n}. {long}")
        request = AskRequest(ASKED.text, session_id=session.id)
        first = await all_of(service.ask(request, None))
        second = await all_of(service.ask(request, None))
        return first, second, await service.conversations.conversation(session.id)

    first, second, kept = run(vault, settings_for(server), work)
    (told,) = [event for event in first if isinstance(event, HistorySummarised)]
    assert told.text == "What was said: March."
    assert told.messages > 4
    assert not [event for event in second if isinstance(event, HistorySummarised)]
    assert [m.text for m in kept.messages if m.author is Author.SUMMARY] == [told.text]
    assert told.text in json.dumps(server.chats[1].body)
    assert "Question 0?" not in json.dumps(server.chats[1].body)
    assert len(server.chats) == 3


def test_candidates_are_kept_in_a_session_too(vault, server):
    server.then(say("First version."), say("Another thing."), say("A third one."))

    async def work(service):
        session = await service.conversations.new_session()
        await all_of(
            service.write(WriteRequest("shorten", NOTE, instruction="for the board", session_id=session.id))
        )
        return await service.conversations.conversation(session.id)

    asked, answered = run(vault, settings_for(server), work).messages
    assert asked.text == "Shorten: for the board"
    assert len(answered.extra["others"]) == 2


def test_a_session_becomes_a_note_and_never_overwrites_one(vault, server):
    async def work(service):
        session = await service.conversations.new_session()
        await all_of(service.ask(AskRequest(ASKED.text, session_id=session.id), None))
        return [await service.conversations.export_session(session.id) for _ in range(2)]

    first, second = run(vault, settings_for(server), work)
    assert first.startswith("Sessions/")
    assert second == first.removesuffix(".md") + " 2.md"
    assert "Scripted answer." in (vault / first).read_text(encoding="utf-8")


def test_a_session_that_is_gone_is_said_before_anything_is_sent(vault, server):
    async def work(service):
        await all_of(service.ask(AskRequest(ASKED.text, session_id="gone"), None))

    with pytest.raises(SessionMissing):
        run(vault, settings_for(server), work)
    assert server.chats == []


def test_one_request_can_be_put_to_several_models(vault, server):
    async def work(service):
        answers = []
        for name in ("here/one", "here/two"):
            events = await all_of(service.ask(AskRequest(ASKED.text, model=name), None))
            assert isinstance(events[-1], Answered)
            answers.append(events[-1].answer.model)
        with pytest.raises(ModelUnknown):
            await all_of(service.ask(AskRequest(ASKED.text, model="elsewhere/x"), None))
        return answers

    assert run(vault, settings_for(server), work) == ["one", "two"]
    assert [chat.body["model"] for chat in server.chats] == ["one", "two"]


def test_votes_feed_the_table_of_models(vault, server):
    async def work(service):
        for name, outcome in (("here/one", Outcome.GOOD), ("here/two", Outcome.BAD)):
            events = await all_of(service.ask(AskRequest(ASKED.text, model=name), None))
            await service.outcome(events[-1].answer.trace_id, outcome)
        return await service.scores()

    scores = run(vault, settings_for(server), work)
    assert [(score.work, score.model, score.good, score.bad) for score in scores] == [
        ("ask", "one", 1, 0),
        ("ask", "two", 0, 1),
    ]


def test_an_accepted_suggestion_is_kept_to_learn_from(vault, server):
    async def work(service):
        events = await all_of(service.write(WriteRequest("grammar", NOTE)))
        await service.outcome(events[-1].trace_id, Outcome.EDITED, "What it became.")
        return list(service._meter.traces.examples())

    ((outcome, messages, answer),) = run(vault, settings_for(server), work)
    assert (outcome, answer) == (Outcome.EDITED, "What it became.")
    assert NOTE.block in messages[-1].content


def test_the_form_is_filled_in_from_the_note(vault, server):
    server.then(say('{"audience": "the board", "tone": "formal", "colour": "red", "points": ["a", "b"]}'))

    async def work(service):
        return await service.fill("draft", NOTE)

    assert run(vault, settings_for(server), work) == {
        "audience": "the board",
        "tone": "formal",
        "points": "- a\n- b",
    }


@pytest.mark.parametrize("said", ["I cannot do that.", '{"audience": {"a": 1}}', ""])
def test_a_form_stays_empty_where_the_model_says_nothing_of_use(vault, server, said):
    server.then(say(said))

    async def work(service):
        return await service.fill("draft", NOTE)

    assert run(vault, settings_for(server), work) == {}


def test_facts_are_checked_and_the_judge_s_quote_is_looked_up(vault, server):
    server.then(say('{"verdict": "contradicted", "quote": "February is too early"}'))
    text = "The beta opens as soon as February comes. Churn in the pilot fell to 3 % once the import worked."

    async def work(service):
        return (await all_of(service.check(CheckRequest(text))))[-1]

    done = run(vault, settings_for(server), work, found=(PLAN,))
    assert isinstance(done, CheckDone)
    assert [claim.verdict for claim in done.claims] == [Verdict.CONTRADICTED, Verdict.SUPPORTED]
    assert [claim.by_model for claim in done.claims] == [True, False]
    assert done.claims[0].citations[0].quote == "February is too early"
    assert done.cost_usd == 0.0
    assert len(server.chats) == 1


def test_prompts_and_scenes_of_the_person_are_there_and_tell_when_they_change(vault, server, monkeypatch):
    monkeypatch.setattr("core.engine.assist_service.LOOK_S", 0.01)
    told = []

    async def work(service):
        watching = asyncio.create_task(service.watch_prompts())
        path = await service.copy_prompt("polish", "zh")
        scenes = await service.save_scene(Scene("board", Titles("Board"), ("polish",)))
        while PromptsChanged() not in told:  # what was changed before the first look is no change
            await asyncio.sleep(0.01)
            scenes = await service.save_scene(Scene("board", Titles("Board"), ("polish",)))
        watching.cancel()
        return path, scenes, await service.prompts("zh"), await service.delete_scene("board")

    path, scenes, prompts, left = run(vault, settings_for(server), work, events=told)
    assert path == ".pilotfish/prompts/polish.md"
    assert (vault / path).is_file()
    assert "board" in [scene.id for scene in scenes.scenes]
    assert "board" not in [scene.id for scene in left.scenes]
    assert next(prompt for prompt in prompts.prompts if prompt.id == "polish").own


def test_what_cannot_be_copied_or_found_is_said(vault, server):
    (vault / ".pilotfish").write_text("a file where the folder should be")

    async def copying(service):
        await service.copy_prompt("polish", "en")

    async def writing(service):
        await all_of(service.write(WriteRequest("no-such-prompt", NOTE)))

    with pytest.raises(PromptError):
        run(vault, settings_for(server), copying)
    with pytest.raises(PromptMissing):
        run(vault, settings_for(server), writing)


def test_without_a_model_what_needs_one_says_so_and_the_rest_works(vault, monkeypatch):
    monkeypatch.setattr("core.llm.providers.installed_weights", lambda: None)

    async def work(service):
        with pytest.raises(NoModel):
            await all_of(service.write(WriteRequest("shorten", NOTE)))
        with pytest.raises(NoModel):
            await service.preview(ASKED)
        with pytest.raises(NoModel):
            await service.fill("draft", NOTE)
        checked = await all_of(service.check(CheckRequest("公测定在三月开始，候补名单超过两千人。")))
        asked = await all_of(service.ask(ASKED, None))
        return checked[-1], asked[-1]

    checked, asked = run(vault, Settings(), work, found=(CHINESE_PLAN, PLAN))
    assert checked.model == ""
    assert asked.answer.finish is Finish.QUOTES_ONLY


def test_a_new_cap_counts_from_the_next_request_on(vault, server):
    class Hosted:
        place = "api.example.com"

    async def work(service):
        spent = Trace("x", "r", time.time(), "ask", "p", "m", Hosted.place, cost_usd=5.0)
        service._meter.traces.record(spent)
        await service._meter.allow(Hosted())
        service.change_settings(settings_for(server, cost=CostSettings(monthly_cap_usd=4.0)))
        with pytest.raises(CapReached):
            await service._meter.allow(Hosted())
        return await service.ledger()

    assert run(vault, settings_for(server), work).cap_usd == 4.0


def test_own_prompts_are_used_at_once(vault, server):
    folder = vault / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    Path(folder / "mine.md").write_text("Say it backwards:\n{{ text }}", encoding="utf-8")

    async def work(service):
        return await all_of(service.write(WriteRequest("mine", NOTE)))

    run(vault, settings_for(server), work)
    assert "Say it backwards" in server.chats[0].body["messages"][-1]["content"]
