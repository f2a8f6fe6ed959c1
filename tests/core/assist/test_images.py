"""Images on their way to a model with eyes."""

import asyncio
import base64

import pytest

from core.assist.answers import answer
from core.assist.images import (
    MOST_BYTES,
    MOST_IMAGES,
    check_count,
    check_file,
    check_sees,
    image_key,
    read_images,
    wanted,
    with_images,
)
from core.assist.model import Answered, AskRequest, Finish, Sources
from core.errors import ImageRefused, NoVisionModel, UsageError
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


@pytest.mark.parametrize(
    ("data", "reason"), [(b"<svg/>", "kind"), (PNG + b"\0" * MOST_BYTES, "size"), (None, "unreadable")]
)
def test_a_file_is_judged_without_reading_it_as_it_is_judged_when_read(tmp_path, data, reason):
    file = tmp_path / "图.png"
    if data is not None:
        file.write_bytes(data)
    for look in (lambda: check_file(file), lambda: read_images(["图.png"], tmp_path)):
        with pytest.raises(ImageRefused) as refused:
            look()
        assert (refused.value.details["reason"], refused.value.details["name"]) == (reason, "图.png")


def test_a_good_file_and_few_of_them_are_not_complained_of(tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    check_file(tmp_path / "a.png")
    check_count(MOST_IMAGES)
    with pytest.raises(ImageRefused) as refused:
        check_count(MOST_IMAGES + 1)
    assert refused.value.details["most"] == str(MOST_IMAGES)


def test_an_image_that_was_taken_out_again_is_not_wanted():
    sources = Sources(without=frozenset([image_key("a.png")]))
    assert wanted(AskRequest("q", images=("a.png", "b.png"), sources=sources)) == ("b.png",)


def test_images_go_with_the_persons_last_words():
    messages = (Message(Role.SYSTEM, "s"), Message(Role.USER, "a"), Message(Role.ASSISTANT, "b"))
    assert [message.images for message in with_images(messages, [PICTURE])] == [(), (PICTURE,), ()]
    assert with_images(messages, ()) == messages


class Demonstration:
    """The built-in model: it reads a few lines, and sees nothing."""

    demonstration = True


@pytest.mark.parametrize("model", [None, Demonstration()])
def test_where_nobody_sees_images_that_is_said(model):
    check_sees(model, ())
    with pytest.raises(NoVisionModel):
        check_sees(model, [PICTURE])
