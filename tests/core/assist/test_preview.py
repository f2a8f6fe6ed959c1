"""What is shown before sending is what is sent, part by part."""

import pytest

from core.assist.images import image_key
from core.assist.model import AskRequest, NoteContext, PartKind
from core.assist.preview import preview
from core.llm.chat import ChatRequest, Image, Message, Role
from core.llm.pictures import tokens_of
from core.llm.prices import OwnPrice, Prices
from core.text import tokens
from tests.core.assist.helpers import PLAN, PRICING, SpeakingModel

MODEL = SpeakingModel([], model="m", place="api.example.com")
NOTE = NoteContext("a.md", "A", block="The block.", before="What stands before it. ")
SAID = f"{PLAN.text}\n{NOTE.block}\n{NOTE.before}"
CHAT = ChatRequest((Message(Role.SYSTEM, "Rules of the house."), Message(Role.USER, SAID)), max_tokens=100)


def shown(request=None, chat=CHAT, passages=(PLAN,), prices=None, **options):
    return preview(
        request or AskRequest("q", note=NOTE), chat, passages, MODEL, prices or Prices(), **options
    )


def test_the_parts_add_up_to_the_tokens_of_the_messages():
    made = shown()
    assert made.messages == CHAT.messages
    assert made.tokens == sum(tokens.count(message.content) for message in CHAT.messages)
    assert sum(part.tokens for part in made.parts) == pytest.approx(made.tokens, abs=2)


def test_the_instruction_comes_first_and_cannot_be_removed_all_else_can():
    first, *others = shown().parts
    assert (first.kind, first.removable) == (PartKind.INSTRUCTION, False)
    assert [part.kind for part in others] == [PartKind.BLOCK, PartKind.NOTE, PartKind.PASSAGE]
    assert all(part.removable for part in others)


def test_a_passage_that_did_not_fit_is_not_shown_as_sent():
    made = shown(passages=(PLAN, PRICING))
    assert [part.path for part in made.parts if part.kind is PartKind.PASSAGE] == [PLAN.path]


def test_a_long_note_that_was_trimmed_counts_only_what_is_sent():
    long = NoteContext("a.md", "A", text="word " * 5000)
    made = shown(AskRequest("q", note=long))
    assert sum(part.tokens for part in made.parts) <= made.tokens + 2


def test_the_price_counts_every_candidate_with_the_longest_answer():
    prices = Prices([OwnPrice("m", 1.0, 10.0)])
    one, three = shown(prices=prices), shown(prices=prices, times=3)
    assert one.cost_usd == pytest.approx((one.tokens + 10 * 100) / 1e6)
    assert three.cost_usd == pytest.approx(3 * one.cost_usd)
    assert (three.tokens, three.answer_tokens) == (3 * one.tokens, 300)


def test_an_unknown_price_is_none_not_nothing():
    assert shown().cost_usd is None


def test_what_was_said_before_is_a_part_of_its_own():
    made = shown(history=(Message(Role.USER, "earlier words"),))
    assert PartKind.HISTORY in [part.kind for part in made.parts]


def test_pictures_are_parts_with_tokens_of_their_own_and_travel_without_their_bytes():
    picture = Image("image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "fish.png")
    chat = ChatRequest((CHAT.messages[0], Message(Role.USER, SAID, (picture,))), max_tokens=100)
    made = shown(AskRequest("q", note=NOTE, images=("img/fish.png",)), chat)
    (part,) = [part for part in made.parts if part.kind is PartKind.IMAGE]
    assert (part.key, part.title, part.path) == (image_key("img/fish.png"), "fish.png", "img/fish.png")
    assert part.tokens == tokens_of(picture)
    assert made.tokens == shown().tokens + part.tokens
    assert sum(each.tokens for each in made.parts) == pytest.approx(made.tokens, abs=2)
    assert [image.data for image in made.messages[1].images] == [b""]
