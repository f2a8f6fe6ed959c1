"""Keeps the C library from holding on to memory that nobody uses any more.

glibc gives each thread a heap of its own and hardly ever takes one back. LanceDB searches on many threads:
after 60 searches over 10 000 chunks the engine held 460 MiB, with two heaps 355 MiB, at the same speed.
"""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8  # of malloc.h
_HEAPS = 2


def bound_heaps() -> None:
    """Let all threads of this process share two heaps; called before it starts any. No-op without glibc."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Hand free memory back to the system; takes some milliseconds. No-op without glibc."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
