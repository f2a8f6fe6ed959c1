"""What a model said lately, found again by every text that its words were typed through to; LRU.

A sorted list of whole texts (what stood before, and what followed) serves as a trie: all texts that begin
with what stands before the caret are neighbours in it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict
from dataclasses import dataclass, replace

from core.complete.model import CompletionRequest, Source, Suggestion

_ENTRIES = 200
_CONTEXT = 60
"""Characters before the caret's paragraph that must be the same, beside all of the paragraph up to it."""
_AFTER = 40


@dataclass(frozen=True, slots=True)
class _Entry:
    begin: int
    """Where the suggestion begins in the whole text."""
    suggestion: Suggestion


class PrefixCache:
    """Suggestions by the text they continue."""

    def __init__(self, entries: int = _ENTRIES) -> None:
        self._most = entries
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._sorted: list[str] = []

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, request: CompletionRequest, suggestion: Suggestion) -> None:
        """Remember what continues the text of `request`; the one used longest ago makes room."""
        before = _key(request, request.before)
        whole = before + suggestion.text
        if whole not in self._entries:
            insort(self._sorted, whole)
        self._entries[whole] = _Entry(len(before), suggestion)
        self._entries.move_to_end(whole)
        while len(self._entries) > self._most:
            self._forget(next(iter(self._entries)))

    def find(self, request: CompletionRequest) -> Suggestion | None:
        """Return what is left of a remembered suggestion that leads on from the caret."""
        before = _key(request, request.before)
        for place in range(bisect_left(self._sorted, before), len(self._sorted)):
            whole = self._sorted[place]
            if not whole.startswith(before):
                break
            entry = self._entries[whole]
            if entry.begin <= len(before) < len(whole):
                self._entries.move_to_end(whole)
                return _rest(entry, len(before) - entry.begin)
        return None

    def _forget(self, whole: str) -> None:
        del self._entries[whole]
        del self._sorted[bisect_left(self._sorted, whole)]


def _key(request: CompletionRequest, before: str) -> str:
    """Return the note, what follows the caret, and the paragraph up to it with a little of what is above."""
    paragraph = before.rfind("\n\n") + 2 if "\n\n" in before else 0
    return "\0".join((request.path, request.after[:_AFTER], before[max(paragraph - _CONTEXT, 0) :]))


def _rest(entry: _Entry, typed: int) -> Suggestion:
    ends = tuple(end - typed for end in entry.suggestion.words if end > typed)
    text = entry.suggestion.text[typed:]
    return replace(entry.suggestion, text=text, words=ends, source=Source.CACHE)
