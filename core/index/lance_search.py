"""Searches of a LanceDB table, any number of them side by side.

Measured choices (LanceDB 0.40, 2 cores, 100 000 rows):

- Side by side on one event loop the three searches of a question take 25 ms; each on a thread of its own,
  where all wait for Python's lock and LanceDB hands every answer through a further thread, 32.
- A row comes with what found it, as one column of JSON, and no ids are read beside it: 31 ms a question, 34
  where the rows of all its searches were read at the end. LanceDB's number of a row is its place in one
  version of the table, so the searches of a question keep to one.
- Text and place are searched one by one and their scores added: asked for both at once, LanceDB scores every
  row that holds any of the words, and words of folder names stand in most (10.8 ms of processor time, p95 23,
  against 5.9 and 7). One after the other they leave room for the vectors, for which the question waits:
  28.6 ms, 31.5 side by side.
- Below some 50 000 rows an exact scan needs no index; above, IVF-SQ keeps recall@10 at 1.0 where the leading
  30 are compared by their stored vectors. Rankings are longer: all their rows are, and none beside them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from functools import cache
from math import gcd
from typing import Any

from core.index.conditions import one_of, within
from core.index.connecting import connect_for_searches
from core.index.damage import index_errors
from core.index.model import LONGEST_QUERY, ChunkRow, Hit, Scope, Vector
from core.index.rows import CHUNK, from_chunk
from core.index.store_address import is_remote, is_served
from core.loop_thread import LoopThread
from core.text.surrogates import without_surrogates

REFINED = 30  # rows at least that are compared by their stored vectors
PLACE_BOOST = 0.4
"""Weight of title, headings, folders and tags beside the text; words alone on known-item core zh: nDCG@10 .65
at 0, .71 at 0.5, .69 at 1."""
PLACES = 3  # times as many rows are looked at by place: all chunks of a long note share its title
STEPS = 12
"""What the heaviest word counts, lighter ones by their weight.

