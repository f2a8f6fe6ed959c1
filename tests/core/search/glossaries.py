"""The real glossary of this installation, for tests of what uses it."""

from __future__ import annotations

from pathlib import Path

from core import paths
from core.search.glossary import building


def real_file(base: Path) -> Path:
    """Return the glossary's file, made once for this installation."""
    return building.build(paths.models_dir(paths.places(base)))
