"""The vault to try things out: a person's own copy of the one that ships with the program."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from core.paths import resources_dir

NAME = "Pilotfish Welcome"


def welcome_vault(home: Path) -> Path:
    """Return the copy in `home`; made once, never overwritten. Touches the disk."""
    vault = home / NAME
    if not vault.exists():
        unfinished = vault.with_name(f".{NAME}.{os.getpid()}")
        shutil.copytree(resources_dir() / "vault", unfinished)
        unfinished.rename(vault)
    return vault
