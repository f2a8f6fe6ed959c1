"""The course of a request: which events come, in which order, and what the answer says of itself."""

import asyncio
import re
import time
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.answers import CANDIDATES, answer
from core.assist.model import (
    Answered,
    AskRequest,
    Finish,
    ModelChosen,
    NoteContext,
    QuotesFound,
    TextAdded,
    Work,
)
from core.assist.shaping import unwrapped
from core.errors import (
    AnswerEmpty,
    AnswerWithheld,
    EmbeddingUnavailable,
    ModelTimedOut,
    ModelUnreachable,
    NoModel,
)
from core.llm.chat import Tier, Usage
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.wire import Patience
from tests.core.assist.helpers import (
    ALL,
    PLAN,
    FixedSearch,
    SpeakingModel,
    answer_of,
    events_of,
    passage,
)
from tests.core.llm.helpers import IMPATIENCE, PATIENCE
from tests.scripted_replies import say, stall, status
from tests.scripted_server import ScriptedServer

QUESTION = AskRequest("When does the beta open, and why?", tier=Tier.PRECISE)
REPLY = ["The beta opens ", "in March [1", "], because 2 000 people wait 【1】", "."]


def test_quotes_come_before_the_model_has_said_a_word():
    model = SpeakingModel(REPLY)
    events = events_of(QUESTION, ALL, model)
    assert [type(event) for event in events] == [
        QuotesFound,
        ModelChosen,
        *[TextAdded] * (len(events) - 3),
        Answered,
    ]
    first = events[0]
    assert isinstance(first, QuotesFound)
    assert first.passages == ALL
    assert first.quotes[0].text.startswith("We open the beta in March")


def test_the_model_is_named_with_its_place():
    model = SpeakingModel(["x"], model="gpt-x", provider="openai", place="api.openai.com")
    assert events_of(QUESTION, ALL, model)[1] == ModelChosen(
        "gpt-x", "openai", "api.openai.com", demonstration=False
    )


def test_the_streamed_words_are_the_answers_text_with_uniform_marks():
    events = events_of(QUESTION, ALL, SpeakingModel(REPLY))
    last = events[-1]
    assert isinstance(last, Answered)
    streamed = "".join(event.text for event in events if isinstance(event, TextAdded))
    assert streamed == last.answer.text == "The beta opens in March [1], because 2 000 people wait [1]."


def test_every_citation_was_checked():
    found = answer_of(
        QUESTION, ALL, SpeakingModel(["The beta opens in March [1]. It is free in May [2]. So [9]."])
    )
    assert [(c.n, c.verified, c.path) for c in found.citations] == [
        (1, True, "Projects/Launch plan.md"),
        (2, False, "Projects/Pricing.md"),
        (9, False, ""),
    ]


def test_a_whole_answer_reports_everything():
    usage = Usage(120, 30)
    found = answer_of(QUESTION, ALL, SpeakingModel(REPLY, usage=usage, model="m", provider="p"))
    assert (found.finish, found.model, found.provider, found.tier) == (
        Finish.COMPLETE,
        "m",
        "p",
        Tier.PRECISE,
    )
    assert (found.usage, found.cost_usd, found.problem) == (usage, 0.0, None)
    assert re.fullmatch(r"[0-9a-f]{32}", found.trace_id)


def test_times_are_measured_from_the_request():
    ticks = iter(range(100))
    events = events_of(QUESTION, ALL, SpeakingModel(["a", "b"]), clock=lambda: float(next(ticks)))
    last = events[-1]
    assert isinstance(last, Answered)
    assert last.answer.first_token_ms == 1000
    assert last.answer.total_ms == 2000


def test_token_counts_that_were_not_given_are_estimated_and_marked():
    usage = answer_of(QUESTION, ALL, SpeakingModel(REPLY)).usage
    assert usage.estimated
    assert usage.prompt_tokens > usage.completion_tokens > 0


