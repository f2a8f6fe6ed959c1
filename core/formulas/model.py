"""What goes to the drawing child and what comes back: values, as JSON; never pickles."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from core.text.note_marks import LONGEST_FORMULA

LONGEST = LONGEST_FORMULA
"""Characters of a formula; longer ones stay as they are written."""
LARGEST_EM = 400.0
_LARGEST_SVG = 2_000_000

_TAGS = frozenset(
    ("svg", "defs", "path", "g", "use", "rect", "line", "text", "polyline", "polygon", "circle")
)
_TAG = re.compile(r"</?([\w:-]*)")
_REACHES_OUT = re.compile(r"href=\"(?!#)|url\(|<!|<\?|&(?!(?:lt|gt|amp|quot|#\d+);)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A formula without its dollar signs."""

    source: str
    is_display: bool = False
    language: str = "en"
    """In which a screen reader is told what it says: `en` or `zh`."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn formula; lengths in em of the text around it, `currentColor` where it has the text's colour."""

    svg: str
    width: float
    ascent: float
    descent: float
    speech: str

    @property
    def height(self) -> float:
        """From its lowest to its highest point."""
        return self.ascent + self.descent


def pack(value: Request | Formula | None) -> bytes:
    """Return a message for the pipe."""
    return json.dumps(None if value is None else asdict(value)).encode()


def unpack_request(message: bytes) -> Request:
    """Return what `pack` made of a request."""
    return Request(**json.loads(message))


def unpack_formula(message: bytes) -> Formula | None:
    """Return what a child sent; `ValueError` where it is not what an honest one sends."""
    found = json.loads(message)
    if found is None:
        return None
    try:
        formula = Formula(
            svg=str(found["svg"]),
            width=float(found["width"]),
            ascent=float(found["ascent"]),
            descent=float(found["descent"]),
            speech=str(found["speech"]),
        )
    except (TypeError, KeyError) as error:
        raise ValueError("the answer is no formula") from error
    if not (_is_drawable(formula) and is_harmless(formula.svg)):
        raise ValueError("the formula is not fit to be drawn")
    return formula


def is_harmless(svg: str) -> bool:
    """Whether an SVG holds nothing but lines and letters and names nothing outside of itself."""
    return (
        len(svg) <= _LARGEST_SVG
        and not _REACHES_OUT.search(svg)
        and all(found[1] in _TAGS for found in _TAG.finditer(svg))
    )


def _is_drawable(formula: Formula) -> bool:
    return 0 < formula.width <= LARGEST_EM and 0 < formula.height <= LARGEST_EM
