"""Real HTTP against a server on loopback that behaves well, or in every bad way known."""

import asyncio
import logging
from contextlib import aclosing

import pytest

from core.errors import (
    AddressNotSecure,
    CreditUsedUp,
    KeyRefused,
    ModelError,
    ModelUnreachable,
    OfflineMode,
    RateLimited,
)
from core.llm.chat import ChatRequest, Message, Role, Usage
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat, list_models
from tests.core.llm.helpers import IMPATIENCE, KEY, PATIENCE, REQUEST, ask, chat, read, read_once
from tests.scripted_replies import (
    byte_by_byte,
    chunk,
    error,
    events,
    html,
    raw,
    refuse_field,
    reset,
    say,
    silent,
    stall,
    status,
    whole,
)
from tests.scripted_server import ScriptedServer


def test_an_answer_streams_in_pieces_with_its_end_and_its_token_counts():
    with ScriptedServer(say("Hello, 世界!")) as server:
        outcome = ask(server)
    assert outcome.text == "Hello, 世界!"
    assert len([piece for piece in outcome.pieces if piece]) > 1
    assert outcome.finish_reason == "stop"
    assert outcome.usage == Usage(11, 7)


def test_the_request_is_what_openai_documents():
    request = ChatRequest(REQUEST.messages, temperature=0.7, max_tokens=55, stop=("\n\n",))
    with ScriptedServer() as server:
        ask(server, request)
        sent = server.chats[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.headers["accept-encoding"] == "identity"
    assert sent.body == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "PRIVATE NOTE"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.7,
        "max_tokens": 55,
        "stop": ["\n\n"],
    }


def test_characters_torn_between_packets_are_put_together():
    with ScriptedServer(byte_by_byte("中文测试，emoji 🐟")) as server:
        assert ask(server).text == "中文测试，emoji 🐟"


def test_a_cut_stream_ends_without_a_finish_reason():
    with ScriptedServer(say("Half an ans", finish=None)) as server:
        outcome = ask(server)
    assert (outcome.text, outcome.finish_reason, outcome.error) == ("Half an ans", None, None)


def test_a_reset_connection_keeps_its_words_and_has_no_finish_reason():
    with ScriptedServer(reset("Half")) as server:
        outcome = ask(server)
    assert outcome.finish_reason is None
    assert outcome.text in ("Half", "")  # a reset may overtake the bytes before it
    assert outcome.text or outcome.error


def test_the_length_limit_is_told_from_a_proper_end():
    with ScriptedServer(say("Long", finish="length")) as server:
        assert ask(server).finish_reason == "length"


def test_a_server_that_does_not_stream_still_answers():
    with ScriptedServer(whole("All at once")) as server:
        outcome = ask(server)
    assert (outcome.text, outcome.finish_reason, outcome.usage) == ("All at once", "stop", Usage(3, 4))


def test_token_counts_are_not_waited_for_once_the_answer_is_whole():
    with ScriptedServer(stall("Whole", finish="stop")) as server:
        outcome = ask(server, patience=IMPATIENCE)
    assert (outcome.text, outcome.finish_reason, outcome.error) == ("Whole", "stop", None)


def test_reasoning_is_left_out():
    deltas = [chunk({"reasoning_content": "let me think"}), chunk({"content": "<think>hm"})]
    with ScriptedServer(events(*deltas, chunk({"content": "</think>\n\nYes."}, "stop"))) as server:
        assert ask(server).text == "Yes."


def test_a_later_request_uses_the_same_model_object():
    async def run(server: ScriptedServer) -> list[str]:
        model = chat(server)
        texts = [(await read(model)).text, (await read(model)).text]
        await model.close()
        return texts

    with ScriptedServer(say("one"), say("two")) as server:
        assert asyncio.run(run(server)) == ["one", "two"]


