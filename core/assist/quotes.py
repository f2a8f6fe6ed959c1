"""The best sentences of the passages for a question, word for word.

They are what a person sees before any model has spoken, and all they see where there is none. Sentences are
ranked by the question's words in them, rare words counting more; words in the headings above and in the
sentences next to it count a little, and so does the passage's own rank.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from core.assist.model import Quote
from core.assist.sentences import Sentence, sentences_of
from core.assist.terms import fold, terms
from core.search.model import Passage

NEIGHBOUR = 0.25
"""What a word in the sentence before or after counts, and..."""
HEADING = 0.35
"""...one in the title or headings: "## Price" answers for the sentence under it."""
RANK_DECAY = 0.12
"""How fast a passage's word loses weight with its rank."""
RELATIVE = 0.45
"""A further quote is shown only if it is this good beside the best one."""
SAME = 0.7
"""Two sentences that share more of their words than this say the same."""


def quotes(question: str, passages: Sequence[Passage], limit: int = 3) -> tuple[Quote, ...]:
    """Return at most `limit` sentences, the best first; `n` is the passage's number, from 1.

    Empty where nothing in the passages speaks to the question.
    """
    sentences = [s for i, passage in enumerate(passages) for s in sentences_of(passage, i)]
    if not sentences:
        return ()
    ranked = sorted(_scored(question, passages, sentences), key=lambda pair: -pair[0])
    best = _distinct([(score, s) for score, s in ranked if score > 0], limit)
    return tuple(Quote(s.passage + 1, s.text, passages[s.passage], s.line) for s in best)


def _scored(
    question: str, passages: Sequence[Passage], sentences: Sequence[Sentence]
) -> list[tuple[float, Sentence]]:
    of_sentence = [set(terms(s.text)) for s in sentences]
    headings = [set(terms(" ".join((p.title, *p.heading_path)))) for p in passages]
    weights = _weights(set(terms(question)), of_sentence)
    total = sum(weights.values()) or 1.0
    scored = []
    for i, sentence in enumerate(sentences):
        near = set[str]().union(*(of_sentence[j] for j in _neighbours(i, sentences)))
        own = of_sentence[i]
        score = (
            _sum(weights, own)
            + HEADING * _sum(weights, headings[sentence.passage] - own)
            + NEIGHBOUR * _sum(weights, near - own - headings[sentence.passage])
        )
        if not weights.keys() & (own | headings[sentence.passage]):
            score = 0.0
        score *= _fit(own) / (1 + RANK_DECAY * sentence.passage) / total
        scored.append((score, sentence))
    return scored


def _weights(asked: set[str], of_sentence: Sequence[set[str]]) -> dict[str, float]:
    """Weigh each word of the question by its rarity among the sentences (BM25's idf)."""
    frequency = Counter(term for own in of_sentence for term in own & asked)
    n = len(of_sentence)
    return {t: math.log(1 + (n - frequency[t] + 0.5) / (frequency[t] + 0.5)) for t in asked}


def _sum(weights: Mapping[str, float], present: set[str]) -> float:
    return sum(weights[term] for term in present if term in weights)


def _fit(own: set[str]) -> float:
    """Prefer sentences that say something in a size one can read."""
    if len(own) < 4:
        return 0.6
    return 1.0 if len(own) <= 40 else (40 / len(own)) ** 0.5


def _neighbours(i: int, sentences: Sequence[Sentence]) -> list[int]:
    beside = (j for j in (i - 1, i + 1) if 0 <= j < len(sentences))
    return [j for j in beside if sentences[j].passage == sentences[i].passage]


def _distinct(ranked: Sequence[tuple[float, Sentence]], limit: int) -> list[Sentence]:
    kept: list[tuple[Sentence, set[str]]] = []
    for score, sentence in ranked:
        if len(kept) == limit or score < RELATIVE * ranked[0][0]:
            break
        own = set(terms(sentence.text)) or {fold(sentence.text)}
        if all(len(own & other) <= SAME * min(len(own), len(other)) for _, other in kept):
            kept.append((sentence, own))
    return [sentence for sentence, _ in kept]
