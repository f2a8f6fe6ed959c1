"""Writing files so that a crash never leaves half of one.

The new bytes lie complete and synced on the disk before they take the old file's name. Where the system can
make a file without a name (Linux), a killed process leaves nothing behind that sync tools would pick up.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable
from pathlib import Path

REPLACE_TRIES = 5
"""Windows refuses to replace a file that a sync client or virus scanner holds open for a moment."""
REPLACE_PAUSE_SECONDS = 0.05


def content_hash(data: bytes) -> str:
    """Return a hex digest that is equal only for equal bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write_atomically(path: Path, data: bytes, *, check: Callable[[], None] | None = None) -> None:
    """Replace the file by `data`: whoever looks sees the old bytes or the new ones, whole.

    Keeps owner, mode and extended attributes and follows a symbolic link to its file. A hard link is broken:
    the other name keeps the old bytes, since writing in place could leave half of them.

    Args:
        check: called when the new bytes lie on the disk, just before the old ones go; what it raises stops
            the write.

    Raises:
        OSError: nothing was written; the old file is untouched and no stray file is left.
    """
    target = resolve(path)
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        _write_new(temporary, data, like=target, check=check)
        _replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def write_new(path: Path, data: bytes) -> None:
    """Make a file that was not there, whole or not at all.

    Raises:
        FileExistsError: something has that name; it is untouched.
        OSError: nothing was written.
    """
    target = resolve(path.parent) / path.name
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        _write_new(temporary, data, like=None)
        _name_once(temporary, target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    sync_folder(target.parent)


def resolve(path: Path) -> Path:
    """Return the absolute path without symbolic links; a cycle of them raises `OSError`."""
    try:
        return path.resolve()
    except RuntimeError as error:  # what pathlib raises before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable; not every system lets a folder be opened."""
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


def _write_new(
    temporary: Path, data: bytes, *, like: Path | None, check: Callable[[], None] | None = None
) -> None:
    """Write and sync a new file, which shows its name only when complete where the system allows.

    The check comes before the name: a process killed while it reads a large file leaves nothing behind, only
    one killed in the moment between the name and the rename does.
    """
    descriptor = _open_nameless(temporary.parent)
    is_nameless = descriptor is not None
    if descriptor is None:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        if like is not None:
            _copy_metadata(like, file.fileno())
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if check is not None:
            check()
        if is_nameless:
            # Python follows the link only through linkat(), which it calls when given a folder to start from;
            # plain link() would try to give the link in /proc itself a second name, across file systems.
            nameless = file.fileno()
            os.link(f"/proc/self/fd/{nameless}", temporary, src_dir_fd=nameless, follow_symlinks=True)


def _open_nameless(folder: Path) -> int | None:
    """Open a file that has no name yet, or return None where the file system or the platform cannot."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not os.access("/proc/self/fd", os.X_OK):
        return None
    try:
        return os.open(folder, os.O_WRONLY | flag, 0o666)
    except OSError as error:
        if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT):
            return None
        raise


def _copy_metadata(source: Path, descriptor: int) -> None:
    """Give the new file owner, mode and attributes of the old one, as far as this user may."""
    try:
        old = source.stat()
    except OSError:
        return
    if hasattr(os, "fchown"):
        with contextlib.suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    if hasattr(os, "listxattr"):
        _copy_attributes(source, descriptor)
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _copy_attributes(source: Path, descriptor: int) -> None:
    names: list[str] = []
    with contextlib.suppress(OSError):
        names = os.listxattr(source)
    for name in names:
        with contextlib.suppress(OSError):  # one that only root may set does not keep the others away
            os.setxattr(descriptor, name, os.getxattr(source, name))


def _replace(temporary: Path, target: Path) -> None:
    for _ in range(REPLACE_TRIES - 1):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(REPLACE_PAUSE_SECONDS)
    temporary.replace(target)


def _name_once(temporary: Path, target: Path) -> None:
    """Give the complete file its name; unlike a rename, a link never takes a name away from another file."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: claim the name first, then fill it
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            _replace(temporary, target)
        except BaseException:
            target.unlink()
            raise
