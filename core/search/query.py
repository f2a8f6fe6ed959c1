"""What a person typed, taken apart: words, exact names, tags, phrases, and where to look.

    shipping "beta in March" [[Launch plan]] #pricing tag:board path:projects/

`[[name]]` and `#tag` bring the notes so called to the top, `"phrase"` prefers passages that hold it word for
word, `tag:` and `path:` narrow the search, and list their notes where they stand alone. Anything else is
words: there is no wrong query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.index.model import Scope
from core.text.surrogates import without_surrogates

_NAME = re.compile(r"\[\[([^\[\]\n]+?)\]\]")
_PHRASE = re.compile(r'"([^"\n]+)"|“([^”\n]+)”|「([^」\n]+)」')
_TAG = re.compile(r"(?<![\w/&#])#([^\s#,.;:!?，。；：！？、()（）\[\]\"“”「」]+)")
_FILTER = re.compile(r'(?<!\S)(tag|path)[:：](?:"([^"\n]*)"|(\S*))', re.IGNORECASE)
"""With a Chinese colon too: an input method types it unless one switches it off."""


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """One query, understood."""

    words: str
    """What the rankers get: the text without filters and marks."""
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    folder: str = ""
    tag: str = ""

    def within(self, scope: Scope) -> Scope:
        """`scope`, narrowed by the filters that were typed; what `scope` already says wins over them."""
        return replace(scope, folder=scope.folder or self.folder, tag=scope.tag or self.tag)


def narrowed(text: str) -> tuple[Scope, str]:
    """Return what the filters in `text` say, the last of several equal ones, and the text without them."""
    filters = {found[1].lower(): found[2] or found[3] or "" for found in _FILTER.finditer(text)}
    scope = Scope(folder=filters.get("path", "").strip("/"), tag=filters.get("tag", "").lstrip("#"))
    return scope, _FILTER.sub(" ", text)


def parse(text: str) -> TypedQuery:
    """Take `text` apart; never raises."""
    scope, rest = narrowed(without_surrogates(text))
    names = tuple(found[1].split("|")[0].split("#")[0].strip() for found in _NAME.finditer(rest))
    bare = _NAME.sub(lambda found: f" {found[1]} ", rest)
    phrases = tuple(next(filter(None, found.groups())).strip() for found in _PHRASE.finditer(bare))
    tags = tuple(found[1].rstrip("/") for found in _TAG.finditer(rest))
    words = _TAG.sub(r"\1", bare)
    return TypedQuery(
        words=" ".join(words.split()),
        names=tuple(name for name in names if name),
        tags=tuple(tag for tag in tags if tag),
        phrases=tuple(phrase for phrase in phrases if phrase),
        folder=scope.folder,
        tag=scope.tag,
    )
