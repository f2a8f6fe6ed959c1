"""Pictures of earlier turns of a session, sent once more with the words they came with.

"And the second line?" is asked of a model that sees the picture only if it is there again: a provider keeps
nothing between two requests. They are read anew from where they lie; one that is gone is passed over.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path

from core.assist.history import History
from core.assist.images import MIB, MOST_IMAGES, image_key, read_images
from core.assist.model import AskRequest
from core.errors import ImageRefused, PicturesNotSeen
from core.llm.chat import ChatModel, ChatRequest, Delta, Image, Message

EARLIER = "earlier-images"
"""The key by which all of them are taken out of a request."""
MOST_BYTES = 8 * MIB
"""Of all of them together; the latest come first."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Pictures that go along once more, each with the place of its message in the history."""

    shown: tuple[tuple[int, str, Image], ...] = ()
    count: int = 0
    """How many there are, with those that were taken out or that did not fit."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where they lie."""
        return tuple(path for _, path, _ in self.shown)

    @property
    def images(self) -> tuple[Image, ...]:
        """What is seen, in the same order."""
        return tuple(image for _, _, image in self.shown)


def read_earlier(history: History, request: AskRequest, vault: Path) -> Earlier:
    """Return the pictures of the turns that are kept, oldest first: as many as fit, the latest of them.

    One that goes along anew, or stood in two turns, is sent once.
    """
    there = _there(history, request, vault)
    if EARLIER in request.sources.without:
        return Earlier(count=len(there))
    shown: list[tuple[int, str, Image]] = []
    left, room = MOST_BYTES, MOST_IMAGES - len(request.images)
    for place, path in there:
        image = _read(path, vault) if image_key(path) not in request.sources.without else None
        if image is not None and len(image.data) <= left and len(shown) < room:
            left -= len(image.data)
            shown.insert(0, (place, path, image))
    return Earlier(tuple(shown), len(there))


def with_earlier(history: History, earlier: Earlier) -> History:
    """Return the history with the pictures in the messages they came with."""
    messages = list(history.messages)
    for place, _, image in earlier.shown:
        messages[place] = replace(messages[place], images=(*messages[place].images, image))
    return replace(history, messages=tuple(messages))


def _there(history: History, request: AskRequest, vault: Path) -> list[tuple[int, str]]:
    """Return place and path of the pictures that can be read, the latest first."""
    found: dict[str, int] = {}
    for place, paths in reversed(list(enumerate(history.pictures))):
        for path in reversed(paths):
            if path not in request.images and (vault / path).is_file():
                found.setdefault(path, place)
    return [(place, path) for path, place in found.items()]


def _read(path: str, vault: Path) -> Image | None:
    try:
        return read_images([path], vault)[0]
    except ImageRefused:
        return None


class Sighted:
    """A model that is asked again without earlier pictures where it refuses them; a `ChatModel`.

    Attributes:
        saw_none: whether that has happened.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.model, self.provider, self.place = model.model, model.provider, model.place
        self.demonstration = model.demonstration
        self.saw_none = False

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; a refusal comes before its first word."""
        try:
            async with aclosing(self._model.stream(request)) as deltas:
                async for delta in deltas:
                    yield delta
            return
        except PicturesNotSeen:
            messages = without_earlier(request.messages)
            if messages == tuple(request.messages) or messages[-1].images:
                raise  # it refuses those that were just given
            self.saw_none = True
        async with aclosing(self._model.stream(replace(request, messages=messages))) as deltas:
            async for delta in deltas:
                yield delta

    async def close(self) -> None:
        """Close the model."""
        await self._model.close()


def without_earlier(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return the messages with no pictures but those of the last one."""
    return (*(replace(message, images=()) for message in messages[:-1]), *messages[-1:])
