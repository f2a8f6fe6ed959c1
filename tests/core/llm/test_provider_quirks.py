"""Servers with a quirk, each played: what we send them is what they take, at once or after one refusal."""

import asyncio
import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.chat import ChatRequest, Message, Role
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import THINKING, OpenAIChat
from core.llm.quirks import PRESETS, Quirks, in_turns, messages_for, quirks_of
from tests.core.llm.helpers import PATIENCE, REQUEST, Outcome, ask, chat, read
from tests.scripted_replies import chunk, error, events, refuse_field, say
from tests.scripted_server import ScriptedServer

CONVERSATION = ChatRequest(
    (
        Message(Role.SYSTEM, "Be brief."),
        Message(Role.USER, "SUMMARY"),
        Message(Role.USER, "first"),
        Message(Role.ASSISTANT, "answer"),
        Message(Role.USER, "second"),
    ),
    temperature=1.3,
)


def strict(refuses, words, reply=None):
    """Refuse requests whose body `refuses` returns True for, in words alone, as local servers do."""

    async def answer(exchange):
        behaviour = (
            error(400, {"message": words, "param": None}) if refuses(exchange.body) else reply or say("fine")
        )
        await behaviour(exchange)

    return answer


def roles(body):
    return [message["role"] for message in body["messages"]]


def speak(server, model="scripted", request=CONVERSATION, times=1):
    """Ask a server that is taken for another provider's by its model's name."""

    async def run():
        chat = OpenAIChat(Endpoint("s", server.base_url), model, patience=PATIENCE)
        try:
            return [await read(chat, request) for _ in range(times)]
        finally:
            await chat.close()

    return asyncio.run(run())


def test_a_server_without_a_system_role_is_given_the_orders_by_the_user():
    quirk = strict(lambda body: "system" in roles(body), "System role not supported")
    with ScriptedServer(quirk) as server:
        first, second = speak(server, times=2)
        assert (first.text, second.text) == ("fine", "fine")
        last = server.chats[-1].body
        assert roles(last) == ["user", "assistant", "user"]
        assert last["messages"][0]["content"] == "Be brief.\n\nSUMMARY\n\nfirst"
        assert len(server.chats) == 4  # refused twice, then taken; what was learnt serves the second request


def test_a_server_that_insists_on_turns_gets_turns():
    def in_a_row(body):
        said = [role for role in roles(body) if role != "system"]
        return any(a == b for a, b in itertools.pairwise(said))

    with ScriptedServer(strict(in_a_row, "Conversation roles must alternate user/assistant/...")) as server:
        (outcome,) = speak(server)
        assert outcome.text == "fine"


@pytest.mark.parametrize("model", ["mistral-7b-instruct", "mixtral:8x7b", "deepseek-reasoner", "gemma2:9b"])
def test_models_that_are_known_to_want_turns_get_them_at_once(model):
    with ScriptedServer(say("fine")) as server:
        speak(server, model)
        said = [role for role in roles(server.chats[0].body) if role != "system"]
        assert said == ["user", "assistant", "user"]


def test_a_server_that_knows_only_max_completion_tokens_gets_it():
    with ScriptedServer(refuse_field("max_tokens", say("fine"))) as server:
        assert ask(server).text == "fine"
        assert "max_tokens" not in server.chats[-1].body


def test_presence_penalty_is_never_sent():
    quirk = strict(
        lambda body: {"presence_penalty", "frequency_penalty", "n", "logprobs"} & set(body), "Unknown field"
    )
    with ScriptedServer(quirk) as server:
        assert speak(server)[0].text == "fine"
        assert len(server.chats) == 1


def test_a_server_that_knows_no_stream_options_is_asked_without():
    with ScriptedServer(refuse_field("stream_options", say("fine"), named=False)) as server:
        assert ask(server).text == "fine"


def test_reasoning_beside_the_answer_is_not_taken_for_it():
    thoughts = [
        chunk({"reasoning_content": "Let me see", "content": None}),
        chunk({"reasoning": "hm", "content": ""}),
    ]
    with ScriptedServer(events(*thoughts, chunk({"content": "In March."}), chunk({}, "stop"))) as server:
        assert ask(server).text == "In March."


@pytest.mark.parametrize(
    ("base_url", "asked", "sent"),
    [
        ("https://open.bigmodel.cn/api/paas/v4", 1.3, 1.0),
        ("https://api.moonshot.cn/v1", 1.3, 1.0),
        ("https://qianfan.baidubce.com/v2", 0.0, 0.01),
        ("https://api.deepseek.com/v1", 1.3, 1.3),
    ],
)
def test_temperatures_stay_within_what_the_provider_takes(base_url, asked, sent):
    from core.llm.openai_chat import _arguments

    request = ChatRequest(CONVERSATION.messages, temperature=asked)
    assert _arguments("m", request, quirks_of(base_url, "m"))["temperature"] == sent


