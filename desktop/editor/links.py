"""The link under a caret, and the note that a wikilink means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

_PAGE = r"\[\[(?P<target>[^\[\]|#\n]*)(?:#(?P<anchor>[^\[\]|\n]*))?(?:\|[^\[\]\n]*)?\]\]"
_WIKILINK = re.compile(rf"!?{_PAGE}")
_LABELLED_PAGE = re.compile(rf"\[[^\[\]\n]*\]\(\s*{_PAGE}\s*\)")
"""Logseq's `[words]([[page]])`."""
_MARKDOWN = re.compile(
    r"\[[^\[\]\n]*\]\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ADDRESS = re.compile(r"https?://[^\s<>\"'）】」，。；]*[^\s<>\"'）】」，。；.,;:!?)\]]")


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads: a web address, or a note by name or relative path, with its anchor."""

    address: str = ""
    note: str = ""
    anchor: str = ""
    is_path: bool = False
    """Written as a path relative to the note it stands in, as Markdown links are."""


def link_at(line: str, column: int) -> LinkTarget | None:
    """Return the link that covers `column` (in code points) of a line."""
    for pattern, read in (
        (_LABELLED_PAGE, _read_wikilink),
        (_WIKILINK, _read_wikilink),
        (_MARKDOWN, _read_markdown),
        (_ADDRESS, _read_address),
    ):
        for found in pattern.finditer(line):
            if found.start() <= column <= found.end():
                return read(found)
    return None


def is_address(text: str) -> bool:
    """Whether a text is a web address and nothing else."""
    return re.fullmatch(r"https?://[^\s<>]+", text) is not None


def resolve(target: LinkTarget, here: str, notes: Iterable[str]) -> str | None:
    """Return the path of the note that a link in the note `here` means; None where there is none.

    A name matches a path, or the end of one, without regard to case and Unicode form; of several the one
    with the fewest folders wins, then the one in the same folder.
    """
    if not target.note:
        return here
    wanted = _key(_joined(here, target.note) if target.is_path else target.note)
    folder = PurePosixPath(here).parent
    matches = [path for path in notes if (key := _key(path)) == wanted or key.endswith("/" + wanted)]
    exact = [path for path in matches if _key(path) == wanted]
    ranked = sorted(
        exact or matches, key=lambda path: (path.count("/"), PurePosixPath(path).parent != folder, path)
    )
    return ranked[0] if ranked else None


def path_for(target: LinkTarget, here: str) -> str:
    """Return the path of the note that has to be written for a link in the note `here` to lead to it.

    Empty where no note of the vault can have that name.
    """
    wanted = _joined(here, target.note) if target.is_path else target.note
    parts = wanted.removesuffix(".md").split("/")
    named = [name for part in parts if (name := _FORBIDDEN.sub(" ", part).strip(" ."))]
    return "/".join(named) + ".md" if named and ".." not in parts else ""


def _read_wikilink(found: re.Match[str]) -> LinkTarget:
    return LinkTarget(note=found["target"].strip(), anchor=(found["anchor"] or "").strip())


def _read_markdown(found: re.Match[str]) -> LinkTarget:
    written = found["angle"] if found["angle"] is not None else found["plain"]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", written):
        return LinkTarget(address=written)
    path, _, anchor = written.partition("#")
    return LinkTarget(note=unquote(path), anchor=unquote(anchor), is_path=True)


def _read_address(found: re.Match[str]) -> LinkTarget:
    return LinkTarget(address=found[0])


def _joined(here: str, relative: str) -> str:
    """Join a relative path to the folder of the note it stands in; what climbs out of the vault stays out."""
    parts = [] if relative.startswith("/") else list(PurePosixPath(here).parent.parts)
    for part in PurePosixPath(relative.lstrip("/")).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _key(path: str) -> str:
    key = normalize("NFC", path).casefold().replace("___", "/")  # Logseq's way to write a namespace
    return key.removesuffix(".markdown").removesuffix(".md")
