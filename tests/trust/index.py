"""The promises about the index: it can be rebuilt at any time, and a crash on the way loses nothing."""

import shutil
import time
from pathlib import Path

from tests.trust.finding import Finding, Promise, Trial, bytes_below, differences
from tests.trust.program import Program, welcome


def index_is_rebuilt(trial: Trial) -> Finding:
    """Damage the index at random and index again: every search must find what it found before."""
    vault, program = welcome(trial.folder), Program(trial.folder)
    program.result("index", vault)
    before, broken, rounds = program.found(vault), 0, trial.times(8)
    for _ in rounds:
        damage(program.base / "data" / "index", trial)
        program.result("index", vault)
        broken += program.found(vault) != before
    return Finding(broken, len(rounds))


def damage(index: Path, trial: Trial) -> None:
    """Remove the index, or do something bad to some of its files."""
    files = sorted(file for file in index.rglob("*") if file.is_file())
    if trial.chance.random() < 0.2:
        shutil.rmtree(index)
        return
    for file in trial.chance.sample(files, min(len(files), trial.chance.randint(1, 12))):
        data = bytearray(file.read_bytes())
        match trial.chance.choice(("gone", "cut", "garbled")):
            case "gone":
                file.unlink()
            case "cut":
                file.write_bytes(data[: len(data) // 2])
            case "garbled":
                start = trial.chance.randrange(len(data) or 1)
                file.write_bytes(data[:start] + trial.chance.randbytes(64) + data[start + 64 :])


def crash_while_indexing_loses_nothing(trial: Trial) -> Finding:
    """Kill the indexer again and again: one run more must find all that a fresh index finds."""
    vault, untroubled = welcome(trial.folder), Program(trial.folder)
    begun = time.monotonic()
    untroubled.result("index", vault)
    whole_run = time.monotonic() - begun
    before, wanted, broken, rounds = bytes_below(vault), untroubled.found(vault), 0, trial.times(4)
    for number in rounds:
        program = Program(trial.folder / f"crash {number}")
        program.folder.mkdir()
        for _ in range(3):
            with program.start("index", vault) as process:
                time.sleep(trial.chance.uniform(0, whole_run))
                process.kill()
        program.result("index", vault)
        broken += program.found(vault) != wanted
    return Finding(broken + differences(before, bytes_below(vault)), len(rounds))


PROMISES: tuple[Promise, ...] = (index_is_rebuilt, crash_while_indexing_loses_nothing)