Weights as a boolean query are exact, but LanceDB then scores every row that holds any of the words: p95
6.8 ms at 100 000 rows, 3.9 with words said again. Their rounding moves nDCG@10 on xling from .490 to .485.
"""
Scores = dict[Any, float]
"""Scores by what the table calls a row."""


class LanceReader:
    """Opens a table for coroutines that search it."""

    def __init__(self, address: str, table: str, session: Any) -> None:
        """`session` is what remembers the parts of the table that were read."""
        self.address = address
        self.key = "id" if is_served(address) else "_rowid"  # a server tells no numbers of rows
        self._name = table
        self._session = session
        self._connection: Any = None
        self._table: Any = None

    async def open(self) -> Any:
        """The newest version of the table, to stay; elsewhere one for a while, as looking is a round trip."""
        if self._connection is None:
            self._connection = await connect_for_searches(self.address, self._session)
        if not is_remote(self.address):
            return await self._connection.open_table(self._name)
        if self._table is None:
            self._table = await self._connection.open_table(self._name)
        return self._table


class LanceSearch:
    """What can be asked of the newest rows; `core.index.model.ChunkSearch` says what each call promises."""

    def __init__(self, reader: LanceReader) -> None:
        self._reader = reader
        self._address = reader.address
        self._key = reader.key
        self._opening: asyncio.Future[Any] | None = None

    def by_words(self, query: str, *, scope: Scope, limit: int) -> Future[list[Hit]]:
        """Begin a search by words (BM25 over text and place, any word suffices)."""
        words = without_surrogates(query)[:LONGEST_QUERY].strip()
        return _loop().begin(self._by_words(words, within(scope), limit))

    def by_terms(
        self, terms: Mapping[str, float], *, scope: Scope, limit: int, lang: str
    ) -> Future[list[Hit]]:
        """Begin a search in one language by weighted words, any of which suffices."""
        return _loop().begin(self._by_terms(terms, within(scope, lang), limit))

    def by_vector(self, vector: Vector, *, scope: Scope, limit: int) -> Future[list[Hit]]:
        """Begin a search for the nearest vectors by cosine."""
        return _loop().begin(self._by_vector(vector, within(scope), limit))

    async def _by_words(self, words: str, condition: str, limit: int) -> list[Hit]:
        if not words:
            return []
        with index_errors(self._address):
            table = await self._table()
            in_text = await self._scores(table, _match(words, "text"), condition, limit)
            in_place = await self._scores(
                table, _match(words, "place", PLACE_BOOST), condition, PLACES * limit
            )
            best = _best([in_text, in_place], limit)
            rows = await self._rows(table, best)
        return [Hit(rows[key], score) for key, score in best.items() if key in rows]

    async def _by_terms(self, terms: Mapping[str, float], condition: str, limit: int) -> list[Hit]:
        if not terms:
            return []
        with index_errors(self._address):
            search = (await self._table()).query().nearest_to_text(_match(_repeated(terms), "text"))
            return await _hits(search, condition, limit, "_score")

    async def _by_vector(self, vector: Vector, condition: str, limit: int) -> list[Hit]:
        with index_errors(self._address):
            search = (await self._table()).query().nearest_to(vector).column("vector")
            search = search.distance_type("cosine").refine_factor(-(-REFINED // limit))
            found = await _hits(search, condition, limit, "_distance")
        return [Hit(hit.row, 1.0 - hit.score) for hit in found]

    async def _table(self) -> Any:
        """The same for all searches."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._reader.open())
        return await self._opening

    async def _scores(self, table: Any, match: Any, condition: str, limit: int) -> Scores:
        """The scores of the best rows, with no more of them than what the table calls them."""
        search = _within(table.query().nearest_to_text(match), condition).limit(limit)
        if self._key == "_rowid":
            found = await search.select(["_score"]).with_row_id().to_arrow()
        else:
            found = await search.select(["id", "_score"]).to_arrow()
        return dict(zip(found[self._key].to_pylist(), found["_score"].to_pylist(), strict=True))

    async def _rows(self, table: Any, keys: Iterable[Any]) -> dict[Any, ChunkRow]:
        """The rows that the table calls by these keys; what a shared table has lost since is left out."""
        wanted = list(keys)
        if not wanted:
            return {}
        if self._key == "_rowid":
            found = await table.take_row_ids(wanted).select([CHUNK]).with_row_id().to_arrow()
        else:
            search = table.query().where(one_of("id", wanted)).select(["id", CHUNK])
            found = await search.limit(len(wanted)).to_arrow()
        pairs = zip(found[self._key].to_pylist(), found[CHUNK].to_pylist(), strict=True)
        return {key: from_chunk(chunk) for key, chunk in pairs if chunk is not None}


def _loop() -> LoopThread:
    """Where all searches of the program run: an index that is closed stops none that somebody waits for."""
    with _making:
        return _made()


@cache
def _made() -> LoopThread:
    return LoopThread("searches")


_making = threading.Lock()
"""`cache` alone lets two threads that search for the first time make a loop each."""


def _match(words: str, column: str, boost: float = 1.0) -> Any:
    """A query that rows satisfy which hold any of the words there."""
    from lancedb.query import MatchQuery

    return MatchQuery(words, column, boost=boost)


def _repeated(terms: Mapping[str, float]) -> str:
    """The words as one text, each as often as it weighs: LanceDB adds up what every word of a query scores.

    Only the text is looked at: the place doubles the work and gains nothing.
    """
    heaviest = max(terms.values())
    times = {term: max(1, round(STEPS * weight / heaviest)) for term, weight in terms.items()}
    fewest = gcd(*times.values())
    return without_surrogates(" ".join(" ".join([term] * (n // fewest)) for term, n in times.items()))


def _within(search: Any, condition: str) -> Any:
    return search.where(condition) if condition else search


async def _hits(search: Any, condition: str, limit: int, score: str) -> list[Hit]:
    """The rows that a search finds, best first, but for those that a shorter note has left as nulls."""
    found = await _within(search, condition).select([CHUNK, score]).limit(limit).to_arrow()
    pairs = zip(found[CHUNK].to_pylist(), found[score].to_pylist(), strict=True)
    return [Hit(from_chunk(chunk), value) for chunk, value in pairs if chunk is not None]


def _best(found: Iterable[Scores], limit: int) -> Scores:
    """Every row once with the sum of its scores, best first."""
    sums: Scores = {}
    for scores in found:
        for key, score in scores.items():
            sums[key] = sums.get(key, 0.0) + score
    return dict(sorted(sums.items(), key=lambda pair: -pair[1])[:limit])
