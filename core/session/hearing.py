"""Counts every call of a model that hears, as `core.session.metering` does those of a model that speaks."""

from __future__ import annotations

import time
import uuid

from core.errors import ModelError
from core.llm.chat import Usage
from core.llm.transcription import Transcriber, Transcript
from core.session.metering import CANCELLED, Meter, Metered
from core.session.model import Trace

OPERATION = "transcribe"


class MeteredTranscriber(Metered):
    """A model whose calls are counted; see `Transcriber`."""

    def __init__(self, inner: Transcriber, meter: Meter) -> None:
        super().__init__(inner)
        self._inner = inner
        self._meter = meter

    async def transcribe(self, name: str, data: bytes) -> Transcript:
        """Return what is said; the call is recorded however it ends.

        Raises:
            CapReached: the month's limit is used up; nothing was sent.
            ModelError: as the model's own `transcribe`.
        """
        await self._meter.allow(self._inner)
        started_at, started = time.time(), self._meter.now()
        heard, error_type = Transcript(()), CANCELLED
        try:
            heard = await self._inner.transcribe(name, data)
            error_type = ""
        except ModelError as error:
            error_type = type(error).__name__
            raise
        finally:
            await self._meter.keep(self._trace(heard, started_at, self._meter.now() - started, error_type))
        return heard

    def _trace(self, heard: Transcript, started_at: float, took: float, error_type: str) -> Trace:
        usage = heard.usage or Usage(estimated=True)
        return Trace(
            id=uuid.uuid4().hex,
            request_id="",
            started_at=started_at,
            operation=OPERATION,
            provider=self.provider,
            model=self.model,
            place=self.place,
            input_tokens=usage.prompt_tokens,
            output_tokens=usage.completion_tokens,
            estimated=usage.estimated,
            cost_usd=self._cost(heard, error_type),
            duration_s=took,
            error_type=error_type,
        )

    def _cost(self, heard: Transcript, error_type: str) -> float | None:
        """Return what it cost: by tokens where the server counts those, else by the minute."""
        if error_type:  # refused, or broken off before it was heard: nothing that we could work out
            return 0.0
        prices = self._meter.prices
        if heard.usage is not None:
            return prices.cost(self.model, self.place, heard.usage)
        return prices.minutes(self.model, self.place, heard.seconds)
