"""The promise about bad input: what is not read is named in sentences that say what to do, and it stays."""

import re
import shutil
from pathlib import Path
from typing import Any

from tests.trust.finding import DOCUMENTS, Finding, Promise, Trial, bytes_below, differences
from tests.trust.program import Program

SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
BROKEN = {
    "empty.docx": b"",
    "no end.pdf": b"%PDF-1.4 nothing",
    "no archive.epub": b"PK\x03\x04 nothing",
    "无.mp3": b"\x00" * 100,
    "noise.md": bytes(range(256)) * 40,
    "half a character.md": "中文笔记。".encode()[:-1],
}
"""For a machine without the real documents, and beside them."""


def bad_input_gets_a_sentence(trial: Trial) -> Finding:
    """Import documents and index notes of every broken kind: each is read or told of, none changed."""
    vault, program = trial.folder / "vault", Program(trial.folder)
    files = trial.some(sorted(f for f in DOCUMENTS.glob("*") if f.is_file()))
    vault.mkdir()
    for file in files:
        shutil.copyfile(file, vault / file.name)
    for name, data in BROKEN.items():
        (vault / name).write_bytes(data)
    before = bytes_below(vault)
    imported = program.result("import", vault, vault)
    told = {Path(entry["file"]).name: entry["reason"] for entry in imported["failed"]}
    read = {Path(entry["file"]).name for entry in imported["imported"]}
    indexed = program.result("index", vault)
    untold = _refusable(before) - told.keys() - read
    poor = [reason for reason in told.values() if len(SENTENCE_END.findall(reason)) < 2]
    unworded = [skipped for skipped in indexed["skipped"] if not _is_worded(skipped)]
    broken = len(untold) + len(poor) + len(unworded) + differences(before, bytes_below(vault))
    return Finding(broken, len(told) + len(indexed["skipped"]))


def _refusable(files: dict[str, bytes]) -> set[str]:
    """The files whose kind is read at all, by their name."""
    return {name for name in files if name.endswith((".pdf", ".docx", ".epub", ".pptx", ".xlsx", ".md"))}


def _is_worded(skipped: dict[str, Any]) -> bool:
    return " " in skipped["reason"]


PROMISES: tuple[Promise, ...] = (bad_input_gets_a_sentence,)
