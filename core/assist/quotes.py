"""The best sentences of the passages for a question, word for word.

They are what a person sees before any model has spoken, and all they see where there is none. Sentences are
ranked by the question's words in them, rare words counting more; words in the headings above and in the
sentences next to it count a little. Where words decide nothing (another language, other words for the
same), the sentences nearest in meaning are taken, if the caller has an embedding model.

The thresholds were measured on XQuAD, English and Chinese: 200 questions each against the passages that
answer them, and against passages of vaults on other subjects.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.assist.model import Quote
from core.assist.sentences import Sentence, sentences_of
from core.assist.terms import terms
from core.index.model import Embedder
from core.search.model import Passage
from core.text.folding import fold_text
from core.text.words import has_han

Similar = Callable[[str, Sequence[str]], Iterable[float]]
"""Cosine similarity of a question to each of some sentences, each worked out when it is asked for."""

NEIGHBOUR = 0.3
"""What a word in the sentence before or after counts, and..."""
HEADING = 0.5
"""...one in the title or headings: "## Price" answers for the sentence under it."""
RANK_DECAY = 0.1
"""How fast a passage's words lose weight with its rank."""
RELATIVE = 0.4
"""A further quote is shown only if it is this good beside the best one."""
SAME = 0.7
"""Two sentences that share more of their words than this say the same."""

SURE = 0.3
"""Share of the question's weight from which words alone decide; 1 in 100 unrelated passages reaches it."""
POSSIBLE = 0.12
"""The same where nothing but words can be asked: 1 question in 100 that has an answer stays below."""
ASKED_FOR_MEANING = 12
"""Sentences compared by meaning at most; each costs some 20 ms."""

_ASKS_FOR_NUMBER = re.compile(
    r"\b(?:when|how (?:many|much|long|old|often|far|big|large|tall|high)|what (?:year|date|time|number))\b"
    r"|多少|几[个年月天次名点岁]|何时|什么时候|哪[一]?年|哪天|多[长久大高远]|第几",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两][年月日个次天名岁成倍分点元块人]|百分之")