@pytest.mark.parametrize("code", ["context_length_exceeded", "content_filter"])
def test_a_refusal_that_no_other_form_would_change_is_not_tried_in_another_form(code):
    refusal = error(400, {"message": "no", "param": "messages", "code": code})
    with ScriptedServer(refusal) as server:
        assert ask(server).error is not None
        assert len(server.chats) == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_s_request_is_plain_json_with_all_its_words(preset):
    from core.llm.openai_chat import _arguments

    quirks = quirks_of(preset.base_url, preset.precise or "some-model")
    arguments = _arguments(preset.precise or "some-model", CONVERSATION, quirks)
    text = json.dumps(arguments)
    assert all(message.content in text for message in CONVERSATION.messages)
    assert set(arguments) <= {
        "model",
        "messages",
        "stream",
        "max_tokens",
        "max_completion_tokens",
        "temperature",
        "stream_options",
    }
    assert ("max_tokens" in arguments) != ("max_completion_tokens" in arguments)


MESSAGES = st.lists(
    st.tuples(st.sampled_from([Role.SYSTEM, Role.USER, Role.ASSISTANT]), st.text(max_size=8)),
    min_size=1,
    max_size=9,
)


@given(MESSAGES)
def test_turns_alternate_and_no_words_are_lost(said):
    messages = [Message(role, text) for role, text in said]
    turned = in_turns(messages)
    assert all(a.role is not b.role for a, b in itertools.pairwise(turned))
    assert "\n\n".join(m.content for m in turned) == "\n\n".join(text for _, text in said)


@given(MESSAGES)
def test_the_plainest_form_has_no_system_turn_and_keeps_every_word(said):
    messages = [Message(role, text) for role, text in said]
    plain = messages_for(Quirks(system_role=False, alternating=True), messages)
    assert Role.SYSTEM not in [message.role for message in plain]
    assert all(a.role is not b.role for a, b in itertools.pairwise(plain))
    assert sorted("".join(m.content for m in plain).replace("\n", "")) == sorted(
        "".join(text for _, text in said).replace("\n", "")
    )


class TestRoomToThink:
    """What a model thinks counts as its answer's length at many providers."""

    def test_a_model_that_is_known_to_think_has_room_for_both(self):
        with ScriptedServer(say("Here.")) as server:
            assert ask(server, model="deepseek-reasoner").text == "Here."
            assert server.chats[0].body["max_tokens"] == ChatRequest(()).max_tokens + THINKING

    def test_a_few_words_are_not_thought_about(self):
        async def run(server: ScriptedServer) -> Outcome:
            return await read(chat(server, model="deepseek-reasoner"), replace(REQUEST, max_tokens=40))

        with ScriptedServer(say("Here.")) as server:
            assert asyncio.run(run(server)).text == "Here."
            assert server.chats[0].body["max_tokens"] == 40

    @pytest.mark.parametrize(
        "thought", [{"reasoning_content": "Let me see"}, {"reasoning": "hm"}, {"content": "<think>Let me"}]
    )
    def test_one_that_ran_out_of_length_has_room_the_next_time(self, thought):
        async def run(server: ScriptedServer) -> list[str]:
            model = chat(server, model="house-model")
            return [(await read(model)).text for _ in range(2)]

        thinking = events(chunk(thought), chunk({"content": None}, "length"))
        with ScriptedServer(thinking, say("Here.")) as server:
            assert asyncio.run(run(server)) == ["", "Here."]
            first, second = (request.body["max_tokens"] for request in server.chats)
            assert second == first + THINKING

    def test_a_long_answer_gets_no_more(self):
        async def run(server: ScriptedServer) -> None:
            model = chat(server, model="house-model")
            for _ in range(2):
                await read(model)

        with ScriptedServer(events(chunk({"reasoning": "hm"}), chunk({"content": "So"}, "length"))) as server:
            asyncio.run(run(server))
            assert len({request.body["max_tokens"] for request in server.chats}) == 1

    def test_a_server_that_has_not_so_much_room_is_asked_for_less(self):
        small = strict(lambda body: body["max_tokens"] > 2_000, "max_tokens is too large")
        with ScriptedServer(small) as server:
            assert ask(server, model="qwq").text == "fine"
            assert server.chats[-1].body["max_tokens"] == ChatRequest(()).max_tokens
