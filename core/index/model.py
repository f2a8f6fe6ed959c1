"""Values and protocols of the index layer; no library behind them is named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from core.vault.model import Skipped

if TYPE_CHECKING:  # the window imports these values and never needs numpy
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"

LONGEST_QUERY = 2_000
"""Characters of a question that are looked at: a pasted page would slow the search down, a book stop it."""


class Embedder(Protocol):
    """Turns texts into unit vectors: one per text, same order, same length for life."""

    @property
    def name(self) -> str:
        """Fingerprint of model and preparation, stamped on every index built with it."""

    @property
    def dimensions(self) -> int:
        """Length of every vector."""

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return an array of shape (len(texts), dimensions), L2-normalised; a failing text raises."""

    def embed_query(self, text: str) -> Vector:
        """Return one vector of shape (dimensions,); overtakes passages that wait."""

    def close(self) -> None:
        """Give up the model and its process."""


class IndexEmbedder(Embedder, Protocol):
    """The `Embedder` that fills an index: it says how it is best asked, and what it can do in a hurry."""

    @property
    def batch(self) -> int:
        """How many passages are best given at once."""

    @property
    def ready(self) -> bool:
        """Whether a few passages are a matter of moments."""

    def embed_at_once(self, texts: Sequence[str]) -> Vector:
        """As `embed_passages`, for a few texts that somebody waits for."""


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """One chunk as it is stored. `vector` is None until the embedding has caught up."""

    id: str
    note_id: str
    path: str
    title: str
    heading_path: tuple[str, ...]
    start_line: int
    end_line: int
    text: str
    lang: str
    text_hash: str
    vector: Vector | None = None
    names: tuple[str, ...] = ()
    """What else the note is called: its aliases and its file name where that is not the title."""
    tags: tuple[str, ...] = ()
    """The note's tags, without `#`."""


def chunk_id(note_id: str, place: int) -> str:
    """The id of a note's chunk by its place: 0 for the first, and no place is left out."""
    return f"{note_id}:{place}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One stored chunk, without its vector, as one search saw it; a higher score is better."""

    row: ChunkRow
    score: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the vault a search may see."""

    folder: str = ""
    tag: str = ""
    exclude_path: str = ""


class ChunkSearch(Protocol):
    """Searches of the rows, side by side: each begins at once, and its best rows, best first, come later.

    All see the rows of one moment, that of the first, and never some of a commit.
    """

    def by_words(self, query: str, *, scope: Scope, limit: int) -> Future[list[Hit]]:
        """Begin a search by words; works in Chinese and English; no query raises."""

    def by_terms(
        self, terms: Mapping[str, float], *, scope: Scope, limit: int, lang: str
    ) -> Future[list[Hit]]:
        """Begin a search in one language by weighted words, any of which suffices."""

    def by_vector(self, vector: Vector, *, scope: Scope, limit: int) -> Future[list[Hit]]:
        """Begin a search by cosine similarity; rows without a vector are passed over."""


class ChunkStore(Protocol):
    """Rows of chunks with full-text and vector search; every write is one atomic commit."""

    def replace_note(self, note_id: str, rows: Sequence[ChunkRow]) -> None:
        """Make `rows` the only rows of the note; no rows removes it."""

    def replace_notes(
        self, notes: Mapping[str, Sequence[ChunkRow]], *, formerly: Mapping[str, int] | None = None
    ) -> None:
        """`replace_note` for many notes in one commit.

        Args:
            formerly: how many rows a note has had until now; those it does not name are looked up.
        """

    def set_vectors(self, rows: Sequence[ChunkRow]) -> None:
        """Fill in vectors of rows that still exist; others are passed over."""

    def rows_of(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """All rows of these notes, without their vectors, in the order of notes and lines."""

    def waiting_rows(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """The rows of these notes that have no vector yet, in the order of notes and lines."""

    def newest(self) -> ChunkSearch:
        """The newest rows, to be searched."""

    def count(self) -> int:
        """Number of rows."""

    def optimize(self) -> None:
        """Compact, clean up and bring the indexes up to date; called when idle, by one writer at a time."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run of the indexer did; the keys of `pilotfish index --json`."""

    notes: int
    documents: int
    chunks: int
    added: int
    changed: int
    removed: int
    unchanged: int
    embedded: int
    skipped: tuple[Skipped, ...]
    seconds: float
    model: str


class Hold(StrEnum):
    """Why work that nobody waits for makes room."""

    NONE = ""
    PAUSED = "paused"
    """The person said so."""
    BATTERY = "battery"
    """The machine runs on its battery."""
    PERSON = "person"
    """The person types or waits for an answer."""
    RETRY = "retry"
    """The embedding model did not answer; it is asked again in a while."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Where the indexer is, for the status bar: words first, meaning follows."""

    notes_done: int
    notes_total: int
    chunks_embedded: int
    chunks_total: int
    current: str = ""
    idle: bool = False
    problem: str = ""
    """Why vectors do not grow although rows wait for them; empty when all is well."""
    preparing: str = ""
    """What is being done to the embedding model before its first use; empty once it can be used."""
    hold: Hold = Hold.NONE
    """Why vectors do not grow for the moment."""


OnProgress = Callable[[IndexProgress], None]
