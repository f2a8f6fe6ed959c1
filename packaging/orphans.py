"""Leave out of a packaged program the shared libraries that nothing in it links to, and the system's own.

PyInstaller brings the libraries of everything it finds, among it Qt's GTK theme, which does not come along in
the end while what it links to would stay. And some libraries have to be those of the machine they run on.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

SYSTEMS_OWN = (
    "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1", "libexpat.so.1", "libX11.so.6", "libX11-xcb.so.1",
    "libxcb.so.1", "libfontconfig.so.1", "libfreetype.so.6",
)  # fmt: skip
"""Libraries that have to fit the machine's graphics drivers, X server and fonts, and that every desktop has:
from AppImage's list of those never to bring along (AppImageCommunity/pkg2appimage, `excludelist`)."""

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def drop_orphans(folder: Path) -> int:
    """Remove what nobody wants from the top of PyInstaller's folder of contents; return the bytes saved.

    Below the top lie the packages' own libraries and Qt's plugins, which are loaded by name.
    """
    saved = sum(_remove(folder / name) for name in SYSTEMS_OWN)
    wanted_by = {file: needed(file) for file in _shared_objects(folder)}
    while orphans := _orphans(folder, wanted_by):
        for orphan in orphans:
            del wanted_by[orphan]
            saved += _remove(orphan)
    return saved


def needed(file: Path) -> set[str]:
    """Return the names of the libraries that an ELF file links to; nothing for any other file."""
    done = subprocess.run(["readelf", "-dW", str(file)], capture_output=True, text=True, check=False)
    return set(_NEEDED.findall(done.stdout))


def _shared_objects(folder: Path) -> list[Path]:
    for link in folder.glob("*.so*"):
        if not link.exists():  # to a library that was left out
            link.unlink()
    inside = [file for file in folder.rglob("*.so*") if file.is_file()]
    return [*inside, *(file for file in folder.parent.iterdir() if file.is_file())]


def _orphans(folder: Path, wanted_by: dict[Path, set[str]]) -> list[Path]:
    wanted = set().union(*wanted_by.values())
    return [
        file
        for file in wanted_by
        # The program itself opens libpython by name.
        if file.parent == folder and file.name.startswith("lib") and file.name not in wanted
        and not file.name.startswith("libpython")
    ]  # fmt: skip


def _remove(file: Path) -> int:
    if not file.is_file():
        return 0
    size = file.lstat().st_size
    file.unlink()
    return size