def test_a_hosted_model_has_a_price_and_an_unknown_one_none():
    priced = SpeakingModel(REPLY, usage=Usage(1000, 1000), model="gpt-4o-mini", place="api.openai.com")
    assert answer_of(QUESTION, ALL, priced).cost_usd == pytest.approx(0.00075)
    unknown = SpeakingModel(REPLY, usage=Usage(1000, 1000), model="mystery", place="llm.example.com")
    assert answer_of(QUESTION, ALL, unknown).cost_usd is None


class TestWithoutAModel:
    def test_a_question_is_answered_in_quotes(self):
        found = answer_of(QUESTION, ALL, None)
        assert found.finish is Finish.QUOTES_ONLY
        assert found.text.startswith("> We open the beta in March")
        assert found.citations[0].verified
        assert found.citations[0].quote in PLAN.text
        assert (found.citations[0].start_line, found.citations[0].end_line) == (10, 11)
        assert (found.model, found.usage, found.cost_usd, found.first_token_ms) == ("", Usage(), 0.0, None)

    def test_no_model_is_announced(self):
        assert [type(e) for e in events_of(QUESTION, ALL, None)] == [QuotesFound, Answered]

    def test_nothing_can_be_written(self):
        with pytest.raises(NoModel):
            events_of(AskRequest("Shorten", Work.WRITE), ALL, None)


class TestNotFound:
    @pytest.mark.parametrize("found", [(), ALL])
    def test_no_model_is_asked(self, found):
        model = SpeakingModel(["Paris, obviously."])
        result = answer_of(AskRequest("What is the capital of France?"), found, model)
        assert result.finish is Finish.NOT_FOUND
        assert result.text == "Nothing in your notes speaks to this question."
        assert model.asked == []
        assert result.citations == ()

    def test_it_is_said_in_the_questions_language(self):
        assert "没有" in answer_of(AskRequest("意大利面怎么煮？"), [], None).text

    def test_a_selection_can_be_asked_about_whatever_the_notes_say(self):
        model = SpeakingModel(["It means salt."])
        request = AskRequest("What does it mean?", note=NoteContext("n.md", selection="NaCl"))
        assert answer_of(request, (), model).finish is Finish.COMPLETE

    def test_a_question_without_the_notes_goes_to_the_model(self):
        model = SpeakingModel(["Paris."])
        search = FixedSearch(ALL)

        async def run() -> list[object]:
            request = AskRequest("What is the capital of France?", use_passages=False)
            return [event async for event in answer(request, search=search, model=model)]

        events = asyncio.run(run())
        assert events[0] == QuotesFound((), ())
        assert isinstance(events[-1], Answered)
        assert events[-1].answer.text == "Paris."
        assert search.queries == []


class TestBreakingOff:
    def test_a_cut_stream_is_incomplete(self):
        found = answer_of(QUESTION, ALL, SpeakingModel(REPLY[:1], finish_reason=None))
        assert (found.finish, found.text, found.problem) == (Finish.INCOMPLETE, "The beta opens ", None)

    @pytest.mark.parametrize("reason", ["length", "content_filter"])
    def test_an_answer_that_was_stopped_is_incomplete(self, reason):
        assert (
            answer_of(QUESTION, ALL, SpeakingModel(REPLY, finish_reason=reason)).finish is Finish.INCOMPLETE
        )

    def test_an_answer_that_the_filter_stopped_says_so_and_keeps_its_words(self):
        found = answer_of(QUESTION, ALL, SpeakingModel(REPLY, finish_reason="content_filter"))
        assert found.text.startswith("The beta opens")
        assert isinstance(found.problem, AnswerWithheld)

    @pytest.mark.parametrize(
        ("reason", "kind"),
        [
            ("stop", AnswerEmpty),
            ("length", AnswerEmpty),
            (None, AnswerEmpty),
            ("content_filter", AnswerWithheld),
        ],
    )
    def test_an_answer_without_a_word_is_a_failure_that_says_why(self, reason, kind):
        with pytest.raises(kind) as raised:
            answer_of(QUESTION, ALL, SpeakingModel([" ", "\n"], finish_reason=reason))
        assert raised.value.details["reason"] == (reason or "")

    def test_an_error_after_words_keeps_the_words_and_says_why(self):
        error = ModelTimedOut("It stopped.")
        found = answer_of(QUESTION, ALL, SpeakingModel(REPLY, error=error))
        assert found.finish is Finish.INCOMPLETE
        assert found.problem is error
        assert found.text.startswith("The beta opens in March [1]")
        assert found.citations[0].verified

    def test_an_error_before_any_word_is_raised_after_the_quotes(self):
        seen: list[object] = []

        async def run() -> None:
            model = SpeakingModel([], error=ModelUnreachable("Nobody there."))
            events = answer(QUESTION, search=FixedSearch(ALL), model=model)
            while True:
                seen.append(await anext(events))

        with pytest.raises(ModelUnreachable):
            asyncio.run(run())
        assert [type(event) for event in seen] == [QuotesFound, ModelChosen]

    def test_words_that_were_held_back_are_not_lost(self):
        found = answer_of(QUESTION, ALL, SpeakingModel(["It opens in March [1"], finish_reason=None))
        assert found.text == "It opens in March [1"

    def test_closing_the_events_closes_the_stream(self):
        async def run() -> bool:
            model = SpeakingModel(["word "] * 100)
            async with aclosing(answer(QUESTION, search=FixedSearch(ALL), model=model)) as events:
                async for event in events:
                    if isinstance(event, TextAdded):
                        break
            return model.closed_early

        assert asyncio.run(run())


