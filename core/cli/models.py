"""The models of the settings for the length of one command, and the record of what they cost."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from core.assist.model import ModelChosen
from core.cli.context import Context
from core.engine.assist_service import prices_of
from core.llm.keys import Keys, system_keyring
from core.llm.providers import Models
from core.session.archive import FILE_NAME, Archive
from core.session.metering import Meter
from core.session.traces import Traces


@asynccontextmanager
async def models_of(context: Context) -> AsyncIterator[Models]:
    """The models that the settings name, closed at the end."""
    models = Models(context.settings, Keys(system_keyring()), os.environ)
    try:
        yield models
    finally:
        await models.close()


@contextmanager
def meter_of(context: Context) -> Iterator[Meter]:
    """What writes calls down beside those of the window, under the same cap."""
    archive = Archive(context.places.data / FILE_NAME)
    cap_usd = context.settings.cost.monthly_cap_usd
    try:
        yield Meter(Traces(archive), prices_of(context.settings), cap_usd=cap_usd)
    finally:
        archive.close()


def who(chosen: ModelChosen) -> str:
    """Return in words who answers, and how far to trust that."""
    weak = " (demonstration model: its words may be wrong)" if chosen.demonstration else ""
    return f"{chosen.model} on {chosen.place}{weak}:"
