"""Pictures that go along with a question or a prompt, as the engine serves them."""

import json

import pytest

from core.assist.images import image_key
from core.assist.model import (
    AskRequest,
    PartKind,
    Sources,
    WriteRequest,
)
from core.errors import (
    ImageRefused,
    NoModel,
    NoVisionModel,
)
from core.settings import Settings, TierSettings
from tests.core.engine.assisting import ASKED, NOTE, all_of, run, settings_for


def test_a_question_with_an_image_goes_to_the_vision_model(vault, server):
    (vault / "fish.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 9)
    settings = settings_for(server, vision=TierSettings("here", "eyes"))

    async def work(service):
        return await all_of(service.ask(AskRequest("What is this?", images=("fish.png",)), None))

    assert run(vault, settings, work)[-1].answer.model == "eyes"
    assert server.chats[0].body["model"] == "eyes"
    assert server.chats[0].body["messages"][-1]["content"][1]["type"] == "image_url"


def with_eyes(server):
    """Settings in which pictures have a model of their own, and words the demonstration model."""
    return settings_for(server, vision=TierSettings("here", "eyes"))


@pytest.fixture
def fish(vault):
    file = vault / "fish.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 12)  # 28 characters of base64
    return file


def test_a_prompt_takes_images_along_to_the_vision_model(vault, server, fish):
    folder = vault / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("Say what is in the picture of:\n{{ text }}", encoding="utf-8")

    async def work(service):
        request = WriteRequest("mine", NOTE, images=("fish.png",))
        return await service.preview(request), await all_of(service.write(request))

    preview, events = run(vault, with_eyes(server), work)
    assert events[-1].model == preview.model == "eyes"
    assert server.chats[0].body["messages"][-1]["content"][1]["type"] == "image_url"


def test_the_preview_shows_the_vision_model_and_what_the_picture_takes(vault, server, fish):
    async def work(service):
        plain = await service.preview(AskRequest("What is this?"))
        return plain, await service.preview(AskRequest("What is this?", images=("fish.png",)))

    plain, seen = run(vault, with_eyes(server), work)
    assert (plain.model, seen.model) == ("scripted", "eyes")
    (part,) = [part for part in seen.parts if part.kind is PartKind.IMAGE]
    assert seen.tokens == pytest.approx(plain.tokens + part.tokens, abs=60)  # each has a random code in it
    assert not server.chats


def test_a_picture_that_was_left_out_stays_at_home(vault, server, fish):
    without = Sources(without=frozenset([image_key("fish.png")]))

    async def work(service):
        return await all_of(service.ask(AskRequest(ASKED.text, images=("fish.png",), sources=without), None))

    assert run(vault, with_eyes(server), work)[-1].answer.model == "scripted"
    assert isinstance(server.chats[0].body["messages"][-1]["content"], str)


def test_what_was_sent_shows_a_picture_by_its_beginning(vault, server, fish):
    async def work(service):
        events = await all_of(service.ask(AskRequest("What is this?", images=("fish.png",)), None))
        return await service.sent(events[-1].answer.trace_id)

    (sent,) = run(vault, with_eyes(server), work)
    url = json.loads(sent.body)["messages"][-1]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/png;base64,")
    assert url.endswith("... (4 more)")


def test_without_a_model_that_sees_nothing_is_sent_and_that_is_said(vault, server, fish, monkeypatch):
    monkeypatch.setattr("core.llm.providers.installed_weights", lambda: None)
    asked = AskRequest("What is this?", images=("fish.png",))

    async def work(service):
        for call in (service.preview(asked), all_of(service.ask(asked, None))):
            with pytest.raises(NoModel):
                await call

    run(vault, Settings(), work)

    async def local(service):
        with pytest.raises(NoVisionModel):
            await all_of(service.ask(asked, None))

    run(vault, settings_for(server, vision=TierSettings("local")), local)
    assert not server.chats


def test_a_picture_that_is_gone_is_said_by_its_name(vault, server):
    async def work(service):
        with pytest.raises(ImageRefused) as refused:
            await service.preview(AskRequest("What is this?", images=("gone.png",)))
        return refused.value.details

    assert run(vault, with_eyes(server), work) == {"reason": "unreadable", "name": "gone.png"}


def test_a_kept_question_names_its_pictures(vault, server, fish):
    async def work(service):
        session = await service.conversations.new_session()
        asked = AskRequest("What is this?", images=("fish.png",), session_id=session.id)
        await all_of(service.ask(asked, None))
        return (await service.conversations.conversation(session.id)).messages[0].extra

    assert run(vault, with_eyes(server), work)["images"] == ["fish.png"]
