"""Words from recordings, by any OpenAI-compatible `/audio/transcriptions` endpoint."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from core.errors import AnswerMalformed, ModelError, RecordingTooLarge
from core.llm.chat import LOCAL, NamedModel, Usage
from core.llm.endpoint import AtEndpoint, Endpoint, check, host
from core.llm.refusals import refused_field, wait_before_retry
from core.llm.wire import (
    UNREADABLE,
    Patience,
    client_errors,
    connect,
    worded,
)

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

MIB = 1024 * 1024
MOST_BYTES = 25 * MIB
"""Of one recording elsewhere (OpenAI's guide to speech); a server on this machine takes more."""
PATIENCE = Patience(read=600.0, headers=1800.0)
"""An hour of speech takes some minutes, during which nothing is heard of the server."""
_TIMED: Final = "verbose_json"
_PLAIN: Final = "json"
"""Forms of the answer: with the time of each piece, and the words alone."""
_PLAIN_ONLY = ("gpt-4o",)
"""Models that tell no times; others that do not are found out by their refusal."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and the second at which they begin."""

    start_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said in a recording."""

    pieces: tuple[Piece, ...]
    """One that begins at 0 where the model tells no times; none where nothing was said."""
    seconds: float = 0.0
    """Length of the recording; 0 where the server does not say."""
    usage: Usage | None = None
    """Tokens, of models that are paid by those."""


class Transcriber(NamedModel, Protocol):
    """A model that hears."""

    async def transcribe(self, name: str, data: bytes) -> Transcript:
        """Return what is said in a recording; `name` tells its format by the suffix.

        Cancelling closes the connection.

        Raises:
            ModelError: as `ChatModel.stream`; `RecordingTooLarge` before anything is sent.
        """


class OpenAITranscription(AtEndpoint):
    """One transcription model at one endpoint; used from one event loop."""

    def __init__(
        self, endpoint: Endpoint, model: str, *, patience: Patience = PATIENCE, offline: bool = False
    ) -> None:
        super().__init__(endpoint, model)
        self._patience = patience
        self._offline = offline
        self._form: Literal["verbose_json", "json"] = _PLAIN if model.startswith(_PLAIN_ONLY) else _TIMED
        self._client: AsyncOpenAI | None = None

    async def transcribe(self, name: str, data: bytes) -> Transcript:
        """Return what is said in a recording; see `Transcriber`."""
        check(self._endpoint, offline=self._offline)
        if self.place != LOCAL and len(data) > MOST_BYTES:
            most = str(MOST_BYTES // MIB)
            raise RecordingTooLarge(f"The recording is larger than {most} MiB.", most=most, host=self.place)
        if self._client is None:
            self._client = await connect(self._endpoint, self._patience)
        problem: ModelError
        try:
            return _read(
                await asyncio.wait_for(self._asked(self._client, name, data), self._patience.headers)
            )
        except client_errors() as error:
            problem = worded(error, self._endpoint, self._model)
        except UNREADABLE:
            problem = AnswerMalformed(f"What {host(self._endpoint.base_url)} sent is no transcript.")
        # Out here it is not chained to the client's error, which may quote the key.
        raise problem

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def _asked(self, client: AsyncOpenAI, name: str, data: bytes) -> Mapping[str, Any]:
        """Send it until it is taken: after a pause on 429 and 5xx, in a plainer form where it was refused."""
        attempt = 1
        while True:
            try:
                return await self._ask(client, name, data)
            except client_errors() as error:
                if self._form == _TIMED and refused_field(error) is not None:
                    self._form = _PLAIN
                    continue
                pause = wait_before_retry(error, attempt, self._patience, random.random())
                if pause is None:
                    raise
            attempt += 1
            log.info("transcription: asking again in %.1f s", pause)
            await asyncio.sleep(pause)

    async def _ask(self, client: AsyncOpenAI, name: str, data: bytes) -> Mapping[str, Any]:
        """Return the server's JSON; the client would fill what is missing with nothing."""
        raw = await client.audio.transcriptions.with_raw_response.create(
            file=(name, data),
            model=self._model,
            response_format=self._form,
        )
        answer = raw.http_response.json()
        if not isinstance(answer, dict):
            raise TypeError("no object")
        return answer


def _read(answer: Mapping[str, Any]) -> Transcript:
    """Take a transcript apart; raises one of `UNREADABLE` where it is none."""
    seconds, usage = answer.get("duration"), answer.get("usage")
    if isinstance(usage, Mapping) and usage.get("type") == "duration":
        seconds = seconds or usage.get("seconds")
    return Transcript(_pieces(answer), float(seconds or 0.0), _usage(usage))


def _pieces(answer: Mapping[str, Any]) -> tuple[Piece, ...]:
    segments = answer.get("segments")
    if isinstance(segments, list) and segments:
        timed = (Piece(max(float(piece["start"]), 0.0), str(piece["text"]).strip()) for piece in segments)
        return tuple(piece for piece in timed if piece.text)
    text = answer["text"]
    if not isinstance(text, str):
        raise TypeError("no words")
    return (Piece(0.0, text.strip()),) if text.strip() else ()


def _usage(usage: Any) -> Usage | None:
    if not isinstance(usage, Mapping) or "output_tokens" not in usage:
        return None
    return Usage(int(usage.get("input_tokens", 0)), int(usage["output_tokens"]))
