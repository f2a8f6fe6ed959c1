"""Telling Chinese from English by the share of each script."""

from __future__ import annotations

import re

from core.text.words import HAN

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~).*$", re.MULTILINE)
_NOT_PROSE = re.compile(r"`[^`\n]+`|https?://[!-~]+|\]\([^()\n]*\)|<[A-Za-z/][^<>\n]*>")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_OTHER = re.compile(r"[\u3041-\u30ff\uac00-\ud7af\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff]")


def language_of(text: str) -> str:
    """Return `zh`, `en` or, where neither is clear, an empty string; code and addresses do not count.

    English stands for all that is written in Latin letters. A Chinese text is full of English terms and an
    English one holds few Chinese ones, so one Han character to two Latin words makes a text Chinese.
    """
    outside_fences = _FENCE.split(text)[::2]
    prose = _NOT_PROSE.sub(" ", "\n".join(outside_fences))
    han, latin, other = (len(p.findall(prose)) for p in (_HAN, _LATIN_WORD, _OTHER))
    total = han + latin + other
    if not total or other > total * 0.2:
        return ""
    if han * 3 >= total:
        return "zh"
    return "en" if latin and han * 5 <= total else ""
