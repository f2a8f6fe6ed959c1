"""Ghost text from the person's own notes: repeated phrases, names, link targets, list patterns. No model."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from core.complete.echoes import own_echoes
from core.complete.gate import ASKED, UNASKED, Gate, Judgement, Terms, default_gate
from core.complete.joint import parted
from core.complete.model import CompletionRequest, Kind, Source, Suggestion
from core.complete.phrases import Phrases
from core.complete.place import Place, PlaceKind, open_link
from core.complete.rhythm import History
from core.complete.trim import without_repeated_tail
from core.complete.vote import Candidate, Caret, vote

ECHOES = 48
"""Places that vote, at most, beside those of the note itself."""
_SHORTEST = 2
_LEAST_PRICE, _MOST_PRICE = 0.8, 3.0
"""Bounds of what the person's habits make of the price of a wrong suggestion."""
_LINES = frozenset((PlaceKind.HEADING, PlaceKind.TABLE, PlaceKind.PROPERTY))
_ENDS = "。！？.!?"


class VaultSource:
    """Suggests what stood behind the same words elsewhere in the vault, or earlier in the note."""

    def __init__(self, phrases: Phrases, history: History | None = None) -> None:
        """`history` lets a person who takes little be shown less, and one who takes much a little more."""
        self._phrases = phrases
        self._history = history or History()

    def suggest(
        self, request: CompletionRequest, place: Place, *, terms: Terms | None = None
    ) -> list[Suggestion]:
        """Return what is worth showing, best first; some milliseconds.

        Only the first must be worth it for itself: the others are shown when they are asked for.
        """
        gate = default_gate()
        terms = terms or (ASKED if request.asked else self._unasked())
        folder = request.path[: request.path.rfind("/") + 1]
        caret = Caret(request.before, place, folder)
        echoes = self._phrases.echoes(request.before, own=request.path, limit=ECHOES)
        candidates = vote(
            caret, [*echoes, *own_echoes(request.before, caret.partial)], limit=request.candidates
        )
        judged = [(gate.judge(candidate, terms), candidate) for candidate in candidates]
        best = [(found.value, found, candidate) for found, candidate in judged if found is not None]
        if not best:
            return []
        others = [] if len(best) == len(judged) else self._lesser(gate, judged)
        best.sort(key=lambda item: -item[0])
        made = [
            _before(request.after, _suggestion(found, candidate, place))
            for _, found, candidate in [*best, *others]
        ]
        return [s for s in made if len(s.text) >= _SHORTEST and _continues(s.text, request, place)]

    def _unasked(self) -> Terms:
        """Return the usual terms with the price of a wrong suggestion as this person would put it."""
        appetite = self._history.appetite(Source.VAULT)
        return replace(UNASKED, price=UNASKED.price * min(max(1 / appetite, _LEAST_PRICE), _MOST_PRICE))

    def _lesser(
        self, gate: Gate, judged: list[tuple[Judgement | None, Candidate]]
    ) -> list[tuple[float, Judgement, Candidate]]:
        """Return what would be shown only on request."""
        seconds = [(gate.judge(candidate, ASKED), candidate) for found, candidate in judged if found is None]
        return [(found.value, found, candidate) for found, candidate in seconds if found is not None]


def _continues(text: str, request: CompletionRequest, place: Place) -> bool:
    """Whether it says something that neither stands there already nor was refused."""
    if request.after.startswith(text.strip() or text) or _doubles_item(text, request, place):
        return False
    return not any(refused.startswith(text) or text.startswith(refused) for refused in request.refused)


def _doubles_item(text: str, request: CompletionRequest, place: Place) -> bool:
    """Whether an item or heading that begins here would be the one just above once more."""
    above = request.before[: len(request.before) - len(place.line)].rstrip("\n").rpartition("\n")[2]
    return bool(place.lead.strip()) and place.line == place.lead and above.startswith(place.lead + text)


def _suggestion(found: Judgement, candidate: Candidate, place: Place) -> Suggestion:
    ends = _whole(candidate.text, candidate.ends[: found.words], place)
    text = candidate.text[: ends[-1]]
    return Suggestion(text, _kind(text, len(ends), place), Source.VAULT, found.likely, ends)


def _whole(text: str, ends: tuple[int, ...], place: Place) -> tuple[int, ...]:
    """Return the words without those of a link that does not end with them: inside it nothing is offered."""
    start = open_link(place.line + text[: ends[-1]])
    if start is None or place.kind is PlaceKind.CODE:
        return ends
    return ends[: bisect_right(ends, start - len(place.line))] or ends


def _before(after: str, suggestion: Suggestion) -> Suggestion:
    """Return it without what stands behind the caret already, and apart from that."""
    text = parted(without_repeated_tail(suggestion.text, after), after)
    if text == suggestion.text:
        return suggestion
    return replace(suggestion, text=text, words=(*(e for e in suggestion.words if e < len(text)), len(text)))


def _kind(text: str, words: int, place: Place) -> Kind:
    if words == 1:
        return Kind.WORD
    if place.kind in _LINES:
        return Kind.LINE
    if place.kind is PlaceKind.ITEM and text.rstrip()[-1:] in _ENDS:
        return Kind.ITEM
    return Kind.SENTENCE
