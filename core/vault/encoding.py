"""A note's bytes into text and back, byte for byte.

Notes come from everywhere: UTF-8 with and without BOM, UTF-16 from Windows, GBK and Big5 from older Chinese
programs, with LF, CRLF or both. What cannot be put back exactly is marked, so that it is never written.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import NoteNotText
from core.vault.merge import matching_lines

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PLAUSIBLE = ("gb18030", "big5hkscs", "cp1252", "cp932")
"""Encodings to choose from; where two explain a text equally well, the earlier one is taken."""
_SAMPLE_BYTES = 64 * 1024
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.01
_MAX_BROKEN_SHARE = 0.2
_MAX_DISORDER = 0.5
"""Above the 0.2 that charset-normalizer asks for: a note of one line may be mostly signs."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and what is needed to make the same bytes of it again; the fields are those of `NoteText`."""

    text: str
    encoding: str
    bom: bytes
    newlines: tuple[str, ...]
    read_only_reason: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of a note's bytes.

    Raises:
        NoteNotText: the bytes are no text in any encoding that could be told.
    """
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    body = data[len(bom) :]
    if not encoding:
        encoding = "utf-8" if _is_utf8(body) else _guess(body)
    raw = body.decode(encoding, errors="replace")
    if _is_binary(raw):
        raise NoteNotText
    text, newlines = fold_newlines(raw)
    is_faithful = _encodes_to(raw, encoding, body)
    reason = "" if is_faithful else f"Some of its bytes are not valid {encoding.upper()}."
    return Decoded(text, encoding, bom, newlines, reason)


def encode(text: str, *, encoding: str, bom: bytes, newlines: tuple[str, ...]) -> bytes:
    """Return the bytes of a text; the inverse of `decode`.

    Raises:
        UnicodeEncodeError: the encoding has no bytes for some character.
    """
    return bom + unfold_newlines(text, newlines).encode(encoding)


def fold_newlines(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with LF alone, and the original line ends: one entry if all are the same."""
    ends = _NEWLINE.findall(raw)
    kinds = set(ends)
    text = _NEWLINE.sub("\n", raw) if kinds - {"\n"} else raw
    return text, tuple(ends) if len(kinds) > 1 else tuple(kinds)


def unfold_newlines(text: str, newlines: tuple[str, ...]) -> str:
    """Return the text with its original line ends."""
    if len(newlines) < 2:
        return text.replace("\n", newlines[0]) if newlines else text
    lines = text.split("\n")
    return "".join(line + end for line, end in zip(lines, (*newlines, ""), strict=True))


def follow_newlines(old: str, newlines: tuple[str, ...], new: str) -> tuple[str, ...]:
    """Return the line ends of an edited text: old lines keep theirs, new ones do as the line above."""
    if len(newlines) < 2:
        return newlines or (("\n",) if "\n" in new else ())
    new_lines = new.split("\n")
    origin = matching_lines(new_lines, old.split("\n"))
    untouched = set(origin.values())
    ends: list[str] = []
    source = -1
    for number in range(len(new_lines) - 1):
        following = source + 1  # a line that was edited stands where the old one stood
        source = origin.get(number, source if following in untouched else following)
        is_old = number in origin or source == following
        above = ends[-1] if ends else newlines[0]
        ends.append(newlines[source] if is_old and source < len(newlines) else above)
        if number and not new_lines[number] and (ends[-2], ends[-1]) == ("\r", "\n"):
            ends[-1] = "\r"  # with nothing between them the two would be read as one line end
    return tuple(ends) if len(set(ends)) > 1 else tuple(set(ends))


def _is_utf8(body: bytes) -> bool:
    """Tell whether the bytes are UTF-8, perhaps with a few broken places."""
    try:
        body.decode()
        return True
    except UnicodeDecodeError:
        pass
    beyond_ascii = [character for character in body.decode(errors="replace") if character > "\x7f"]
    return beyond_ascii.count("\ufffd") <= _MAX_BROKEN_SHARE * len(beyond_ascii)


def _guess(body: bytes) -> str:
    """Return the encoding that explains the bytes best.

    A guess is made from the first part of a long note and then has to fit all of it.
    """
    from charset_normalizer import from_bytes  # most notes are UTF-8 and never need it

    if b"\x00" in body:  # none of these encodings has a use for it
        raise NoteNotText
    sample = body if len(body) <= _SAMPLE_BYTES else body[: body.rfind(b"\n", 0, _SAMPLE_BYTES) + 1] or body
    found = from_bytes(sample, cp_isolation=list(_PLAUSIBLE), threshold=_MAX_DISORDER)
    ranked = [match.encoding for match in sorted(found, key=_implausibility)]
    for encoding in [*ranked, "gb18030"]:  # charset-normalizer has no opinion on a few signs such as 《论语》
        if _fits(body, encoding):
            return "gbk" if encoding == "gb18030" and _fits(body, "gbk") else encoding
    raise NoteNotText


def _implausibility(match: CharsetMatch) -> tuple[float, int]:
    """Order guesses: disorder as charset-normalizer sees it, and the share of Chinese characters nobody uses.

    Without the latter a short note is a coin toss: 你好 in GBK are two valid, but odd, characters in Big5.
    """
    names = [codecs.lookup(name).name for name in _PLAUSIBLE]
    found = codecs.lookup(match.encoding).name
    place = names.index(found) if found in names else len(names)
    return match.chaos + _rare_share(str(match)), place


def _rare_share(text: str) -> float:
    """Return how many of the East Asian characters are odd; half-width katakana always are."""
    eastern = [c for c in text[:2000] if "\u3400" <= c <= "\u9fff" or "\uff61" <= c <= "\uff9f"]
    return sum(not _is_common(character) for character in eastern) / len(eastern) if eastern else 0.0


def _is_common(hanzi: str) -> bool:
    """Tell whether a character is of the frequent half of GB 2312 (level 1) or of Big5 (level 1)."""
    simplified = hanzi.encode("gb2312", errors="ignore")
    traditional = hanzi.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _fits(body: bytes, encoding: str) -> bool:
    try:
        return _encodes_to(body.decode(encoding), encoding, body)
    except UnicodeDecodeError:
        return False


def _encodes_to(raw: str, encoding: str, body: bytes) -> bool:
    try:
        return raw.encode(encoding) == body
    except UnicodeEncodeError:
        return False


def _is_binary(raw: str) -> bool:
    """Tell whether control characters are too many for text; a stray one does no harm."""
    return _count(_CONTROL.finditer(raw)) > _MAX_CONTROL_SHARE * len(raw)


def _count(found: Iterable[object]) -> int:
    return sum(1 for _ in found)
