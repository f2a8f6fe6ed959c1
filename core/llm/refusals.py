"""What a server's refusal means: by its status, and by the code that some of them give.

Never by the words of its message, which are for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.errors import (
    AccessRefused,
    AnswerMalformed,
    AnswerWithheld,
    CreditUsedUp,
    KeyRefused,
    ModelError,
    ModelTimedOut,
    ModelUnknown,
    ProviderFailed,
    RateLimited,
    RequestRefused,
    RequestTooLong,
)
from core.llm.endpoint import Endpoint, host
from core.llm.redact import reason_of

if TYPE_CHECKING:
    from openai import APIStatusError

    from core.llm.wire import Patience


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
    402: (CreditUsedUp, "The account at {host} has no balance left."),
    403: (AccessRefused, "{host} does not allow this with the key."),
    408: (ModelTimedOut, "{host} gave up waiting."),
    413: (RequestTooLong, "The request is too long for {host}."),
    429: (RateLimited, "{host} asks to wait: too many requests, or the quota is used up."),
}

_TOO_LONG = (RequestTooLong, "The request is too long for the model {model} at {host}.")
_WITHHELD = (AnswerWithheld, "The content filter of {host} stopped the request.")
_CODES: Mapping[str, tuple[type[ModelError], str]] = {
    "context_length_exceeded": _TOO_LONG,  # OpenAI and most who speak its language
    "exceed_context_size_error": _TOO_LONG,  # llama.cpp
    "content_filter": _WITHHELD,  # Azure
    "content_policy_violation": _WITHHELD,
    "data_inspection_failed": _WITHHELD,  # Model Studio
    "1301": _WITHHELD,  # Zhipu
    "insufficient_quota": _STATUS[402],
    "billing_hard_limit_reached": _STATUS[402],
    "exceeded_current_quota_error": _STATUS[402],  # Moonshot
    "1113": _STATUS[402],  # Zhipu
}
"""Codes by which providers say more than by the status, which differs from one to the other."""


def worded_status(error: APIStatusError, endpoint: Endpoint, model: str) -> ModelError:
    """Return our error for a reply with an error's status."""
    status, name, reason = error.status_code, host(endpoint.base_url), said(error, endpoint.key)
    kind, sentence = by_code(error) or _STATUS.get(status) or _by_class(status, bool(model), _is_json(error))
    details = {"host": name, "model": model, "status": str(status), "reason": reason}
    if wait := error.response.headers.get("retry-after"):
        details["retry_after"] = wait[:40]
    message = sentence.format(host=name, model=model, status=status)
    return kind(f"{message} It says: {reason}" if reason else message, **details)


def by_code(error: Exception) -> tuple[type[ModelError], str] | None:
    """Return what the code or the type that a server gives says, None where it says nothing to us."""
    named = (getattr(error, "code", None), getattr(error, "type", None))
    return next((_CODES[str(name).lower()] for name in named if str(name).lower() in _CODES), None)


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
    if (error.status_code != 429 and error.status_code < 500) or by_code(error):
        return None
    wish: str = error.response.headers.get("retry-after", "")
    if wish.replace(".", "", 1).isdigit():
        return float(wish) if float(wish) <= patience.longest_delay else None
    return min(patience.first_delay * 2.0 ** (attempt - 1) * (1 + jitter), patience.longest_delay)


def refused_field(error: Exception) -> str | None:
    """Return the field of the request that a server names as wrong, empty where it names none.

    None where the status says that the form of the request is not at fault.
    """
    if getattr(error, "status_code", 0) not in (400, 422) or _says_more(error):
        return None
    field = getattr(error, "param", None)
    return field if isinstance(field, str) else ""


def _says_more(error: Exception) -> bool:
    """Whether a refusal has a code that no other form of the request would change."""
    return getattr(error, "code", None) == "invalid_api_key" or by_code(error) is not None


def refused_way(error: Exception) -> bool:
    """Whether a server does not know the address or the kind of request at all, and may know another."""
    return getattr(error, "status_code", 0) in (400, 404, 405, 422, 501)
