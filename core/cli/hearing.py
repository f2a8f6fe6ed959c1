"""Recordings from the command line: heard by the provider's model where the person says so."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path

from core.cli.context import Context
from core.cli.models import meter_of
from core.concurrency import CancelToken
from core.documents.formats.sound import model_folder
from core.documents.process import Reading, read
from core.documents.recordings import is_recording
from core.engine.recordings import Recordings
from core.errors import NotAgreed
from core.llm.chat import LOCAL
from core.llm.keys import Keys, system_keyring
from core.llm.providers import Models

Read = Callable[..., Reading]


@contextmanager
def reader(context: Context, *, agreed: bool) -> Iterator[Read]:
    """Give what reads documents; with `agreed` recordings go to the provider's model, wherever it runs.

    Without it they are heard on this machine or not at all.
    """
    with asyncio.Runner() as runner, meter_of(context) as meter:
        models = Models(context.settings, Keys(system_keyring()), os.environ)

        async def get() -> Models:
            return models

        recordings = Recordings(get, meter)

        def hear(file: Path, *, cancel: CancelToken | None = None) -> Reading:
            heard = runner.run(_heard(recordings, file, agreed=agreed)) if is_recording(file) else None
            return heard or read(file, cancel=cancel)

        try:
            yield hear
        finally:
            runner.run(models.close())


async def _heard(recordings: Recordings, file: Path, *, agreed: bool) -> Reading | None:
    """Return what the provider's model hears; None where the recording is to be read on this machine."""
    model = await recordings.hearing_model()
    if model is None:
        return None
    if not agreed and model.place != LOCAL:
        if model_folder():
            return None
        words = f"It would be transcribed at {model.place}: give --transcribe to agree to that."
        raise NotAgreed(words, host=model.place)
    async with aclosing(recordings.transcribe(str(file), model.place)) as readings:
        return await anext(readings)
