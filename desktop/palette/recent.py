"""The questions that were asked in quick-ask, newest first, kept from one run to the next."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from core.files import write_atomically

log = logging.getLogger(__name__)

KEPT = 30
LONGEST = 2000
"""Characters of one question; a pasted page is not worth remembering."""


class RecentQuestions:
    """A short list in a JSON file of its own; a damaged or unwritable file costs the memory, nothing else."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._questions = _read(file)

    @property
    def questions(self) -> Sequence[str]:
        """The questions, newest first, each once."""
        return tuple(self._questions)

    @property
    def last(self) -> str:
        """The newest question; empty where there is none."""
        return self._questions[0] if self._questions else ""

    def add(self, question: str) -> None:
        """Put a question first and write the file."""
        question = question.strip()
        if not question or len(question) > LONGEST:
            return
        others = [other for other in self._questions if other != question]
        self._questions = [question, *others][:KEPT]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps(self._questions, ensure_ascii=False).encode("utf-8"))
        except OSError as error:
            log.warning("the recent questions could not be kept: %s", error)

    def forget(self) -> None:
        """Remove all of them, from the disk as well."""
        self._questions = []
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the recent questions could not be removed: %s", error)


def _read(file: Path) -> list[str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # the last: brackets without end
        return []
    if not isinstance(found, list):
        return []
    return list(dict.fromkeys(entry for entry in found if isinstance(entry, str) and entry.strip()))[:KEPT]
