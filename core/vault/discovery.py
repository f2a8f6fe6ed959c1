"""Vaults that other programs know: Obsidian's list, Logseq's graphs, and folders that look like one.

Blocking and bounded: a few folders of the home, two levels deep, never through links.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

OBSIDIAN, LOGSEQ = "Obsidian", "Logseq"
_LIKELY = (
    "",
    "Documents",
    "Notes",
    "Obsidian",
    "logseq",
    "Dropbox",
    "OneDrive",
    "Nextcloud",
    "文档",
    "文稿",
    "笔记",
)
_DEPTH = 2
_MOST_FOLDERS = 400
"""Looked into in all; a home may hold thousands."""


@dataclass(frozen=True, slots=True)
class FoundVault:
    """A folder and the program whose traces it bears."""

    path: Path
    program: str


def find_vaults(home: Path, environment: Mapping[str, str] | None = None) -> list[FoundVault]:
    """Return the vaults found, each once: first those that the programs list themselves."""
    listed = [*_of_obsidian(home, os.environ if environment is None else environment), *_of_logseq(home)]
    found: dict[Path, FoundVault] = {}
    for vault in (*listed, *_in_likely_places(home)):
        if vault.path.is_dir():
            found.setdefault(vault.path.resolve(), vault)
    return list(found.values())


def program_of(folder: Path) -> str:
    """Return whose vault a folder is by what lies in it; empty where it bears no traces."""
    if (folder / "logseq" / "config.edn").is_file():
        return LOGSEQ
    return OBSIDIAN if (folder / ".obsidian").is_dir() else ""


def _of_obsidian(home: Path, environment: Mapping[str, str]) -> Iterator[FoundVault]:
    """Read the list in Obsidian's own settings: `vaults` maps an id to `path` and `ts`, the last use."""
    for file in _obsidian_settings(home, environment):
        try:
            vaults = json.loads(file.read_text(encoding="utf-8"))["vaults"].values()
            entries = sorted(vaults, key=lambda vault: -int(vault.get("ts", 0)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        for entry in entries:
            if isinstance(path := entry.get("path"), str):
                yield FoundVault(Path(path), OBSIDIAN)


def _obsidian_settings(home: Path, environment: Mapping[str, str]) -> list[Path]:
    if sys.platform == "darwin":
        return [home / "Library/Application Support/obsidian/obsidian.json"]
    if sys.platform == "win32":
        return [Path(environment.get("APPDATA", home)) / "obsidian" / "obsidian.json"]
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    sandboxes = (".var/app/md.obsidian.Obsidian/config", "snap/obsidian/current/.config")
    return [folder / "obsidian" / "obsidian.json" for folder in (config, *(home / s for s in sandboxes))]


def _of_logseq(home: Path) -> Iterator[FoundVault]:
    """Read the names of Logseq's caches: each is its graph's path, with `++` for the slashes."""
    for file in sorted((home / ".logseq" / "graphs").glob("logseq_local_*.transit")):
        name = file.name.removeprefix("logseq_local_").removesuffix(".transit")
        yield FoundVault(Path(name.replace("++", "/")), LOGSEQ)


def _in_likely_places(home: Path) -> Iterator[FoundVault]:
    looked = 0
    waiting = [(home / name, 0) for name in _LIKELY]
    while waiting and looked < _MOST_FOLDERS:
        folder, depth = waiting.pop(0)
        looked += 1
        if program := program_of(folder):
            yield FoundVault(folder, program)
        elif depth < _DEPTH:
            waiting += [(child, depth + 1) for child in _folders_in(folder)]


def _folders_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [
                e.name for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")
            ]
    except OSError:
        return []
    return [folder / name for name in sorted(names)]
