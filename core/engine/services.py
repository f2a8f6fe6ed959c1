"""Index, indexer and search of one vault, opened together; what command line and engine both stand on."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from core.concurrency import CancelToken
from core.documents.library import Library
from core.documents.naming import is_document
from core.engine.late_embedder import LateEmbedder
from core.errors import IndexDamaged
from core.index import second_encoder
from core.index.indexer import Indexer
from core.index.model import IndexReport, OnProgress
from core.index.reranking.client import Reranker
from core.index.store_address import below
from core.index.vault_index import open_index
from core.paths import Places, models_dir
from core.search.glossary import building
from core.search.glossary.glossary import Glossary
from core.search.model import Passage, SearchQuery
from core.search.recent import RecentSearches
from core.search.reranked import RerankedSearcher
from core.search.searcher import Searcher
from core.settings import Settings
from core.text.tags import tag_rule
from core.vault import snapshot
from core.vault.ignore import Ignore, load_ignore
from core.vault.location import vault_root
from core.vault.model import Change, ChangeKind, Snapshot

log = logging.getLogger(__name__)


class VaultServices:
    """One vault's index for one embedding model. `indexer` is for one thread, `searcher` for any."""

    def __init__(self, vault: Path, settings: Settings, where: Places, *, model: str | None = None) -> None:
        """Open or make the index; reads no note yet.

        Args:
            model: embedding model instead of the one in the settings.

        Raises:
            VaultMissing, VaultNotAFolder, VaultUnreadable: the vault cannot be used.
            EmbeddingUnavailable: the model is a named one that is not prepared.
        """
        self.vault = vault_root(vault)
        self.embedder = LateEmbedder(settings.index.embedder if model is None else model, models_dir(where))
        shared = settings.index.store_url
        self.index = open_index(
            where.index_of(self.vault),
            self.embedder.name,
            self.embedder.dimensions,
            store=below(shared, self.vault.name) if shared else "",
        )
        self.glossary = Glossary(building.glossary_file(models_dir(where)))
        self.documents = Library(where.documents_of(self.vault))
        second = second_encoder.shared(models_dir(where))
        searcher = Searcher(
            self.index,
            self.embedder,
            second=second,
            glossary=self.glossary,
            label_at=self.documents.label_at,
        )
        self.reranker = Reranker(settings.index.reranker) if settings.index.reranker else None
        self.searcher = RerankedSearcher(searcher, self.reranker) if self.reranker else searcher
        self.recent = RecentSearches(self.searcher.search, self.index.store)
        self.snapshot = Snapshot({})
        self._patterns = settings.index.exclude
        self._reread: set[str] = set()
        """Notes that other tags to leave out concern, until they are told."""
        self._max_bytes = settings.index.max_note_bytes
        self.indexer = Indexer(
            self.index,
            self.vault,
            self.embedder,
            scan=self._scan,
            max_note_bytes=self._max_bytes,
            second=second,
            documents=self.documents,
            left_out=tag_rule(settings.index.exclude_tags),
        )

    def refresh(
        self,
        dirty: Iterable[str],
        *,
        on_progress: OnProgress | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[IndexReport, list[Change]]:
        """Look again at these paths, index what changed there, and return both.

        Paths of documents may be among them; what changed of those is indexed, but not returned.
        """
        paths = set(dirty)
        documents = {path for path in paths if is_document(path)}
        self.snapshot, changes = snapshot.refresh(
            self.vault,
            self.snapshot,
            paths - documents,
            ignore=self.ignore(),
            max_bytes=self._max_bytes,
            in_place=True,
        )
        everything = [*changes, *self._document_changes(documents)]
        return self.indexer.update(everything, on_progress=on_progress, cancel=cancel), changes

    def rescan(
        self, *, on_progress: OnProgress | None = None, cancel: CancelToken | None = None
    ) -> tuple[IndexReport, list[Change]]:
        """Look at the whole vault, index what changed, and return both; changes since the last look."""
        with contextlib.suppress(IndexDamaged):  # then all notes are read anew
            self._reread.update(self.indexer.apply_rule())
        before = self.snapshot if self.snapshot.notes else _notes_alone(self.index.catalog.snapshot())
        report = self.indexer.update(on_progress=on_progress, cancel=cancel)
        changes = snapshot.diff(before, self.snapshot)
        reread, self._reread = self._reread - {change.path for change in changes}, set()
        there = [(path, self.snapshot.notes.get(path)) for path in sorted(reread)]
        return report, changes + [Change(ChangeKind.MODIFIED, path, stamp) for path, stamp in there if stamp]

    def read_if_new(self) -> None:
        """Index the words of a vault that was never looked at, so that a first search finds something."""
        try:
            is_new = not self.index.scanned
        except IndexDamaged:
            is_new = True
        if is_new:
            self.indexer.update()

    def search(self, query: SearchQuery) -> list[Passage]:
        """Look up passages; an index that turns out damaged is first built anew from the notes.

        For one thread that waits. Where a keeper is at work, ask `searcher` and leave the index to it.
        """
        try:
            return self.searcher.search(query)
        except IndexDamaged:
            log.warning("a search met a damaged index; building it anew")
        self.index.reset()
        self.indexer.update()
        return self.searcher.search(query)

    def ignore(self) -> Ignore:
        """What is not indexed, as the vault's own file and the settings say now."""
        return load_ignore(self.vault, self._patterns)

    def close(self) -> None:
        """Close the index and end the embedding process, and that of the reranker."""
        if self.reranker is not None:
            self.reranker.close()
        self.embedder.close()
        self.glossary.close()
        self.index.close()

    def _scan(self) -> Snapshot:
        """The notes of the vault, remembered, and the documents beside them."""
        self.snapshot = snapshot.scan(self.vault, ignore=self.ignore(), max_bytes=self._max_bytes)
        return replace(self.snapshot, notes={**self.snapshot.notes, **self.documents.stamps()})

    def _document_changes(self, paths: Iterable[str]) -> list[Change]:
        """What the index does not know yet of these documents."""
        stamps = self.documents.stamps()
        known = self.index.catalog.entries(paths)
        old = Snapshot({path: entry.stamp for path, entry in known.items()})
        return snapshot.diff(old, Snapshot({path: stamps[path] for path in paths if path in stamps}))


def _notes_alone(everything: Snapshot) -> Snapshot:
    return Snapshot({path: stamp for path, stamp in everything.notes.items() if not is_document(path)})
