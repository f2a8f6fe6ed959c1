"""What one run of the indexer has done so far, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.concurrency import CancelToken
from core.index.catalog import Catalog
from core.index.model import IndexProgress, OnProgress
from core.vault.model import Skipped


@dataclass(slots=True)
class Run:
    """The counters of one run; both phases add to them."""

    on_progress: OnProgress | None = None
    cancel: CancelToken = field(default_factory=CancelToken)
    total: int = 0
    done: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    embedded: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    problem: str = ""

    def tell(self, catalog: Catalog, current: str) -> None:
        """Report where the run is."""
        if self.on_progress is None:
            return
        totals = catalog.totals()
        self.on_progress(
            IndexProgress(
                notes_done=self.done,
                notes_total=max(self.total, self.done),
                chunks_embedded=totals.chunks - totals.waiting,
                chunks_total=totals.chunks,
                current=current,
                problem=self.problem,
            )
        )
