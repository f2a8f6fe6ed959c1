"""The one way to find a file that ships with the program."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from core.paths import resources_dir


def resource(name: str) -> Path:
    """Return the path of `name` below `resources/`; it need not exist.

    Raises:
        ValueError: the name is absolute or climbs out of the folder.
    """
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        raise ValueError(f"not a name of a resource: {name!r}")
    return resources_dir().joinpath(*pure.parts)
