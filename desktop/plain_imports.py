"""Imports as Python does them.

PySide6 brings a hook that reads the source of every module imported after it, to learn whether the module may
use the switches of `__feature__` (snake_case, true_property). Nothing here does, and the reading costs 40 ms
of processor time at the start, 32 of the 44 of Xlib's import, and 14 MiB of sources that `linecache` keeps.
"""

from __future__ import annotations

import builtins


def use_plain_imports() -> None:
    """Load PySide6 without that hook; call before anything else imports it."""
    import PySide6.QtCore  # noqa: F401 -- the hook comes with it

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
