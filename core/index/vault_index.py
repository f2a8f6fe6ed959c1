"""The index of one vault for one embedding model: rows, catalogue and vector cache, kept in step.

    index/<vault>/                 places.index_of(vault)
        writer.lock                held while a batch is written, by one process at a time
        embedding.lock             held while a batch is embedded, so that two programs share the work
        vectors.sqlite             vectors by (model, text), shared by all generations
        <generation>/              one for each model and set of chunk rules
            about.json             what it was built with, and whether it was ever complete
            catalog.sqlite         notes, names, links, tags
            rows/                  LanceDB
            seal.json              what its files must hold

Deleting any of it loses nothing but time: it is rebuilt from the notes, and from the vectors that are left.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from core.errors import IndexDamaged, IndexUnavailable
from core.files import write_atomically
from core.index import second_encoder
from core.index.catalog import Catalog, CatalogWriter
from core.index.damage import index_errors
from core.index.database import remove
from core.index.lance import NO_VERSION, OLD_VERSIONS_KEPT, LanceStore
from core.index.model import Vector
from core.index.seal import Seal
from core.index.shared_store import SharedStore
from core.index.store_address import below
from core.index.vectors import SECONDS_A_DAY, VectorCache

log = logging.getLogger(__name__)

CHUNK_RULES = 1
"""Raised when `core.text.chunks` cuts notes differently: another number is another generation."""
LAYOUT = 6
"""Version of tables and columns; another one is another generation."""
STORE_VERSION = "store version"
CACHE = "cache of vectors"
SCANNED = "whole vault read"
CHUNKS_IN = "chunks in "
LANGUAGES = ("zh", "en")
TIDY_VERSION = "store version when tidied"
PRUNED_DAY = "day when old vectors were forgotten"
PRUNE_EVERY_DAYS = 30
CLEANING_DUE = "second from which old files can go"
WORTH_CROSSING = 0.05  # share of the vault from which on a language is looked into by whoever asks in another
FEWEST_CHUNKS = 10
TIDY_AFTER_COMMITS = 20  # 45 commits without made hybrid search seven times slower


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was built with."""

    model: str
    dimensions: int
    chunk_rules: int
    layout: int
    complete: bool = False
    store: str = ""
    """Address of the table where it is shared with other machines; empty for a folder of this one."""

    @property
    def folder(self) -> str:
        """Name of the generation's folder."""
        return _digest(self._built_with, self.store) if self.store else self.generation

    @property
    def generation(self) -> str:
        """The same on every machine."""
        return _digest(self._built_with)

    @property
    def _built_with(self) -> str:
        return f"{self.model}\n{self.dimensions}\n{self.chunk_rules}\n{self.layout}"


