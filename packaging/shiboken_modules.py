"""Byte code for the modules that Shiboken compiles from their text at every start.

PySide6's Shiboken carries some modules as text in a zip within its library: 13 ms of each start. Where a
certain folder lies beside it, it takes them from there. In an environment that pip keeps, such a folder would
outlive the version that it belongs to; in a package, both come and go together.
"""

from __future__ import annotations

import importlib
import py_compile
import sys
from pathlib import Path

FOLDER = "shiboken6/files.dir"
_LOADER = "shibokensupport.signature.loader"


def write(folder: Path) -> list[tuple[str, str]]:
    """Compile the modules into `folder`; return each file and the folder of the package it belongs into.

    Nothing is returned where Shiboken has no such zip: then it does not need them.
    """
    importlib.import_module("shiboken6.Shiboken")
    archive = getattr(getattr(sys.modules.get(_LOADER), "__loader__", None), "zfile", None)
    if archive is None:
        return []
    names = [
        name for name in archive.namelist() if name.startswith("shibokensupport/") and name.endswith(".py")
    ]
    archive.extractall(folder, names)
    return [(_compiled(folder / name), f"{FOLDER}/{Path(name).parent.as_posix()}") for name in names]


def _compiled(source: Path) -> str:
    """Compile a module to a file of its name, which is imported without its text."""
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    target = str(source.with_suffix(".pyc"))
    py_compile.compile(str(source), target, dfile=source.name, doraise=True, invalidation_mode=unchecked)
    return target
