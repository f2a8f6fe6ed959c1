"""Ghost text as the engine serves it: from the notes on disk, from a scripted endpoint, learnt and kept."""

import asyncio
import json
import queue
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from core.complete.model import CompletionRequest, Fate, Kind, Outcome, Source, Suggestion
from core.engine.client import EngineClient
from core.engine.completions import Completions
from core.engine.model import EngineConfig
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.settings import GhostSettings, IndexSettings
from core.vault.ignore import Ignore
from core.vault.left_out import LeftOut
from tests.scripted_replies import error, html, reset, say, silent, stall, status

PATIENCE_S = 60
REPEATED = CompletionRequest("新.md", "- 测试版在三月", revision=3)
ELSEWHERE = CompletionRequest("新.md", "量子力学", revision=4)
SENTENCE = Suggestion("发布。", Kind.SENTENCE, Source.MODEL, 0.5)


@pytest.fixture
def vault(vault):
    for number in range(6):
        (vault / f"周报{number}.md").write_text(
            "- 测试版在三月发布，等候名单超过两千人。\n", encoding="utf-8"
        )
    return vault


async def nothing(_query):
    return []


@pytest.fixture
def serving(vault, where, server):
    """Completions of the vault with the scripted endpoint, once its notes are read."""

    @asynccontextmanager
    async def serving(settings=GhostSettings(), model="scripted", rules=IndexSettings()):  # noqa: B008 -- frozen
        chat = OpenAIChat(Endpoint("scripted", server.base_url), model)

        async def get():
            return chat

        left_out = LeftOut(vault, lambda: rules)
        completions = Completions(
            vault, settings, where.ghost_history, search=nothing, model=get, left_out=left_out
        )
        completions.start(Ignore())
        while completions._phrases.notes < 6:
            await asyncio.sleep(0.01)
        try:
            yield completions
        finally:
            await asyncio.to_thread(completions.close)
            await chat.close()

    return serving


def said(offer):
    return [(suggestion.source, suggestion.text) for suggestion in offer.suggestions]


async def offers(completions, request):
    return [said(offer) async for offer in completions.complete(request)]


def test_the_vault_speaks_first_and_the_model_behind_it(serving, server):
    server.then(say("年底发布。", pace=0.01))

    async def main():
        async with serving() as completions:
            return await offers(completions, REPEATED)

    first, *_, last = asyncio.run(main())
    assert [source for source, _ in first] == [Source.VAULT]
    assert last == [*first, (Source.MODEL, "年底发布。")]


BY_PATH = REPEATED, IndexSettings(exclude=(REPEATED.path,))
BY_TAG = replace(REPEATED, after="\n\n#私人/周报\n"), IndexSettings(exclude_tags=("私人",))


@pytest.mark.parametrize(("request_", "rules"), [BY_PATH, BY_TAG], ids=["path", "tag, not saved yet"])
def test_in_a_note_that_is_left_out_the_vault_alone_speaks(serving, server, request_, rules):
    server.then(say("年底发布。"))

    async def main():
        async with serving(rules=rules) as completions:
            return await offers(completions, request_)

    (only,) = asyncio.run(main())
    assert [source for source, _ in only] == [Source.VAULT]
    assert server.chats == []


def test_words_come_one_by_one_and_who_stops_listening_ends_the_request(serving, server):
    server.then(stall("很有趣"))

    async def main():
        async with serving() as completions:
            looking = completions.complete(ELSEWHERE)
            assert said(await anext(looking))[0][0] is Source.MODEL
            await looking.aclose()
            await asyncio.to_thread(server.disconnects.wait, PATIENCE_S)

    asyncio.run(main())


def test_typing_on_while_the_model_speaks_keeps_its_request(serving, server):
    server.then(stall("很有趣"))

    async def main():
        async with serving() as completions:
            first = completions.complete(ELSEWHERE)
            await anext(first)
            second = completions.complete(CompletionRequest("新.md", "量子力学很", revision=5))
            waiting = asyncio.ensure_future(anext(second))
            await asyncio.sleep(0)
            await first.aclose()
            offer = await waiting
            await second.aclose()
            return offer

    offer = asyncio.run(main())
    assert (offer.revision, said(offer)) == (5, [(Source.MODEL, "有趣")])
    assert len(server.chats) == 1


def test_typing_something_else_drops_the_old_request(serving, server):
    server.then(stall("很有趣"), say("是新的。"))

    async def main():
        async with serving() as completions:
            first = completions.complete(ELSEWHERE)
            await anext(first)
            found = await offers(completions, CompletionRequest("新.md", "量子力学也", revision=5))
            await first.aclose()
            await asyncio.to_thread(server.disconnects.wait, PATIENCE_S)
            return found

    assert asyncio.run(main())[-1] == [(Source.MODEL, "是新的。")]


@pytest.mark.parametrize("fault", [status(401), status(404), html(), reset("很有"), say([])])
def test_an_endpoint_that_fails_costs_nothing_but_the_ghost(serving, server, fault):
    server.then(fault)

    async def main():
        async with serving() as completions:
            return await offers(completions, ELSEWHERE), await offers(completions, REPEATED)

    of_model, of_vault = asyncio.run(main())
    assert {text for offer in of_model for _, text in offer} <= {"很有"}
    assert of_vault[0][0][0] is Source.VAULT