class TestRetries:
    @pytest.mark.parametrize("code", [429, 500, 502, 503])
    def test_a_passing_trouble_is_tried_again(self, code):
        with ScriptedServer(status(code), say("at last")) as server:
            assert ask(server).text == "at last"
            assert len(server.chats) == 2

    @pytest.mark.parametrize("code", [400, 401, 403, 404, 413])
    def test_a_refusal_is_not(self, code):
        with ScriptedServer(status(code, "no")) as server:
            outcome = ask(server, model="gpt")
            # 400 is repeated without its optional field, then without a system message; both cost nothing.
            assert len(server.chats) == (3 if code == 400 else 1)
        assert isinstance(outcome.error, ModelError)

    def test_attempts_are_bounded(self):
        with ScriptedServer(status(429, "slow down")) as server:
            outcome = ask(server)
            assert len(server.chats) == PATIENCE.attempts
        assert isinstance(outcome.error, RateLimited)

    def test_an_account_without_credit_is_not_asked_again(self):
        with ScriptedServer(error(429, {"message": "pay", "code": "insufficient_quota"})) as server:
            assert isinstance(ask(server).error, CreditUsedUp)
            assert len(server.chats) == 1

    def test_a_short_retry_after_is_honoured(self):
        with ScriptedServer(status(429, Retry_After="0.1"), say("ok")) as server:
            assert ask(server).text == "ok"

    def test_a_long_retry_after_is_left_to_the_person(self):
        with ScriptedServer(status(429, Retry_After="120")) as server:
            outcome = ask(server)
            assert len(server.chats) == 1
        assert isinstance(outcome.error, RateLimited)
        assert outcome.error.details["retry_after"] == "120"

    def test_nothing_is_sent_again_once_an_answer_has_begun(self):
        with ScriptedServer(reset("He"), say("never")) as server:
            outcome = ask(server)
            assert len(server.chats) == 1
        assert "never" not in outcome.text


class TestLearning:
    @pytest.mark.parametrize("named", [True, False])
    def test_stream_options_are_left_out_where_they_are_refused(self, named):
        with ScriptedServer(refuse_field("stream_options", say("fine"), named=named)) as server:
            outcome = ask(server)
            assert [("stream_options" in c.body) for c in server.chats] == [True, False]
        assert (outcome.text, outcome.usage) == ("fine", None)

    def test_max_tokens_is_renamed_where_it_is_refused(self):
        with ScriptedServer(refuse_field("max_tokens", say("fine"))) as server:
            assert ask(server).text == "fine"
            assert server.chats[1].body["max_completion_tokens"] == REQUEST.max_tokens

    def test_temperature_is_left_out_where_it_is_refused(self):
        with ScriptedServer(refuse_field("temperature", say("fine"))) as server:
            assert ask(server).text == "fine"
            assert "temperature" not in server.chats[1].body

    def test_what_was_learnt_is_kept_for_the_next_request(self):
        async def run(server: ScriptedServer) -> None:
            model = chat(server)
            await read(model)
            await read(model)
            await model.close()

        with ScriptedServer(refuse_field("stream_options", say("fine"))) as server:
            asyncio.run(run(server))
            assert [("stream_options" in c.body) for c in server.chats] == [True, False, False]

    def test_a_refusal_for_another_reason_teaches_nothing(self):
        async def run(server: ScriptedServer) -> None:
            model = chat(server)
            await read(model)
            await read(model)
            await model.close()

        with ScriptedServer(*[status(400, "too long")] * 3, say("ok")) as server:
            asyncio.run(run(server))
            assert [("stream_options" in c.body) for c in server.chats] == [True, False, False, True]

    def test_a_model_without_a_system_turn_gets_its_orders_from_the_user(self):
        with ScriptedServer() as server:
            ask(server, model="gemma-2-2b-it")
            assert server.chats[0].body["messages"] == [
                {"role": "user", "content": "Be brief.\n\nPRIVATE NOTE"}
            ]


class TestCancelling:
    """The server must see the connection close at once, also while it is silent."""

    @pytest.mark.parametrize("behaviour", [silent(), stall("abc"), say("x" * 3000, pace=0.01)])
    def test_a_cancelled_task_closes_the_connection(self, behaviour):
        async def run(server: ScriptedServer) -> None:
            model = chat(server)
            task = asyncio.create_task(read(model))
            while not server.chats:
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.1)  # so that the stream is under way where there is one
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.to_thread(server.disconnects.wait)
            await model.close()

        with ScriptedServer(behaviour) as server:
            asyncio.run(run(server))

    def test_closing_the_iterator_closes_the_connection(self):
        async def run(server: ScriptedServer) -> str:
            model = chat(server)
            async with aclosing(model.stream(REQUEST)) as deltas:
                first = (await anext(deltas)).text
            await asyncio.to_thread(server.disconnects.wait)
            await model.close()
            return first

        with ScriptedServer(stall("abc")) as server:
            assert asyncio.run(run(server)) == "abc"


