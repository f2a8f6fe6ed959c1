"""Hybrid search beside LanceDB's own hybrid query and the bare query embedding, at 10 000 and 100 000 chunks.

The rows hold real text; their vectors are made up (clusters with noise): embedding 100 000 chunks would take
half an hour, and the speed of a search does not depend on what the numbers mean. Queries are headings of the
real notes, embedded by the real model.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from core import paths
from core.index.embedding import preparation
from core.index.embedding.client import EmbeddingProcess
from core.index.model import ChunkRow
from core.index.vault_index import VaultIndex, open_index
from core.search.model import SearchQuery
from core.search.searcher import Searcher
from core.text.chunks import chunk
from core.text.markdown import parse
from tests.bench.report import percentile, publish
from tests.bench.vaults import REAL, WELCOME

SIZES = (10_000, 100_000)
QUERIES = 120
CLUSTERS = 500
BATCH = 5_000


def real_chunks() -> list[tuple[str, tuple[str, ...], str, str]]:
    """Title, heading path, text and language of every chunk of the real notes."""
    found = []
    for file in sorted((REAL if REAL.is_dir() else WELCOME).rglob("*.md")):
        note = parse(file.read_text(encoding="utf-8", errors="replace"))
        title = note.title or file.stem
        found += [(title, c.heading_path, c.text, c.lang) for c in chunk(note, title=title)]
    return found


def rows(count: int, dimensions: int) -> Iterator[ChunkRow]:
    """Yield that many rows, ten a note."""
    chunks = real_chunks()
    random = np.random.default_rng(7)
    centres = random.normal(size=(CLUSTERS, dimensions))
    for number in range(count):
        title, heading_path, text, lang = chunks[number % len(chunks)]
        vector = centres[random.integers(CLUSTERS)] + random.normal(scale=0.7, size=dimensions)
        vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        note = number // 10
        text_hash = f"{number:032x}"
        place = f"part {note % 97}/{note}.md"
        yield ChunkRow(
            f"c{number}", f"n{note}", place, title, heading_path, 1, 9, text, lang, text_hash, vector
        )


def filled(index: VaultIndex, count: int, dimensions: int) -> None:
    """Put the rows into the store as an indexer would leave them: compacted, with all indexes."""
    batch: dict[str, list[ChunkRow]] = {}
    for row in rows(count, dimensions):
        batch.setdefault(row.note_id, []).append(row)
        if len(batch) * 10 >= BATCH:
            index.store.replace_notes(batch)
            batch = {}
    if batch:
        index.store.replace_notes(batch)
    index.store.optimize()


def queries() -> list[str]:
    """Headings of the real notes, spread over all of them."""
    found = [path[-1] for _, path, _, _ in real_chunks() if path and len(path[-1]) > 5]
    return list(dict.fromkeys(found))[:: max(1, len(set(found)) // QUERIES)][:QUERIES]


def milliseconds(work: Callable[[str], object], texts: list[str]) -> list[float]:
    """Time `work` on each text after some warm-up."""
    for text in texts[:10]:
        work(text)
    times = []
    for text in texts:
        begin = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begin) * 1000)
    return times


def bare_hybrid(index: VaultIndex, embedder: EmbeddingProcess, texts: list[str]) -> list[float]:
    """LanceDB's own hybrid query with its own reciprocal-rank reranker; embedding not counted."""
    from lancedb.rerankers import RRFReranker

    vectors = {text: embedder.embed_query(text) for text in texts}
    table = index.store._table()  # the comparison is with the library itself, on the same table

    def hybrid(text: str) -> object:
        search = table.search(query_type="hybrid", vector_column_name="vector", fts_columns="text")
        search = search.vector(vectors[text]).text(text).distance_type("cosine")
        return search.rerank(RRFReranker()).limit(10).to_list()

    return milliseconds(hybrid, texts)


def measure(count: int, embedder: EmbeddingProcess, folder: Path) -> dict[str, float]:
    """All figures at one size."""
    texts = queries()
    with open_index(folder / str(count), embedder.name, embedder.dimensions) as index:
        filled(index, count, embedder.dimensions)
        searcher = Searcher(index, embedder)
        ours = milliseconds(lambda text: searcher.search(SearchQuery(text)), texts)
        embedding = milliseconds(embedder.embed_query, texts)
        bare = bare_hybrid(index, embedder, texts)
    p95 = percentile(ours, 0.95)
    rival = percentile(bare, 0.95) + percentile(embedding, 0.95)
    return {
        "p50_ms": round(percentile(ours, 0.5), 1),
        "p95_ms": round(p95, 1),
        "bare_lancedb_hybrid_p95_ms": round(percentile(bare, 0.95), 1),
        "query_embedding_p95_ms": round(percentile(embedding, 0.95), 1),
        "ratio": round(p95 / rival, 2),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        models = paths.models_dir(paths.places(folder))
        embedder = EmbeddingProcess(preparation.prepare("", models))
        try:
            embedder.start()
            publish({str(count): measure(count, embedder, folder) for count in SIZES})
        finally:
            embedder.close()


if __name__ == "__main__":
    sys.exit(main())
