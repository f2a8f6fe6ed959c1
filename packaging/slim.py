"""Take the debugging symbols out of shared libraries, where they can still be loaded afterwards.

Wheels are repaired with patchelf, and what it has moved does not always survive `strip`: a segment is no
longer aligned as its header says, and the loader refuses it. So each file is stripped aside, looked at, and
only then put in place.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_LOAD = 1
_PAGE = 4096


def slim(folder: Path) -> int:
    """Strip every shared library below the folder that stands it; return how many bytes were saved."""
    libraries = [file for file in folder.rglob("*.so*") if file.is_file() and not file.is_symlink()]
    with tempfile.TemporaryDirectory() as aside:
        return sum(_slim_one(file, Path(aside) / "stripped") for file in libraries)


def is_loadable(data: bytes) -> bool:
    """Whether the loader would map every segment of a 64-bit ELF file: offset and address agree by page."""
    if len(data) < _HEADER.size or data[:5] != b"\x7fELF\x02":
        return False
    header = _HEADER.unpack_from(data)
    start, size, count = header[5], header[9], header[10]
    if size != _SEGMENT.size or start + size * count > len(data):
        return False
    segments = (_SEGMENT.unpack_from(data, start + size * number) for number in range(count))
    return all(
        (offset - address) % max(align, _PAGE) == 0
        for kind, _flags, offset, address, _physical, _in_file, _in_memory, align in segments
        if kind == _LOAD
    )


def _slim_one(file: Path, stripped: Path) -> int:
    command = ["strip", "--strip-unneeded", "-o", str(stripped), str(file)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return 0  # no object file, or one that strip does not know
    saved = file.stat().st_size - stripped.stat().st_size
    if saved <= 0 or not is_loadable(stripped.read_bytes()):
        return 0
    mode = file.stat().st_mode
    shutil.copyfile(stripped, file)
    os.chmod(file, mode)  # noqa: PTH101 -- one call either way
    return saved
