"""A long random life of a vault under a real watcher, keeper and index; then all must be as built in peace.

Only the models are replaced: vectors come from hashed words. Operations go to the disk as fast as it takes
them; the system may be made to lose events and to refuse further watches.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from watchdog.observers import inotify_c

from core import paths
from core.engine import services as services_module
from core.engine.upkeep import Upkeep
from core.index import second_encoder
from core.settings import Settings
from core.vault.model import RescanReason
from core.vault.observe import TellingInotify
from core.vault.watch import VaultWatcher
from tests.core.index.fakes import HashingEmbedder
from tests.core.index.test_robustness import contents

WORDS = ["alpha", "beta", "数据库", "笔记", "河流", "merge", "计划", "emoji 🎣", "100%", "#标签"]
FOLDERS = ["", "a", "a/b", "日记", "it's 100%", "deep/er/and/deeper", "Ångström", "x # y"]
NOTES = 300
SETTLED_WITHIN_S = 60.0
DROPS_EVERY_S, DROPPED_S = 1.5, 0.5


class RandomLife:
    """Does to a vault what editors, sync tools and people do."""

    def __init__(self, vault: Path, seed: int) -> None:
        self.vault = vault
        self.random = random.Random(seed)
        self.count = 0
        kinds: list[tuple[Callable[[], None], int]] = [
            (self.write, 30),
            (self.append, 25),
            (self.replace, 15),
            (self.move, 10),
            (self.delete, 12),
            (self.rename_folder, 2),
            (self.remove_folder, 1),
            (self.clutter, 5),
        ]
        self._kinds, self._weights = zip(*kinds, strict=True)

    def step(self) -> None:
        """One operation; what is not there is no error, as for anybody at the keyboard."""
        self.count += 1
        (act,) = self.random.choices(self._kinds, self._weights)
        with contextlib.suppress(OSError):
            act()

    def text(self) -> str:
        """A note of a few words, sometimes with a title, a link, a tag."""
        rng = self.random
        title = f"# Title {rng.randrange(40)}\n\n" if rng.random() < 0.5 else ""
        link = f" [[n{rng.randrange(NOTES)}]] #t{rng.randrange(9)}" if rng.random() < 0.4 else ""
        return f"{title}{' '.join(rng.choices(WORDS, k=rng.randrange(1, 30)))}{link} {self.count}\n"

    def place(self) -> Path:
        """Where some note lies or may come to lie."""
        number = self.random.randrange(NOTES)
        return self.vault / FOLDERS[number % len(FOLDERS)] / f"n{number}.md"

    def write(self) -> None:
        file = self.place()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text(), encoding="utf-8")

    def append(self) -> None:
        file = self.place()
        if file.exists():
            with file.open("a", encoding="utf-8") as note:
                note.write(self.text())

    def replace(self) -> None:
        """Save as editors do: a new file beside the old one, renamed over it."""
        file = self.place()
        scratch = file.with_name(f".{file.name}.swp")
        scratch.write_text(self.text(), encoding="utf-8")
        scratch.replace(file)

    def move(self) -> None:
        target = self.place()
        target.parent.mkdir(parents=True, exist_ok=True)
        self.place().replace(target)

    def delete(self) -> None:
        self.place().unlink()

    def rename_folder(self) -> None:
        name = self.random.choice(FOLDERS[1:]).split("/")[0]
        (self.vault / name).rename(self.vault / f"{name} {self.random.randrange(3)}")

    def remove_folder(self) -> None:
        shutil.rmtree(self.vault / self.random.choice(FOLDERS[1:]))

    def clutter(self) -> None:
        """What is no note: a hidden folder, a conflict copy, a file cut short, an Org file."""
        names = (".git/x.md", "n1.sync-conflict-20261122-031500-ABC.md", "old.org", "n2.md~", "bad.md")
        file = self.vault / self.random.choice(names)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(os.urandom(40))


class InstantEmbedder(HashingEmbedder):
    """Takes the place of the embedding process."""

    prepared, sent_to = True, ""

    def __init__(self, _model: str = "", _models: Path | None = None) -> None:
        super().__init__()

    def start(self) -> None:
        pass


@dataclass(frozen=True)
class Outcome:
    """How it ended."""

    operations: int
    notes: int
    overflows: int
    seconds_to_settle: float
    differences: int


def live(
    folder: Path,
    operations: int,
    *,
    seed: int,
    watches: int | None = None,
    drops: bool = False,
    pace_s: float = 0.0,
    programs: int = 1,
) -> Outcome:
    """Live through that many operations and wait until the index is as one built in peace, a minute at most.

    Args:
        watches: how many folders the system lets us watch; None for what it does anyway.
        drops: whether the system's queue overflows again and again.
        pace_s: pause after every hundredth operation.
        programs: how many keep the index current, as a window and `pilotfish watch` at the same time.
    """
    vault = folder / "vault"
    vault.mkdir()
    overflows: list[RescanReason] = []
    queue = FullQueue(drops)
    with _without_models(), _limited(watches), _counted(overflows), queue.dropping():
        upkeeps = [
            Upkeep(vault, Settings(), paths.places(folder / "base"), lambda _event: None)
            for _ in range(programs)
        ]
        try:
            for upkeep in upkeeps:
                upkeep.open()
            life = RandomLife(vault, seed)
            for _ in range(operations):
                life.step()
                if pace_s and life.count % 100 == 0:
                    time.sleep(pace_s)
            if drops:  # the system tells of the overflow once there is room again
                queue.drops = False
                (vault / "n0.md").write_text(life.text(), encoding="utf-8")
            begin = time.monotonic()
            expected = _built_in_peace(vault, folder / "peace")
            differences = sum(_settle(upkeep, expected, begin) for upkeep in upkeeps)
            took = time.monotonic() - begin
        finally:
            for upkeep in upkeeps:
                upkeep.close()
    return Outcome(operations, len(expected), len(overflows), took, differences)


def _settle(upkeep: Upkeep, expected: dict[str, list[tuple]], begin: float) -> int:
    """Wait until nothing differs; return how many notes still do."""
    while True:
        held = contents_now(upkeep)
        differing = {path for path in expected | held if expected.get(path) != held.get(path)}
        if not differing or time.monotonic() - begin > SETTLED_WITHIN_S:
            return len(differing)
        time.sleep(0.2)


def contents_now(upkeep: Upkeep) -> dict[str, list[tuple]]:
    """What the index holds; nothing while it is between two commits and rows and catalogue differ."""
    try:
        return contents(upkeep.services.index)
    except (AssertionError, KeyError, IndexError):
        return {}


def _built_in_peace(vault: Path, base: Path) -> dict[str, list[tuple]]:
    services = services_module.VaultServices(vault, Settings(), paths.places(base))
    try:
        services.indexer.bring_up_to_date()
        return contents(services.index)
    finally:
        services.close()


@contextlib.contextmanager
def _without_models() -> Iterator[None]:
    second = HashingEmbedder("second")
    with (
        mock.patch.object(services_module, "LateEmbedder", InstantEmbedder),
        mock.patch.object(second_encoder, "shared", lambda _models: second),
    ):
        yield


@contextlib.contextmanager
def _limited(watches: int | None) -> Iterator[None]:
    """Let the system refuse every further folder, as it does when the user's limit is reached."""
    if watches is None:
        yield
        return
    real, left = inotify_c.inotify_add_watch, [watches]

    def add_watch(descriptor: int, path: bytes, mask: int) -> int:
        if left[0] > 0:
            left[0] -= 1
            return int(real(descriptor, path, mask))
        ctypes.set_errno(errno.ENOSPC)
        return -1

    with mock.patch.object(inotify_c, "inotify_add_watch", add_watch):
        yield


