"""Which of the program's keys mean two things; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtGui import QKeySequence


def conflicts(wanted: Mapping[str, str], fixed: Mapping[str, str]) -> dict[str, list[str]]:
    """Return for each name of `wanted` with whom it shares its key; names without a rival are left out.

    Args:
        wanted: name -> key as Qt writes it; an empty key is none.
        fixed: the same of actions whose keys cannot be changed here; several as `QKeySequence.listToString`
            writes them.
    """
    users: dict[str, list[str]] = defaultdict(list)
    several = ((name, one.toString()) for name, keys in fixed.items() for one in _each(keys))
    for name, keys in (*wanted.items(), *several):
        if written := normal(keys):
            users[written].append(name)
    shared = {
        name: [other for other in users[normal(keys)] if other != name] for name, keys in wanted.items()
    }
    return {name: others for name, others in shared.items() if others}


def normal(keys: str) -> str:
    """Return a key in the one form in which it is compared; empty where it is none."""
    return QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _each(keys: str) -> list[QKeySequence]:
    return QKeySequence.listFromString(keys, QKeySequence.SequenceFormat.PortableText)