class TestDemonstration:
    def test_its_words_stand_under_quotes_and_it_sees_little(self):
        model = SpeakingModel(["It opens in March."], demonstration=True)
        events = events_of(QUESTION, ALL, model)
        assert isinstance(events[0], QuotesFound)
        assert events[0].quotes
        assert events[1] == ModelChosen("speaker", "test", "local", demonstration=True)
        assert len(model.asked[0].messages[1].content) < 1000

    def test_it_is_not_asked_where_there_are_no_quotes(self):
        model = SpeakingModel(["Blah."], demonstration=True)
        assert answer_of(AskRequest("意大利面怎么煮？"), ALL[2:], model).finish is Finish.NOT_FOUND
        assert model.asked == []


class TestWriting:
    NOTE = NoteContext("n.md", "Note", block="A long block about prices.")

    def test_the_text_is_what_goes_into_the_note(self):
        model = SpeakingModel(["Short", " text [1, 2]."])
        found = answer_of(AskRequest("Shorten", Work.WRITE, note=self.NOTE), ALL, model)
        assert (found.text, found.citations, found.finish) == ("Short text [1, 2].", (), Finish.COMPLETE)

    def test_there_are_no_quotes_but_the_passages_are_told(self):
        first = events_of(AskRequest("Shorten", Work.WRITE, note=self.NOTE), ALL, SpeakingModel(["x"]))[0]
        assert first == QuotesFound((), ALL)

    def test_passages_are_looked_up_for_the_block(self):
        search = FixedSearch(ALL)

        async def run() -> None:
            request = AskRequest("Shorten", Work.WRITE, note=self.NOTE)
            async for _ in answer(request, search=search, model=SpeakingModel(["x"])):
                pass

        asyncio.run(run())
        assert search.queries[0].text == "Shorten\nA long block about prices."
        assert search.queries[0].limit == CANDIDATES

    def test_a_fence_around_the_whole_text_is_taken_off(self):
        model = SpeakingModel(["```markdown\n- one\n- two\n```"])
        assert answer_of(AskRequest("List", Work.WRITE, note=self.NOTE), (), model).text == "- one\n- two"

    @pytest.mark.parametrize(
        "text",
        [
            "plain",
            "```python\nx = 1\n```",
            "```\na\n```\n\n```\nb\n```",
            "before\n```\na\n```",
            "```\n```",
            "",
            "```",
        ],
    )
    def test_other_fences_stay(self, text):
        assert unwrapped(text) == text

    @given(st.text(max_size=50))
    def test_unwrapping_never_invents(self, text):
        assert unwrapped(text) in text


