"""Builds the `openai` client and words its errors; besides, only chat, embeddings and transcription know it.

Nothing is retried, redirected or taken from the environment by the client itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import AnswerMalformed, ModelError, ModelTimedOut, ModelUnreachable, ProviderFailed
from core.llm.chat import LOCAL, OnSent
from core.llm.endpoint import Endpoint, host
from core.llm.redact import reason_of
from core.llm.refusals import by_code, said, worded_status

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk

ON_SENT: ContextVar[OnSent | None] = ContextVar("ON_SENT", default=None)
"""Who wants to know what the request under way sends; set by `openai_chat` for each request."""

NO_KEY = "none"
"""What servers without keys are sent; the client insists on one."""

UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)
"""What the client or our reading raises where the server's JSON or UTF-8 is not what it should be."""

END_MARK_S = 0.1
"""How long a server may take for the end mark that follows a whole answer at once."""
IDLE_S = 60.0
"""How long a connection is kept for the next request; the client's own 5 s end before the next thought."""
CONNECTIONS = 16
IS_WORTH_KEEPING = "https://"
"""Without TLS a new connection costs next to nothing, and one that was kept may cost the next one: servers
of llama.cpp close theirs behind each stream without a word, which one in ten requests right after it met."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds, and how often we try."""

    connect: float = 10.0
    read: float = 60.0
    """Between two packets, also before the first one."""
    headers: float = 180.0
    """In all until an answer begins, however slowly it drips; a local server may load its model first."""
    after_finish: float = 2.0
    """For the token counts once the answer is whole."""
    attempts: int = 3
    first_delay: float = 0.5
    longest_delay: float = 8.0
    """A server that asks for more is not waited for: the person decides."""


def _build(endpoint: Endpoint, patience: Patience) -> AsyncOpenAI:
    import httpx2
    import openai

    from core.llm.guard import guard

    timeout = httpx2.Timeout(patience.read, connect=patience.connect, write=30.0, pool=10.0)
    http = openai.DefaultAsyncHttpxClient(
        # The client would send the notes on to whatever host a redirect names.
        follow_redirects=False,
        # A proxy has no business between us and this machine.
        trust_env=endpoint.use_proxy and endpoint.place != LOCAL,
        timeout=timeout,
        limits=_limits(endpoint),
        event_hooks={"request": [_tell_sent], "response": [guard]},
    )
    return openai.AsyncOpenAI(
        api_key=endpoint.key or NO_KEY,
        base_url=endpoint.base_url.strip(),  # always explicit, else OPENAI_BASE_URL would be used
        organization="",
        project="",
        max_retries=0,
        timeout=timeout,
        http_client=http,
        default_headers={"Accept-Encoding": "identity"},
    )


def _limits(endpoint: Endpoint) -> httpx2.Limits:
    import httpx2

    kept = CONNECTIONS if endpoint.base_url.strip().lower().startswith(IS_WORTH_KEEPING) else 0
    return httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=kept, keepalive_expiry=IDLE_S)


async def _tell_sent(request: httpx2.Request) -> None:
    if tell := ON_SENT.get():
        tell(str(request.url), request.content)


async def connect(endpoint: Endpoint, patience: Patience) -> AsyncOpenAI:
    """Return a client for the endpoint; its import (0.4 s and more) does not hold up the loop."""
    return await asyncio.to_thread(_build, endpoint, patience)


def client_errors() -> tuple[type[Exception], ...]:
    """Return what a request can fail with; a function, because the client is imported late."""
    import httpx2
    import openai

    return (ModelError, TimeoutError, openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError)


@asynccontextmanager
async def released(stream: AsyncStream[ChatCompletionChunk]) -> AsyncGenerator[None, None]:
    """Close the connection under a stream on the way out, and its generators with it.

    A stream and its generator refer to each other. Left to the garbage collector, which may run on any
    thread, the generators under it would be closed there while the event loop closes them here.
    """
    try:
        yield
    finally:
        await stream._iterator.aclose()  # type: ignore[attr-defined]  # the client has no public way
        await stream.close()


async def next_chunk(stream: AsyncStream[ChatCompletionChunk]) -> Any:
    """Return the next chunk, None at the end; a server that does not stream sends its answer as one chunk.

    Raises:
        AnswerMalformed: what came cannot be read.
    """
    try:
        if _is_whole_answer(stream.response):
            return await _whole_answer(stream.response)
        return await anext(stream, None)
    except UNREADABLE as error:
        raise AnswerMalformed("The server's answer could not be read.", reason=type(error).__name__) from None


async def read_out(stream: AsyncStream[ChatCompletionChunk]) -> None:
    """Read the end mark of a whole answer, so that the connection can serve the next request.

    Another one would cost a hosted provider's handshake again. Whatever goes wrong here costs just that.
    """
    with suppress(*client_errors()):
        async with asyncio.timeout(END_MARK_S):
            while await next_chunk(stream) is not None:
                pass


def _is_whole_answer(response: httpx2.Response) -> bool:
    return response.headers.get("content-type", "").startswith("application/json")


async def _whole_answer(response: httpx2.Response) -> Any:
    import openai
    from openai.types.chat import ChatCompletion

    if response.is_closed:
        return None
    data = json.loads(await response.aread())
    if data.get("error"):
        raise openai.APIError("error", request=response.request, body=data)
    return ChatCompletion.construct(**data)


def worded(error: Exception, endpoint: Endpoint, model: str = "") -> ModelError:
    """Return our error for one of the client's; it holds no key, whatever the server said."""
    import httpx2
    import openai

    if isinstance(error.__cause__, ModelError):  # raised by the guard, wrapped by the client
        error = error.__cause__
    if isinstance(error, ModelError):
        return error
    if isinstance(error, openai.APIStatusError):
        return worded_status(error, endpoint, model)
    name = host(endpoint.base_url)
    details = {"host": name, "model": model, "reason": reason_of(str(error.__cause__ or error), endpoint.key)}
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError)):
        return ModelTimedOut(f"The model server at {name} stopped answering.", **details)
    if isinstance(error, (openai.APIConnectionError, httpx2.HTTPError, httpx2.StreamError)):
        remote = "" if endpoint.place == LOCAL else name
        return ModelUnreachable(
            f"The connection to the model server at {name} failed.", remote=remote, **details
        )
    if isinstance(error, openai.APIError):  # an error inside a stream that had begun well
        details["reason"] = said(error, endpoint.key)
        kind, _sentence = by_code(error) or (ProviderFailed, "")
        return kind(f"The provider at {name} broke off: {details['reason']}", **details)
    return AnswerMalformed(f"What {name} sent is not an answer of an OpenAI-compatible server.", **details)
