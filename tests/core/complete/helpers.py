"""Short ways to say what ghost text is asked and given."""

from core.complete.model import CompletionRequest, Kind, Source, Suggestion
from core.complete.phrases import Phrases
from core.complete.place import Place, place_of


def a_suggestion(
    text: str, *words: str, kind: Kind = Kind.SENTENCE, source: Source = Source.VAULT
) -> Suggestion:
    """A suggestion whose words end where `words`, laid end to end, do."""
    ends, at = [], 0
    for word in words:
        at += len(word)
        ends.append(at)
    return Suggestion(text, kind, source, 0.8, tuple(ends))


def at_caret(text: str, path: str = "新.md", **about: object) -> CompletionRequest:
    """A request for a text with the caret written as `|`."""
    before, _, after = text.partition("|")
    return CompletionRequest(path, before, after, **about)


def place_at(text: str) -> Place:
    """The place of the caret written as `|`."""
    before, _, after = text.partition("|")
    return place_of(before, after)


def phrases_of(*texts: str) -> Phrases:
    """An index of notes named 0.md, 1.md, ..."""
    phrases = Phrases()
    phrases.replace((f"{number}.md", text) for number, text in enumerate(texts))
    return phrases
