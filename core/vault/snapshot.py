"""What lies in a vault now, and how that differs from what lay there before.

Only names and `stat` are looked at, never contents: 10 000 notes take a fraction of a second.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from core.errors import VaultUnreadable
from core.vault.ignore import Ignore, is_conflict_copy
from core.vault.location import is_note_name, vault_root
from core.vault.model import Change, ChangeKind, FileStamp, SkipKind, Skipped, Snapshot
from core.vault.notes import DEFAULT_MAX_BYTES, too_large

_FOLDS_NAMES = sys.platform in ("darwin", "win32")
"""Whether a file answers to other spellings of its name: case, or composed and decomposed characters."""


def scan(vault: Path, *, ignore: Ignore | None = None, max_bytes: int = DEFAULT_MAX_BYTES) -> Snapshot:
    """Return every note of the vault with its stamp, and what was left out with the reason.

    Links to folders and links that leave the vault are not followed: no cycle, and no file of somebody else.

    Raises:
        VaultMissing, VaultNotAFolder: what the names say.
        VaultUnreadable: the folder itself may not be read; one below it is listed in `skipped`.
    """
    root = vault_root(vault)
    found = _Scan(root, ignore or Ignore(), max_bytes)
    try:
        with os.scandir(root):
            pass
    except OSError as error:
        raise VaultUnreadable(f"The folder {vault} may not be read.", path=str(vault)) from error
    found.walk("")
    vault_root(vault)  # had the disk gone meanwhile, half a scan would look as if notes had been deleted
    return found.snapshot()


def refresh(
    vault: Path,
    old: Snapshot,
    dirty: Iterable[str],
    *,
    ignore: Ignore | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    in_place: bool = False,
) -> tuple[Snapshot, list[Change]]:
    """Look again at some paths only and return the new snapshot and what changed.

    Args:
        dirty: files or folders relative to the vault, which may be gone; a folder stands for all below it.
        in_place: bring the notes of `old` themselves up to date, so that it must not be used any more: to
            copy 50 000 of them takes longer than all else here.

    Raises:
        VaultMissing, VaultNotAFolder, VaultUnreadable: as `scan`.
    """
    root = vault_root(vault)
    found = _Scan(root, ignore or Ignore(), max_bytes)
    looked_at = _outermost(_respelt(root, dirty) if _FOLDS_NAMES else dirty)
    if "" in looked_at:
        new = scan(vault, ignore=ignore, max_bytes=max_bytes)
        return new, diff(old, new)
    for path in looked_at:
        found.look(path)
    before, part = _below(old, looked_at), found.snapshot()
    notes = old.notes if in_place and isinstance(old.notes, dict) else dict(old.notes)
    for path in before.notes:
        del notes[path]
    notes.update(part.notes)
    whole = Snapshot(
        notes,
        tuple(item for item in old.skipped if item not in before.skipped) + part.skipped,
        tuple(sorted({*old.conflicts} - {*before.conflicts} | {*part.conflicts})),
    )
    return whole, diff(before, part)


def diff(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return what happened between two snapshots: removals, moves, changes and additions, each by path.

    A move is told by inode, size and time of change together, or by a name that differs in Unicode form
    alone; whoever needs to be certain compares contents.
    """
    gone = {path: stamp for path, stamp in old.notes.items() if path not in new.notes}
    come = {path: stamp for path, stamp in new.notes.items() if path not in old.notes}
    moves = dict(_moves(gone, come))
    removed = [Change(ChangeKind.REMOVED, path) for path in sorted(gone) if path not in moves.values()]
    moved = [Change(ChangeKind.MOVED, path, come[path], moves[path]) for path in sorted(moves)]
    modified = [
        Change(ChangeKind.MODIFIED, path, stamp)
        for path, stamp in sorted(new.notes.items())
        if path in old.notes and old.notes[path] != stamp
    ]
    added = [Change(ChangeKind.ADDED, path, come[path]) for path in sorted(come) if path not in moves]
    return removed + moved + modified + added


