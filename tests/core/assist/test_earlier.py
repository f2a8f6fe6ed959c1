"""Pictures of earlier turns: read anew, the latest first, within bounds, with the words they came with."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist import earlier as module
from core.assist.earlier import EARLIER, Earlier, Sighted, read_earlier, with_earlier, without_earlier
from core.assist.history import History
from core.assist.images import MOST_IMAGES, image_key
from core.assist.model import AskRequest, Sources
from core.errors import ModelTimedOut, PicturesNotSeen
from core.llm.chat import ChatRequest, Delta, Image, Message, Role, read_all
from tests.core.assist.helpers import SpeakingModel

PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = Image("image/png", PNG, "鱼.png")


def history(*turns):
    """Return a session in which these pictures went along with the questions."""
    messages, pictures = [], []
    for n, paths in enumerate(turns):
        messages += [Message(Role.USER, f"q{n}"), Message(Role.ASSISTANT, f"a{n}")]
        pictures += [paths, ()]
    return History(tuple(messages), (), tuple(pictures))


@pytest.fixture
def folder(tmp_path):
    for name in ("鱼.png", "b.png", "c.png"):
        (tmp_path / name).write_bytes(PNG + name.encode())
    return tmp_path


def asked(*images, without=()):
    return AskRequest("und die zweite Zeile?", images=images, sources=Sources(without=frozenset(without)))


def test_they_stand_in_the_messages_they_came_with(folder):
    said = history(("鱼.png", "b.png"), (), ("c.png",))
    found = read_earlier(said, asked(), folder)
    assert (found.paths, found.count) == (("鱼.png", "b.png", "c.png"), 3)
    messages = with_earlier(said, found).messages
    named = [[image.name for image in one.images] for one in messages]
    assert named == [["鱼.png", "b.png"], [], [], [], ["c.png"], []]
    assert [one.content for one in messages] == [one.content for one in said.messages]


def test_a_session_without_pictures_is_left_as_it_is(folder):
    said = history((), ())
    assert read_earlier(said, asked(), folder) == Earlier()
    assert with_earlier(said, Earlier()) == said


def test_one_is_sent_once_where_it_stood_last_and_not_at_all_where_it_comes_anew(folder):
    said = history(("鱼.png", "b.png"), ("鱼.png",))
    found = read_earlier(said, asked(), folder)
    assert [(place, path) for place, path, _ in found.shown] == [(0, "b.png"), (2, "鱼.png")]
    assert read_earlier(said, asked("鱼.png"), folder).paths == ("b.png",)


def test_one_that_is_gone_or_is_no_picture_any_more_is_passed_over(folder):
    (folder / "b.png").write_text("no picture")
    found = read_earlier(
        history(
            ("gone.png", "b.png", "鱼.png"),
        ),
        asked(),
        folder,
    )
    assert found.paths == ("鱼.png",)


def test_taken_out_one_by_one_or_all_they_are_still_counted(folder):
    said = history(("鱼.png", "b.png"))
    one = read_earlier(said, asked(without=[image_key("b.png")]), folder)
    assert (one.paths, one.count) == (("鱼.png",), 2)
    none = read_earlier(said, asked(without=[EARLIER]), folder)
    assert (none.paths, none.count) == ((), 2)


def test_the_latest_come_first_where_not_all_fit(folder, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 2 * len(PNG + b"b.png"))
    said = history(("b.png",), ("c.png",), ("鱼.png",))
    (folder / "鱼.png").write_bytes(PNG)
    assert read_earlier(said, asked(), folder).paths == ("c.png", "鱼.png")


@given(new=st.integers(0, MOST_IMAGES), before=st.integers(0, 2 * MOST_IMAGES))
def test_with_the_new_ones_they_are_never_more_than_go_along(tmp_path_factory, new, before):
    folder = tmp_path_factory.mktemp("vault")
    names = [f"{n}.png" for n in range(before)]
    for name in names:
        (folder / name).write_bytes(PNG)
    found = read_earlier(history(tuple(names)), asked(*(f"new{n}.png" for n in range(new))), folder)
    assert len(found.shown) == min(before, MOST_IMAGES - new)
    assert found.paths == tuple(names[before - len(found.shown) :])


# Models that see none


class Blind(SpeakingModel):
    """Refuses pictures, as a provider does before the first word."""

    def __init__(self, error=None):
        super().__init__(["Ja."])
        self._refusal = error or PicturesNotSeen("no pictures")

    async def stream(self, request):
        self.asked.append(request)
        if any(message.images for message in request.messages):
            raise self._refusal
        yield Delta("Ja.", "stop")


SEEN = (Message(Role.SYSTEM, "s"), Message(Role.USER, "q", (PICTURE,)), Message(Role.USER, "and?"))


def read(model, messages):
    return asyncio.run(read_all(model, ChatRequest(messages)))


def test_a_model_that_refuses_them_is_asked_again_without():
    blind = Blind()
    model = Sighted(blind)
    assert read(model, SEEN) == "Ja."
    assert model.saw_none
    assert [any(m.images for m in one.messages) for one in blind.asked] == [True, False]
    assert [m.content for m in blind.asked[1].messages] == ["s", "q", "and?"]


def test_one_that_sees_is_asked_once():
    speaking = SpeakingModel(["Zwei."])
    model = Sighted(speaking)
    assert read(model, SEEN) == "Zwei."
    assert not model.saw_none
    assert (model.model, model.provider, model.place) == (speaking.model, speaking.provider, speaking.place)


@pytest.mark.parametrize(
    "messages",
    [
        (Message(Role.USER, "q"), Message(Role.USER, "look", (PICTURE,))),
        (*SEEN, Message(Role.USER, "look", (PICTURE,))),
    ],
)
def test_a_picture_that_was_just_given_is_never_dropped(messages):
    blind = Blind()
    with pytest.raises(PicturesNotSeen):
        read(Sighted(blind), messages)
    assert len(blind.asked) == 1


def test_another_failure_is_none_of_its_business():
    blind = Blind(error=ModelTimedOut("late"))
    with pytest.raises(ModelTimedOut):
        read(Sighted(blind), SEEN)
    assert len(blind.asked) == 1


def test_only_the_last_message_keeps_its_pictures():
    messages = without_earlier((*SEEN[:2], Message(Role.USER, "x", (PICTURE,))))
    assert [len(message.images) for message in messages] == [0, 0, 1]
