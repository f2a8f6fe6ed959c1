"""How soon a change in the vault is found by its words, for seven ways in which editors and sync tools save.

The engine keeps the index as it does for the window; another process's view of the same index is asked every
few milliseconds. What `../shared/acceptance/freshness.py` times includes the start of a search process each.
"""

import itertools
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from core import paths
from core.engine.client import EngineClient
from core.engine.model import EngineConfig
from core.engine.services import VaultServices
from core.index.embedding import preparation
from core.index.model import IndexProgress, Scope
from core.search.glossary import building
from core.settings import Settings
from tests.bench.report import publish
from tests.bench.vaults import make_vault

NOTES = 200
ROUNDS = 5
LOOK_SECONDS = 0.005
CALM_SECONDS = 1.5
TOO_LONG_SECONDS = 20.0

Found = Callable[[str], set[str]]
Style = tuple[str, Callable[[], None], Callable[[], bool]]


def styles(vault: Path, outside: Path, found: Found) -> Iterator[Style]:
    """Yield name, change and the sign that it is found; each change is made before the next is yielded."""
    note = sorted(vault.rglob("*.md"))[0]
    text = note.read_text(encoding="utf-8")
    words = ["zq" + uuid.uuid4().hex[:12] for _ in range(6)]
    here = note.relative_to(vault).as_posix()
    yield "append in place", lambda: _append(note, words[0]), lambda: found(words[0]) == {here}
    yield (
        "temp file renamed over it",
        lambda: _replace(note, text + f"\n\n{words[1]}\n"),
        lambda: bool(found(words[1])),
    )
    yield (
        "renamed away, written anew",
        lambda: _as_vim_does(note, text + f"\n\n{words[2]}\n"),
        lambda: bool(found(words[2])) and not found(words[1]),
    )
    fresh = vault / f"新 {words[3]}"
    yield (
        "new note in a new folder",
        lambda: _write(fresh / "新笔记.md", words[3]),
        lambda: bool(found(words[3])),
    )
    moved = vault / f"moved {words[3]}"
    there = f"{moved.name}/新笔记.md"
    yield "folder renamed", lambda: os.rename(fresh, moved), lambda: found(words[3]) == {there}  # noqa: PTH104
    yield (
        "folder of 50 notes moved in",
        lambda: _arrive(outside / words[4], vault / f"arrived {words[4]}", words[4]),
        lambda: bool(found(words[4])),
    )
    yield "note deleted", (moved / "新笔记.md").unlink, lambda: not found(words[3])


def _append(note: Path, word: str) -> None:
    with note.open("a", encoding="utf-8") as file:
        file.write(f"\n\n{word}\n")


def _replace(note: Path, text: str) -> None:
    scratch = note.with_suffix(".tmp")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(note)


def _as_vim_does(note: Path, text: str) -> None:
    backup = note.with_name(note.name + "~")
    note.rename(backup)
    note.write_text(text, encoding="utf-8")
    backup.unlink()


def _write(note: Path, word: str) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(f"# 新\n\n{word}\n", encoding="utf-8")


def _arrive(outside: Path, inside: Path, word: str) -> None:
    for number in range(50):
        _write(outside / f"n{number}.md", f"{word} {number}")
    outside.rename(inside)


def seconds_until(is_so: Callable[[], bool]) -> float:
    """Seconds until the sign shows; the bound where it never does."""
    begin = time.monotonic()
    while not is_so():
        if time.monotonic() - begin > TOO_LONG_SECONDS:
            return TOO_LONG_SECONDS
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - begin


def measure(vault: Path, base: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds of each style, a figure a round."""
    reader = VaultServices(vault, Settings(), paths.places(base))

    def found(word: str) -> set[str]:
        hits = reader.index.store.newest().by_words(word, scope=Scope(), limit=60).result()
        return {hit.row.path for hit in hits}

    seconds: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, change, is_so in styles(vault, vault.with_name("outside"), found):
            time.sleep(CALM_SECONDS)
            change()
            seconds.setdefault(name, []).append(round(seconds_until(is_so), 3))
    reader.close()
    return seconds


def main() -> None:
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with tempfile.TemporaryDirectory() as work:
        base, vault = Path(work) / "base", make_vault(Path(work) / "vault", NOTES)
        models = paths.models_dir(paths.places(base))
        preparation.prepare("", models)
        building.build(models)
        events: list[object] = []
        client = EngineClient(EngineConfig(vault, base), events.append)
        try:
            while not any(isinstance(event, IndexProgress) and event.idle for event in events):
                time.sleep(LOOK_SECONDS)
            seconds = measure(vault, base, given[0] if given else ROUNDS)
        finally:
            client.close()
    figures: dict[str, object] = {
        name: {"median_s": statistics.median(times), "worst_s": max(times)} for name, times in seconds.items()
    }
    publish(figures | {"worst_s": max(itertools.chain.from_iterable(seconds.values()))})


if __name__ == "__main__":
    main()