class FullQueue:
    """Loses every event of some moments, then tells of it, as the system does when its queue was full."""

    def __init__(self, drops: bool) -> None:
        self.drops = drops
        """Whether it still does; when no more, the next event tells what was lost before it."""

    @contextlib.contextmanager
    def dropping(self) -> Iterator[None]:
        """Take the place of the system's queue."""
        real, lost = TellingInotify.handle_event, [0]
        overflow = inotify_c.InotifyEvent(
            inotify_c.WatchDescriptor(-1), inotify_c.Mask(inotify_c.InotifyConstants.IN_Q_OVERFLOW), 0, b""
        )

        def handle_event(inotify: TellingInotify, event: inotify_c.InotifyEvent) -> None:
            if self.drops and time.monotonic() % DROPS_EVERY_S < DROPPED_S:
                lost[0] += 1
                return
            if lost[0]:
                lost[0] = 0
                real(inotify, overflow)
            real(inotify, event)

        with mock.patch.object(TellingInotify, "handle_event", handle_event):
            yield


@contextlib.contextmanager
def _counted(overflows: list[RescanReason]) -> Iterator[None]:
    """Count what the system dropped."""
    real = VaultWatcher._on_lost

    def on_lost(self: VaultWatcher, reason: RescanReason) -> None:
        if reason is RescanReason.OVERFLOW:
            overflows.append(reason)
        real(self, reason)

    with mock.patch.object(VaultWatcher, "_on_lost", on_lost):
        yield
