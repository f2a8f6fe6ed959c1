"""What all processes hold in memory at 20 000 notes: window, engine and its children, after forty searches.

The notes are sections of real ones, their vectors made up, as in `scale`. A page that several processes share
counts for its part in each.
"""

import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core import paths
from core.engine.client import EngineClient
from core.engine.model import EngineConfig
from core.index.embedding import preparation
from core.search.glossary import building
from core.search.model import SearchQuery
from tests.bench.filled import fill, make_vault, sections
from tests.bench.memory import resident_mib, tree
from tests.bench.report import publish

NOTES = 20_000
QUERIES = 40
SETTLED_SECONDS = 8.0


def measure(folder: Path) -> dict[str, float]:
    """Resident memory of everything that runs, in use."""
    vault, base = make_vault(folder / "memory", NOTES), folder / "base"
    fill(vault, base)
    window = _window_mib(vault, base)
    parts = _engine_mib(vault, base)
    return {
        "resident_mib": round(window + sum(parts)),
        "resident_window_mib": round(window),
        "resident_engine_mib": round(parts[0]),
        "resident_children_mib": round(sum(parts[1:])),
    }


def _engine_mib(vault: Path, base: Path) -> list[float]:
    """What the engine holds and each of its children, once searches have rested."""
    client = EngineClient(EngineConfig(vault, base), lambda _event: None)
    try:
        for title, _ in itertools.islice(sections(), QUERIES):
            client.search(SearchQuery(title)).result(120)
        time.sleep(SETTLED_SECONDS)
        assert client.pid is not None
        return [resident_mib(pid) for pid in tree(client.pid)]
    finally:
        client.close()


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


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        models = paths.models_dir(paths.places(Path(work) / "base"))
        preparation.prepare("", models)
        building.build(models)
        publish(measure(Path(work)))


if __name__ == "__main__":
    main()
