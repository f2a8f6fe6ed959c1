"""Recordings on their way to a model that hears: only with the person's consent, and counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.documents.opening import read_file
from core.documents.process import Reading
from core.documents.recordings import as_reading
from core.engine.assist_model import HearingModel
from core.errors import NotAgreed
from core.llm.chat import LOCAL
from core.llm.providers import Models
from core.llm.transcription import Transcriber
from core.session.hearing import MeteredTranscriber
from core.session.metering import Meter

if TYPE_CHECKING:
    from core.engine.process import Methods


class Recordings:
    """Turns recordings into documents; belongs to one event loop."""

    def __init__(self, models: Callable[[], Awaitable[Models]], meter: Meter) -> None:
        self._models = models
        self._meter = meter

    def methods(self) -> Methods:
        """What may be called from the other side of the pipe."""
        return {"hearing_model": self.hearing_model, "transcribe": self.transcribe}

    async def hearing_model(self) -> HearingModel | None:
        """Return who would hear recordings, None where nobody is set up to; nothing is sent."""
        found = await (await self._models()).transcriber()
        return HearingModel(found.model, found.provider, found.place) if found is not None else None

    async def transcribe(self, path: str, agreed: str) -> AsyncGenerator[Reading | None, None]:
        """Yield the document that a recording becomes; None where nobody is set up to hear it.

        Args:
            path: absolute.
            agreed: the host that the person agreed to; a model on this machine needs no consent.

        Raises:
            NotAgreed: it would go to another host.
            DocumentError: the file cannot be read.
            ModelError: it could not be transcribed.
        """
        found = await (await self._models()).transcriber()
        yield await self._heard(Path(path), found, agreed) if found is not None else None

    async def _heard(self, file: Path, model: Transcriber, agreed: str) -> Reading:
        if model.place not in (LOCAL, agreed):
            raise NotAgreed(f"Nobody has agreed to send recordings to {model.place}.", host=model.place)
        data = await asyncio.to_thread(read_file, str(file))
        heard = await MeteredTranscriber(model, self._meter).transcribe(file.name, data)
        pieces = [(piece.start_s, piece.text) for piece in heard.pieces]
        return await asyncio.to_thread(as_reading, data, pieces)
