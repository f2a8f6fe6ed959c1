"""What the files of the rows held when they were last in order.

LanceDB never changes a file that it has written, and notices no damage that leaves a file readable: vectors
that a disk has filled with zeros are as good to it as any.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from core.files import write_atomically

MUTABLE = ".json"
"""The one file that changes is a hint at the newest version, which LanceDB can do without."""
NO_VERSION = -1
_AT_ONCE = 2**20


class Seal:
    """Checksums of all files below a folder, kept in a file beside it."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._folder = folder
        self._file = file

    def put(self, version: int) -> None:
        """Remember all files as they are, at this version of the table; what was known is not read again."""
        _, known = self._read()
        sums = {name: known[name] if name in known else self._sum(name) for name in self._names()}
        self._write(version, sums)

    def lift(self) -> None:
        """Let files be deleted from here on; those that are left must still not change."""
        _, known = self._read()
        self._write(NO_VERSION, known)

    def is_broken(self, version: int) -> bool:
        """Whether a file has changed or, if nothing was written since, has gone."""
        sealed, known = self._read()
        left = known.keys() & self._names()
        has_gone = sealed == version and len(left) < len(known)
        return has_gone or any(self._sum(name) != known[name] for name in left)

    def _names(self) -> set[str]:
        files = (file for file in self._folder.rglob("*") if file.suffix != MUTABLE and file.is_file())
        return {file.relative_to(self._folder).as_posix() for file in files}

    def _sum(self, name: str) -> int:
        total = 0
        with (self._folder / name).open("rb") as file:
            while part := file.read(_AT_ONCE):
                total = zlib.crc32(part, total)
        return total

    def _read(self) -> tuple[int, dict[str, int]]:
        """The version and the checksums by name; none where they cannot be read."""
        try:
            kept = json.loads(self._file.read_bytes())
            return int(kept["version"]), dict(kept["sums"])
        except (OSError, ValueError, TypeError, KeyError):
            return NO_VERSION, {}

    def _write(self, version: int, sums: dict[str, int]) -> None:
        write_atomically(self._file, json.dumps({"version": version, "sums": sums}).encode())
