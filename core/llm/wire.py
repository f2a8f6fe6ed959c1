"""Builds the `openai` client and words its errors; else only chat, embeddings and transcription know it.

Nothing is retried, redirected or taken from the environment by the client itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import (
    AnswerMalformed,
    KeyRefused,
    ModelError,
    ModelTimedOut,
    ModelUnknown,
    ModelUnreachable,
    ProviderFailed,
    RateLimited,
    RequestRefused,
)
from core.llm.chat import LOCAL, OnSent
from core.llm.endpoint import Endpoint, host
from core.llm.redact import reason_of

if TYPE_CHECKING:
    import httpx2
    from openai import APIStatusError, AsyncOpenAI, AsyncStream
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
        return _worded_status(error, endpoint, model)
    name = host(endpoint.base_url)
    details = {"host": name, "model": model, "reason": reason_of(str(error.__cause__ or error), endpoint.key)}
    if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError)):
        return ModelTimedOut(f"The model server at {name} stopped answering.", **details)
    if isinstance(error, (openai.APIConnectionError, httpx2.HTTPError, httpx2.StreamError)):
        return ModelUnreachable(f"The connection to the model server at {name} failed.", **details)
    if isinstance(error, openai.APIError):  # an error inside a stream that had begun well
        details["reason"] = said(error, endpoint.key)
        return ProviderFailed(f"The provider at {name} broke off: {details['reason']}", **details)
    return AnswerMalformed(f"What {name} sent is not an answer of an OpenAI-compatible server.", **details)


def said(error: Exception, *secrets: str) -> str:
    """Return the server's own words on an error as one short line without keys, empty where it had none."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        inner = body.get("error", body)
        words = inner.get("message") or inner.get("detail") if isinstance(inner, Mapping) else inner
        return reason_of(words if isinstance(words, str) else json.dumps(body, ensure_ascii=False), *secrets)
    return reason_of(body, *secrets) if isinstance(body, str) else ""


_STATUS: Mapping[int, tuple[type[ModelError], str]] = {
    401: (KeyRefused, "{host} refused the key."),
    402: (RateLimited, "The account at {host} has no balance left."),
    403: (KeyRefused, "{host} does not allow this with the key."),
    408: (ModelTimedOut, "{host} gave up waiting."),
    429: (RateLimited, "{host} asks to wait: too many requests, or the quota is used up."),
}


def _worded_status(error: APIStatusError, endpoint: Endpoint, model: str) -> ModelError:
    status, name, reason = error.status_code, host(endpoint.base_url), said(error, endpoint.key)
    kind, sentence = _STATUS.get(status) or _by_class(status, bool(model), _is_json(error))
    details = {"host": name, "model": model, "status": str(status), "reason": reason}
    if wait := error.response.headers.get("retry-after"):
        details["retry_after"] = wait[:40]
    message = sentence.format(host=name, model=model, status=status)
    return kind(f"{message} It says: {reason}" if reason else message, **details)


def _by_class(status: int, asked_for_model: bool, spoke_json: bool) -> tuple[type[ModelError], str]:
    if status < 400:
        return AnswerMalformed, "{host} redirects to another address, which is not followed."
    if status >= 500:
        return ProviderFailed, "{host} has a trouble of its own (status {status})."
    if status == 404 and not spoke_json:
        return AnswerMalformed, "There is no OpenAI-compatible interface at this address of {host}."
    if status == 404 and asked_for_model:
        return ModelUnknown, "{host} does not know the model {model}."
    return RequestRefused, "{host} refused the request (status {status})."


def _is_json(error: APIStatusError) -> bool:
    return isinstance(error.body, (dict, list))


def wait_before_retry(error: Exception, attempt: int, patience: Patience, jitter: float) -> float | None:
    """Return the seconds to wait before the next attempt, None where there is to be none.

    Only 429 and 5xx are tried again, so a request that may have been served is never sent twice;
    `jitter` in [0, 1) spreads clients that were refused together.
    """
    import openai

    if not isinstance(error, openai.APIStatusError) or attempt >= patience.attempts:
        return None
    if error.status_code != 429 and error.status_code < 500:
        return None
    wish: str = error.response.headers.get("retry-after", "")
    if wish.replace(".", "", 1).isdigit():
        return float(wish) if float(wish) <= patience.longest_delay else None
    return min(patience.first_delay * 2.0 ** (attempt - 1) * (1 + jitter), patience.longest_delay)


_NOT_OF_FORM = frozenset({"context_length_exceeded", "content_filter", "invalid_api_key"})
"""Codes of refusals that no other form of the request would change."""


def refused_field(error: Exception) -> str | None:
    """Return the field of the request that a server names as wrong, empty where it names none.

    None where the status says that the form of the request is not at fault.
    """
    if getattr(error, "status_code", 0) not in (400, 422) or getattr(error, "code", None) in _NOT_OF_FORM:
        return None
    field = getattr(error, "param", None)
    return field if isinstance(field, str) else ""


def refused_way(error: Exception) -> bool:
    """Whether a server does not know the address or the kind of request at all, and may know another."""
    return getattr(error, "status_code", 0) in (400, 404, 405, 422, 501)
