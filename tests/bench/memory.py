"""How much memory processes hold, read from Linux's own books."""

from pathlib import Path


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def resident_mib(pid: int) -> float:
    """Return the proportional set size of one process: a page that n of them share counts for 1/n."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def name_of(pid: int) -> str:
    """Return what a process is for, as far as its command line tells."""
    command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return command.strip()[-120:]
