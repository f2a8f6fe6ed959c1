"""A follow-up on a picture, as the engine serves it: the picture goes along again, or it is said that not."""

import pytest

from core.assist.earlier import EARLIER
from core.assist.images import image_key
from core.assist.model import AskRequest, PartKind, Sources
from core.errors import PicturesNotSeen
from core.settings import TierSettings
from tests.core.engine.assisting import all_of, run, settings_for
from tests.scripted_replies import say, status

ASKED = (
    "Was steht in der zweiten Zeile des Schildes auf dem Bild, und warum steht es dort so groß geschrieben?"
)


@pytest.fixture
def fish(vault):
    file = vault / "鱼.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 12)
    return file


def with_eyes(server):
    return settings_for(server, vision=TierSettings("here", "eyes"))


async def shown(service):
    """Ask about a picture; return the session."""
    session = await service.conversations.new_session()
    await all_of(service.ask(AskRequest("What is this?", images=("鱼.png",), session_id=session.id), None))
    return session.id


async def blind(exchange):
    """Refuse whatever has pictures in it, as an endpoint does whose model sees none."""
    has_pictures = "image_url" in str(exchange.body)
    await (status(400, "no images, please") if has_pictures else say("Only words."))(exchange)


def pictures(chat):
    """Return how many pictures each message of a request has."""
    return [
        sum(part["type"] == "image_url" for part in message["content"])
        if isinstance(message["content"], list)
        else 0
        for message in chat.body["messages"]
    ]


def test_a_follow_up_shows_the_vision_model_the_picture_again(vault, server, fish):
    async def work(service):
        session = await shown(service)
        return await all_of(service.ask(AskRequest(ASKED, session_id=session), None))

    answer = run(vault, with_eyes(server), work)[-1].answer
    assert (answer.model, answer.unseen_pictures) == ("eyes", 0)
    assert pictures(server.chats[-1]) == [0, 1, 0, 0]
    assert server.chats[-1].body["messages"][1]["content"][0]["text"].endswith("What is this?")


def test_it_is_counted_and_named_before_it_is_sent(vault, server, fish):
    async def work(service):
        session = await shown(service)
        seen = await service.preview(AskRequest(ASKED, session_id=session))
        out = Sources(without=frozenset([EARLIER]))
        return seen, await service.preview(AskRequest(ASKED, session_id=session, sources=out))

    seen, without = run(vault, with_eyes(server), work)
    (part,) = [part for part in seen.parts if part.kind is PartKind.IMAGE]
    assert (part.key, part.title, part.removable) == (image_key("鱼.png"), "鱼.png", True)
    assert (seen.model, seen.earlier_pictures, seen.sees_earlier) == ("eyes", 1, True)
    assert seen.tokens == pytest.approx(without.tokens + part.tokens, abs=60)  # each has a random code in it
    assert (without.model, without.earlier_pictures) == ("scripted", 1)


@pytest.mark.parametrize("key", [EARLIER, image_key("鱼.png"), "history"])
def test_taken_out_it_stays_at_home_and_the_model_of_the_words_answers(vault, server, fish, key):
    async def work(service):
        session = await shown(service)
        asked = AskRequest("and?", session_id=session, sources=Sources(without=frozenset([key])))
        return await all_of(service.ask(asked, None))

    run(vault, with_eyes(server), work)
    if len(server.chats) > 1:  # without its history it may speak to nothing in the notes
        assert server.chats[-1].body["model"] == "scripted"
        assert sum(pictures(server.chats[-1])) == 0


def test_where_nobody_sees_it_the_words_go_on_and_that_is_said(vault, server, fish):
    async def work(service):
        return await shown(service)

    async def follow(service, session):
        asked = AskRequest("and?", session_id=session)
        return await service.preview(asked), await all_of(service.ask(asked, None))

    session = run(vault, with_eyes(server), work)
    blind = settings_for(server, vision=TierSettings("local"))
    preview, events = run(vault, blind, lambda service: follow(service, session))
    assert (preview.earlier_pictures, preview.sees_earlier) == (1, False)
    assert (events[-1].answer.model, events[-1].answer.unseen_pictures) == ("scripted", 1)
    assert sum(pictures(server.chats[-1])) == 0


def test_a_model_that_refuses_it_answers_without_and_is_not_shown_it_again(vault, server, fish):
    async def work(service):
        session = await shown(service)
        server.then(blind)
        first = await all_of(service.ask(AskRequest("and?", session_id=session), None))
        return first, await service.preview(AskRequest("and?", session_id=session))

    events, preview = run(vault, with_eyes(server), work)
    assert events[-1].answer.unseen_pictures == 1
    assert events[-1].answer.text
    assert (preview.model, preview.sees_earlier) == ("scripted", False)


def test_a_new_picture_that_is_refused_is_told_as_before(vault, server, fish):
    (vault / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 12)

    async def work(service):
        session = await shown(service)
        server.then(blind)
        with pytest.raises(PicturesNotSeen):
            await all_of(service.ask(AskRequest("and?", images=("b.png",), session_id=session), None))

    run(vault, with_eyes(server), work)


def test_a_picture_that_is_gone_is_no_hindrance(vault, server, fish):
    async def work(service):
        session = await shown(service)
        fish.unlink()
        return await all_of(service.ask(AskRequest("and?", session_id=session), None))

    answer = run(vault, with_eyes(server), work)[-1].answer
    assert (answer.model, answer.unseen_pictures) == ("scripted", 0)
