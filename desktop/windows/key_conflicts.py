"""Which of the program's keys mean two things; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence

from desktop.widgets.enter_keys import as_one
from desktop.widgets.key_places import KeyPlace


def in_one_place(_name: str) -> KeyPlace:
    """Say of every key that it is heard in the whole window."""
    return KeyPlace.WINDOW


def conflicts(
    wanted: Mapping[str, str],
    fixed: Mapping[str, str],
    place_of: Callable[[str], KeyPlace] = in_one_place,
) -> dict[str, list[str]]:
    """Return for each name of `wanted` with whom it shares its key; names without a rival are left out.

    Args:
        wanted: name -> key as Qt writes it; an empty key is none.
        fixed: the same of actions whose keys cannot be changed here; several as `QKeySequence.listToString`
            writes them.
        place_of: where the key of a name is heard; what is never heard together is no rival.
    """
    users: dict[str, list[str]] = defaultdict(list)
    several = ((name, one.toString()) for name, keys in fixed.items() for one in _each(keys))
    for name, keys in (*wanted.items(), *several):
        if written := normal(keys):
            users[written].append(name)

    def rivals(name: str, keys: str) -> list[str]:
        here = place_of(name)
        return [other for other in users[normal(keys)] if other != name and here.meets(place_of(other))]

    shared = {name: rivals(name, keys) for name, keys in wanted.items()}
    return {name: others for name, others in shared.items() if others}


def normal(keys: str) -> str:
    """Return a key in the one form in which it is compared; empty where it is none."""
    return as_one(QKeySequence.fromString(keys))


def _each(keys: str) -> list[QKeySequence]:
    return QKeySequence.listFromString(keys, QKeySequence.SequenceFormat.PortableText)
