"""Where Pilotfish's own files live; nothing of ours lies in the vault.

Every folder can be moved under one base folder (`--base-dir`). The prepared embedding model is part of
the installation, not of a person's files: it lies beside the interpreter where that may be written, so that
every base folder shares it, else in the cache.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

APP = "pilotfish"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one person's Pilotfish; none of them need exist."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @property
    def settings_file(self) -> Path:
        """The settings, TOML."""
        return self.config / "config.toml"

    @property
    def log_file(self) -> Path:
        """The log of window and engine; no note text, no key."""
        return self.state / "pilotfish.log"

    @property
    def recovery(self) -> Path:
        """Unsaved text of open notes, for the start after a crash."""
        return self.state / "recovery"

    @property
    def ghost_history(self) -> Path:
        """How often which kind of ghost text is taken; counts, no text."""
        return self.state / "ghost.json"

    @property
    def backups(self) -> Path:
        """Notes as they were before an applied change."""
        return self.data / "backups"

    def index_of(self, vault: Path) -> Path:
        """The folder that holds all indexes of one vault."""
        return self.data / "index" / _folder_name(vault)

    def documents_of(self, vault: Path) -> Path:
        """The folder that holds the text of the documents imported beside one vault."""
        return self.data / "documents" / _folder_name(vault)


def _folder_name(vault: Path) -> str:
    """What the folders that belong to a vault are called."""
    resolved = vault.resolve()
    import hashlib  # OpenSSL: 3 ms, which the start of the window does not need

    digest = hashlib.blake2b(str(resolved).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    name = resolved.name[:40].encode("utf-8", "replace").decode().replace("?", "_")  # LanceDB takes no other
    return f"{name}-{digest}"


def places(base_dir: Path | None = None) -> Places:
    """Return the folders below `base_dir`, else those that the platform names for this user."""
    if base_dir is not None:
        base = base_dir.expanduser().absolute()
        return Places(base / "config", base / "data", base / "state", base / "cache")
    named = platformdirs.PlatformDirs(APP, appauthor=False, roaming=False)
    return Places(named.user_config_path, named.user_data_path, named.user_state_path, named.user_cache_path)


def models_dir(where: Places) -> Path:
    """Return the folder of prepared embedding models: with the installation, else in the cache."""
    shared = Path(sys.prefix) / "share" / APP / "models"
    if getattr(sys, "frozen", False):
        return shared  # a packaged program brings the prepared model along, and may not write there
    try:
        shared.mkdir(parents=True, exist_ok=True)
    except OSError:
        return where.cache / "models"
    return shared if os.access(shared, os.W_OK) else where.cache / "models"


@cache
def resources_dir() -> Path:
    """Return the folder of read-only data that ships with the program."""
    return Path(__file__).resolve().parent.parent / "resources"
