"""Values of the documents layer; they cross process borders, as plain JSON where the child is not trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class HiddenKind(StrEnum):
    """How text was kept from a reader's eyes."""

    COLOUR = "colour"
    """It has the colour of what is behind it."""
    TINY = "tiny"
    INVISIBLE = "invisible"
    """It is drawn in no colour at all, as OCR programs write text over a scan."""
    NOT_DISPLAYED = "not displayed"
    """The document itself says that it is not to be shown, or puts it off the page: `display:none`."""
    COVERED = "covered"
    """Something lies over it, or it is cut off."""
    CHARACTERS = "characters"
    """Characters that have no shape: Unicode tags, zero-width and direction marks."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a reader would not see. It is reported, and left out of the index unless `kept`."""

    kind: HiddenKind
    sample: str
    """Its beginning, at most `SAMPLE` characters."""
    label: str = ""
    """Where it stands, as `Part.label`."""
    kept: bool = False


class Remark(StrEnum):
    """What a person should know about a document that was read all the same."""

    EMPTY = "there is no text in it"
    CUT = "it is very long; only the first part was read"
    BROKEN_CHARACTERS = "some of its bytes are not valid text and were replaced"
    OCR = "its text was recognised in pictures and may hold mistakes"
    OCR_MISSING = "pages that are pictures were left out, since no text recognition is installed"
    OCR_UNFINISHED = "recognising all of its pictures would take too long; the later ones were left out"
    PICTURES_UNREAD = "some of its pictures are broken"
    TRANSCRIBED = "its words were transcribed from speech and may hold mistakes"
    NO_SPEECH = "no speech was heard in it"
    MACROS = "it holds macros, which were not looked at"
    ATTACHMENTS = "it has attachments that are no text; import them on their own"
    OTHER_KIND = "its name says another kind of file than it is"
    REPAIRED = "it is damaged; what could be read was read"
    BAD_LINES = "some of its lines are no JSON; they are kept as they stand and marked"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document that can be pointed at: a page, a slide, a block of rows, a chapter.

    `label` is `p. 3`, `slide 2`, `rows 2–31`, `cell 4`, or a chapter's title; empty where the format knows
    no such places. `text` is Markdown.
    """

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as text."""

    parts: tuple[Part, ...]
    title: str = ""
    kind: str = ""
    """What it was read as: `pdf`, `docx` ... (`core.documents.sniff.Kind`)."""
    pages: int = 0
    """Pages or slides; 0 where the format knows none."""
    hidden: tuple[Hidden, ...] = ()
    remarks: tuple[Remark, ...] = ()


SAMPLE = 200


def to_json(converted: Converted) -> dict[str, Any]:
    """Return what `from_json` reads."""
    return {
        "title": converted.title,
        "kind": converted.kind,
        "pages": converted.pages,
        "parts": [[part.label, part.text] for part in converted.parts],
        "hidden": [hidden_to_json(hidden) for hidden in converted.hidden],
        "remarks": [remark.name for remark in converted.remarks],
    }


def from_json(value: dict[str, Any]) -> Converted:
    """Return what a child process sent; raises ValueError, KeyError or TypeError for anything else."""
    return Converted(
        parts=tuple(Part(text=str(text), label=str(label)) for label, text in value["parts"]),
        title=str(value["title"]),
        kind=str(value["kind"]),
        pages=int(value["pages"]),
        hidden=tuple(hidden_from_json(item) for item in value["hidden"]),
        remarks=tuple(Remark[name] for name in value["remarks"]),
    )


def hidden_to_json(hidden: Hidden) -> list[Any]:
    """Return what `hidden_from_json` reads."""
    return [hidden.kind.value, hidden.sample, hidden.label, hidden.kept]


def hidden_from_json(value: list[Any]) -> Hidden:
    """Return one report of hidden text; raises ValueError or TypeError for anything else."""
    kind, sample, label, kept = value
    return Hidden(HiddenKind(kind), str(sample)[:SAMPLE], str(label), kept is True)
