"""One look for ghost text through all sources, in order: what was said before, the vault, the model."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from core.complete.model import CompletionRequest, Offer, Suggestion
from core.complete.model_source import ModelSource
from core.complete.place import place_of
from core.complete.vault_source import VaultSource


class Completer:
    """Offers what the sources have, as soon as they have it; used from one event loop."""

    def __init__(self, vault: VaultSource, model: ModelSource | None, *, in_code: bool = False) -> None:
        """`model` is None where the person wants none; `in_code` allows the vault's words in code fences."""
        self._vault = vault
        self._model = model
        self._in_code = in_code

    async def complete(self, request: CompletionRequest) -> AsyncGenerator[Offer, None]:
        """Yield offers for one request, each replacing the one before; nothing where nothing is worth it.

        The vault is asked here and now: that takes a millisecond or two, less than handing it to a thread.
        """
        place = place_of(request.before, request.after, region=request.region)
        if not request.asked and not place.may_show(in_code=self._in_code):
            return
        cached = self._model.cached(request) if self._model else None
        known = _distinct([*([cached] if cached else []), *self._vault.suggest(request, place)])
        if known:
            yield _offer(request, known)
        if self._model is None or (cached is not None and not request.asked):
            return
        shown = known
        async with aclosing(self._model.suggest(request, place)) as suggestions:
            async for suggestion in suggestions:
                shown = _with(known, suggestion)
                yield _offer(request, shown)
        missing = request.candidates - len(shown)
        if not request.asked or missing <= 0:
            return
        async with aclosing(self._model.more(request, place, missing)) as others:
            async for suggestion in others:
                shown = _distinct([*shown, suggestion])
                yield _offer(request, shown)


def _with(known: list[Suggestion], new: Suggestion) -> list[Suggestion]:
    """Put a model's words behind what is on the screen already, unless they only say more of the same."""
    if known and new.text.startswith(known[0].text):
        return _distinct([new, *known[1:]])
    return _distinct([*known[:1], new, *known[1:]])


def _distinct(suggestions: list[Suggestion]) -> list[Suggestion]:
    return list({suggestion.text: suggestion for suggestion in reversed(suggestions)}.values())[::-1]


def _offer(request: CompletionRequest, suggestions: list[Suggestion]) -> Offer:
    return Offer(request.revision, tuple(suggestions[: max(request.candidates, 1)]))
