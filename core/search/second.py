"""The second encoder's opinion of the rows that the others found; to it all languages are one.

A passage in the question's language holds its words and stands near it anyway, so one in the other language
starts behind, and has to make up for it by translated words and by this encoder's opinion. nDCG@10 on the
known-item questions, without crossing and with it: English .817 and .800, Chinese .769 and .751, sentences of
a note whose translation is wanted .04 and .45.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

from core.errors import EmbeddingUnavailable
from core.index.model import Embedder, Hit, Vector
from core.index.vault_index import VaultIndex
from core.search.fusion import Candidate

log = logging.getLogger(__name__)

SPREAD = 0.079  # the encoder's cosines within one question: their deviation, much the same on all sets
OWN_WEIGHT = 0.25
FOREIGN_WEIGHT = 0.5
HANDICAP = 1.7  # from 1.3 to 2 an even trade between the languages


class SecondOpinion:
    """Weighs the candidates by the second encoder.

    Where hardly anything in the vault is in another language than the question's, the first model alone knows
    best: the second would cost time and gain little.
    """

    def __init__(self, index: VaultIndex, encoder: Embedder) -> None:
        self._vectors = index.second_vectors
        self._encoder = encoder

    def of(self, words: str) -> Vector | None:
        """The question as the second encoder sees it, None where it cannot; up to a second on first use."""
        try:
            return self._encoder.embed_query(words)
        except EmbeddingUnavailable as error:
            log.info("no second opinion: %s", error)
            return None

    def vectors_of(self, found: Iterable[Hit | Candidate]) -> dict[str, Vector]:
        """The vectors of these rows by the hashes of their texts, as far as they are known."""
        return self._vectors.get(list({one.row.text_hash for one in found}))

    def weigh(
        self,
        candidates: Sequence[Candidate],
        question: Vector,
        other: str,
        evidence: float,
        known: Mapping[str, Vector],
    ) -> None:
        """Add what the encoder says, and to those in the language `other` their handicap.

        Args:
            evidence: from 0 to 1, how much the question's own language has to offer: where nothing there
                holds its words, the other one starts level.
            known: the `vectors_of` rows that were found early; those of the others are looked up.
        """
        late = [candidate for candidate in candidates if candidate.row.text_hash not in known]
        vectors = {**known, **self.vectors_of(late)}
        for candidate in candidates:
            vector = vectors.get(candidate.row.text_hash)
            foreign = candidate.row.lang == other
            if vector is not None:
                weight = FOREIGN_WEIGHT if foreign else OWN_WEIGHT
                candidate.signals["second"] = weight * float(vector @ question) / SPREAD
            if foreign:
                candidate.signals["border"] = -HANDICAP * evidence
