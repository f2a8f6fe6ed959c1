"""What the tests of models share: how long they wait, and a stream read to its end."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from core.errors import ModelError
from core.llm.chat import ChatModel, ChatRequest, Message, Role, Usage
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.wire import Patience
from tests.scripted_server import ScriptedServer

KEY = "sk-SECRET0123456789abcdef"
PATIENCE = Patience(
    connect=60, read=60, headers=60, after_finish=60, attempts=3, first_delay=0.02, longest_delay=0.3
)
"""A machine that is busy with something else is no server that is silent."""
IMPATIENCE = replace(PATIENCE, connect=1.0, read=1.0, headers=1.0, after_finish=0.2)
"""For servers that say nothing more."""
REQUEST = ChatRequest((Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "PRIVATE NOTE")))


@dataclass
class Outcome:
    """How a stream went."""

    pieces: list[str] = field(default_factory=list)
    finish_reason: str | None = None
    usage: Usage | None = None
    error: ModelError | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


async def read(model: ChatModel, request: ChatRequest = REQUEST) -> Outcome:
    """Read a stream to its end, whatever that is."""
    outcome = Outcome()
    try:
        async with aclosing(model.stream(request)) as deltas:
            async for delta in deltas:
                outcome.pieces.append(delta.text)
                outcome.finish_reason = delta.finish_reason or outcome.finish_reason
                outcome.usage = delta.usage or outcome.usage
    except ModelError as error:
        outcome.error = error
    return outcome


def chat(
    server: ScriptedServer, *, key: str = KEY, model: str = "m", patience: Patience = PATIENCE
) -> OpenAIChat:
    """Return a model behind the scripted server."""
    return OpenAIChat(Endpoint("test", server.base_url, key), model, patience=patience)


async def read_once(model: OpenAIChat, request: ChatRequest = REQUEST) -> Outcome:
    """Read a stream to its end and close the model."""
    try:
        return await read(model, request)
    finally:
        await model.close()


def ask(
    server: ScriptedServer,
    request: ChatRequest = REQUEST,
    *,
    key: str = KEY,
    model: str = "m",
    patience: Patience = PATIENCE,
) -> Outcome:
    """Ask the scripted server once, in a loop of its own."""
    return asyncio.run(read_once(chat(server, key=key, model=model, patience=patience), request))
