"""Finding a prompt by a few letters: of its titles, its id, its pinyin initials, or of what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.prompts.model import Prompt
from core.text.matching import Term, Terms, find_terms, make_terms

_NAMES_EACH = 3
"""Names a prompt goes by, at most: two titles and its id."""


def prompt_names(prompts: Iterable[Prompt]) -> Terms:
    """Return what prompts are called; the detail of each name is the prompt's id."""
    return make_terms(Term(name, prompt.id) for prompt in prompts for name in _names(prompt))


def find_prompts(prompts: Sequence[Prompt], names: Terms, words: str) -> list[Prompt]:
    """Return the prompts that `words` may mean, the best first; all of them, as they stand, for no words.

    Those whose name fits lead; then come those whose description has every one of the words.
    """
    if not words.strip():
        return list(prompts)
    known = {prompt.id: prompt for prompt in prompts}
    named = (term.detail for term in find_terms(names, words, _NAMES_EACH * len(prompts)))
    told = (prompt.id for prompt in prompts if _tells(prompt, words))
    return [known[found] for found in dict.fromkeys([*named, *told]) if found in known]


def _names(prompt: Prompt) -> list[str]:
    return list(dict.fromkeys(filter(None, (prompt.title.zh, prompt.title.en, prompt.id))))


def _tells(prompt: Prompt, words: str) -> bool:
    about = (prompt.group, prompt.title.en, prompt.title.zh, prompt.about.en, prompt.about.zh)
    text = " ".join(about).casefold()
    return all(word in text for word in words.casefold().split())
