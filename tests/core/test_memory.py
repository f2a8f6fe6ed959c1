"""Memory that the C library would keep: measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

SPREAD = """
import sys, threading
sys.path.insert(0, ".")
from core import memory

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) // 256

memory.bound_heaps()
gate = threading.Barrier(8)

def work():
    blocks = [bytearray(60_000) for _ in range(200)]  # below the size from which on a block is a mapping
    gate.wait()
    blocks.clear()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
before = resident()
memory.give_back()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heaps")
def test_what_many_threads_freed_goes_back_to_the_system():
    done = subprocess.run([sys.executable, "-c", SPREAD], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 30  # MiB, of the 90 that were taken
    assert done.stderr == ""


def test_it_may_be_called_on_any_system(monkeypatch):
    from core import memory

    monkeypatch.setattr(sys, "platform", "win32")
    memory.bound_heaps()
    memory.give_back()