class TestMeaning:
    """What an embedding model adds, and that it never holds anything up."""

    NOTES = (
        passage("You can terminate your subscription at any moment."),
        passage("Red doors.", path="b.md"),
    )

    class Embedder:
        name, dimensions = "fake", 2

        def __init__(self, error: Exception | None = None) -> None:
            self.error = error

        def embed_query(self, text):
            import numpy as np

            if self.error:
                raise self.error
            return np.array([1, 0] if "cancel" in text or "terminate" in text else [0, 1], np.float32)

        def embed_passages(self, texts):
            raise AssertionError("queries overtake the indexing, passages do not")

        def close(self):
            pass

    def test_it_finds_what_other_words_say(self):
        found = events_of(AskRequest("How do I cancel?"), self.NOTES, None, embedder=self.Embedder())[0]
        assert isinstance(found, QuotesFound)
        assert [q.text for q in found.quotes] == ["You can terminate your subscription at any moment."]

    def test_without_it_words_decide(self):
        assert answer_of(AskRequest("How do I cancel?"), self.NOTES, None).finish is Finish.NOT_FOUND

    def test_a_broken_one_does_no_harm(self):
        embedder = self.Embedder(EmbeddingUnavailable("gone"))
        last = events_of(AskRequest("Are there red doors?"), self.NOTES, None, embedder=embedder)[-1]
        assert isinstance(last, Answered)
        assert last.answer.finish is Finish.QUOTES_ONLY

    def test_the_model_is_asked_while_sentences_are_still_compared(self):
        model = SpeakingModel(["Any time [1]."])
        asked_early = []

        class Slow(self.Embedder):
            def embed_query(self, text):
                if "Red" in text:
                    deadline = time.monotonic() + 30
                    while not model.asked and time.monotonic() < deadline:
                        time.sleep(0.001)
                    asked_early.append(bool(model.asked))
                return super().embed_query(text)

        events = events_of(AskRequest("How do I cancel?"), self.NOTES, model, embedder=Slow())
        assert asked_early == [True]
        assert [type(event) for event in events] == [QuotesFound, ModelChosen, TextAdded, Answered]


class TestOverHttp:
    """The whole way, with a server on loopback in the model's place."""

    @staticmethod
    def ask(server: ScriptedServer, patience: Patience = PATIENCE) -> list[object]:
        async def run() -> list[object]:
            model = OpenAIChat(Endpoint("test", server.base_url, "sk-1"), "m", patience=patience)
            try:
                return [event async for event in answer(QUESTION, search=FixedSearch(ALL), model=model)]
            finally:
                await model.close()

        return asyncio.run(run())

    def test_an_answer_streams_and_is_checked(self):
        with ScriptedServer(say("The beta opens in March [1].")) as server:
            last = self.ask(server)[-1]
            assert "We open the beta in March" in server.chats[0].body["messages"][1]["content"]
        assert isinstance(last, Answered)
        assert last.answer.finish is Finish.COMPLETE
        assert last.answer.citations[0].verified
        assert last.answer.usage == Usage(11, 7)

    def test_a_stall_keeps_the_words(self):
        with ScriptedServer(stall("The beta opens")) as server:
            last = self.ask(server, IMPATIENCE)[-1]
        assert isinstance(last, Answered)
        assert (last.answer.finish, last.answer.text) == (Finish.INCOMPLETE, "The beta opens")
        assert isinstance(last.answer.problem, ModelTimedOut)

    def test_a_refusal_is_raised(self):
        with ScriptedServer(status(401, "no")) as server, pytest.raises(Exception, match="refused the key"):
            self.ask(server)

    def test_hanging_up_reaches_the_server(self):
        async def run(server: ScriptedServer) -> None:
            model = OpenAIChat(Endpoint("test", server.base_url), "m")
            async with aclosing(answer(QUESTION, search=FixedSearch(ALL), model=model)) as events:
                async for event in events:
                    if isinstance(event, TextAdded):
                        break
            await asyncio.to_thread(server.disconnects.wait)
            await model.close()

        with ScriptedServer(stall("The beta opens")) as server:
            asyncio.run(run(server))
