"""Where in the vault the text before the caret has stood before: segments, kept current note by note.

A changed note goes into a small segment of its own at once; small segments are joined now and then. Safe
from any thread: readers see one tuple of segments, which writers replace.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from core.complete.segment import DEPTH, END, Segment

MOST_CHARACTERS = 24_000_000
"""Notes beyond that are left out: some 140 MiB, 8 000 notes of 3 000 characters."""
LONGEST_NOTE = 200_000
"""Only so much of a note is read: what is longer is data more often than writing."""
SEGMENT = 500_000
"""Characters to a segment: half a second of sorting, and few enough segments to ask them all."""
_SMALL_SEGMENTS = 8
_FEWEST_TO_SCAN = 240
"""Places of the note itself and of outdated versions are stepped over, but not for ever."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A place whose context agrees with the caret's."""

    agreed: int
    """Characters of context that agree, at most `DEPTH`."""
    note: str
    """The note it stands in; empty for the caret's own note."""
    text: str
    """What follows there."""
    ahead: str = ""
    """The character in front of what agrees; empty where the note begins."""


class Phrases:
    """The text of the vault's notes by context."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most_characters
        self._lock = threading.Lock()
        self._segments: tuple[Segment, ...] = ()
        self._home: dict[str, Segment] = {}
        """The segment that holds the newest text of a note."""
        self._lengths: dict[str, int] = {}

    @property
    def characters(self) -> int:
        """How many characters are held, outdated ones too."""
        return sum(map(len, self._segments))

    @property
    def notes(self) -> int:
        """How many notes are held."""
        return len(self._home)

    def replace(self, notes: Iterable[tuple[str, str]]) -> None:
        """Take in notes that are new or changed, given as name and text, as long as there is room."""
        batch: list[tuple[str, str]] = []
        size = 0
        for name, text in notes:
            batch.append((name, text[:LONGEST_NOTE]))
            size += len(batch[-1][1])
            if size >= SEGMENT:
                self._add(batch)
                batch, size = [], 0
        self._add(batch)

    def remove(self, names: Iterable[str]) -> None:
        """Forget notes."""
        with self._lock:
            for name in names:
                self._home.pop(name, None)
                self._lengths.pop(name, None)

    def echoes(self, before: str, *, own: str, limit: int) -> list[Echo]:
        """Return the places whose context agrees longest with the end of `before`, best first.

        Args:
            own: the note that is being written, whose saved text is no evidence.
        """
        context = before[-DEPTH:][::-1].partition(END)[0]
        walks = [_walk(number, segment, context) for number, segment in enumerate(self._segments)]
        found: list[Echo] = []
        for _, segment, agreed, place in islice(_merge(walks), limit + _FEWEST_TO_SCAN):
            name = segment.name_at(place)
            if name != own and self._home.get(name) is segment:
                found.append(Echo(agreed, name, segment.continuation(place), segment.ahead(place, agreed)))
                if len(found) == limit:
                    break
        return found

    def _add(self, batch: Sequence[tuple[str, str]]) -> None:
        self.remove(name for name, _ in batch)  # what does not fit any more must not speak for its old text
        room = self._most - sum(self._lengths.values())
        kept = list(_fitting(batch, room))
        if not kept:
            return
        segment = Segment(kept)
        with self._lock:
            for name, text in kept:
                self._home[name] = segment
                self._lengths[name] = len(text) + 1
            self._segments = (*self._segments, segment)
        self._tidy()

    def _tidy(self) -> None:
        """Drop segments that hold nothing current, join small ones and those that are mostly outdated."""
        with self._lock:
            current = dict.fromkeys(self._segments, 0)
            for segment in self._home.values():
                current[segment] += 1
            self._segments = tuple(segment for segment in self._segments if current[segment])
            stale = [s for s in self._segments if current[s] < len(s.names) / 2]
            small = [s for s in self._segments if len(s) < SEGMENT / _SMALL_SEGMENTS]
        joined = set(stale) | (set(small) if len(small) > _SMALL_SEGMENTS else set())
        if joined:
            self._join(joined)

    def _join(self, segments: set[Segment]) -> None:
        notes = [note for s in segments for note in s.notes() if self._home.get(note[0]) is s]
        whole = Segment(notes)
        with self._lock:
            for name in whole.names:
                if self._home.get(name) in segments:  # else it was removed or changed meanwhile
                    self._home[name] = whole
            self._segments = (*(s for s in self._segments if s not in segments), whole)


_Step = tuple[int, Segment, int, int]


def _walk(number: int, segment: Segment, context: str) -> Iterator[tuple[int, int, _Step]]:
    for agreed, place in segment.nearest(context):
        yield -agreed, number, (number, segment, agreed, place)


def _merge(walks: Sequence[Iterator[tuple[int, int, _Step]]]) -> Iterator[_Step]:
    for _, _, step in heapq.merge(*walks, key=lambda item: item[:2]):
        yield step


def _fitting(batch: Sequence[tuple[str, str]], room: int) -> Iterator[tuple[str, str]]:
    for name, text in batch:
        room -= len(text) + 1
        if room < 0:
            return
        yield name, text
