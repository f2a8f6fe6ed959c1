"""Hybrid search beside LanceDB's own hybrid query and the bare query embedding, at 10 000 and 100 000 chunks.

The rows hold real text in two languages; their vectors are made up (clusters with noise): to embed 100 000
chunks would take half an hour, and the speed of a search does not depend on what the numbers mean. Queries
are headings of the real notes, embedded by the real model.
"""

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from core import paths
from core.index import cosine_spread, second_encoder
from core.index.embedding import preparation
from core.index.embedding.client import EmbeddingProcess
from core.index.model import ChunkRow
from core.index.vault_index import VaultIndex, open_index
from core.search.glossary import building
from core.search.glossary.glossary import Glossary
from core.search.model import SearchQuery
from core.search.searcher import Searcher
from core.text.chunks import chunk
from core.text.markdown import parse
from tests.bench.report import percentile, publish
from tests.bench.vaults import REAL, WELCOME

SIZES = (10_000, 100_000)
QUERIES = 120
WARM_UP = 10
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


def put(index: VaultIndex, notes: dict[str, list[ChunkRow]]) -> None:
    """Store the rows, and vectors of the second encoder for them."""
    index.store.replace_notes(notes)
    random = np.random.default_rng(len(notes))
    hashes = [row.text_hash for rows in notes.values() for row in rows]
    vectors = random.normal(size=(len(hashes), second_encoder.DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.second_vectors.put(zip(hashes, vectors, strict=True), now=0)


def filled(index: VaultIndex, count: int, embedder: EmbeddingProcess) -> None:
    """Put the rows into the store as an indexer would leave them: compacted, with all indexes."""
    cosine_spread.remember(embedder, index.vectors, now=0)
    batch: dict[str, list[ChunkRow]] = {}
    for row in rows(count, embedder.dimensions):
        batch.setdefault(row.note_id, []).append(row)
        if len(batch) * 10 >= BATCH:
            put(index, batch)
            batch = {}
    if batch:
        put(index, batch)
    index.store.optimize()
    index.note_languages()


def queries() -> list[str]:
    """Headings of the real notes, spread over all of them."""
    found = [path[-1] for _, path, _, _ in real_chunks() if path and len(path[-1]) > 5]
    return list(dict.fromkeys(found))[:: max(1, len(set(found)) // QUERIES)][:QUERIES]


def milliseconds(works: Mapping[str, Callable[[str], object]], texts: list[str]) -> dict[str, list[float]]:
    """Time each work on each text, in turns after some warm-up: what else the machine does hits all alike.

    Each begins one time in so many: whoever is first finds words and rows that are not in memory yet.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    turns = deque(works.items())
    for text in [*texts[:WARM_UP], *texts]:
        for name, work in turns:
            begin = time.perf_counter()
            work(text)
            times[name].append((time.perf_counter() - begin) * 1000)
        turns.rotate()
    return {name: measured[WARM_UP:] for name, measured in times.items()}


def bare_hybrid(index: VaultIndex, embedder: EmbeddingProcess, texts: list[str]) -> Callable[[str], object]:
    """LanceDB's own hybrid query with its own reciprocal-rank reranker; embedding not counted."""
    from lancedb.rerankers import RRFReranker

    vectors = {text: embedder.embed_query(text) for text in texts}
    table = index.store._table  # the comparison is with the library itself, on the same table

    def hybrid(text: str) -> object:
        search = table.search(query_type="hybrid", vector_column_name="vector", fts_columns="text")
        search = search.vector(vectors[text]).text(text).distance_type("cosine")
        return search.rerank(RRFReranker()).limit(10).to_list()

    return hybrid


def measure(count: int, embedder: EmbeddingProcess, glossary: Glossary, folder: Path) -> dict[str, float]:
    """All figures at one size."""
    texts = queries()
    with open_index(folder / str(count), embedder.name, embedder.dimensions) as index:
        filled(index, count, embedder)
        searcher = Searcher(index, embedder, glossary=glossary)
        works: dict[str, Callable[[str], object]] = {
            "ours": lambda text: searcher.search(SearchQuery(text)),
            "embedding": embedder.embed_query,
            "bare": bare_hybrid(index, embedder, texts),
        }
        times = milliseconds(works, texts)
    p95 = {name: percentile(measured, 0.95) for name, measured in times.items()}
    return {
        "p50_ms": round(percentile(times["ours"], 0.5), 1),
        "p95_ms": round(p95["ours"], 1),
        "bare_lancedb_hybrid_p50_ms": round(percentile(times["bare"], 0.5), 1),
        "bare_lancedb_hybrid_p95_ms": round(p95["bare"], 1),
        "query_embedding_p50_ms": round(percentile(times["embedding"], 0.5), 1),
        "query_embedding_p95_ms": round(p95["embedding"], 1),
        "ratio": round(p95["ours"] / (p95["bare"] + p95["embedding"]), 2),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        models = paths.models_dir(paths.places(folder))
        embedder = EmbeddingProcess(preparation.prepare("", models))
        glossary = Glossary(building.build(models))
        try:
            embedder.start()
            publish({str(count): measure(count, embedder, glossary, folder) for count in SIZES})
        finally:
            embedder.close()
            glossary.close()


if __name__ == "__main__":
    main()