_ASKS_WHY = re.compile(r"\bwhy\b|\bwhat (?:for|reason)|为什么|为何|为啥|原因", re.IGNORECASE)
_HAS_REASON = re.compile(
    r"\b(?:because|since|so that|in order to|due to|therefore|reason)\b|因为|由于|因此|所以|为了|原因|：",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence and the share of the question's weight that it carries, about 0 to 1."""

    score: float
    sentence: Sentence


def quotes(
    question: str,
    passages: Sequence[Passage],
    limit: int = 3,
    *,
    similar: Similar | None = None,
    on_first: Callable[[], None] = lambda: None,
) -> tuple[Quote, ...]:
    """Return at most `limit` sentences, the best first; `n` is the passage's number, from 1.

    Empty where nothing in the passages speaks to the question. `on_first` is called as soon as it is known
    that something does, while the rest is still being compared.
    """
    ranked = rank(question, passages)
    if ranked and ranked[0].score < SURE:
        ranked = _nearest_first(_uncertain(question, ranked, similar), on_first)
    elif ranked:
        on_first()
    return tuple(Quote(s.passage + 1, s.text, passages[s.passage], s.line) for s in _distinct(ranked, limit))


def similar_by(embedder: Embedder) -> Similar:
    """Return `Similar` from an embedding model; sentences go as queries, which overtake the indexing."""

    def similar(question: str, sentences: Sequence[str]) -> Iterator[float]:
        asked = embedder.embed_query(question)
        return (float(embedder.embed_query(sentence) @ asked) for sentence in sentences)

    return similar


def rank(question: str, passages: Sequence[Passage]) -> list[Ranked]:
    """Return all sentences of the passages by the question's words in them, the best first."""
    sentences = [s for i, passage in enumerate(passages) for s in sentences_of(passage, i)]
    own = [set(terms(s.text)) for s in sentences]
    headings = [set(terms(" ".join((p.title, *p.heading_path)))) for p in passages]
    weights = _weights(set(terms(question)), own)
    total = sum(weights.values()) or 1.0
    ranked = []
    for i, sentence in enumerate(sentences):
        near = set[str]().union(*(own[j] for j in _neighbours(i, sentences)))
        above = headings[sentence.passage] | set(terms(sentence.table_head))
        carried = _carried(weights, own[i], above, near)
        worth = _fit(own[i]) * _kind(question, sentence.text) / (1 + RANK_DECAY * sentence.passage)
        ranked.append(Ranked(carried / total * worth, sentence))
    return sorted(ranked, key=lambda r: -r.score)


def _weights(asked: set[str], own: Sequence[set[str]]) -> dict[str, float]:
    """Weigh each word of the question by its rarity among the sentences (BM25's idf)."""
    frequency = Counter(term for present in own for term in present & asked)
    n = len(own)
    return {t: math.log(1 + (n - frequency[t] + 0.5) / (frequency[t] + 0.5)) for t in asked}


def _carried(weights: Mapping[str, float], own: set[str], heading: set[str], near: set[str]) -> float:
    if not weights.keys() & (own | heading):
        return 0.0  # a neighbour alone does not make a sentence speak to the question
    return (
        _sum(weights, own)
        + HEADING * _sum(weights, heading - own)
        + NEIGHBOUR * _sum(weights, near - own - heading)
    )


def _sum(weights: Mapping[str, float], present: set[str]) -> float:
    return sum(weights[term] for term in present if term in weights)


def _fit(own: set[str]) -> float:
    """Prefer sentences that say something, in a size one can read."""
    if len(own) < 3:
        return 0.7
    return 1.0 if len(own) <= 40 else (40 / len(own)) ** 0.5


def _kind(question: str, sentence: str) -> float:
    """Prefer what can be an answer: no question, a number or a reason where one is asked for."""
    if sentence.rstrip(" *_\"'”’」）)").endswith(("?", "？")):
        return 0.3
    cues = ((_ASKS_FOR_NUMBER, _HAS_NUMBER), (_ASKS_WHY, _HAS_REASON))
    return math.prod(1.3 for asks, has in cues if asks.search(question) and has.search(sentence))


def _neighbours(i: int, sentences: Sequence[Sentence]) -> list[int]:
    beside = (j for j in (i - 1, i + 1) if 0 <= j < len(sentences))
    return [j for j in beside if sentences[j].passage == sentences[i].passage]


def _uncertain(question: str, ranked: Sequence[Ranked], similar: Similar | None) -> Iterator[Ranked]:
    """Yield what may be shown although the words in common are few, with the score to sort it by."""
    if similar is not None:
        yield from _alike(question, [r.sentence for r in ranked[:ASKED_FOR_MEANING]], similar)
    elif all(_across(question, r.sentence.text) for r in ranked[:ASKED_FOR_MEANING]):
        # Words cannot tell: trust the search.
        yield from (Ranked(1.0, r.sentence) for r in sorted(ranked, key=lambda r: r.sentence.passage))
    else:
        yield from (r for r in ranked if r.score >= POSSIBLE)


def _alike(question: str, sentences: Sequence[Sentence], similar: Similar) -> Iterator[Ranked]:
    """Yield the sentences that mean about the same as the question, in the given order."""
    likenesses = similar(question, [sentence.text for sentence in sentences])
    for likeness, sentence in zip(likenesses, sentences, strict=True):
        if likeness >= _nearness(question, sentence.text):
            yield Ranked(likeness, sentence)


def _nearest_first(found: Iterable[Ranked], on_first: Callable[[], None]) -> list[Ranked]:
    ranked: list[Ranked] = []
    for r in found:
        if not ranked:
            on_first()
        ranked.append(r)
    return sorted(ranked, key=lambda r: -r.score)


def _nearness(question: str, sentence: str) -> float:
    """Return the cosine from which multilingual-e5-small means the same, by the languages compared."""
    if _across(question, sentence):
        return 0.775
    return 0.87 if has_han(question) else 0.80


def _across(question: str, sentence: str) -> bool:
    """Whether one of the two is Chinese and the other is not."""
    return has_han(question) != has_han(sentence)


def _distinct(ranked: Sequence[Ranked], limit: int) -> list[Sentence]:
    kept: list[tuple[Sentence, set[str]]] = []
    for r in ranked:
        if len(kept) == limit or (r.score < RELATIVE * ranked[0].score):
            break
        own = set(terms(r.sentence.text)) or {fold_text(r.sentence.text)}
        if all(len(own & other) <= SAME * min(len(own), len(other)) for _, other in kept):
            kept.append((r.sentence, own))
    return [sentence for sentence, _ in kept]
