"""Images on their way to a model with eyes."""

import asyncio
import base64

import pytest

from core.assist.answers import answer
from core.assist.images import MOST_BYTES, MOST_IMAGES, read_images
from core.assist.model import Answered, AskRequest, Finish
from core.errors import UsageError
from core.llm.chat import ChatRequest, Image, Message, Role
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.quirks import Quirks, messages_for
from tests.core.assist.helpers import FixedSearch
from tests.core.llm.helpers import PATIENCE, read
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PICTURE = Image("image/png", PNG, "a.png")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_an_image_is_known_by_its_bytes_not_by_its_name(tmp_path, data, kind):
    (tmp_path / "picture.txt").write_bytes(data)
    (image,) = read_images(["picture.txt"], tmp_path)
    assert (image.kind, image.data, image.name) == (kind, data, "picture.txt")


def test_an_image_outside_the_vault_that_was_dropped_is_read_too(tmp_path):
    (tmp_path / "dropped.png").write_bytes(PNG)
    assert read_images([str(tmp_path / "dropped.png")], tmp_path / "vault")[0].kind == "image/png"


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"<svg/>", "no PNG"), (b"", "no PNG"), (PNG + b"\0" * MOST_BYTES, "larger"), (None, "cannot be read")],
)
def test_what_no_model_takes_is_said_before_anything_is_sent(tmp_path, data, words):
    if data is not None:
        (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(UsageError, match=words):
        read_images(["a.png"], tmp_path)


def test_too_many_images_are_refused(tmp_path):
    with pytest.raises(UsageError, match="At most"):
        read_images(["a.png"] * (MOST_IMAGES + 1), tmp_path)


def parts_sent(server):
    return server.chats[0].body["messages"][-1]["content"]


def test_an_image_goes_as_the_part_that_openai_documents():
    async def run(server):
        chat = OpenAIChat(Endpoint("s", server.base_url), "eyes", patience=PATIENCE)
        request = ChatRequest((Message(Role.SYSTEM, "s"), Message(Role.USER, "What is this?", (PICTURE,))))
        outcome = await read(chat, request)
        await chat.close()
        return outcome.text

    with ScriptedServer(say("A fish.")) as server:
        assert asyncio.run(run(server)) == "A fish."
        text, picture = parts_sent(server)
        assert server.chats[0].body["messages"][0]["content"] == "s"
    assert text == {"type": "text", "text": "What is this?"}
    head, _, data = picture["image_url"]["url"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data) == PNG


@pytest.mark.parametrize(
    "quirks",
    [
        Quirks(),
        Quirks(alternating=True),
        Quirks(system_role=False),
        Quirks(system_role=False, alternating=True),
    ],
)
def test_no_quirk_loses_a_picture(quirks):
    messages = [
        Message(Role.SYSTEM, "s"),
        Message(Role.USER, "a", (PICTURE,)),
        Message(Role.USER, "b", (PICTURE,)),
    ]
    assert sum(len(message.images) for message in messages_for(quirks, messages)) == 2


def test_a_question_about_an_image_is_put_to_the_model_whatever_the_notes_say():
    async def run(server):
        chat = OpenAIChat(Endpoint("s", server.base_url), "eyes", patience=PATIENCE)
        try:
            events = answer(
                AskRequest("What can be seen here?"), search=FixedSearch(()), model=chat, images=(PICTURE,)
            )
            return [event async for event in events]
        finally:
            await chat.close()

    with ScriptedServer(say("A pilot fish.")) as server:
        last = asyncio.run(run(server))[-1]
        assert [part["type"] for part in parts_sent(server)] == ["text", "image_url"]
    assert isinstance(last, Answered)
    assert (last.answer.text, last.answer.finish) == ("A pilot fish.", Finish.COMPLETE)
