"""What goes into a request: which passages, how much of each, in which order, and how they are marked.

Retrieved text is data. It stands between lines with a random code that it cannot know, without characters
that nobody sees, and never in the system message.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.assist.model import AskRequest, NoteContext, Quote, Work
from core.assist.sentences import sentences_of
from core.assist.terms import terms
from core.assist.wording import Wording, wording_for
from core.documents.naming import cited, is_document
from core.llm.chat import ChatRequest, Message, Role
from core.search.model import Passage
from core.text import tokens


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a model is given, in tokens as `core.text.tokens` counts them."""

    passages: int = 2400
    """Of all passages, the lines around them included."""
    passage: int = 500
    """At most of one passage; the sentences that matter are kept."""
    note: int = 1200
    """Of the open note: selection or block, and what is around it."""
    answer: int = 1024
    count: int = 8
    """Passages at most."""
    per_note: int = 3
    """Passages of one note at most, so that no note can fill the context."""


FULL = Budget()
SMALL = Budget(passages=200, note=200, answer=96)
"""For the demonstration model, which loses the thread in more and reads slowly."""

LEAST_USEFUL = 20
"""Tokens below which a piece of text is not worth its frame."""
NEARLY_SAME = 0.9
"""Share of equal words from which the worse of two passages is dropped."""
LONGEST_ORIGIN = 80
"""Tokens that title and headings of a passage may take."""
_BETWEEN = " … "  # sentences of a trimmed passage
_MAX_GAP = 2
"""Lines (blank ones, as a rule) between two chunks that still count as neighbours."""

# Zero-width, bidirectional and tag characters, variation selectors: text can be hidden in all of them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


def visible(text: str) -> str:
    """Return `text` without the characters that a person does not see and a model does."""
    return _INVISIBLE.sub("", text)


def fenced(title: str, text: str, nonce: str) -> str:
    """Return material between lines with a code that it cannot know."""
    return f"--- {nonce} {title}\n{text}\n--- {nonce}"


def select(passages: Sequence[Passage], budget: Budget = FULL) -> tuple[Passage, ...]:
    """Return the passages to be used, best first: neighbours merged, near-duplicates and surplus dropped.

    What is found by its title alone has nothing to say. A passage's place in the result, from 1, is its
    number in prompt, quotes and citations.
    """
    kept: list[Passage] = []
    of_note: Counter[str] = Counter()
    for passage in _distinct(_merged([passage for passage in passages if passage.text.strip()])):
        if len(kept) < budget.count and of_note[passage.path] < budget.per_note:
            of_note[passage.path] += 1
            kept.append(passage)
    return tuple(kept)


def build(request: AskRequest, passages: Sequence[Passage], budget: Budget = FULL) -> ChatRequest:
    """Return what the model is asked, within the budget."""
    wording = wording_for(request.text)
    nonce = secrets.token_hex(4)
    asked = request.work is Work.ASK
    parts = [
        *_passage_part(request.text, passages, wording, nonce, budget),
        *_note_part(request.note, wording, nonce, budget),
        (wording.question if asked else wording.instruction).format(text=request.text),
    ]
    system = (wording.ask if asked else wording.write).format(nonce=nonce)
    return _request(system, parts, 0.2 if asked else 0.5, budget)


def build_small(request: AskRequest, shown: Sequence[Quote], budget: Budget = SMALL) -> ChatRequest:
    """Return what the demonstration model is asked: the quotes, or the text to work on, and little else."""
    wording = wording_for(request.text)
    if request.work is Work.ASK:
        sentences = [" ".join(visible(quote.text).split()) for quote in shown]
        material = tokens.trim("\n".join(f"- {sentence}" for sentence in sentences), budget.passages)
        parts = [wording.notes, material, wording.question.format(text=request.text)]
        return _request(wording.ask_small, [part for part in parts if part], 0.0, budget)
    note = request.note or NoteContext("")
    focus = note.selection or note.block or end_of(note.before, budget.note)
    parts = [request.text, tokens.trim(visible(focus), budget.note)]
    return _request(wording.write_small, [part for part in parts if part], 0.3, budget)


def _request(system: str, parts: Sequence[str], temperature: float, budget: Budget) -> ChatRequest:
    messages = (Message(Role.SYSTEM, system), Message(Role.USER, "\n\n".join(parts)))
    return ChatRequest(messages, temperature=temperature, max_tokens=budget.answer)


def _merged(passages: Sequence[Passage]) -> list[Passage]:
    """Join chunks that follow each other in their note, at the place of the better one."""
    merged: list[Passage] = []
    for passage in passages:
        beside = next((i for i, other in enumerate(merged) if _neighbours(other, passage)), None)
        if beside is None:
            merged.append(passage)
        else:
            merged[beside] = _joined(merged[beside], passage)
    return merged


