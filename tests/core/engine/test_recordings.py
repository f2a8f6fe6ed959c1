"""Recordings through the engine: only to whom the person agreed, and back as documents."""

import asyncio
from dataclasses import replace

import pytest

from core.assist.model import AskRequest, PartKind, Sources
from core.documents.library import Library, Origin
from core.documents.recordings import as_reading
from core.engine.assist_model import HearingModel
from core.errors import DocumentUnreadable, NotAgreed, OfflineMode
from core.llm.providers import Models
from core.paths import places
from core.settings import ProviderSettings, Settings, TierSettings
from tests.core.engine.assisting import ASKED, all_of, run, settings_for
from tests.scripted_replies import heard, say
from tests.scripted_server import ScriptedServer

MP3 = b"ID3\x04" + b"\0" * 40
ELSEWHERE = ProviderSettings("OpenAI", "https://api.openai.com/v1")


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


@pytest.fixture
def server():
    with ScriptedServer(heard((0.0, "Good morning."), (61.0, "三月开放测试。"), seconds=75)) as running:
        yield running


@pytest.fixture
def recording(tmp_path):
    file = tmp_path / "会议.mp3"
    file.write_bytes(MP3)
    return file


def hearing_settings(server):
    return settings_for(server, transcription=TierSettings("here", "whisper-large"))


def test_a_recording_comes_back_as_a_document_by_the_minute(vault, server, recording):
    async def work(service):
        model = await service.recordings.hearing_model()
        (reading,) = await all_of(service.recordings.transcribe(str(recording), ""))
        return model, reading, await service.ledger()

    model, reading, ledger = run(vault, hearing_settings(server), work)
    assert model == HearingModel("whisper-large", "here", "local")
    assert [(part.label, part.text) for part in reading.document.parts] == [
        ("0:00", "Good morning."),
        ("1:00", "三月开放测试。"),
    ]
    assert reading == as_reading(MP3, [(0.0, "Good morning."), (61.0, "三月开放测试。")])
    assert [(row.key, row.calls) for row in ledger.by_prompt] == [("transcribe", 1)]
    assert server.requests[0].body["model"] == "whisper-large"


def test_nobody_to_hear_is_no_error(vault, server, recording):
    async def work(service):
        told = await all_of(service.recordings.transcribe(str(recording), ""))
        return await service.recordings.hearing_model(), told

    assert run(vault, settings_for(server), work) == (None, [None])


@pytest.mark.parametrize("agreed", ["", "api.example.com"])
def test_without_consent_to_this_very_host_nothing_is_sent(vault, recording, agreed):
    async def work(service):
        with pytest.raises(NotAgreed) as refused:
            await all_of(service.recordings.transcribe(str(recording), agreed))
        return refused.value.details

    assert run(vault, Settings(providers=(ELSEWHERE,)), work) == {"host": "api.openai.com"}


def test_consent_does_not_overrule_the_offline_switch(vault, recording):
    async def models():
        return Models(Settings(providers=(ELSEWHERE,)), NoKeys(), {"PILOTFISH_OFFLINE": "1"})

    async def work(service):
        service.recordings._models = models
        with pytest.raises(OfflineMode):
            await all_of(service.recordings.transcribe(str(recording), "api.openai.com"))

    run(vault, Settings(), work)


def test_a_file_that_is_gone_is_said_before_anything_is_sent(vault, server, tmp_path):
    async def work(service):
        with pytest.raises(DocumentUnreadable):
            await all_of(service.recordings.transcribe(str(tmp_path / "gone.mp3"), ""))

    run(vault, hearing_settings(server), work)
    assert not server.requests


class NoKeys:
    """A keyring with nothing in it."""

    def get(self, _base_url):
        return ""


def chosen(settings, environment=None):
    """Where, with which model, recordings would be heard."""

    async def go():
        models = Models(settings, NoKeys(), environment or {})
        try:
            found = await models.transcriber()
            return (found.provider, found.model, found.place) if found else None
        finally:
            await models.close()

    return asyncio.run(go())


def test_who_hears_is_the_setting_or_else_a_provider_that_is_known_to():
    deepseek = ProviderSettings("DeepSeek", "https://api.deepseek.com/v1")
    both = Settings(providers=(deepseek, ELSEWHERE))
    assert chosen(both) == ("OpenAI", "whisper-1", "api.openai.com")
    assert chosen(Settings(providers=(deepseek,))) is None
    assert chosen(replace(both, transcription=TierSettings("DeepSeek", "ears"))) == (
        "DeepSeek",
        "ears",
        "api.deepseek.com",
    )
    assert chosen(replace(both, transcription=TierSettings("OpenAI"))) == (
        "OpenAI",
        "whisper-1",
        "api.openai.com",
    )


def test_who_wants_no_provider_to_hear_gets_none():
    assert chosen(Settings(providers=(ELSEWHERE,), transcription=TierSettings("local"))) is None
    assert chosen(Settings(), {"OPENAI_API_KEY": "k"}) == ("openai", "whisper-1", "api.openai.com")
    assert chosen(Settings()) is None


def test_a_pinned_document_goes_along_like_a_note(vault, server, recording):
    server.then(say("Good."))
    library = Library(places(vault.parent / "base").documents_of(vault))
    reading = as_reading(MP3, [(0.0, "Good morning from the meeting.")])
    added = library.add(reading.document, Origin(recording, reading.content_hash, reading.size), now=1.0)
    sources = Sources(notes=(added.document.path, "document://gone.mp3"))

    async def work(service):
        preview = await service.preview(AskRequest(ASKED.text, sources=sources))
        return [part for part in preview.parts if part.kind is PartKind.PINNED], preview.messages[-1].content

    parts, said = run(vault, settings_for(server), work)
    assert [part.path for part in parts] == [added.document.path]
    assert "Good morning from the meeting." in said


def test_what_is_quoted_of_a_pinned_recording_says_its_minute(vault, server, recording):
    server.then(say("In March [1]."))
    library = Library(places(vault.parent / "base").documents_of(vault))
    pieces = [(0.0, "Good morning."), (61.0, "We open the beta in March, as the waiting list has grown.")]
    reading = as_reading(MP3, pieces)
    added = library.add(reading.document, Origin(recording, reading.content_hash, reading.size), now=1.0)
    asked = AskRequest("When do we open the beta?", sources=Sources(notes=(added.document.path,)))

    async def work(service):
        return await all_of(service.ask(asked, None))

    quotes = run(vault, settings_for(server), work, found=())[0].quotes
    assert [(one.passage.path, one.passage.label) for one in quotes] == [(added.document.path, "1:00")]
