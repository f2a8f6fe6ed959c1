"""What a converting child may not do, set by the child itself before it looks at a byte of the document.

Three fences, each for where the one before is not to be had: limits of the system (memory, time, no file may
grow), no network and no new process by the kernel (a network namespace of its own, and seccomp on Linux), and
an audit hook of Python that refuses the same on every platform. None can be taken back by the process.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import Any

from core.documents import limits

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_ALLOW, _ERRNO_EPERM, _ERRNO_ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_SET, _RETURN = 0x20, 0x15, 0x45, 0x06  # BPF: ld abs, jeq k, jset k, ret k
_AT_NUMBER, _AT_ARCH, _AT_FIRST_ARGUMENT = 0, 4, 16  # struct seccomp_data
_CLONE_THREAD = 0x00010000

# Numbers of linux/audit.h and of each architecture's system call table.
_ARCHITECTURES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {"socket": 41, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
         "ptrace": 101, "io_uring_setup": 425, "process_vm_writev": 311, "clone": 56, "clone3": 435},
    ),
    "aarch64": (
        0xC00000B7,
        {"socket": 198, "socketpair": 199, "execve": 221, "execveat": 281, "ptrace": 117,
         "io_uring_setup": 425, "process_vm_writev": 271, "clone": 220, "clone3": 435},
    ),
}  # fmt: skip

_FORBIDDEN_EVENTS = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
    "os.startfile", "pty.spawn", "urllib.", "http.client", "ftplib.", "smtplib.", "os.remove", "os.rename",
    "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink", "os.chmod", "os.chown", "shutil.",
    "webbrowser.", "winreg.SetValue", "winreg.DeleteKey",
)  # fmt: skip
_WRITING = frozenset("wax+")


class Forbidden(OSError):
    """A document, or the library that read it, tried what no document may."""


def enter() -> None:
    """Fence this process in, for good; what the platform does not offer is passed over."""
    sys.dont_write_bytecode = True
    _limit()
    if sys.platform == "linux":
        _leave_network()
        _filter_system_calls()
    sys.addaudithook(_refuse)


def _limit() -> None:
    """Bound memory and time, and let no file grow; Windows has none of these."""
    if sys.platform == "win32":
        return
    import resource

    # Data, not address space: shared libraries reserve a gigabyte of the latter that they never touch.
    kinds = [("RLIMIT_DATA", limits.MEMORY_BYTES), ("RLIMIT_AS", 2 * limits.MEMORY_BYTES)]
    kinds += [("RLIMIT_CPU", limits.CPU_SECONDS), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)]
    for name, value in kinds:
        kind = getattr(resource, name, None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)  # noqa: PLW2901
            resource.setrlimit(kind, (value, value))


def _leave_network() -> None:
    """Enter a network namespace that holds nothing; many systems allow it, and seccomp does the same."""
    ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _filter_system_calls() -> None:
    """Refuse sockets and new processes to this thread and all that follow; threads themselves are allowed."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return
    program = _program(*known)
    library = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0)


def _program(architecture: int, numbers: dict[str, int]) -> bytes:
    """The filter: another architecture's calls and forbidden ones fail with EPERM, `clone3` as if unknown.

    Without `clone3` the C library falls back to `clone`, whose flags can be looked at: threads pass.
    """
    refused = [number for name, number in numbers.items() if name not in ("clone", "clone3")]
    steps = [(_LOAD, 0, 0, _AT_ARCH), (_JUMP_IF_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _ERRNO_EPERM)]
    steps += [(_LOAD, 0, 0, _AT_NUMBER)]
    for number in refused:
        steps += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO_EPERM)]
    steps += [(_JUMP_IF_EQUAL, 0, 1, numbers["clone3"]), (_RETURN, 0, 0, _ERRNO_ENOSYS)]
    steps += [(_JUMP_IF_EQUAL, 0, 3, numbers["clone"]), (_LOAD, 0, 0, _AT_FIRST_ARGUMENT)]
    steps += [(_JUMP_IF_SET, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _ERRNO_EPERM)]
    steps += [(_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: it sees what Python code does, not what C libraries do by themselves."""
    if event == "open":
        mode = arguments[1]
        if isinstance(mode, str) and _WRITING & set(mode) and not isinstance(arguments[0], int):
            raise Forbidden("no file may be written while a document is read")
    elif event.startswith(_FORBIDDEN_EVENTS):
        raise Forbidden(f"{event} is not allowed while a document is read")