@dataclass(slots=True)
class _Scan:
    """Collects one scan's findings."""

    root: Path
    ignore: Ignore
    max_bytes: int
    notes: dict[str, FileStamp] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        return Snapshot(self.notes, tuple(self.skipped), tuple(sorted(self.conflicts)))

    def walk(self, folder: str) -> None:
        """Take in everything below a folder, which is not itself judged; deep trees need no recursion."""
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(self.root / current) as entries:
                    waiting += [path for entry in entries if (path := self._take(current, entry))]
            except FileNotFoundError:
                continue  # it went away while we looked
            except OSError as error:
                self._skip(current, f"the folder may not be read: {error.strerror}", SkipKind.FOLDER)

    def look(self, path: str) -> None:
        """Take in one path as `walk` would have done."""
        try:
            status = (self.root / path).lstat()
            is_link = stat.S_ISLNK(status.st_mode)
            is_folder = stat.S_ISDIR(status.st_mode)
            if self.ignore.skips_anywhere(path, is_folder=is_folder) or not self._is_inside(path):
                return
            if _FOLDS_NAMES and spelling(self.root, path) != path:
                return  # the file answers, but to another name; that one is looked at as well
            if is_folder:
                self.walk(path)
            else:
                self._take_file(path, is_link, (self.root / path).stat)
        except (OSError, ValueError):
            return

    def _take(self, folder: str, entry: os.DirEntry[str]) -> str:
        """Take in one entry; return its path where it is a folder to walk into."""
        path = f"{folder}/{entry.name}" if folder else entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                return "" if self.ignore.skips(path, is_folder=True) else path
            is_read_or_named = is_note_name(path) or _is_org(path)
            if is_read_or_named and not self.ignore.skips(path):
                self._take_file(path, entry.is_symlink(), entry.stat, entry.inode())
        except FileNotFoundError:
            pass  # it went away while we looked
        except OSError as error:
            self._skip(path, f"the file may not be read: {error.strerror}", SkipKind.UNREADABLE)
        return ""

    def _take_file(
        self, path: str, is_link: bool, status: Callable[[], os.stat_result], inode: int = 0
    ) -> None:
        if _is_org(path):
            self._skip(path, "an Org file; only Markdown is read", SkipKind.ORG)
        elif is_note_name(path) and not (is_link and self._is_passed_over(path)):
            self._add(path, status(), inode)

    def _is_passed_over(self, link: str) -> bool:
        """Tell whether a link to a file is left out, and list the reason."""
        if not self._is_inside(link):
            self._skip(link, "a link that leads out of the vault or nowhere", SkipKind.LINK_OUT)
            return True
        target = (self.root / link).resolve().relative_to(self.root).as_posix()
        if is_note_name(target) and not self.ignore.skips_anywhere(target):
            self._skip(link, f"a link to {target}, which is read there", SkipKind.LINK_IN)
            return True
        return False

    def _add(self, path: str, status: os.stat_result, inode: int = 0) -> None:
        if not stat.S_ISREG(status.st_mode):
            return
        if not _is_unicode(path):
            self._skip(path, "its name is not valid Unicode; rename it", SkipKind.NAME)
        elif is_conflict_copy(path.rpartition("/")[2]):
            self.conflicts.append(path)
        elif status.st_size > self.max_bytes:
            self._skip(path, str(too_large(path, status.st_size, self.max_bytes)), SkipKind.SIZE)
        else:  # Windows leaves the inode out of a directory entry's stat
            self.notes[path] = FileStamp(status.st_size, status.st_mtime_ns, status.st_ino or inode)

    def _is_inside(self, path: str) -> bool:
        """Tell whether a path stays within the vault once all links are followed."""
        try:
            real = (self.root / path).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return False
        return real.is_relative_to(self.root)

    def _skip(self, path: str, reason: str, kind: SkipKind = SkipKind.PROBLEM) -> None:
        printable = path.encode("utf-8", errors="backslashreplace").decode()
        self.skipped.append(Skipped(printable, reason, kind))


def _is_org(path: str) -> bool:
    return path.lower().endswith(".org")


def _is_unicode(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def spelling(root: Path, path: str) -> str:
    """Return the path with its last part as the folder spells it; unchanged where there is no such entry."""
    folder, _, name = path.rpartition("/")
    try:
        names = os.listdir(root / folder)  # noqa: PTH208  # only names are wanted
    except OSError:
        return path
    wanted = normalize("NFC", name).casefold()
    alike = [other for other in names if normalize("NFC", other).casefold() == wanted]
    spelt = name if name in alike or not alike else alike[0]
    return f"{folder}/{spelt}" if folder else spelt


def _respelt(root: Path, paths: Iterable[str]) -> Iterator[str]:
    """Yield each path and the spelling that a scan would find it under."""
    for path in paths:
        yield path
        yield spelling(root, path)


def _outermost(paths: Iterable[str]) -> set[str]:
    """Drop paths that lie below another one of them."""
    wanted = {"" if path == "." else path for path in paths}
    return {path for path in wanted if not any(above in wanted for above in _folders_above(path))}


def _folders_above(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def _below(snapshot: Snapshot, tops: set[str]) -> Snapshot:
    """Return the part of a snapshot that lies at or below some paths.

    A single note costs nothing that grows with the vault; only a folder's name is looked for in all paths.
    """
    notes = {path: snapshot.notes[path] for path in tops if path in snapshot.notes}
    folders = tuple(path + "/" for path in tops if path not in notes)
    if folders:
        notes |= {path: stamp for path, stamp in snapshot.notes.items() if path.startswith(folders)}
    return Snapshot(
        notes,
        tuple(item for item in snapshot.skipped if item.path in tops or item.path.startswith(folders)),
        tuple(path for path in snapshot.conflicts if path in tops or path.startswith(folders)),
    )


def _moves(gone: Mapping[str, FileStamp], come: Mapping[str, FileStamp]) -> Iterator[tuple[str, str]]:
    """Yield (new path, old path) of notes that were moved; each path at most once."""
    by_stamp: dict[FileStamp, list[str]] = {}
    by_name: dict[str, str] = {}
    for path in sorted(gone, reverse=True):
        by_stamp.setdefault(gone[path], []).append(path)
        by_name[normalize("NFC", path)] = path
    taken: set[str] = set()
    for path, stamp in sorted(come.items()):
        same_file = [old for old in by_stamp.get(stamp, []) if old not in taken] if stamp.inode else []
        same_name = by_name.get(normalize("NFC", path), "")
        old = same_name if same_name and same_name not in taken else (same_file or [""])[-1]
        if old:
            taken.add(old)
            yield path, old
