"""Changes of the vault in, a current index out: words first, vectors after.

    indexer = Indexer(index, vault, embedder, scan=partial(scan, vault), max_note_bytes=...)
    report = indexer.update()            # the whole vault; or update(changes)
    indexer.embed_pending(first=[path])  # what could not be embedded at once, latest notes first
    indexer.tidy()                       # when idle

`update` commits notes in batches, so that they are found by their words at once; vectors computed before come
from the cache, and the few of a small change are computed before its one commit. `embed_pending` can be
cancelled, shared with another process, or killed, and goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.concurrency import CancelToken
from core.documents.library import Library
from core.errors import IndexDamaged
from core.index import second_encoder
from core.index.model import Embedder, IndexEmbedder, IndexReport, OnProgress
from core.index.run import Run
from core.index.second_phase import SecondPhase
from core.index.tagged_out import apply_rule
from core.index.vault_index import VaultIndex
from core.index.vector_phase import VectorPhase
from core.index.word_phase import WordPhase
from core.text.tags import TagRule
from core.vault.model import Change, ChangeKind, Snapshot
from core.vault.snapshot import diff

log = logging.getLogger(__name__)

ATTEMPTS = 3  # a note that is being written while it is read is read again; then the next change tells


class Indexer:
    """Keeps one index in step with its vault; one call at a time."""

    def __init__(
        self,
        index: VaultIndex,
        vault: Path,
        embedder: IndexEmbedder,
        *,
        scan: Callable[[], Snapshot],
        max_note_bytes: int,
        second: Embedder | None = None,
        documents: Library | None = None,
        left_out: TagRule = TagRule(),  # noqa: B008 -- frozen
    ) -> None:
        """Args:
        scan: lists the vault's notes as they are now.
        max_note_bytes: larger notes are set aside.
        second: the encoder that helps across languages, if not the built-in one.
        documents: the imported documents that `scan` lists among the notes.
        left_out: notes with these tags are not indexed; what `scan` does not list is not, either.
        """
        self._index = index
        self._left_out = left_out
        self._embedder = embedder
        self._scan = scan
        self._vectors = VectorPhase(index, embedder)
        self._second = SecondPhase(index, embedder, second or second_encoder.shared())
        self._words = WordPhase(
            index,
            vault,
            self._vectors,
            max_note_bytes=max_note_bytes,
            documents=documents,
            left_out=left_out,
        )

    def apply_rule(self) -> list[str]:
        """Return the notes that go or come back because other tags are left out; `update` reads them again.

        Raises:
            IndexDamaged: `update` mends it.
        """
        return apply_rule(self._index.catalog, self._left_out)

    def update(
        self,
        changes: Sequence[Change] | None = None,
        *,
        on_progress: OnProgress | None = None,
        cancel: CancelToken | None = None,
    ) -> IndexReport:
        """Bring the words of the index up to date with `changes`, or with the whole vault as it is now.

        A damaged or deleted index is thrown away and the whole vault read again.

        Raises:
            Cancelled: between two notes; what is committed stays, and the next full update does the rest.
        """
        begin = time.monotonic()
        run = Run(on_progress, cancel or CancelToken())
        try:
            self._apply(changes, run)
        except IndexDamaged:
            log.warning("the index is damaged or gone; building it anew")
            self._index.reset()
            run = Run(on_progress, run.cancel)
            self._apply(None, run)
        return self._report(run, time.monotonic() - begin)

    def embed_pending(
        self,
        *,
        first: Sequence[str] = (),
        on_progress: OnProgress | None = None,
        cancel: CancelToken | None = None,
    ) -> int:
        """Compute the vectors that are missing and return how many chunks went through the model.

        Args:
            first: paths to do before the others, such as the open note; then the latest changed ones follow.

        Raises:
            Cancelled: after what was computed so far has been stored.
            EmbeddingUnavailable: the model cannot be used; words are found all the same.
            IndexDamaged: call `update`, which builds it anew.
        """
        run = Run(on_progress, cancel or CancelToken())
        self._vectors.fill(run, first)
        self._index.mark_complete()
        self._second.fill(run)
        return run.embedded

    def bring_up_to_date(
        self, *, on_progress: OnProgress | None = None, cancel: CancelToken | None = None
    ) -> IndexReport:
        """Both phases over the whole vault, then tidy up; for the command line. Raises as they do.

        It does not end well before every part of the index can be read; one that cannot is built anew.
        """
        begin = time.monotonic()
        try:
            report = self._everything(on_progress, cancel)
        except IndexDamaged:
            self._index.reset()
            report = self._everything(on_progress, cancel)
        return replace(report, seconds=time.monotonic() - begin)

    def _everything(self, on_progress: OnProgress | None, cancel: CancelToken | None) -> IndexReport:
        report = self.update(on_progress=on_progress, cancel=cancel)
        embedded = self.embed_pending(on_progress=on_progress, cancel=cancel)
        self._index.tidy(force=True)
        self._index.prove()
        return replace(report, embedded=report.embedded + embedded)

    def tidy(self, *, force: bool = False) -> bool:
        """Compact the index if enough was written since the last time, and tell whether it was; when idle.

        A damaged index is built anew, as by `update`.
        """
        try:
            return self._index.tidy(force=force)
        except IndexDamaged:
            self._index.reset()
            self.update()
            return True

    def _apply(self, changes: Sequence[Change] | None, run: Run) -> None:
        """One pass, and again over notes that changed meanwhile or whose rows a repair found wanting."""
        self._index.check()
        if changes is not None and not self._index.scanned:
            changes = None  # the index is new, or was deleted and made again: a few changes would leave gaps
        todo = self._whole_vault(run) if changes is None else changes
        for _ in range(ATTEMPTS):
            unsettled = self._words.apply(todo, run)
            again = dict.fromkeys([*unsettled, *self._index.catalog.doubtful()])
            if not again:
                break
            todo = [Change(ChangeKind.MODIFIED, path) for path in again]
        if changes is None:
            self._index.mark_scanned()

    def _whole_vault(self, run: Run) -> list[Change]:
        self.apply_rule()
        found = self._scan()
        run.skipped += found.skipped
        return diff(self._index.catalog.snapshot(), found)

    def _report(self, run: Run, seconds: float) -> IndexReport:
        totals = self._index.catalog.totals()
        return IndexReport(
            notes=totals.notes,
            documents=totals.documents,
            chunks=totals.chunks,
            added=run.added,
            changed=run.changed,
            removed=run.removed,
            unchanged=max(0, totals.notes + totals.documents - run.added - run.changed),
            embedded=run.embedded,
            skipped=(*run.skipped, *self._index.catalog.problems()),
            seconds=seconds,
            model=self._embedder.name,
        )
