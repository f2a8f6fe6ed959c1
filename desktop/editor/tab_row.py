"""The row of notes that stand open: their order, which one is only passing, what was closed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

MOST_CLOSED = 20
"""Closed notes that can be brought back."""


class TabRow:
    """Notes by path, each at most once, in the person's order.

    A note that is only looked at is passing: the next one takes its place, until it is kept.
    """

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._closed: list[tuple[str, int]] = []
        self._current = ""
        self._passing = ""

    @property
    def paths(self) -> list[str]:
        """The notes, from the left."""
        return list(self._paths)

    @property
    def current(self) -> str:
        """The note in sight; empty where none is."""
        return self._current

    @property
    def passing(self) -> str:
        """The note that the next one will take the place of; empty where there is none."""
        return self._passing

    def restore(self, paths: Sequence[str]) -> None:
        """Hold these, all kept, and forget everything else."""
        self._paths = list(dict.fromkeys(paths))
        self._closed.clear()
        self._current = self._passing = ""

    def show(self, path: str) -> None:
        """Bring a note into sight: where it is, else in place of the passing one or behind the current."""
        if path and path not in self._paths:
            if self._passing:
                self._paths[self._paths.index(self._passing)] = path
            else:
                here = self._paths.index(self._current) + 1 if self._current else len(self._paths)
                self._paths.insert(here, path)
            self._passing = path
        self._current = path

    def keep(self, path: str) -> None:
        """Let a note stand where it is, at the end if it is not there; it is not passing any more."""
        if path not in self._paths:
            self._paths.append(path)
        if path == self._passing:
            self._passing = ""

    def close(self, path: str) -> str:
        """Take a note out and return the one to be in sight then: its neighbour if it was; may be empty."""
        if path not in self._paths:
            return self._current
        place = self._paths.index(path)
        self.forget(path)
        self._closed = [*self._closed, (path, place)][-MOST_CLOSED:]
        if self._current:
            return self._current
        return self._paths[min(place, len(self._paths) - 1)] if self._paths else ""

    def forget(self, path: str) -> None:
        """Take out a note that does not exist any more."""
        self._paths = [other for other in self._paths if other != path]
        self._closed = [(other, place) for other, place in self._closed if other != path]
        self._current = "" if self._current == path else self._current
        self._passing = "" if self._passing == path else self._passing

    def reopen(self) -> str:
        """Put the note that was closed last where it was and return it; empty where there is none."""
        while self._closed:
            path, place = self._closed.pop()
            if path not in self._paths:
                self._paths.insert(place, path)
                return path
        return ""

    def move(self, source: int, target: int) -> None:
        """Put the note at one place in another one; a note that is arranged is kept."""
        self.keep(self._paths[source])
        self._paths.insert(target, self._paths.pop(source))

    def rename(self, old: str, new: str) -> None:
        """Follow a note to its new path."""
        self._paths = [new if path == old else path for path in self._paths]
        self._closed = [(new if path == old else path, place) for path, place in self._closed]
        self._current = new if self._current == old else self._current
        self._passing = new if self._passing == old else self._passing

    def neighbour(self, step: int) -> str:
        """Return the note so many places to the right of the current one, round the ends; may be empty."""
        if not self._paths:
            return ""
        here = self._paths.index(self._current) if self._current else -min(step, 0) - 1
        return self._paths[(here + step) % len(self._paths)]


def titles(paths: Sequence[str]) -> list[str]:
    """Return what each note is called, with its folder where two have one name."""
    names = [PurePosixPath(path).stem for path in paths]
    count = Counter(names)
    return [
        f"{name} · {PurePosixPath(path).parent}" if count[name] > 1 and "/" in path else name
        for name, path in zip(names, paths, strict=True)
    ]