def test_a_silent_endpoint_does_not_hold_up_the_vault(serving, server):
    server.then(silent())

    async def main():
        async with serving() as completions:
            looking = completions.complete(REPEATED)
            offer = await anext(looking)
            await looking.aclose()
            return offer

    assert said(asyncio.run(main()))[0][0] is Source.VAULT


def test_without_a_model_in_the_settings_none_is_asked(serving, server):
    async def main():
        async with serving(GhostSettings(model=False)) as completions:
            return await offers(completions, ELSEWHERE)

    assert asyncio.run(main()) == []
    assert server.chats == []


class TestFillingIn:
    """Models that fill in the middle are given the gap itself."""

    REQUEST = CompletionRequest("新.md", "量子", "学很难。", title="笔记")

    def body_of(self, serving, server, *script):
        server.then(*script)

        async def main():
            async with serving(model="qwen2.5-coder:1.5b") as completions:
                return await offers(completions, self.REQUEST)

        return asyncio.run(main()), [(request.path, request.body) for request in server.requests]

    def test_the_suffix_goes_along(self, serving, server):
        found, [(path, body)] = self.body_of(serving, server, text_completion("力", "学很"))
        assert path == "/v1/completions"
        assert body["prompt"].endswith("量子")
        assert "笔记" in body["prompt"]
        assert body["suffix"] == "学很难。"
        assert "messages" not in body
        assert found[-1] == [(Source.MODEL, "力")]

    def test_a_server_that_cannot_is_asked_as_a_chat(self, serving, server):
        refused = error(400, {"message": "does not support insert", "code": None, "param": None})
        found, asked = self.body_of(serving, server, refused, say("力"))
        assert [path for path, _ in asked] == ["/v1/completions", "/v1/chat/completions"]
        assert found[-1] == [(Source.MODEL, "力")]


def text_completion(*pieces):
    """A reply as `/completions` streams it."""

    async def reply(exchange):
        await exchange.head()
        for piece in pieces:
            await exchange.event({"object": "text_completion", "choices": [{"index": 0, "text": piece}]})
        await exchange.event({"choices": [{"index": 0, "text": "", "finish_reason": "stop"}]})
        await exchange.send(b"data: [DONE]\n\n")

    return reply


def test_the_engine_process_completes_and_ends(vault, base):
    client, inbox = EngineClient(EngineConfig(vault, base), lambda _: None), queue.Queue()
    try:
        while True:  # the notes are read in the background
            client.complete(REPEATED, on_offer=inbox.put, on_ended=lambda: inbox.put(None))
            if (offer := inbox.get(timeout=PATIENCE_S)) is not None:
                break
        assert inbox.get(timeout=PATIENCE_S) is None
        client.completion_outcome(Outcome(Fate.SHOWN, offer.suggestions[0]))
    finally:
        client.close()
    assert (offer.revision, offer.suggestions[0].source) == (3, Source.VAULT)


def test_a_look_that_waits_for_the_engine_asks_no_model_once_something_is_composed(
    vault, base, server, monkeypatch
):
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    server.then(say("很有趣。"))
    client, inbox = EngineClient(EngineConfig(vault, base), lambda _: None), queue.Queue()

    def look():
        client.complete(ELSEWHERE, on_offer=inbox.put, on_ended=lambda: inbox.put(None))

    try:
        look()
        client.composing(True)
        assert inbox.get(timeout=PATIENCE_S) is None
        assert server.chats == []
        client.composing(False)
        look()
        assert said(inbox.get(timeout=PATIENCE_S))[0][0] is Source.MODEL
    finally:
        client.close()


class TestHistory:
    @pytest.fixture
    def file(self, where):
        return where.ghost_history

    @pytest.fixture
    def completions(self, vault, file):
        async def no_model():
            return None

        left_out = LeftOut(vault, IndexSettings)
        return lambda: Completions(
            vault, GhostSettings(), file, search=nothing, model=no_model, left_out=left_out
        )

    def learn(self, completions, times):
        async def main():
            for _ in range(times):
                await completions.outcome(Outcome(Fate.SHOWN, SENTENCE))
                await completions.outcome(Outcome(Fate.ACCEPTED, SENTENCE, "发布。"))

        asyncio.run(main())

    def test_what_was_learnt_is_kept_and_holds_no_text(self, completions, file):
        first = completions()
        self.learn(first, 3)
        first.close()
        assert json.loads(file.read_text(encoding="utf-8")) == {"sentence/model": [3, 3, 9, 9]}
        second = completions()
        self.learn(second, 1)
        second.close()
        assert json.loads(file.read_text(encoding="utf-8")) == {"sentence/model": [4, 4, 12, 12]}

    def test_it_is_saved_now_and_then(self, completions, file):
        self.learn(completions(), 30)
        assert file.exists()

    @pytest.mark.parametrize("damage", [b"{", b"[]", b"\xff", b'{"sentence/model": "x"}'])
    def test_a_damaged_file_begins_anew(self, completions, file, damage):
        file.parent.mkdir(parents=True)
        file.write_bytes(damage)
        again = completions()
        self.learn(again, 1)
        again.close()
        assert json.loads(file.read_text(encoding="utf-8")) == {"sentence/model": [1, 1, 3, 3]}

    def test_a_folder_that_cannot_be_written_is_no_trouble(self, completions, file):
        file.parent.parent.mkdir(parents=True)
        file.parent.write_bytes(b"")
        first = completions()
        self.learn(first, 1)
        first.close()
