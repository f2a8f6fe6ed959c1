"""How costs grow with the vault: a changed note, a restart, a query, memory, the first search of a new one.

The notes are sections of the real ones, one chunk each, in folders of 500. To embed 50 000 of them
would take hours, so the vectors that are there before the measurements are made up (clusters with noise);
files, index, searches, and the embedding process that embeds what changes, are real.
"""

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core import paths
from core.engine.client import EngineClient
from core.engine.model import EngineConfig
from core.engine.services import VaultServices
from core.index import second_encoder
from core.index.embedding import preparation
from core.index.indexer import Indexer
from core.index.model import Scope, Vector
from core.search.glossary import building
from core.search.model import SearchQuery
from core.settings import Settings
from core.text.markdown import parse
from core.vault.snapshot import scan
from tests.bench.memory import resident_mib, tree
from tests.bench.report import percentile, publish
from tests.bench.vaults import REAL, WELCOME

SIZES = (1_000, 10_000, 50_000)
MEMORY_NOTES = 20_000
NEW_NOTES = 5_000
CHANGES = 15
QUERIES = 40
SETTLED_SECONDS = 8.0
CLUSTERS = 500


class MadeUpEmbedder:
    """Gives vectors at once: clusters with noise, as real ones have, the same ones in every run."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.dimensions = name, dimensions
        self._random = np.random.default_rng(7)
        self._centres = self._random.normal(size=(CLUSTERS, dimensions)).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        noise = self._random.normal(scale=0.7, size=(len(texts), self.dimensions)).astype(np.float32)
        vectors = self._centres[self._random.integers(CLUSTERS, size=len(texts))] + noise
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

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


def milliseconds_of_a_change(services: VaultServices, notes: list[Path]) -> tuple[list[float], float]:
    """Append a sentence to notes, one after the other, and bring the index up to date each time.

    Returns the milliseconds each took, and those of processor time that one took on average without its
    embedding, which tell more than the clock on a busy machine.
    """
    times, begun = [], time.process_time()
    for number, note in enumerate(notes[:: max(1, len(notes) // CHANGES)][:CHANGES]):
        with note.open("a", encoding="utf-8") as file:
            file.write(f"\nChange number {number} speaks of quagmires and of 变化.\n")
        begin = time.perf_counter()
        services.refresh([note.relative_to(services.vault).as_posix()])
        times.append((time.perf_counter() - begin) * 1000)
    return times, (time.process_time() - begun) * 1000 / len(times)


def milliseconds_of_a_query(services: VaultServices) -> list[float]:
    """Search for headings of the real notes, by words and meaning."""
    titles = list(dict.fromkeys(title for title, _ in itertools.islice(sections(), 3_000) if len(title) > 5))
    times = []
    for text in titles[:: max(1, len(titles) // QUERIES)][:QUERIES]:
        begin = time.perf_counter()
        services.searcher.search(SearchQuery(text))
        times.append((time.perf_counter() - begin) * 1000)
    return times[5:]  # the first ones open files and load what helps across languages


def measure(notes: int, folder: Path) -> dict[str, float]:
    """All curves' figures at one size."""
    base, vault = folder / "base", make_vault(folder / str(notes), notes)
    words_seconds = fill(vault, base)
    services = VaultServices(vault, Settings(), paths.places(base))
    try:
        begin = time.perf_counter()
        report, _ = services.rescan()
        restart = time.perf_counter() - begin
        assert report.added == report.changed == 0, report
        services.embedder.start()
        changes, processor_ms = milliseconds_of_a_change(services, sorted(vault.rglob("*.md")))
        queries = milliseconds_of_a_query(services)
        chunks = services.index.store.count()
    finally:
        services.close()
    return {
        "chunks": chunks,
        "words_of_a_new_vault_s": round(words_seconds, 1),
        "restart_scan_s": round(restart, 2),
        "changed_note_ms_p50": round(statistics.median(changes), 1),
        "changed_note_ms_worst": round(max(changes), 1),
        "changed_note_processor_ms": round(processor_ms, 1),
        "query_ms_p50": round(statistics.median(queries), 1),
        "query_ms_p95": round(percentile(queries, 0.95), 1),
        "disk_mib": round(_disk_mib(paths.places(base).index_of(vault))),
    }


def first_search(folder: Path) -> float:
    """Seconds from opening a new vault until a search by words finds its notes; no model is waited for."""
    vault = make_vault(folder / "new", NEW_NOTES)
    begin = time.perf_counter()
    services = VaultServices(vault, Settings(), paths.places(folder / "base"))
    try:
        services.indexer.update()
        found = services.index.store.text_search("quick start", scope=Scope(), limit=10)
        assert found
        return time.perf_counter() - begin
    finally:
        services.close()


def memory(folder: Path) -> dict[str, float]:
    """Resident memory of everything that runs: the window, the engine, its children, in use."""
    vault, base = make_vault(folder / "memory", MEMORY_NOTES), folder / "base"
    fill(vault, base)
    window = _window_mib(vault, base)
    events: list[object] = []
    client = EngineClient(EngineConfig(vault, base), events.append)
    try:
        for title, _ in itertools.islice(sections(), QUERIES):
            client.search(SearchQuery(title)).result(120)
        time.sleep(SETTLED_SECONDS)
        assert client.pid is not None
        parts = [resident_mib(pid) for pid in tree(client.pid)]
    finally:
        client.close()
    return {
        "resident_mib": round(window + sum(parts)),
        "resident_window_mib": round(window),
        "resident_engine_mib": round(parts[0]),
        "resident_children_mib": round(sum(parts[1:])),
    }


def _window_mib(vault: Path, base: Path) -> float:
    """What the window's own process holds once the vault is shown."""
    command = [sys.executable, "-m", "desktop", "--base-dir", str(base), str(vault)]
    environment = (
        dict(os.environ) if "DISPLAY" in os.environ else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        time.sleep(SETTLED_SECONDS * 2)
        held = resident_mib(process.pid)
        process.terminate()
    return held


def _disk_mib(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        models = paths.models_dir(paths.places(folder / "base"))
        preparation.prepare("", models)
        building.build(models)
        figures: dict[str, object] = {str(notes): measure(notes, folder) for notes in _sizes()}
        figures["first_search_s_at_5000"] = round(first_search(folder), 1)
        publish(figures | memory(folder))


def _sizes() -> tuple[int, ...]:
    """The sizes, or those given on the command line."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    return tuple(given) or SIZES


if __name__ == "__main__":
    main()
