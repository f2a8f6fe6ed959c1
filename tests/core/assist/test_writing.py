"""A prompt run on a note: candidates at once, told apart, shaped, and cancelled together."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace

import pytest

from core.assist.model import (
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    Finish,
    ModelChosen,
    NoteContext,
    Sources,
    WriteRequest,
    Written,
)
from core.assist.writing import MOST_CANDIDATES, WARMEST, prepare, write
from core.errors import AnswerEmpty, KeyRefused, ModelUnreachable, NoModel, RateLimited, UsageError
from core.llm.chat import Role, Tier, Usage
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.prices import OwnPrice, Prices
from core.prompts.library import Library
from core.prompts.parsing import parse
from tests.core.assist.helpers import ALL, PLAN, FixedSearch, SpeakingModel
from tests.core.llm.helpers import PATIENCE
from tests.scripted_replies import say, stall, status
from tests.scripted_server import ScriptedServer

NOTE = NoteContext(
    "Projects/Launch.md",
    title="Launch",
    block="We open the beta in March, as we have said before.",
    before="Why?\n",
)
SHORTEN = parse(
    "---\ncandidates: 3\ntemperature: 0.4\n---\nShorten:\n{{ text }}", stem="shorten", language="en"
)
NO_PRICES = Prices()


class Talking:
    """A model that gives each call its own answer, by the order of the calls."""

    model, provider, place, demonstration = "talker", "test", "local", False

    def __init__(self, *answers):
        self.answers = list(answers)
        self.models = []
        self.asked = []

    async def stream(self, request):
        self.asked.append(request)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        inner = answer if isinstance(answer, SpeakingModel) else SpeakingModel([answer])
        self.models.append(inner)
        async with aclosing(inner.stream(request)) as deltas:
            async for delta in deltas:
                yield delta

    async def close(self):
        pass


def run(request, model, *, prompt=SHORTEN, found=(), prices=NO_PRICES):
    """Return all events of a request."""

    async def collect():
        small = bool(model and model.demonstration)
        job = await prepare(request, prompt, search=FixedSearch(found), small=small)
        return [event async for event in write(job, model=model, prices=prices)]

    return asyncio.run(collect())


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


REQUEST = WriteRequest("shorten", NOTE)


def test_candidates_stream_side_by_side_and_the_end_tells_of_all():
    model = Talking("One in March.", "It opens in spring, say we.", "March: the beta.")
    events = run(REQUEST, model)
    assert events[0] == ModelChosen("talker", "test", "local", demonstration=False)
    written = events[-1]
    assert isinstance(written, Written)
    assert [(c.n, c.text) for c in written.candidates] == [
        (1, "One in March."),
        (2, "It opens in spring, say we."),
        (3, "March: the beta."),
    ]
    assert {event.n for event in of(CandidateAdded, events)} == {1, 2, 3}
    assert (written.prompt_id, written.prompt_version, written.tier) == ("shorten", 1, Tier.FAST)


def test_all_candidates_are_asked_for_at_once_each_a_little_warmer():
    model = Talking("a b c", "d e f", "g h i")
    run(REQUEST, model)
    warmth = [request.temperature for request in model.asked]
    assert warmth == sorted(warmth)
    assert warmth[0] == 0.4
    assert len({request.messages for request in model.asked}) == 1
    assert {request.purpose.prompt_id for request in model.asked} == {"shorten"}
    assert len({request.purpose.request_id for request in model.asked}) == 1


def test_the_temperature_stays_within_reason_and_a_person_s_choice_counts():
    model = Talking("x")
    run(replace(REQUEST, temperature=0.9, candidates=9, first=40), model)
    assert max(request.temperature for request in model.asked) == WARMEST
    exact = Talking("x")
    run(replace(REQUEST, temperature=1.7, candidates=1), exact)
    assert exact.asked[0].temperature == 1.7


def test_two_that_say_the_same_are_one():
    events = run(REQUEST, Talking("In March.", "in March", "Other words entirely, said at length."))
    (dropped,) = of(CandidateDropped, events)
    assert {dropped.n, dropped.same_as} == {1, 2}
    assert len(events[-1].candidates) == 2


def test_more_goes_on_counting_and_drops_what_is_known():
    request = replace(REQUEST, first=4, known=("In March.",), candidates=2)
    model = Talking("in March!", "Quite another thing.")
    events = run(request, model)
    assert [event.same_as for event in of(CandidateDropped, events)] == [0]
    assert [candidate.n for candidate in events[-1].candidates] in ([4], [5])
    *_, known, wish = model.asked[0].messages
    assert (known.role, "In March." in known.content, wish.role) == (Role.ASSISTANT, True, Role.USER)


def test_polishing_goes_on_from_the_chosen_one():
    model = Talking("Shorter still.")
    events = run(replace(REQUEST, polish="Short.", instruction="friendlier"), model)
    assert len(model.asked) == 1
    *_, chosen, wish = model.asked[0].messages
    assert (chosen.role, chosen.content) == (Role.ASSISTANT, "Short.")
    assert "friendlier" in wish.content
    assert [c.text for c in events[-1].candidates] == ["Shorter still."]


def test_one_that_fails_does_not_stop_the_others():
    error = RateLimited("wait")
    events = run(REQUEST, Talking("One.", SpeakingModel([], error=error), "Three is different."))
    assert of(CandidateFailed, events) == [CandidateFailed(2, error)]
    assert [c.n for c in events[-1].candidates] == [1, 3]


def test_one_that_says_nothing_is_told_and_never_offered():
    events = run(REQUEST, Talking("One.", "", "Three is different."))
    (failed,) = of(CandidateFailed, events)
    assert (failed.n, type(failed.error)) == (2, AnswerEmpty)
    assert [c.n for c in events[-1].candidates] == [1, 3]


def test_where_all_fail_the_request_fails():
    with pytest.raises(KeyRefused):
        run(REQUEST, Talking(SpeakingModel([], error=KeyRefused("no"))))


def test_a_candidate_that_breaks_off_stays_and_says_so():
    broken = SpeakingModel(["Half a sen"], error=ModelUnreachable("gone"))
    (candidate,) = run(replace(REQUEST, candidates=1), broken)[-1].candidates
    assert (candidate.text, candidate.finish) == ("Half a sen", Finish.INCOMPLETE)
    cut = SpeakingModel(["Half"], finish_reason="length")
    assert run(replace(REQUEST, candidates=1), cut)[-1].candidates[0].finish is Finish.INCOMPLETE


def test_without_a_model_writing_says_so():
    with pytest.raises(NoModel):
        run(REQUEST, None)


def test_tokens_of_all_candidates_are_paid_for():
    model = Talking(*(SpeakingModel([text], usage=Usage(100, 10)) for text in ("one", "two", "three")))
    written = run(REQUEST, model, prices=Prices([OwnPrice("talker", 1.0, 2.0)]))[-1]
    assert written.usage == Usage(300, 30)
    assert written.cost_usd == pytest.approx(0.00036)


def test_tokens_nobody_told_are_estimated():
    usage = run(REQUEST, Talking("some words here"))[-1].usage
    assert usage.estimated
    assert usage.prompt_tokens > usage.completion_tokens > 0


def test_a_list_item_gets_a_list_item_back():
    note = NoteContext("n.md", block="  - [ ] buy two litres of milk")
    prompt = parse("---\nresult: replace\n---\n{{ text }}", stem="x")
    (candidate,) = run(WriteRequest("x", note), Talking("buy milk"), prompt=prompt)[-1].candidates
    assert candidate.text == "  - [ ] buy milk"


def test_json_is_checked_against_the_schema():
    prompt = parse(
        "---\noutput: json\nschema: {type: object, required: [a]}\ncandidates: 2\n---\n{{ text }}", stem="x"
    )
    events = run(WriteRequest("x", NOTE), Talking('{"a": 1}', '{"b": 1}'), prompt=prompt)
    problems = {c.n: c.problem for c in events[-1].candidates}
    assert problems[1] == ""
    assert "'a' is a required property" in problems[2]
    assert json.loads(events[-1].candidates[0].text.strip("`json\n")) == {"a": 1}


def test_the_demonstration_model_gets_a_short_order():
    model = SpeakingModel(["Short."], demonstration=True)
    shipped = Library(None).get("shorten", "en")
    run(WriteRequest("shorten", NOTE), model, prompt=shipped)
    assert sum(len(message.content) for message in model.asked[0].messages) < 400
    assert NOTE.block in model.asked[0].messages[-1].content


def test_nothing_to_work_on_is_said_before_anything_is_sent():
    model = Talking("x")
    with pytest.raises(UsageError, match="select some text"):
        run(WriteRequest("shorten", NoteContext("n.md")), model)
    assert model.asked == []


def test_the_prompt_speaks_the_language_of_the_text():
    model = Talking("短。")
    chinese = NoteContext("n.md", block="公测定在三月开始，候补名单已经超过两千人。")
    run(WriteRequest("shorten", chinese), model)
    assert "材料" in model.asked[0].messages[0].content


def test_passages_go_along_where_the_prompt_wants_them_and_pinned_notes_always():
    wanting = parse("---\npassages: true\n---\n{{ text }}\n{{ passages }}", stem="x")
    model = Talking("x")
    run(WriteRequest("x", NOTE), model, prompt=wanting, found=ALL)
    assert f"[1] {PLAN.title}" in model.asked[0].messages[-1].content
    plain = Talking("x")
    run(REQUEST, plain, found=ALL)
    assert "[1]" not in plain.asked[0].messages[-1].content


def test_what_the_person_took_out_is_not_sent():
    model = Talking("x")
    note = replace(NOTE, selection="the beta")
    prompt = parse("{{ text }}|{{ before }}", stem="x")
    run(WriteRequest("x", note, sources=Sources(without=frozenset({"note"}))), model, prompt=prompt)
    assert "Why?" not in str(model.asked[0].messages)


def test_no_more_candidates_than_there_are_keys():
    model = Talking("x")
    run(replace(REQUEST, candidates=50), model)
    assert len(model.asked) == MOST_CANDIDATES


def test_real_streams_run_at_once_and_end_when_the_reader_leaves():
    async def leave_early(server):
        chat = OpenAIChat(Endpoint("s", server.base_url), "scripted", patience=PATIENCE)
        try:
            job = await prepare(REQUEST, SHORTEN, search=FixedSearch(()))
            async with aclosing(write(job, model=chat, prices=NO_PRICES)) as events:
                seen = set()
                async for event in events:
                    if isinstance(event, CandidateAdded):
                        seen.add(event.n)
                    if seen == {1, 2, 3}:  # all three speak before any has ended
                        break
        finally:
            await chat.close()

    with ScriptedServer(stall("words that never end")) as server:
        asyncio.run(leave_early(server))
        server.disconnects.wait()
        assert len(server.chats) == 3


def test_a_server_that_refuses_one_of_three_gives_two():
    async def go(server):
        chat = OpenAIChat(Endpoint("s", server.base_url), "scripted", patience=PATIENCE)
        try:
            job = await prepare(REQUEST, SHORTEN, search=FixedSearch(()))
            return [event async for event in write(job, model=chat, prices=NO_PRICES)]
        finally:
            await chat.close()

    with ScriptedServer(say("First of them."), status(401, "no"), say("Another thing.")) as server:
        events = asyncio.run(go(server))
    assert len(of(CandidateFailed, events)) == 1
    assert len(of(CandidateDone, events)) == 2
