"""Results that come for somebody who is gone: a dialog that was closed while its question was under way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid


def is_for_the_gone(call: Callable[..., object]) -> bool:
    """Whether a call goes to a method of an object that Qt has deleted; `partial`s are looked through.

    Qt cuts its own connections when it deletes an object, and knows nothing of our callbacks.
    """
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)
