"""Reading and writing notes: what is not edited stays as it is, byte for byte.

A note is written only onto the bytes it was read from, and on disk it is always the old text or the new one.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

from core.errors import (
    NoteChangedElsewhere,
    NoteMissing,
    NoteNotSaved,
    NoteNotText,
    NoteTooLarge,
    NoteUnreadable,
)
from core.files import content_hash, write_atomically, write_new
from core.vault.encoding import decode, encode, fold_newlines, follow_newlines
from core.vault.location import locate
from core.vault.model import FileStamp, NoteText

DEFAULT_MAX_BYTES = 10 * 1024 * 1024

_REASONS = {
    errno.ENOSPC: ("disk_full", "the disk is full"),
    errno.EDQUOT: ("disk_full", "your quota on the disk is used up"),
    errno.EROFS: ("read_only", "the disk is read-only"),
    errno.EACCES: ("denied", "this file or its folder may not be written"),
    errno.EPERM: ("denied", "this file or its folder may not be written"),
    errno.EEXIST: ("exists", "there is already a file of that name"),
    errno.ENAMETOOLONG: ("bad_name", "its name is too long"),
    errno.EINVAL: ("bad_name", "its name has a character that this disk does not allow"),
}


def read(vault: Path, path: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> NoteText:
    """Return the note's text and all that is needed to write it back byte for byte.

    Raises:
        NoteMissing: there is no such note in the vault.
        NoteTooLarge: it has more than `max_bytes` bytes.
        NoteUnreadable: the file may not be read.
        NoteNotText: it is no text in any encoding that could be told.
    """
    data, stamp = _read_bytes(locate(vault, path), path, max_bytes)
    return _note(path, data, stamp)


def stamp(vault: Path, path: str) -> FileStamp:
    """Return what tells one version of a note's file from another, without reading it.

    Raises:
        NoteMissing: there is no such note in the vault.
        NoteUnreadable: the file may not be looked at.
    """
    try:
        return _stamp(locate(vault, path).stat())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoteMissing(f"There is no note {path!r}.", path=path) from error
    except OSError as error:
        raise NoteUnreadable(f"{path!r} may not be read: {error.strerror}.", path=path) from error


def write(
    vault: Path, note: NoteText, new_text: str, *, encoding: str = "", recreate: bool = False
) -> NoteText:
    """Save an edited text over the note that was read, and return the note as it is now.

    Encoding, BOM and the line ends of untouched lines stay. Nothing is written where nothing changed.

    Args:
        encoding: converts the note, for example to `utf-8` after it was offered.
        recreate: writes the note anew where it was deleted elsewhere, instead of raising `NoteMissing`.

    Raises:
        NoteChangedElsewhere: the file on disk is no longer the one that was read.
        NoteMissing: it was deleted.
        NoteNotSaved: the disk refused, or the encoding cannot hold a character; the old file is whole.
    """
    saved, data = _edited(note, new_text, encoding)
    file = locate(vault, note.path)
    try:
        if file.exists():
            _check_unchanged(file, note)
            if saved.content_hash != note.content_hash:
                write_atomically(file, data, check=lambda: _check_unchanged(file, note))
        elif recreate:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_new(file, data)
        else:
            raise NoteMissing(f"{note.path!r} was deleted or moved elsewhere.", path=note.path)
        return replace(saved, stamp=_stamp(file.stat()))
    except OSError as error:
        raise _not_saved(note.path, error) from error


def create(vault: Path, path: str, text: str) -> NoteText:
    """Make a new note, UTF-8 with LF, and the folders above it; never touches a file that exists.

    Raises:
        NoteNotSaved: there is already something of that name, or the disk refused.
    """
    file = locate(vault, path)
    empty = NoteText(path, "", "utf-8", b"", (), "", FileStamp(0, 0, 0))
    made, data = _edited(empty, text, "")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_new(file, data)
        return replace(made, stamp=_stamp(file.stat()))
    except OSError as error:
        raise _not_saved(path, error) from error


def _read_bytes(file: Path, path: str, max_bytes: int) -> tuple[bytes, FileStamp]:
    """Return the bytes and the stamp taken before reading: a later change then never looks already seen."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
            raise NoteMissing(f"{path!r} is not a file.", path=path)
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            data = opened.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoteMissing(f"There is no note {path!r}.", path=path) from error
    except OSError as error:
        raise NoteUnreadable(f"{path!r} may not be read: {error.strerror}.", path=path) from error
    if len(data) > max_bytes:
        raise too_large(path, status.st_size, max_bytes)
    return data, _stamp(status)


def too_large(path: str, size: int, max_bytes: int) -> NoteTooLarge:
    """Return the error for a note of `size` bytes."""
    mib = 1024 * 1024
    message = f"{path!r} has {size / mib:.0f} MiB; notes up to {max_bytes / mib:.0f} MiB are read."
    return NoteTooLarge(message, path=path, size=str(size), limit=str(max_bytes))


def _note(path: str, data: bytes, stamp: FileStamp) -> NoteText:
    try:
        decoded = decode(data)
    except NoteNotText as error:
        message = f"{path!r} is not text in any encoding that could be told."
        raise NoteNotText(message, path=path) from error
    return NoteText(
        path=path,
        text=decoded.text,
        encoding=decoded.encoding,
        bom=decoded.bom,
        newlines=decoded.newlines,
        content_hash=content_hash(data),
        stamp=stamp,
        read_only_reason=decoded.read_only_reason,
    )


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _edited(note: NoteText, new_text: str, encoding: str) -> tuple[NoteText, bytes]:
    """Return the note with another text, and its bytes."""
    if note.read_only_reason:
        message = f"{note.path!r} was not saved, since it could not be kept as it is. {note.read_only_reason}"
        raise NoteNotSaved(message, path=note.path, reason="read_only_note")
    text = fold_newlines(new_text)[0]
    newlines = follow_newlines(note.text, note.newlines, text)
    is_same = encoding in ("", note.encoding)
    target, bom = (note.encoding, note.bom) if is_same else (encoding, b"")
    try:
        data = encode(text, encoding=target, bom=bom, newlines=newlines)
    except UnicodeEncodeError as error:
        raise _cannot_hold(note.path, target, text, error) from error
    changed = replace(
        note, text=text, encoding=target, bom=bom, newlines=newlines, content_hash=content_hash(data)
    )
    return changed, data


def _cannot_hold(path: str, encoding: str, text: str, error: UnicodeEncodeError) -> NoteNotSaved:
    character = error.object[error.start]
    refused = NoteNotSaved(
        f"{path!r} was not saved: its encoding {encoding.upper()} has no character {character!r}.",
        path=path,
        reason="encoding",
        encoding=encoding,
        character=character,
        line=str(text[: text.find(character)].count("\n") + 1),
        offer="utf-8",
    )
    refused.hint = "Save it as UTF-8, or take the character out."
    return refused


def _check_unchanged(file: Path, note: NoteText) -> None:
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise NoteMissing(f"{note.path!r} was deleted or moved elsewhere.", path=note.path) from error
    if content_hash(data) != note.content_hash:
        message = f"{note.path!r} was changed by another program since it was opened."
        raise NoteChangedElsewhere(message, path=note.path)


def _not_saved(path: str, error: OSError) -> NoteNotSaved:
    reason, words = _REASONS.get(error.errno or 0, ("other", error.strerror or str(error)))
    return NoteNotSaved(f"{path!r} was not saved: {words}.", path=path, reason=reason)
