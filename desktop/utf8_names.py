"""Names of files are UTF-8, whatever the locale says: so Obsidian, Logseq and Qt write and read them.

Python follows the locale instead: under `zh_CN.GB18030` or `en_US.ISO-8859-1` it would show other characters
than the note's name has, and Qt would look for other files. Like `__main__`, this imports nothing.
"""

import os
import sys


def are_certain() -> bool:
    """Tell whether this interpreter takes names for UTF-8."""
    return sys.platform == "win32" or sys.getfilesystemencoding() == "utf-8" or hasattr(sys, "frozen")


def begin_again() -> None:
    """Start this very program anew, in Python's UTF-8 mode; its streams keep the encoding of the terminal."""
    streams = getattr(sys.stdout, "encoding", None) or sys.getfilesystemencoding()
    environment = {"PYTHONIOENCODING": streams, **os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [_in_utf8(argument) for argument in sys.orig_argv], environment)


def _in_utf8(argument: str) -> bytes:
    """Return an argument's words in UTF-8; what names something that is there stays byte for byte."""
    as_typed = os.fsencode(argument)
    return as_typed if os.path.lexists(as_typed) else argument.encode("utf-8", "surrogateescape")
