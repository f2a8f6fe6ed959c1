"""Small helpers of these tests, and what stands in for the machine's clock and notifications."""

from __future__ import annotations

from pathlib import Path

from core.vault.model import Change


class StandingClock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.awake = 1000.0
        self.slept = 5.0

    def now(self) -> float:
        return self.awake

    def asleep(self) -> float:
        return self.slept


class ScriptedObserver:
    """Stands in for the system: the test says what happens."""

    def __init__(self) -> None:
        self.started: list[Path] = []
        self.stopped = 0
        self.alive = True
        self.emitters: tuple = ()
        self.error: OSError | None = None
        self.on_event = self.on_lost = None

    def __call__(self, root, on_event, on_lost):
        self.started.append(root)
        if self.error is not None:
            raise self.error
        self.on_event, self.on_lost = on_event, on_lost
        return self

    def stop(self) -> None:
        self.stopped += 1

    def on_thread_stop(self) -> None:
        pass

    def is_alive(self) -> bool:
        return self.alive

    def join(self, seconds: float) -> None:
        pass


def put(vault: Path, path: str, text: str = "x") -> None:
    file = vault / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def told(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.path, change.old_path) for change in changes]
