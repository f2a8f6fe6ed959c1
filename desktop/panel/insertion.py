"""What goes into the note when an answer is inserted: the writer's text, not the panel's.

A rewrite goes in as it stands. An answer loses its `[1]` marks, which mean nothing outside the panel, and
gains one line of links to the notes whose words were found to support it. It stands as a paragraph of its
own: a caret at the end of a sentence does not ask for the next one to be glued to it. Quotes go in as
quotes, each with its note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from core.assist.model import Answer, Finish, Quote, Work
from core.text.citation_marks import without_marks

_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def text_for_note(answer: Answer, *, work: Work, quotes: Sequence[Quote] = ()) -> str:
    """Return the Markdown to insert, without a final line break; empty where nothing was found."""
    if answer.finish is Finish.NOT_FOUND:
        return ""
    if answer.finish is Finish.QUOTES_ONLY and quotes:
        return "\n\n".join(map(_quoted, quotes))
    if work is Work.WRITE:
        return answer.text.strip()
    count = max((citation.n for citation in answer.citations if citation.path), default=0)
    text = without_marks(answer.text, count=count).strip()
    return "\n\n".join(filter(None, [text, _sources(answer)]))


def as_paragraph(text: str, *, before: str, after: str) -> str:
    """Return `text` with the line breaks that make it a paragraph of its own between its neighbours.

    `before` and `after` are what stands next to the caret, empty at the note's ends.
    """
    above = "\n" * (2 - _breaks(before[::-1])) if before.strip() else ""
    below = "\n" * (2 - _breaks(after)) if after.strip() else ""
    return f"{above}{text}{below}"


def in_place_of(old: str, new: str) -> str:
    """Return a rewrite with the blank edges of what it replaces: a whole line ends with its break."""
    if not old.strip():
        return new
    above = old[: len(old) - len(old.lstrip("\n"))]
    below = old[len(old.rstrip()) :]
    return above + new.lstrip("\n").rstrip() + below


def _breaks(text: str) -> int:
    """Count the line breaks at the beginning, two at most."""
    return 0 if text[:1] != "\n" else 1 if text[1:2] != "\n" else 2


def note_link(path: str) -> str:
    """Return the wikilink that Obsidian and Logseq both resolve: the file's name (`___` is Logseq's `/`)."""
    return f"[[{PurePosixPath(path).stem.replace('___', '/')}]]"


def _sources(answer: Answer) -> str:
    checked = [citation for citation in answer.citations if citation.verified]
    links = list(dict.fromkeys(note_link(citation.path) for citation in checked))
    if not links:
        return ""
    return f"来源：{'、'.join(links)}" if _CJK.search(answer.text) else f"Sources: {', '.join(links)}"


def _quoted(quote: Quote) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in quote.text.strip().splitlines())
    return f"{lines}\n> — {note_link(quote.passage.path)}"
