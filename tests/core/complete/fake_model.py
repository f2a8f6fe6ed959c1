"""A model that says what a test tells it to, piece by piece, and notices when nobody listens any more."""

import asyncio
from collections.abc import AsyncGenerator

from core.errors import ModelError
from core.llm.chat import ChatRequest, Delta


class FakeModel:
    """Implements `core.llm.chat.ChatModel`; each request plays the next script, the last one for ever."""

    model, provider, place = "fake", "test", "local"

    def __init__(self, *scripts: list[str | ModelError], demonstration: bool = False) -> None:
        self.demonstration = demonstration
        self.scripts = list(scripts)
        self.requests: list[ChatRequest] = []
        self.closed = 0
        """Requests that ended, well or not."""
        self.gate = asyncio.Semaphore(0)
        self.free = True
        """Where not, each piece waits for `let`."""

    def let(self, pieces: int = 1) -> None:
        """Let so many pieces through."""
        for _ in range(pieces):
            self.gate.release()

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        self.requests.append(request)
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        try:
            for piece in script:
                if not self.free:
                    await self.gate.acquire()
                if isinstance(piece, ModelError):
                    raise piece
                yield Delta(piece)
            yield Delta("", "stop")
        finally:
            self.closed += 1

    async def close(self) -> None:
        """Nothing to close."""
