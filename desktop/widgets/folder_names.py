"""Names for folders, or notes, in a list: short ones that can still be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath


def folder_names(paths: Sequence[str]) -> list[str]:
    """Return the name of each path; where two have one, with the folder it lies in, else the whole path."""
    names = list(paths)
    for call in (_with_parent, _name):
        wanted = [call(path) for path in paths]
        often = Counter(wanted)
        names = [one if often[one] == 1 else name for one, name in zip(wanted, names, strict=True)]
    return names


def _name(path: str) -> str:
    """The root of a disk has nothing but its path."""
    return PurePath(path).name or path


def _with_parent(path: str) -> str:
    return f"{_name(path)} ({_name(str(PurePath(path).parent))})"