class VaultIndex:
    """One generation of a vault's index, opened for search and for writing.

    Any number of processes may have it open. Use it as a context manager, or close it.
    """

    def __init__(self, home: Path, about: About, *, clock: Callable[[], float] = time.time) -> None:
        self.home = home
        self.about = about
        self.folder = home / about.folder
        self.catalog = Catalog(self.folder / "catalog.sqlite")
        self.vectors = VectorCache(home / "vectors.sqlite", about.model)
        self.second_vectors = VectorCache(home / "vectors.sqlite", second_encoder.NAME)
        self.store = _store(about, self.folder, lambda: self.catalog.fact(STORE_VERSION))
        self._seal = Seal(self.folder / "rows", self.folder / "seal.json")
        self.embedding_lock = FileLock(home / "embedding.lock")
        self._writer_lock = FileLock(home / "writer.lock")
        self._clock = clock

    def __enter__(self) -> VaultIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def model(self) -> str:
        """Fingerprint of the embedding model its vectors come from."""
        return self.about.model

    @property
    def is_shared(self) -> bool:
        """Whether other machines read and write the same rows."""
        return isinstance(self.store, SharedStore)

    def known_vectors(self, hashes: Sequence[str]) -> dict[str, Vector]:
        """Vectors by text hash that were computed before, here or on a machine that shares the rows."""
        found = self.vectors.get(hashes)
        missing = [text_hash for text_hash in hashes if text_hash not in found]
        if missing and isinstance(self.store, SharedStore):
            fetched = self.store.vectors_of(missing)
            self.vectors.put(fetched.items(), now=self._clock())
            found |= fetched
        return found

    @property
    def complete(self) -> bool:
        """Whether every note had its vectors once; until then the older generations are kept."""
        return _read_about(self.folder).complete

    @property
    def scanned(self) -> bool:
        """Whether the whole vault has been read once: what is not here is then not in the vault."""
        return bool(self.catalog.fact(SCANNED))

    def other_language(self, lang: str) -> str:
        """The language beside `lang` that the vault holds to speak of, as of the last `note_languages`."""
        counts = {other: self.catalog.fact(CHUNKS_IN + other) for other in LANGUAGES}
        enough = max(FEWEST_CHUNKS, WORTH_CROSSING * sum(counts.values()))
        return next((other for other in LANGUAGES if other != lang and counts[other] >= enough), "")

    def note_languages(self) -> None:
        """Look which languages the chunks are in."""
        for lang in LANGUAGES:
            self.catalog.keep_fact(CHUNKS_IN + lang, self.store.count_in(lang))

    def mark_scanned(self) -> None:
        """Note that the whole vault has been read once."""
        if not self.scanned:
            self.catalog.keep_fact(SCANNED, 1)

    def mark_complete(self) -> None:
        """Note that every note has its vectors, and remove the generations before this one."""
        if not self.scanned:
            return
        if not self.complete:
            _write_about(self.folder, replace(self.about, complete=True))
        for folder in _others(self):
            log.info("removing the index %s, which has been replaced", folder)
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator[CatalogWriter]:
        """The right to write, one process at a time: rows go to `store`, then the catalogue is committed.

        Whatever a killed writer or a deleted folder left behind is repaired first.
        """
        with self._locked():
            self._repair()
            with self.catalog.database.writing() as connection:
                writer = CatalogWriter(connection, ids_by_path=self.is_shared)
                yield writer
                writer.keep_fact(STORE_VERSION, self.store.version)

    def check(self) -> None:
        """Repair now what a killed writer or a deleted folder or cache left behind."""
        with self._locked():
            self._repair()
            self._recognise_cache()

    def prove(self) -> None:
        """Raise `IndexDamaged` where a part is broken or has changed; shared rows are too many to read."""
        self.catalog.database.prove()
        self.vectors.prove()
        self.second_vectors.prove()
        if not self.is_shared:
            self.store.prove()
            with self._locked():
                self._check_seal()
                self._seal.put(self.store.version)

    def reset(self) -> None:
        """Throw away rows and catalogue, keep every vector; the notes are indexed anew by the next update.

        Where another process has just done so, what it made is kept.
        """
        with self._locked():
            if self.catalog.database.was_replaced():
                self.close()
                return
            self._save_vectors()
            self.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def tidy(self, *, force: bool = False) -> bool:
        """Compact the rows if enough was written since the last time, and tell whether it was; when idle.

        What other processes may still have been reading is deleted by a second time, when they cannot.
        """
        written = self.store.version - self.catalog.fact(TIDY_VERSION)
        is_worth_it = abs(written) >= (1 if force else TIDY_AFTER_COMMITS)
        is_due = 0 < self.catalog.fact(CLEANING_DUE) <= self._clock()
        if not (is_worth_it or is_due):
            return False
        with self._locked():
            self._repair()
            self._check_seal()  # what is damaged must not be copied
            self._seal.lift()
            self.store.optimize()
            version = self.store.version
            self._seal.put(version)
            self.catalog.keep_fact(STORE_VERSION, version)
            self.catalog.keep_fact(TIDY_VERSION, version)
            due = int(self._clock() + OLD_VERSIONS_KEPT.total_seconds()) + 1 if is_worth_it else 0
            self.catalog.keep_fact(CLEANING_DUE, due)
            self._prune()
        return True

    def close(self) -> None:
        """Close all files."""
        self.store.close()
        self.catalog.database.close()
        self.vectors.close()
        self.second_vectors.close()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self._writer_lock.acquire()
        except OSError as error:
            reason = error.strerror or str(error)
            raise IndexUnavailable(
                f"The index cannot be kept in {self.home}: {reason}.", reason=reason
            ) from error
        try:
            yield
        finally:
            self._writer_lock.release()

    def _repair(self) -> None:
        """Make rows and catalogue agree, where the last writer did not get to the end.

        Rows that are shared may be newer than this catalogue at any time; they are made anew only where there
        are none at all. What a killed writer did not record is in the next difference of the vault.
        """
        if not self.folder.exists():
            _write_about(self.folder, self.about)
        if self.store.exists() and (self.is_shared or self._is_in_step()):
            return
        self.catalog.keep_fact(STORE_VERSION, NO_VERSION)
        self.store.create()
        with self.catalog.database.writing() as connection:
            writer = CatalogWriter(connection)
            for note_id in writer.repair(self.store.state()):
                self.store.replace_note(note_id, [])
            writer.keep_fact(STORE_VERSION, self.store.version)

    def _is_in_step(self) -> bool:
        """Whether the catalogue knows the newest commit; raises where the rows lost the one that it knows."""
        version, known = self.store.version, self.catalog.fact(STORE_VERSION)
        if version < known:
            raise IndexDamaged(f"Version {known} of the rows has gone.")
        return version == known

    def _recognise_cache(self) -> None:
        """Fill the cache of vectors again if it was lost: from the rows, and by the second encoder."""
        known = self.catalog.fact(CACHE)
        if known == self.vectors.born:
            return
        if known:
            self._save_vectors()
            self.catalog.want_second()
        self.catalog.keep_fact(CACHE, self.vectors.born)

    def _check_seal(self) -> None:
        if self._seal.is_broken(self.store.version):
            raise IndexDamaged("Files of the index have changed.")

    def _prune(self) -> None:
        """Forget old vectors that no note has any more, once a month; shared rows are too many to look at."""
        today = int(self._clock() // SECONDS_A_DAY)
        last = self.catalog.fact(PRUNED_DAY)
        if self.is_shared or today - last < PRUNE_EVERY_DAYS:
            return
        self.catalog.keep_fact(PRUNED_DAY, today)
        if last:  # a new index has nothing that is old
            used = self.store.text_hashes()
            for cache in (self.vectors, self.second_vectors):
                cache.prune(used, now=self._clock())

    def _save_vectors(self) -> None:
        """Put the vectors of the rows into the cache; a damaged table gives what it can."""
        try:
            self.vectors.prove()
        except IndexDamaged:
            self.vectors.close()
            self.second_vectors.close()
            remove(self.vectors.database.file)
        if self.is_shared:  # the rows stay where they are
            return
        try:
            for batch in _store(self.about, self.folder).vectors():  # of any version
                self.vectors.put(batch, now=self._clock())
        except IndexDamaged:
            log.warning("not every vector of the damaged index could be saved")


def open_index(home: Path, model: str, dimensions: int, *, store: str = "") -> VaultIndex:
    """Open the index that `model` fills, making it if need be.

    Args:
        home: the folder of all indexes of the vault (`Places.index_of`).
        model: fingerprint of the embedding model.
        dimensions: length of its vectors.
        store: address of the vault's place in a store that other machines share (`core.index.connecting`).
    """
    index = VaultIndex(home, About(model, dimensions, CHUNK_RULES, LAYOUT, store=store))
    try:
        ready = index.folder.exists() and index.store.exists()
    except IndexDamaged:
        ready = False
    if not ready:
        _make(index)
    return index


def _make(index: VaultIndex) -> None:
    """Make what is not there; ruins are cleared away first."""
    try:
        with index.writing():
            return
    except IndexDamaged:
        index.reset()
    with index.writing():
        pass


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()


def _store(about: About, folder: Path, committed: Callable[[], int] = lambda: NO_VERSION) -> LanceStore:
    if about.store:
        return SharedStore(below(about.store, about.generation), about.dimensions)
    return LanceStore(str(folder / "rows"), about.dimensions, committed=committed)


def _others(index: VaultIndex) -> list[Path]:
    """The folders of the vault's other generations."""
    return [file.parent for file in sorted(index.home.glob("*/about.json")) if file.parent != index.folder]


def _read_about(folder: Path) -> About:
    try:
        return About(**json.loads((folder / "about.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return About("", 0, 0, 0)  # damaged: never complete, never ours


def _write_about(folder: Path, about: About) -> None:
    with index_errors(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "about.json", json.dumps(asdict(about), ensure_ascii=False).encode())
