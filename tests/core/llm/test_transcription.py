"""Recordings to words at an OpenAI-compatible endpoint, over real HTTP."""

import asyncio
import json

import pytest

from core.errors import (
    AddressNotSecure,
    AnswerMalformed,
    KeyRefused,
    ModelTimedOut,
    ModelUnknown,
    OfflineMode,
    RecordingTooLarge,
)
from core.llm.chat import Usage
from core.llm.endpoint import Endpoint
from core.llm.transcription import MOST_BYTES, OpenAITranscription, Piece
from tests.core.llm.helpers import IMPATIENCE, KEY, PATIENCE
from tests.scripted_replies import heard, raw, silent, status
from tests.scripted_server import ScriptedServer

DATA = b"ID3 some bytes \x00\xff of a recording"


def transcribe(server, *, model="whisper-1", data=DATA, name="会议.mp3", patience=PATIENCE):
    async def run():
        hearing = OpenAITranscription(Endpoint("s", server.base_url, KEY), model, patience=patience)
        try:
            return await hearing.transcribe(name, data)
        finally:
            await hearing.close()

    return asyncio.run(run())


def sent(server):
    return [request.body for request in server.requests]


def test_the_recording_goes_as_a_file_of_a_form_and_comes_back_in_timed_pieces():
    with ScriptedServer(heard((0.0, " Good morning. "), (61.5, "三月开放测试。"), seconds=75)) as server:
        made = transcribe(server)
        (body,) = sent(server)
        request = server.requests[0]
    assert body["file"] == ("会议.mp3", DATA)
    assert (body["model"], body["response_format"]) == ("whisper-1", "verbose_json")
    assert request.path == "/v1/audio/transcriptions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert made.pieces == (Piece(0.0, "Good morning."), Piece(61.5, "三月开放测试。"))
    assert (made.seconds, made.usage) == (75.0, None)


def test_a_model_that_tells_no_times_is_asked_for_words_alone():
    reply = {"text": " All of it. ", "usage": {"type": "tokens", "input_tokens": 90, "output_tokens": 7}}
    with ScriptedServer(raw(json.dumps(reply).encode(), kind="application/json")) as server:
        made = transcribe(server, model="gpt-4o-mini-transcribe")
        assert sent(server)[0]["response_format"] == "json"
    assert made.pieces == (Piece(0.0, "All of it."),)
    assert made.usage == Usage(90, 7)


def test_a_server_that_refuses_the_form_is_asked_once_more_in_a_plainer_one():
    with ScriptedServer(status(400, "unknown response_format"), heard((0, "Words."), timed=False)) as server:
        made = transcribe(server)
        assert [body["response_format"] for body in sent(server)] == ["verbose_json", "json"]
    assert made.pieces == (Piece(0.0, "Words."),)


def test_a_busy_server_is_asked_again_and_a_sick_one_no_more_than_patience_allows():
    with ScriptedServer(status(429, "wait"), status(503, "sick"), heard((0, "Words."))) as server:
        assert transcribe(server).pieces
        assert len(server.requests) == 3


def test_silence_is_no_piece_at_all():
    with ScriptedServer(heard()) as server:
        assert transcribe(server).pieces == ()
    with ScriptedServer(heard((0, "  "), timed=True)) as server:
        assert transcribe(server).pieces == ()


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (status(401, f"Incorrect API key provided: {KEY}"), KeyRefused),
        (status(404, "no such model"), ModelUnknown),
        (raw(b"<html>", kind="text/html"), AnswerMalformed),
        (raw(b"[]", kind="application/json"), AnswerMalformed),
        (raw(b"{}", kind="application/json"), AnswerMalformed),
        (raw(b'{"text": 5}', kind="application/json"), AnswerMalformed),
        (raw(b'{"segments": [{"start": "x", "text": "a"}]}', kind="application/json"), AnswerMalformed),
        (silent(), ModelTimedOut),
    ],
)
def test_what_goes_wrong_is_worded_and_never_holds_the_key(reply, error):
    with ScriptedServer(reply) as server, pytest.raises(error) as raised:
        transcribe(server, patience=IMPATIENCE if error is ModelTimedOut else PATIENCE)
    assert KEY not in str(raised.value) + str(raised.value.details)
    assert raised.value.__cause__ is None


def elsewhere(**options):
    return OpenAITranscription(Endpoint("s", "https://api.example.com/v1", KEY), "whisper-1", **options)


def test_what_a_provider_would_not_take_is_said_before_anything_is_sent():
    with pytest.raises(RecordingTooLarge) as raised:
        asyncio.run(elsewhere().transcribe("a.wav", b"\0" * (MOST_BYTES + 1)))
    assert raised.value.details == {"most": "25", "host": "api.example.com"}


def test_a_server_on_this_machine_takes_more(monkeypatch):
    monkeypatch.setattr("core.llm.transcription.MOST_BYTES", 10)
    with ScriptedServer(heard((0, "Words."))) as server:
        assert transcribe(server, data=DATA).pieces


def test_offline_and_unencrypted_addresses_are_refused_like_any_request():
    with pytest.raises(OfflineMode):
        asyncio.run(elsewhere(offline=True).transcribe("a.mp3", DATA))
    plain = OpenAITranscription(Endpoint("s", "http://api.example.com/v1"), "whisper-1")
    with pytest.raises(AddressNotSecure):
        asyncio.run(plain.transcribe("a.mp3", DATA))


def test_cancelling_hangs_up():
    async def run(server):
        hearing = OpenAITranscription(Endpoint("s", server.base_url), "whisper-1")
        task = asyncio.ensure_future(hearing.transcribe("a.mp3", DATA))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.to_thread(server.disconnects.wait)
        await hearing.close()

    with ScriptedServer(silent()) as server:
        asyncio.run(run(server))
