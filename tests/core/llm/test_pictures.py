"""What a picture costs before it is sent, and how it is shown as sent."""

import asyncio
import base64
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import KeyRefused, PicturesNotSeen, RequestRefused
from core.llm.chat import ChatRequest, Image, Message, Role
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.pictures import BASE, TILE, size_of, tokens_in, tokens_of, without_bytes, without_pictures
from core.text import tokens
from tests.core.llm.helpers import KEY, PATIENCE, read
from tests.scripted_replies import status
from tests.scripted_server import ScriptedServer


def picture(width, height, kind="PNG"):
    """A real picture, as small on disk as one colour is."""
    from PIL import Image as Picture

    buffer = io.BytesIO()
    Picture.new("L", (width, height)).save(buffer, kind)
    return Image(f"image/{kind.lower()}", buffer.getvalue(), f"a.{kind.lower()}")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_size_is_read_from_the_head_of_every_kind_that_goes_along(kind):
    assert size_of(picture(60, 40, kind).data) == (60, 40)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg/>"])
def test_what_has_no_size_says_none_and_counts_as_the_largest(data):
    assert size_of(data) is None
    assert tokens_of(Image("image/png", data)) == tokens_of(picture(2048, 768))


@pytest.mark.parametrize(
    ("size", "tiles"),
    [
        ((10, 10), 1),
        ((512, 512), 1),
        ((513, 512), 2),
        ((1024, 1024), 4),
        ((2048, 4096), 6),  # the examples of OpenAI's guide: 1105 tokens, and 765 for the one before
    ],
)
def test_tokens_are_those_of_openais_guide(size, tiles):
    assert tokens_of(picture(*size)) == BASE + TILE * tiles


def test_a_huge_picture_is_neither_unpacked_nor_warned_of():
    assert tokens_of(picture(12_000, 9_000)) == BASE + TILE * 4


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(data):
    assert tokens_of(Image("image/png", data)) >= BASE + TILE


def test_messages_count_their_words_and_their_pictures():
    seen = picture(512, 512)
    messages = (Message(Role.SYSTEM, "规则"), Message(Role.USER, "What is this?", (seen, seen)))
    words = tokens.count("规则") + tokens.count("What is this?")
    assert tokens_in(messages) == words + 2 * (BASE + TILE)


def test_a_message_to_look_at_names_its_pictures_without_their_bytes():
    (shown,) = without_bytes(Message(Role.USER, "a", (picture(5, 5),))).images
    assert (shown.name, shown.kind, shown.data) == ("a.png", "image/png", b"")


def test_a_body_is_shown_letter_for_letter_but_for_the_pictures_in_it():
    data = base64.b64encode(bytes(range(256)) * 8).decode()
    body = json.dumps(
        {"text": "图 data:image/png", "url": f"data:image/png;base64,{data}"}, ensure_ascii=False
    )
    shown = json.loads(without_pictures(body.encode()))
    assert shown["text"] == "图 data:image/png"
    assert shown["url"] == f"data:image/png;base64,{data[:24]}... ({len(data) - 24} more)"
    plain = json.dumps({"text": "no picture"}).encode()
    assert without_pictures(plain) == plain.decode()


def refusal(code, *images):
    """What a server's refusal of a request becomes."""

    async def ask(server):
        chat = OpenAIChat(Endpoint("s", server.base_url, KEY), "text-only", patience=PATIENCE)
        try:
            return (await read(chat, ChatRequest((Message(Role.USER, "What is this?", images),)))).error
        finally:
            await chat.close()

    with ScriptedServer(status(code, "Invalid content type image_url")) as server:
        return asyncio.run(ask(server))


def test_a_refusal_of_pictures_says_that_the_model_may_not_see():
    error = refusal(400, picture(5, 5))
    assert isinstance(error, PicturesNotSeen)
    assert error.details["model"] == "text-only"
    assert "Invalid content type" in error.details["reason"]


def test_without_pictures_or_for_another_reason_the_refusal_is_what_it_is():
    assert type(refusal(400)) is RequestRefused
    assert type(refusal(401, picture(5, 5))) is KeyRefused
