"""Characters that have no shape are taken out of imported text, and what they spell is reported.

Unicode tags can spell whole sentences that no reader sees and every model reads; direction marks can make a
text read differently than it is. The two joiners that Persian, Indic scripts and emoji need stay.
"""

from __future__ import annotations

import re
import unicodedata

from core.documents.model import SAMPLE, Hidden, HiddenKind

_SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LIGATURES = re.compile("[\ufb00-\ufb06\u2e80-\u2fdf\uf900-\ufaff]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_TELLING = 8
"""So many shapeless characters in a run are a message: the flags of England, Scotland and Wales take six."""


def clean(text: str, label: str = "") -> tuple[str, list[Hidden]]:
    """Return `text` with LF ends and without shapeless characters, and a report if they spelt something.

    Ligatures and the radicals that PDFs write for Chinese characters become the letters they stand for, so
    that a search finds them.
    """
    found = [_report(match[0], label) for match in _SHAPELESS.finditer(text) if len(match[0]) >= _TELLING]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    text = _SHAPELESS.sub("", text)
    text = _CONTROL.sub("", text)
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _BLANK_LINES.sub("\n\n", text).strip("\n"), found


def one_line(text: str, limit: int = SAMPLE) -> str:
    """Return the beginning of `text` on one line, without shapeless characters."""
    shown = " ".join(_CONTROL.sub(" ", _SHAPELESS.sub("", text)).split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _report(run: str, label: str) -> Hidden:
    spelt = "".join(chr(ord(tag) - 0xE0000) for tag in run if 0xE0020 <= ord(tag) < 0xE007F)
    return Hidden(HiddenKind.CHARACTERS, one_line(spelt) or f"{len(run)} characters", label)
