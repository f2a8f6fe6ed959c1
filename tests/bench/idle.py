"""Processor time of the open window and all its processes while nobody does anything, with 10 000 notes.

The vault is indexed before with made-up vectors (see `scale`), so that the measured program has nothing to
embed. Once it has come to rest it is watched for a minute, its editor in focus with a blinking caret. Linux
only: the times are the scheduler's own, to the nanosecond; wake-ups are voluntary switches of all threads.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.filled import fill, make_vault
from tests.bench.memory import name_of, resident_mib, tree
from tests.bench.report import publish

NOTES = 10_000
WATCHED_S = 60.0
AT_REST = 0.05
"""Share of one core below which a program that has just started is taken to have come to rest."""
LOOK_S = 5.0
PATIENCE_S = 600.0
FOCUS = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Pilotfish", "windowfocus"]
PILOTFISH = str(Path(sys.executable).with_name("pilotfish"))


class Use(NamedTuple):
    """What a process has used since it started."""

    seconds: float
    wakeups: int


def use_of(pid: int) -> Use:
    """Return the use of one process, summed over its threads that are alive; none if it is gone."""
    seconds, wakeups = 0.0, 0
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
            status = (task / "status").read_text()
            wakeups += int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return Use(seconds, wakeups)


def watch(pid: int, seconds: float) -> dict[int, Use]:
    """Return what each process of the tree used within that time."""
    before = {one: use_of(one) for one in tree(pid)}
    time.sleep(seconds)
    none = Use(0.0, 0)
    after = {one: use_of(one) for one in tree(pid)}
    return {
        one: Use(used.seconds - before.get(one, none).seconds, used.wakeups - before.get(one, none).wakeups)
        for one, used in after.items()
    }


def wait_for_rest(pid: int) -> float:
    """Return the seconds until the program had nothing more to do for two looks running."""
    begin, quiet = time.monotonic(), 0
    while quiet < 2:
        if time.monotonic() - begin > PATIENCE_S:
            raise SystemExit("it does not come to rest")
        used = sum(use.seconds for use in watch(pid, LOOK_S).values())
        quiet = quiet + 1 if used < AT_REST * LOOK_S else 0
    return time.monotonic() - begin


def kinds(pids: list[int]) -> dict[int, str]:
    """Return what each process of the program is for; children are numbered in the order of their birth."""
    window, *children = pids
    trackers = {pid for pid in children if "resource_tracker" in name_of(pid)}
    numbered = {pid: f"child {number}" for number, pid in enumerate(children, start=1)}
    return {window: "window", **numbered, **dict.fromkeys(trackers, "tracker")}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault, base = make_vault(Path(folder) / "vault", NOTES), Path(folder) / "base"
        (vault / "README.md").write_text("# A note to be open\n", encoding="utf-8")  # opens by itself
        fill(vault, base)
        program = subprocess.Popen([PILOTFISH, "--base-dir", str(base), str(vault)], env=dict(os.environ))
        try:
            time.sleep(LOOK_S)
            subprocess.run(FOCUS, check=True, timeout=PATIENCE_S)
            rest = wait_for_rest(program.pid)
            used = watch(program.pid, WATCHED_S)
            resident = sum(resident_mib(pid) for pid in used)
            names = kinds(list(used))
        finally:
            program.terminate()
            program.wait(60)
    seconds = sum(use.seconds for use in used.values())
    publish(
        {
            "cpu_percent": round(100 * seconds / WATCHED_S, 3),
            "wakeups_per_second": round(sum(use.wakeups for use in used.values()) / WATCHED_S, 1),
            "processes": {
                names[pid]: {
                    "cpu_percent": round(100 * use.seconds / WATCHED_S, 3),
                    "wakeups_per_second": round(use.wakeups / WATCHED_S, 1),
                }
                for pid, use in used.items()
            },
            "notes": NOTES,
            "seconds_to_rest": round(rest),
            "resident_mib": round(resident),
        }
    )


if __name__ == "__main__":
    main()
