"""What was typed exactly comes first: a note's name, in brackets or alone, and a tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.index.links import LinkGraph
from core.index.model import ChunkRow, Scope
from core.index.naming import fold
from core.index.vault_index import VaultIndex
from core.search.fusion import Candidate, in_order
from core.search.lexical import holds_all, terms
from core.search.query import TypedQuery

NAMED = 1_000.0  # above every sum of other signals
TAGGED = 500.0
PHRASE = 2.0  # two deviations of a ranking
MOST_NOTES = 20  # that a name or tag brings up


class ExactHits:
    """Finds the notes that a query calls by name or tag, and puts them on top of the candidates."""

    def __init__(self, index: VaultIndex) -> None:
        self._index = index
        self._graph = LinkGraph(index.catalog)

    def first(self, asked: TypedQuery, scope: Scope, candidates: Sequence[Candidate]) -> list[Candidate]:
        """`candidates` with the notes named in `asked` above all, then those with its tags."""
        named = [path for name in (*asked.names, asked.words) for path in self._graph.named(name)]
        tagged = [path for tag in asked.tags for path in self._graph.tagged(tag, MOST_NOTES)]
        if not named and not tagged:
            return list(candidates)
        found = {candidate.row.id: candidate for candidate in candidates}
        self._raise(found, named, scope, "name", NAMED)
        self._raise(found, tagged, scope, "tag", TAGGED)
        return in_order(found.values())

    def _raise(
        self, found: dict[str, Candidate], paths: Sequence[str], scope: Scope, signal: str, bonus: float
    ) -> None:
        """Give the best chunk of each note the bonus: the one the rankers like most, else its first."""
        best = list(dict.fromkeys(paths))[:MOST_NOTES]
        for place, rows in enumerate(self._rows(best)):
            candidates = [found.get(row.id) or Candidate(row) for row in rows if is_within(row, scope)]
            if candidates:
                top = max(candidates, key=lambda candidate: candidate.score)
                top.signals[signal] = bonus / (1 + place / MOST_NOTES)
                found[top.row.id] = top

    def _rows(self, paths: Sequence[str]) -> Iterable[list[ChunkRow]]:
        """The rows of each note, in the order of `paths`."""
        ids = {path: entry.id for path, entry in self._index.catalog.entries(paths).items()}
        by_note: dict[str, list[ChunkRow]] = {}
        for row in self._index.store.rows_of(list(ids.values())):
            by_note.setdefault(row.note_id, []).append(row)
        return [by_note[ids[path]] for path in paths if ids.get(path) in by_note]


def weigh_phrases(candidates: Iterable[Candidate], asked: TypedQuery) -> None:
    """Prefer what holds the quoted phrases word for word, or else the whole question."""
    phrases = asked.phrases or (asked.words,)
    if not asked.phrases and len(terms(asked.words)) < 2:
        return
    for candidate in candidates:
        # What the words did not find cannot hold them in a row.
        if "words" in candidate.signals and holds_all(candidate.row, phrases):
            candidate.signals["phrase"] = PHRASE


def is_within(row: ChunkRow, scope: Scope) -> bool:
    """Whether a search with `scope` may see the row, as the store decides it."""
    folder, tag = scope.folder.strip("/"), fold(scope.tag.lstrip("#"))
    return (
        (not folder or row.path.startswith(folder + "/"))
        and (not tag or tag in row.tags)
        and row.path != scope.exclude_path
    )
