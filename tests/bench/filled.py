"""Large vaults of small notes, and their index, filled at once with made-up vectors."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core import paths
from core.engine.services import VaultServices
from core.index import second_encoder
from core.index.indexer import Indexer
from core.index.model import Vector
from core.index.vector_phase import SLICE
from core.settings import Settings
from core.text.markdown import parse
from core.vault.snapshot import scan
from tests.bench.vaults import REAL, WELCOME

CLUSTERS = 500


class MadeUpEmbedder:
    """Gives vectors at once: clusters with noise, as real ones have, the same ones in every run."""

    batch = SLICE
    ready = True

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.dimensions = name, dimensions
        self._random = np.random.default_rng(7)
        self._centres = self._random.normal(size=(CLUSTERS, dimensions)).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        noise = self._random.normal(scale=0.7, size=(len(texts), self.dimensions)).astype(np.float32)
        vectors = self._centres[self._random.integers(CLUSTERS, size=len(texts))] + noise
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    embed_at_once = embed_passages

    def embed_query(self, text: str) -> Vector:
        return self.embed_passages([text])[0]

    def close(self) -> None:
        pass


def sections() -> Iterator[tuple[str, str]]:
    """Yield title and text of every section of the real notes, again and again."""
    found = []
    for file in sorted((REAL if REAL.is_dir() else WELCOME).rglob("*.md")):
        text = file.read_text(encoding="utf-8", errors="replace")
        lines, headings = text.split("\n"), parse(text).headings
        borders = [*(heading.line - 1 for heading in headings), len(lines)]
        for heading, (start, end) in zip(headings, itertools.pairwise(borders), strict=True):
            found.append((heading.title, "\n".join(lines[start:end])[:3_000]))
    return itertools.cycle(found)


def make_vault(folder: Path, notes: int) -> Path:
    """Write a vault of that many small notes, no two of them equal, each linked to another."""
    for number, (title, text) in enumerate(itertools.islice(sections(), notes)):
        name = "".join(c if c.isalnum() else " " for c in title).strip()[:40]
        place = folder / f"part {number // 500}" / f"{name} {number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{text}\n\nNumber {number}, see [[{max(0, number - 7)}]].\n", encoding="utf-8")
    return folder


def fill(vault: Path, base: Path) -> float:
    """Index the vault with made-up vectors; returns the seconds that its words took."""
    services = VaultServices(vault, Settings(), paths.places(base))
    try:
        made_up = MadeUpEmbedder(services.embedder.name, services.embedder.dimensions)
        indexer = Indexer(
            services.index,
            services.vault,
            made_up,
            scan=lambda: scan(services.vault),
            max_note_bytes=10_000_000,
            second=MadeUpEmbedder(second_encoder.NAME, second_encoder.DIMENSIONS),
        )
        report = indexer.update()
        indexer.embed_pending()
        indexer.tidy(force=True)
        return report.seconds
    finally:
        services.close()
