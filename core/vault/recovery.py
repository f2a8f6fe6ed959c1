"""Unsaved text of open notes, for the start after a crash. Nothing of it lies in the vault.

One JSON file a note, written whole and anew while the person types and removed when the note is saved; so
whatever is there at start was lost by nobody but us.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from core.files import resolve, write_atomically

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was in the editor and not yet in the file."""

    vault: str
    path: str
    """The note, relative to the vault; empty for text that belonged to none."""
    text: str
    base_hash: str
    """`content_hash` of the file that the text was typed over; another one now means that both changed."""
    saved_at: float
    """Seconds since the epoch."""
    caret: int = 0


class Drafts:
    """The drafts of one vault.

    Args:
        folder: `Places.recovery`; need not exist.
        now: seconds since the epoch.
    """

    def __init__(self, folder: Path, vault: Path, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._vault = str(resolve(vault))
        self._now = now

    def keep(self, path: str, text: str, *, base_hash: str, caret: int = 0) -> Draft:
        """Write the draft of a note over its earlier one.

        Raises:
            OSError: it could not be written; the earlier one is whole.
        """
        draft = Draft(self._vault, path, text, base_hash, self._now(), caret)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = json.dumps(asdict(draft)).encode("ascii")  # escapes hold even half a surrogate pair
        write_atomically(self._file_of(path), data)
        return draft

    def discard(self, path: str) -> None:
        """Forget the draft of a note that was saved or given up; there need not be one."""
        try:
            self._file_of(path).unlink(missing_ok=True)
        except OSError as error:
            log.warning("a draft could not be removed: %s", error)

    def list(self) -> list[Draft]:
        """Return this vault's drafts, newest first; a damaged file is set aside and passed over."""
        found = [draft for file in sorted(self._folder.glob("*.json")) if (draft := _read(file)) is not None]
        mine = [draft for draft in found if draft.vault == self._vault]
        return sorted(mine, key=lambda draft: draft.saved_at, reverse=True)

    def _file_of(self, path: str) -> Path:
        whole = f"{self._vault}\0{path}".encode("utf-8", "surrogatepass")
        return self._folder / f"{hashlib.blake2b(whole, digest_size=16).hexdigest()}.json"


def _read(file: Path) -> Draft | None:
    try:
        values = json.loads(file.read_bytes())
        draft = Draft(**{field.name: values[field.name] for field in fields(Draft)})
        _check(draft)
    except OSError as error:
        log.warning("a draft could not be read: %s", error)
    except (ValueError, KeyError, TypeError) as error:
        log.warning("a damaged draft was set aside: %s", error)
        _set_aside(file)
    else:
        return draft
    return None


def _check(draft: Draft) -> None:
    texts = (draft.vault, draft.path, draft.text, draft.base_hash)
    if not all(isinstance(text, str) for text in texts) or not isinstance(draft.saved_at, int | float):
        raise TypeError("a value of another type than a draft has")


def _set_aside(file: Path) -> None:
    try:
        file.replace(file.with_suffix(".bad"))
    except OSError as error:
        log.warning("it could not be set aside: %s", error)
