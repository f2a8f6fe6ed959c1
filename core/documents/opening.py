"""Reading the file that was dropped: only a plain file, and only so much of it."""

from __future__ import annotations

import os
import stat

from core.documents import limits
from core.errors import DocumentTooLarge, DocumentUnreadable


def read_file(path: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        DocumentUnreadable: it is not there, is no plain file, or may not be read.
        DocumentTooLarge: it has more than `limits.FILE_BYTES`.
    """
    try:
        # Without O_NONBLOCK a named pipe would be waited for without end.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise DocumentUnreadable("There is no such file.", reason="missing") from error
    except (OSError, ValueError) as error:
        raise DocumentUnreadable("The file may not be read.", reason="permission") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise DocumentUnreadable("It is no file that holds a document.", reason="special")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limits.FILE_BYTES:
            raise DocumentTooLarge(f"The file has {status.st_size // limits.MIB} MiB.", reason="file")
        try:
            return file.read(limits.FILE_BYTES + 1)
        except OSError as error:
            raise DocumentUnreadable("The file could not be read to its end.", reason="disk") from error
