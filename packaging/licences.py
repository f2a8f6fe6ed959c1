"""The licences of what a package holds: *About* names it all, and each wheel's own texts go along."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.metadata import Distribution, PackagePath, distributions

Entry = tuple[str, str, str]
"""As PyInstaller keeps files: where it goes, where it lies, and of what kind it is."""

_TELLING = ("metadata", "licen", "copying", "notice", "authors")
"""What the names of such files have in them, in small letters."""


def entries_for(entries: Iterable[Entry], installed: Iterable[Distribution] | None = None) -> list[Entry]:
    """Return what is to be added for every distribution that a file of `entries` comes from."""
    held = list(entries)
    there = {place for place, _, _ in held}
    sources = {os.path.normpath(source) for _, source, _ in held if source}
    found: dict[str, Entry] = {}
    for distribution in distributions() if installed is None else installed:
        files = distribution.files or []
        if any(_located(distribution, file) in sources for file in files if not _is_about(file)):
            telling = (file for file in files if _is_about(file) and _tells(file))
            found |= {str(file): (str(file), _located(distribution, file), "DATA") for file in telling}
    return [entry for place, entry in sorted(found.items()) if place not in there]


def _located(distribution: Distribution, file: PackagePath) -> str:
    return os.path.normpath(str(distribution.locate_file(file)))


def _is_about(file: PackagePath) -> bool:
    """Whether it is a file about the distribution, not one of its own."""
    return file.parts[0].endswith(".dist-info")


def _tells(file: PackagePath) -> bool:
    below = "/".join(file.parts[1:]).lower()  # a folder of licences has files of any name
    return any(word in below for word in _TELLING)
