"""The thread that keeps an index current: dirty paths first, then the whole vault, then vectors, then order.

Everything that writes to the index in this process happens on this one thread. Long work is cut short as soon
as something more urgent arrives, and goes on afterwards.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from core import memory
from core.concurrency import Cancelled, CancelToken, step_behind
from core.engine.manners import Manners
from core.engine.model import NotesChanged
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable, IndexDamaged, PilotfishError
from core.index.model import Hold, IndexProgress
from core.search.model import SearchQuery
from core.vault.model import Change, ChangeKind

log = logging.getLogger(__name__)

IDLE_BEFORE_TIDYING_S = 5.0

Step = Callable[[], None]
Emit = Callable[[IndexProgress | NotesChanged | PilotfishError], None]


class IndexKeeper:
    """Takes notice of changes from any thread and brings the index up to date on its own."""

    def __init__(
        self,
        services: VaultServices,
        emit: Emit,
        *,
        manners: Manners | None = None,
        on_model_missing: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_model_missing` is called when vectors wait and the model is not prepared, or was found damaged;
        `want_vectors` is to be called once it is."""
        self.manners = manners or Manners(pause_on_battery=False)
        self._services = services
        self._emit = emit
        self._on_model_missing = on_model_missing
        self._wake = threading.Condition()
        self._dirty: set[str] = set()
        self._rescan_wanted = True
        self._vectors_wanted = True
        self._tidy_wanted = False
        self._searched = False
        """Whether searches may have left memory behind: some 30 MiB after forty of them over 20 000 notes."""
        self._rebuild_wanted = False
        self._failed_search: SearchQuery | None = None
        self._is_incurable = False
        """Whether a search failed even over new rows: then others would not help either."""
        self._is_rebuilt = False
        """Whether the rows were made anew because vectors could not be kept: once more would not help."""
        self._stopping = False
        self._open_note = ""
        self._task = CancelToken()
        self._step: Step | None = None
        self._progress = IndexProgress(0, 0, 0, 0)
        self._thread = threading.Thread(target=self._run, name="index-keeper", daemon=True)

    def start(self) -> None:
        """Begin with a look at the whole vault."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Finish the batch under way and end."""
        with self._wake:
            self._stopping = True
            self._interrupt()
        self._thread.join(seconds)

    def mark_dirty(self, paths: Iterable[str]) -> None:
        """These notes or folders may have changed."""
        with self._wake:
            self._dirty.update(paths)
            self._interrupt()

    def want_rescan(self) -> None:
        """The whole vault may have changed."""
        with self._wake:
            self._rescan_wanted = True
            self._interrupt()

    def want_mending(self, query: SearchQuery) -> None:
        """A search met damage: if it does so again, the rows are made anew."""
        with self._wake:
            self._failed_search = query
            self._interrupt()

    def want_rebuild(self) -> None:
        """The rows are to be thrown away and made anew; vectors are kept."""
        with self._wake:
            self._rebuild_wanted = True
            self._interrupt()

    def person_acts(self) -> None:
        """Make room: vectors wait until the person has done nothing for a moment."""
        with self._wake:
            self.manners.person_acts()
            self._searched = True
            if self._step == self._embed:
                self._task.cancel()

    def want_vectors(self) -> None:
        """The embedding model has become available."""
        with self._wake:
            self._vectors_wanted = True
            self._wake.notify_all()

    def prefer(self, path: str) -> None:
        """Embed this note before the others."""
        with self._wake:
            self._open_note = path

    def pause(self, paused: bool) -> None:
        """Pause or resume everything but notes that change just now."""
        with self._wake:
            self.manners.paused = paused
            self._interrupt()
        self._tell(replace(self._progress, hold=self.manners.hold))

    def _interrupt(self) -> None:
        """Cut the long work short and wake the thread; the lock is held."""
        self._task.cancel()
        self._wake.notify_all()

    def _run(self) -> None:
        step_behind()
        while True:
            step = self._next_step()
            if step is None:
                return
            try:
                step()
            except Cancelled:
                continue
            except PilotfishError as error:
                log.warning("indexing: %s", error)
                self._emit(error)
            except Exception:
                log.exception("indexing failed")
                self._emit(
                    IndexDamaged("Indexing met an unexpected error; see the log. Your notes are untouched.")
                )

    def _next_step(self) -> Step | None:
        """Wait for work; each kind is handed out once and asked for again by whoever finds it undone."""
        with self._wake:
            while not self._stopping:
                if step := self._choose():
                    self._task, self._step = CancelToken(), step
                    return step
                is_held = self._vectors_wanted and self.manners.hold is not Hold.NONE
                seconds = self.manners.wait_s if is_held else IDLE_BEFORE_TIDYING_S
                if not self._wake.wait(seconds) and not is_held and (step := self._choose_order()):
                    return step
        return None

    def _choose_order(self) -> Step | None:
        """What there is to do once nobody has wanted anything for a while."""
        if self._tidy_wanted:
            self._tidy_wanted = self._searched = False
            return self._tidy
        if self._searched and self.manners.hold is not Hold.PERSON:
            self._searched = False
            return memory.give_back
        return None

    def _choose(self) -> Step | None:
        if self._dirty:
            dirty, self._dirty = self._dirty, set()
            return partial(self._refresh, dirty)
        if self.manners.paused:
            return None
        if self._rebuild_wanted:
            self._rebuild_wanted = False
            return self._rebuild
        if self._failed_search is not None:
            query, self._failed_search = self._failed_search, None
            return partial(self._mend, query)
        if self._rescan_wanted:
            self._rescan_wanted = False
            return self._rescan
        return self._choose_vectors() if self._vectors_wanted else None

    def _choose_vectors(self) -> Step | None:
        """Vectors are what nobody waits for."""
        if self._services.embedder.prepared and self.manners.hold is not Hold.NONE:
            self._tell_hold()
            return None
        self._vectors_wanted = False
        return self._embed if self._services.embedder.prepared else self._on_model_missing

    def _refresh(self, dirty: set[str]) -> None:
        try:
            _, changes = self._services.refresh(dirty, on_progress=self._tell, cancel=self._task)
        except (Cancelled, IndexDamaged):
            self.want_rescan()
            raise
        self._tell_changes(changes)

    def _mend(self, query: SearchQuery) -> None:
        if self._is_incurable or not self._fails(query):
            self._rescan()
            return
        log.warning("the index is damaged; building it anew")
        self._rebuild()
        self._is_incurable = self._fails(query)

    def _fails(self, query: SearchQuery) -> bool:
        try:
            self._services.searcher.search(query)
        except IndexDamaged:
            return True
        return False

    def _rebuild(self) -> None:
        self._services.index.reset()
        self._rescan()

    def _rescan(self) -> None:
        try:
            _, changes = self._services.rescan(on_progress=self._tell, cancel=self._task)
        except Cancelled:
            self.want_rescan()
            raise
        self._tell_changes(changes)
        self._tell_idle()

    def _embed(self) -> None:
        first = [self._open_note] if self._open_note else []
        try:
            self._services.indexer.embed_pending(first=first, on_progress=self._tell, cancel=self._task)
        except EmbeddingUnavailable as error:
            self._tell(replace(self._progress, problem=str(error)))
            if not self._services.embedder.prepared:
                self._on_model_missing()
                return
            self.manners.wait_and_retry()
            self.want_vectors()
            return
        except Cancelled:
            self.want_vectors()
            raise
        except IndexDamaged:
            if self._is_rebuilt:
                raise
            self._is_rebuilt = True
            self.want_rebuild()
            return
        self._is_rebuilt = False
        self._tell_idle()

    def _tidy(self) -> None:
        self._services.indexer.tidy()
        memory.give_back()

    def _tell_changes(self, changes: list[Change]) -> None:
        """Say which notes changed, and what is to be done next because of it."""
        with self._wake:
            self._vectors_wanted = True
            self._tidy_wanted = True
        if not changes:
            return
        gone = [change.path for change in changes if change.kind is ChangeKind.REMOVED]
        moved = [(change.old_path, change.path) for change in changes if change.old_path]
        come = [change.path for change in changes if change.kind is not ChangeKind.REMOVED]
        left = [old for old, _ in moved]
        self._emit(NotesChanged(tuple(come), tuple(gone + left), tuple(moved)))

    def _tell(self, progress: IndexProgress) -> None:
        if self.manners.paused:  # what was under way does not know it
            progress = replace(progress, hold=self.manners.hold)
        self._progress = progress
        self._emit(progress)
        if self._step == self._embed and self.manners.hold is Hold.BATTERY:
            self._task.cancel()

    def _tell_hold(self) -> None:
        """Say once that vectors wait, unless it is for a moment only."""
        if (hold := self.manners.hold) is not Hold.PERSON and hold is not self._progress.hold:
            self._tell(replace(self._progress, hold=hold))

    def _tell_idle(self) -> None:
        totals = self._services.index.catalog.totals()
        done = totals.chunks - totals.waiting
        self._tell(IndexProgress(totals.notes, totals.notes, done, totals.chunks, idle=totals.waiting == 0))
