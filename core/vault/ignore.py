"""Which files of a vault are none of ours: rules in gitignore syntax, and copies that sync tools left.

Later rules win over earlier ones: ours, then `.pilotfishignore` in the vault, then the settings; so
`!.github/` brings back what our own rules leave out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from pathspec import GitIgnoreSpec

IGNORE_FILE = ".pilotfishignore"

DEFAULT_PATTERNS = (
    ".*",  # .git, .obsidian, .trash, .logseq, .stversions, .Trash-1000, editors' lock and swap files
    "**/logseq/bak/",
    "**/logseq/version-files/",
    "node_modules/",
    "__pycache__/",
    "@eaDir/",
    "$RECYCLE.BIN/",
    "4913",  # vim makes and deletes it to learn whether it may write here
    "*~",
    "~$*",
    "~syncthing~*",
    "*.tmp",
    "*.part",
    "*.crdownload",
)

_CONFLICT = re.compile(
    r"""\.sync-conflict-\d{8}-\d{6}       # Syncthing
      | _conflict-\d                       # Seafile, ownCloud and Nextcloud
      | [(（][^()（）]*(conflicted[ ]copy|conflict[ ]copy|冲突副本|衝突複本|冲突文件)[^()（）]*[)）]
      | [ ]conflicted[ ]copy[ ]            # Obsidian Sync: name (Conflicted copy device 202611220015)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_conflict_copy(name: str) -> bool:
    """Tell whether a sync tool left the file beside the real one, judged by its name."""
    return _CONFLICT.search(name) is not None


class Ignore:
    """Decides by path alone; a folder that is skipped takes everything below along."""

    def __init__(self, patterns: Iterable[str] = (), *, reload: Callable[[], Ignore] | None = None) -> None:
        self._spec = GitIgnoreSpec.from_lines([*DEFAULT_PATTERNS, *patterns])
        self._reload = reload

    def reloaded(self) -> Ignore:
        """Return the same rules, read again from where they came."""
        return self._reload() if self._reload is not None else self

    def skips(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether the path, relative to the vault, is skipped by its own name or rule."""
        return bool(self._spec.match_file(path + "/" if is_folder else path))

    def skips_anywhere(self, path: str, *, is_folder: bool = False) -> bool:
        """Tell whether the path or a folder above it is skipped."""
        folders = path.split("/")[:-1]
        above = ("/".join(folders[: depth + 1]) for depth in range(len(folders)))
        return any(self.skips(folder, is_folder=True) for folder in above) or self.skips(
            path, is_folder=is_folder
        )


def load_ignore(vault: Path, patterns: Iterable[str] = ()) -> Ignore:
    """Return our rules, those of the vault's `.pilotfishignore`, and `patterns` of the settings.

    A rule that is no valid pattern is passed over: a typing mistake must not hide or show a whole vault.
    """
    patterns = tuple(patterns)
    try:
        own = (vault / IGNORE_FILE).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        own = []
    valid = [line for line in [*own, *patterns] if _is_valid(line)]
    return Ignore(valid, reload=lambda: load_ignore(vault, patterns))


def _is_valid(pattern: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return False
    return True
