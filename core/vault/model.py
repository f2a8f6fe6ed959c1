"""Values of the vault layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What `stat` says of a file; two equal stamps mean that it need not be read again."""

    size: int
    mtime_ns: int
    inode: int


class SkipKind(StrEnum):
    """Why a file is not indexed, for those who word it in another language."""

    PROBLEM = "problem"
    """Something is wrong with this very file; the reason says what."""
    ORG = "org"
    LINK_OUT = "link out"
    """A link that leads out of the vault or nowhere."""
    LINK_IN = "link in"
    """A link to a note that is read in its own place."""
    NAME = "name"
    """Its name is not valid Unicode."""
    SIZE = "size"
    UNREADABLE = "unreadable"
    """The system does not let it be read."""
    FOLDER = "folder"
    """A whole folder that the system does not let be read."""
    NOT_TEXT = "not text"
    """No text in any encoding that could be told."""
    POISON = "poison"
    """What reads notes trips over its text; the others go on."""
    TAG = "tag"
    """It carries a tag that the person leaves out."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not indexed, and why, in words."""

    path: str
    reason: str
    kind: SkipKind = SkipKind.PROBLEM


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One scan of a vault: notes by path relative to it (posix separators), and what was left out."""

    notes: Mapping[str, FileStamp]
    skipped: tuple[Skipped, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Conflict copies that sync tools left; listed, not indexed."""


class RescanReason(StrEnum):
    """Why single paths do not tell enough and the whole vault has to be looked at again."""

    PERIOD = "period"
    RESUME = "resume"
    """The machine slept."""
    OVERFLOW = "overflow"
    """The system dropped events."""
    LIMIT = "limit"
    """The system watches only some of the folders."""
    ROOT = "root"
    """The vault's folder went away, came back or became another one."""
    RULES = "rules"
    """`.pilotfishignore` changed: the rules have to be read again, too."""


class WatchTrouble(StrEnum):
    """Why changes may be noticed late, for those who word it in another language."""

    NONE = ""
    GONE = "gone"
    REMOTE = "remote"
    """A network folder: other machines' changes are not told."""
    LIMIT = "limit"
    """The system watches only some of the folders."""
    REFUSED = "refused"
    """The system cannot watch it at all."""


@dataclass(frozen=True, slots=True)
class Dirty:
    """Where the vault may have changed; what really did, only looking tells (`core.vault.snapshot`)."""

    paths: frozenset[str] = frozenset()
    """Files and folders relative to the vault; they may be gone."""
    rescans: frozenset[RescanReason] = frozenset()

    @property
    def rescan(self) -> bool:
        """Whether the whole vault has to be looked at."""
        return bool(self.rescans)


class ChangeKind(StrEnum):
    """What happened to a note between two scans."""

    ADDED = "added"
    MODIFIED = "modified"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One note's difference between two snapshots; `old_path` only for a move."""

    kind: ChangeKind
    path: str
    stamp: FileStamp | None = None
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as read: its text and all that is needed to write it back byte for byte."""

    path: str
    text: str
    """Decoded, without BOM, every line end folded to LF; all other characters untouched."""
    encoding: str
    bom: bytes
    newlines: tuple[str, ...]
    """The original end of each line of `text`: one entry if they are all the same."""
    content_hash: str
    """Digest of the bytes on disk, compared before every write."""
    stamp: FileStamp
    read_only_reason: str = ""
    """Not empty where the bytes could not be decoded faithfully; such a note is shown but never written."""


@dataclass(frozen=True, slots=True)
class VaultLayout:
    """What kind of vault a folder is, as far as its files tell."""

    is_obsidian: bool = False
    is_logseq: bool = False
    journal_folder: str = ""
    """Where daily notes lie, relative to the vault; empty for its top."""
    journal_format: str = "YYYY-MM-DD"
    """The name of a daily note without suffix, in the tokens of Moment.js; may hold `/`."""
    journal_language: str = "en"
    """In which months and days of the week are named there: `en` or `zh`."""
    journal_template: str = ""
    """What a new daily note begins with: Obsidian's note, relative to the vault, with or without suffix, or
    the name of Logseq's block; empty for none."""
    journal_title: str = ""
    """How Logseq calls the page of a day in links, in the tokens of Moment.js."""
    extra: Mapping[str, str] = field(default_factory=dict)
