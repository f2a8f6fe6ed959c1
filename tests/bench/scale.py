"""How costs grow with the vault: a changed note, a restart, a query, memory, the first search of a new one.

The notes are sections of the real ones, one chunk each, in folders of 500. To embed 50 000 of them
would take hours, so the vectors that are there before the measurements are made up (clusters with noise);
files, index, searches, and the embedding process that embeds what changes, are real.
"""

import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

from core import paths
from core.engine.services import VaultServices
from core.index.embedding import preparation
from core.index.model import Scope
from core.search.glossary import building
from core.search.model import SearchQuery
from core.settings import Settings
from tests.bench import resident
from tests.bench.filled import fill, make_vault, sections
from tests.bench.report import percentile, publish

SIZES = (1_000, 10_000, 50_000)
NEW_NOTES = 5_000
CHANGES = 15
QUERIES = 40


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
        found = services.index.store.newest().by_words("quick start", scope=Scope(), limit=10).result()
        assert found
        return time.perf_counter() - begin
    finally:
        services.close()


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
        publish(figures | resident.measure(folder))


def _sizes() -> tuple[int, ...]:
    """The sizes, or those given on the command line."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    return tuple(given) or SIZES


if __name__ == "__main__":
    main()
