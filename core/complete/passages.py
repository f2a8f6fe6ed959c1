"""Passages of the vault for the caret's block, looked up while the person pauses and never waited for."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.complete.model import CompletionRequest
from core.errors import PilotfishError
from core.search.model import Passage, SearchQuery

log = logging.getLogger(__name__)

Search = Callable[[SearchQuery], Awaitable[list[Passage]]]

_BLOCKS = 32
_QUERY = 240
_LEAST_QUERY = 8
_WANTED = 4
_GROWN = 120
"""After so many characters more a block is looked up again; what was found before serves meanwhile."""


@dataclass(frozen=True, slots=True)
class _Found:
    passages: tuple[Passage, ...]
    length: int
    """Of the block when it was looked up."""


class Prefetch:
    """Keeps the passages of the last blocks; used from one event loop."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._found: OrderedDict[tuple[str, str], _Found] = OrderedDict()
        self._looking: asyncio.Task[None] | None = None

    def ready(self, request: CompletionRequest) -> tuple[Passage, ...]:
        """Return what is known for the caret's block, and begin to look it up where that is worth it."""
        start = request.before.rfind("\n\n") + 1
        length = len(request.before) - start
        found = self._found.get(_key(request, start))
        is_idle = self._looking is None or self._looking.done()
        if is_idle and (found is None or length > found.length + _GROWN):
            self._looking = asyncio.ensure_future(self._look(_key(request, start), length, request))
        return found.passages if found else ()

    def close(self) -> None:
        """Stop looking."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self, key: tuple[str, str], length: int, request: CompletionRequest) -> None:
        words = " ".join([request.title, *request.outline, request.before[-_QUERY:]]).strip()
        if len(words) < _LEAST_QUERY:
            return
        try:
            found = await self._search(SearchQuery(words, limit=_WANTED, rerank=False))
        except PilotfishError as error:
            log.info("no passages for ghost text: %s", error)
            return
        others = tuple(one for one in found if one.path != request.path and one.text.strip())
        self._found[key] = _Found(others, length)
        self._found.move_to_end(key)
        while len(self._found) > _BLOCKS:
            self._found.popitem(last=False)


def _key(request: CompletionRequest, start: int) -> tuple[str, str]:
    """Return the note and what stands above the caret's block, which stays while the block is written."""
    return request.path, "\0".join((*request.outline, request.before[max(start - 40, 0) : start]))