def _neighbours(a: Passage, b: Passage) -> bool:
    if (a.path, a.label) != (b.path, b.label):  # two pages of a document are two places
        return False
    first, second = sorted((a, b), key=lambda passage: passage.start_line)
    return 0 < second.start_line - first.end_line <= _MAX_GAP + 1


def _joined(better: Passage, worse: Passage) -> Passage:
    first, second = sorted((better, worse), key=lambda passage: passage.start_line)
    gap = "\n" * (second.start_line - first.end_line)
    shared = [a for a, b in zip(first.heading_path, second.heading_path, strict=False) if a == b]
    return replace(
        better,
        heading_path=first.heading_path if first.heading_path == second.heading_path else tuple(shared),
        start_line=first.start_line,
        end_line=second.end_line,
        text=first.text + gap + second.text,
    )


def _distinct(passages: Sequence[Passage]) -> list[Passage]:
    kept: list[tuple[Passage, set[str]]] = []
    for passage in passages:
        own = set(terms(passage.text))
        if not any(own and len(own & other) >= NEARLY_SAME * max(len(own), len(other)) for _, other in kept):
            kept.append((passage, own))
    return [passage for passage, _ in kept]


def _passage_part(
    question: str, passages: Sequence[Passage], wording: Wording, nonce: str, budget: Budget
) -> list[str]:
    left = budget.passages
    written: list[str] = []
    for n, passage in enumerate(passages, start=1):
        title = tokens.trim(f"[{n}] {_origin(passage)}", LONGEST_ORIGIN)
        room = left - tokens.count(fenced(title, "", nonce))
        if room < LEAST_USEFUL:
            break
        text = trimmed(visible(passage.text), question, passage, min(budget.passage, room))
        written.append(fenced(title, text, nonce))
        left -= tokens.count(written[-1])
    return ["\n".join([wording.notes, *_best_first_and_last(written)])] if written else []


def _best_first_and_last(items: list[str]) -> list[str]:
    """Put the second best last: models read the middle of a long text with the least care."""
    return items[::2] + items[1::2][::-1]


def trimmed(text: str, question: str, passage: Passage, limit: int) -> str:
    """Return `text`, or where it is longer than `limit` tokens its sentences that bear on the question."""
    if tokens.count(text) <= limit:
        return text
    asked = set(terms(question))
    sentences = [visible(s.text) for s in sentences_of(passage)]
    by_worth = sorted(range(len(sentences)), key=lambda i: (-len(asked & set(terms(sentences[i]))), i))
    chosen: list[int] = []
    for i in by_worth:
        size = tokens.count(_BETWEEN + sentences[i])
        if size <= limit:
            chosen.append(i)
            limit -= size
    return _BETWEEN.join(sentences[i] for i in sorted(chosen)) or tokens.trim(text, limit)


def _note_part(note: NoteContext | None, wording: Wording, nonce: str, budget: Budget) -> list[str]:
    if note is None:
        return []
    place = " › ".join(visible(part) for part in (note.title or note.path, *note.heading_path))
    focus = note.selection or note.block
    pieces = [(wording.selection, tokens.trim(focus, budget.note))]
    left = budget.note - tokens.count(pieces[0][1])
    if left >= LEAST_USEFUL:
        pieces += [
            (wording.before, end_of(note.before, left * 2 // 3).rstrip("\n")),
            (wording.after, tokens.trim(note.after, left // 3)),
        ]
    shown = [fenced(title, visible(text), nonce) for title, text in pieces if text.strip()]
    return ["\n".join([f"{wording.open_note}: {place}", *shown])] if shown else []


def end_of(text: str, limit: int) -> str:
    """Return the last lines of `text` that fit `limit` tokens; of one longer line its end."""
    lines = text.split("\n")
    left, first = limit, len(lines)
    while first and (left := left - tokens.count(lines[first - 1]) - 1) >= 0:
        first -= 1
    kept = "\n".join(lines[first:])
    if kept.strip():
        return kept
    line = lines[max(first - 1, 0)]
    while tokens.count(line) > limit:
        line = line[len(line) // 4 + 1 :]
    return line


def _origin(passage: Passage) -> str:
    path = " › ".join(visible(part) for part in passage.heading_path if part != passage.title)
    title = visible(passage.title or passage.path)
    if is_document(passage.path):  # whoever wrote it, it was not the person
        title = f"{title} (imported document: {visible(cited(passage.path, passage.label))})"
    return f"{title} › {path}" if path else title
