"""Reading and writing files so that a crash never leaves half of one."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from pathlib import Path


def content_hash(data: bytes) -> str:
    """Return a hex digest that is equal only for equal bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file by `data`: whoever looks sees the old bytes or the new ones, whole.

    Keeps mode and extended attributes, follows a symbolic link to its file. Raises `OSError` with the old
    file untouched and no stray file left.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _copy_metadata(target, file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _copy_metadata(source: Path, descriptor: int) -> None:
    try:
        os.fchmod(descriptor, stat.S_IMODE(source.stat().st_mode))
    except (OSError, AttributeError):
        return
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(source):
            os.setxattr(descriptor, name, os.getxattr(source, name))


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; not every system lets a folder be opened."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(descriptor)
