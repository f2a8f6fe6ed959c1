"""How much room a folder takes, and which parts of it take most."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

MOST = 16


def size(place: Path) -> int:
    """Return the bytes of a file, or of all files below a folder; a link counts as itself."""
    files = place.rglob("*") if place.is_dir() and not place.is_symlink() else [place]
    return sum(file.lstat().st_size for file in files if file.is_symlink() or file.is_file())


def megabytes(place: Path) -> int:
    """Return the size in millions of bytes."""
    return round(size(place) / 1e6)


def parts(folder: Path) -> dict[str, int]:
    """Return the largest parts of PyInstaller's folder of contents in megabytes, largest first.

    A package counts with the libraries that its wheel brought beside it (`numpy.libs`).
    """
    sizes: Counter[str] = Counter()
    for part in folder.iterdir():
        sizes[part.name.removesuffix(".libs")] += size(part)
    return {name: round(taken / 1e6) for name, taken in sizes.most_common(MOST)}
