"""The index against kills, rivals and a long random life: at the end it equals one built in peace."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from core.concurrency import Cancelled, CancelToken
from core.index.links import LinkGraph
from core.index.model import Scope
from core.index.vault_index import VaultIndex
from core.vault.snapshot import scan
from tests.core.index.fakes import HashingEmbedder, indexer_of, open_for, write

ROOT = Path(__file__).parents[3]
WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "数据库",
    "索引",
    "笔记",
    "搜索",
    "计划",
    "河流",
    "git",
    "merge",
    "branch",
]


def contents(index: VaultIndex) -> dict[str, list[tuple]]:
    """All that the index holds, by path: rows without their ids, names, tags and links."""
    graph = LinkGraph(index.catalog)
    held = {}
    for path, entry in index.catalog.entries(index.catalog.snapshot().notes).items():
        rows = index.store.rows_of([entry.id])
        assert {row.path for row in rows} <= {path}
        assert len(rows) == entry.chunks
        held[path] = [
            (
                row.title,
                row.heading_path,
                row.start_line,
                row.end_line,
                row.text,
                row.lang,
                row.text_hash,
                row.names,
                row.tags,
            )
            for row in rows
        ] + [("link", link.target, link.to_path, link.line) for link in graph.outgoing(path)]
    assert index.store.count() == index.catalog.totals().chunks
    return held


def built_in_peace(
    tmp_path: Path, vault: Path, empty_home: Path
) -> tuple[VaultIndex, dict[str, list[tuple]]]:
    home = tmp_path / "peace"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(empty_home, home)
    embedder = HashingEmbedder()
    index = open_for(home, embedder)
    indexer_of(index, vault, embedder).bring_up_to_date()
    return index, contents(index)


def nearest(index: VaultIndex, text: str) -> list[str]:
    hits = (
        index.store.newest().by_vector(HashingEmbedder().embed_query(text), scope=Scope(), limit=300).result()
    )
    return sorted(f"{hit.row.path}:{hit.row.start_line} {hit.score:.4f}" for hit in hits)


def start(vault: Path, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.core.index.worker", str(vault), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def fill(vault: Path, rng: random.Random, count: int) -> None:
    for n in range(count):
        body = "\n\n".join(f"## Part {p}\n\n" + " ".join(rng.choices(WORDS, k=60)) for p in range(4))
        write(vault, {f"folder{n % 5}/note {n}.md": f"# Note {n}\n\n[[note {n + 1}]]\n\n{body}"})


def test_killed_again_and_again_it_loses_nothing(tmp_path, vault, home, empty_home):
    rng = random.Random(7)
    fill(vault, rng, 60)
    for turn in range(5):
        for file in rng.sample(sorted(vault.rglob("*.md")), 12):
            with file.open("a", encoding="utf-8") as note:
                note.write(f"\n\nround {turn} {rng.random()}\n")
        worker = start(vault, home)
        assert worker.stdout is not None
        worker.stdout.readline()  # the index is open: from here on every moment is a bad one to be killed in
        with suppress(subprocess.TimeoutExpired):  # a quick machine may get to the end before
            worker.wait(rng.uniform(0.02, 0.5))
        worker.kill()
        worker.communicate()
    embedder = HashingEmbedder()
    with open_for(home, embedder) as index:
        indexer_of(index, vault, embedder).bring_up_to_date()
        again = indexer_of(index, vault, embedder).bring_up_to_date()
        assert (again.added, again.changed, again.removed, again.embedded) == (0, 0, 0, 0)
        peace, expected = built_in_peace(tmp_path, vault, empty_home)
        assert contents(index) == expected
        assert nearest(index, "alpha 数据库") == nearest(peace, "alpha 数据库")
        peace.close()


def test_two_programs_at_once_share_the_work(tmp_path, vault, home, empty_home):
    fill(vault, random.Random(8), 60)
    workers = [start(vault, home) for _ in range(2)]
    outputs = [worker.communicate(timeout=120)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    with open_for(home, HashingEmbedder()) as index:
        peace, expected = built_in_peace(tmp_path, vault, empty_home)
        assert contents(index) == expected
        assert index.catalog.totals().waiting == 0
        embedded = sum(int(output[-1]) for output in outputs)
        assert embedded == len(index.store.rows_of(list(index.store.state())))
        peace.close()


class Life:
    """One long random life of a vault and its index."""

    def __init__(self, vault: Path, index: VaultIndex, seed: int) -> None:
        self.vault = vault
        self.index = index
        self.rng = random.Random(seed)
        self.embedder = HashingEmbedder()
        self.indexer = indexer_of(index, vault, self.embedder)
        self.snapshot = scan(vault)

    def notes(self) -> list[Path]:
        return sorted(self.vault.rglob("*.md"))

    def text(self) -> str:
        """A note of some kind: with or without title, links, tags, Chinese, sections; sometimes empty."""
        rng = self.rng
        parts = [f"# Title {rng.randrange(20)}\n"] if rng.random() < 0.5 else []
        parts += [f"[[n{rng.randrange(30)}]] #{rng.choice(WORDS)}"] if rng.random() < 0.5 else []
        for n in range(rng.randrange(4)):
            parts.append(f"## S{n}\n\n" + " ".join(self.rng.choices(WORDS, k=rng.choice([3, 40, 150]))))
        return "\n\n".join(parts)

    def place(self) -> Path:
        folder = self.rng.choice(["", "a", "a/b", "日记", "it's 100%"])
        path = self.vault / folder / f"n{self.rng.randrange(30)}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def step(self) -> None:
        """Change the vault somehow."""
        notes = self.notes()
        kind = (
            self.rng.choice(["write", "write", "append", "delete", "move", "folder", "touch"])
            if notes
            else "write"
        )
        some = self.rng.choice(notes) if notes else self.vault
        if kind == "write":
            self.place().write_text(self.text(), encoding="utf-8")
        elif kind == "append":
            some.write_text(
                some.read_text(encoding="utf-8") + f"\n\n{self.rng.choice(WORDS)}", encoding="utf-8"
            )
        elif kind == "delete":
            some.unlink()
        elif kind == "move":
            some.replace(self.place())
        elif kind == "touch":
            some.touch()
        else:
            self.rename_folder()

    def rename_folder(self) -> None:
        folders = sorted(path for path in self.vault.iterdir() if path.is_dir())
        if folders:
            folder = self.rng.choice(folders)
            target = folder.with_name(self.rng.choice(["a", "日记", "neu", "it's 100%"]))
            if not target.exists():
                folder.rename(target)

    def index_somehow(self) -> None:
        """Bring the index up to date by one of the ways in which that happens, some of them rough."""
        kind = self.rng.choice(["update", "update", "full", "cancel", "embed", "tidy", "lose"])
        if kind == "cancel":
            token = CancelToken()
            try:
                self.indexer.update(on_progress=lambda _: token.cancel(), cancel=token)
            except Cancelled:
                return
        elif kind == "embed":
            self.indexer.update()
            self.indexer.embed_pending()
        elif kind == "tidy":
            self.indexer.tidy(force=True)
        elif kind == "lose":
            self.lose_something()
        else:
            self.indexer.update()

    def lose_something(self) -> None:
        if self.rng.random() < 0.7:
            return
        self.index.close()
        lost = self.rng.choice(
            [self.index.folder / "rows", self.index.folder, self.index.folder / "catalog.sqlite"]
        )
        if lost.is_dir():
            shutil.rmtree(lost)
        else:
            for file in lost.parent.glob("catalog.sqlite*"):
                file.unlink()


@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_long_random_life_it_equals_one_built_in_peace(tmp_path, vault, index, empty_home, seed):
    life = Life(vault, index, seed)
    for _ in range(60):
        for _ in range(life.rng.randrange(1, 8)):
            life.step()
        life.index_somehow()
    life.indexer.bring_up_to_date()
    peace, expected = built_in_peace(tmp_path, vault, empty_home)
    assert contents(index) == expected
    assert index.catalog.totals().waiting == 0
    assert _titled_vectors(index) == _titled_vectors(peace)
    peace.close()


def _titled_vectors(index: VaultIndex) -> dict[str, bytes]:
    """Vectors by text hash, of notes that bear their title in themselves: others keep theirs in a rename."""
    stored = {text_hash: vector for batch in index.store.vectors() for text_hash, vector in batch}
    rows = index.store.rows_of(list(index.store.state()))
    titled = {row.text_hash for row in rows if row.title.startswith("Title ")}
    return {text_hash: np.round(stored[text_hash], 3).tobytes() for text_hash in sorted(titled)}