class TestWhereTextMayGo:
    def test_a_redirect_is_never_followed(self):
        with ScriptedServer() as other, ScriptedServer() as server:
            location = other.base_url.replace("127.0.0.1", "localhost") + "/chat/completions"
            server.then(raw(b"", kind="text/plain", status=307, Location=location))
            outcome = ask(server)
            assert other.requests == []
        assert type(outcome.error).__name__ == "AnswerMalformed"

    def test_proxies_of_the_environment_are_not_used_for_this_machine(self, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        with ScriptedServer(say("direct")) as server:
            endpoint = Endpoint("test", server.base_url, KEY, use_proxy=True)
            assert asyncio.run(read_once(OpenAIChat(endpoint, "m", patience=PATIENCE))).text == "direct"

    def test_the_environments_base_url_and_organisation_are_not_used(self, monkeypatch):
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
        with ScriptedServer(say("configured")) as server:
            assert ask(server).text == "configured"
            assert "org-private" not in str(server.chats[0].headers)

    def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(self):
        model = OpenAIChat(Endpoint("lan", "http://192.168.1.9:11434/v1"), "m")
        assert isinstance(asyncio.run(read(model)).error, AddressNotSecure)

    def test_offline_mode_refuses_other_machines(self):
        model = OpenAIChat(Endpoint("x", "https://api.example.com/v1", KEY), "m", offline=True)
        outcome = asyncio.run(read(model))
        assert isinstance(outcome.error, OfflineMode)
        assert outcome.error.details == {"host": "api.example.com"}

    def test_offline_mode_allows_this_machine(self):
        with ScriptedServer(say("near")) as server:
            model = OpenAIChat(Endpoint("x", server.base_url), "m", offline=True, patience=PATIENCE)
            assert asyncio.run(read_once(model)).text == "near"

    def test_place_says_who_sees_the_text(self):
        assert OpenAIChat(Endpoint("a", "http://localhost:1/v1"), "m").place == "local"
        assert OpenAIChat(Endpoint("a", "https://api.deepseek.com/v1"), "m").place == "api.deepseek.com"


class TestKeys:
    def test_a_key_echoed_by_the_server_shows_in_no_message_and_no_log(self, caplog):
        caplog.set_level(logging.DEBUG)
        with ScriptedServer(status(401, f"Incorrect API key: {KEY}. Also sk-other-key-123456")) as server:
            error = ask(server).error
        assert isinstance(error, KeyRefused)
        shown = f"{error} {error!r} {error.details} {error.__cause__} {caplog.text}"
        assert KEY not in shown
        assert "sk-other" not in shown
        assert "Incorrect API key" in str(error)

    def test_a_key_echoed_inside_a_stream_does_not_show_either(self):
        event = {"error": {"message": f"overloaded for {KEY}"}}
        with ScriptedServer(events(chunk({"content": "a"}), event)) as server:
            error = ask(server).error
        assert error is not None
        assert "overloaded for [key]" in str(error)

    def test_the_traceback_of_an_error_does_not_lead_to_the_key(self):
        with ScriptedServer(status(401, KEY)) as server:
            error = ask(server).error
        assert error is not None
        assert error.__cause__ is None
        assert error.__context__ is None

    def test_without_a_key_none_is_made_up_from_the_environment(self, monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        with ScriptedServer() as server:
            ask(server, key="")
            assert server.chats[0].headers["authorization"] == "Bearer none"


class TestModelList:
    def test_the_models_come_in_the_servers_order(self):
        with ScriptedServer(models=("b", "a")) as server:
            endpoint = Endpoint("x", server.base_url, KEY)
            assert asyncio.run(list_models(endpoint, patience=PATIENCE)) == ["b", "a"]

    def test_a_wrong_key_is_told(self):
        with ScriptedServer(key=KEY) as server, pytest.raises(KeyRefused):
            endpoint = Endpoint("x", server.base_url, "sk-wrong-wrong-wrong")
            asyncio.run(list_models(endpoint, patience=PATIENCE))

    def test_nothing_there_is_told(self):
        with ScriptedServer() as server:
            url = server.base_url
        with pytest.raises(ModelUnreachable):
            asyncio.run(list_models(Endpoint("x", url), patience=PATIENCE))

    @pytest.mark.parametrize("listing", [html(), raw(b"[1]", kind="application/json"), status(404), silent()])
    def test_anything_but_a_list_is_told(self, listing):
        with ScriptedServer(listing=listing) as server, pytest.raises(ModelError):
            asyncio.run(list_models(Endpoint("x", server.base_url), patience=IMPATIENCE))

    def test_offline_mode_counts_here_too(self):
        with pytest.raises(OfflineMode):
            asyncio.run(list_models(Endpoint("x", "https://api.example.com/v1"), offline=True))


def test_messages_reach_the_server_as_they_are():
    text = '引号“”与 emoji 🐟, "quotes", \\ and \u2028'
    with ScriptedServer() as server:
        ask(server, ChatRequest((Message(Role.USER, text),)))
        assert server.chats[0].body["messages"][0]["content"] == text
