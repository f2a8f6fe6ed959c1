"""When long work has to wait: while the person is at work, and while the machine runs on its battery.

What was just saved is indexed all the same; only work that nobody waits for is held back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.engine.power import on_battery
from core.index.model import Hold

QUIET_S = 1.0
"""How long the person must have done nothing before long work goes on."""
RETRY_S = 60.0
"""How long an embedding model that failed is left alone."""
LOOK_AGAIN_S = 15.0
"""How often the battery is looked at."""


class Manners:
    """Says whether long work may go on; usable from any thread."""

    def __init__(
        self,
        *,
        pause_on_battery: bool = True,
        battery: Callable[[], bool] = on_battery,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause_on_battery = pause_on_battery
        self._battery = battery
        self._now = now
        self._acted = -QUIET_S
        self._retry_at = 0.0
        self._looked = -LOOK_AGAIN_S
        self._on_battery = False
        self._lock = threading.Lock()
        self.paused = False

    def person_acts(self) -> None:
        """Take note that the person types or waits for an answer."""
        self._acted = self._now()

    def wait_and_retry(self) -> None:
        """Take note that the embedding model did not answer."""
        self._retry_at = self._now() + RETRY_S

    @property
    def hold(self) -> Hold:
        """Why long work has to wait now."""
        if self.paused:
            return Hold.PAUSED
        if self._pause_on_battery and self._discharging():
            return Hold.BATTERY
        if self._now() < self._retry_at:
            return Hold.RETRY
        return Hold.PERSON if self._now() - self._acted < QUIET_S else Hold.NONE

    @property
    def wait_s(self) -> float:
        """Seconds until it is worth asking again, where `hold` says that work has to wait."""
        if self.hold is Hold.PERSON:
            return max(0.0, self._acted + QUIET_S - self._now())
        return LOOK_AGAIN_S

    def _discharging(self) -> bool:
        with self._lock:
            if self._now() - self._looked >= LOOK_AGAIN_S:
                self._looked = self._now()
                self._on_battery = self._battery()
            return self._on_battery
