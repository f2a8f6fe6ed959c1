"""What a packaged program does first, on Linux: becomes the child process that it was started as, if it was.

PyInstaller has hooks of its own for this and more. They import multiprocessing, `inspect` and Qt in every
process, which is most of the time that `pilotfish quick-ask` takes; so they stay out (see `pilotfish.spec`),
and here nothing is imported where nothing is asked for.
"""

import sys

_CHILD = "--multiprocessing-fork"
_TRACKER = "from multiprocessing.resource_tracker import main"


def become_child(arguments: list[str]) -> None:
    """Run what multiprocessing started this process for, and end it; return where that is nothing.

    Args:
        arguments: those behind the program's name, as `multiprocessing.spawn` and its tracker of resources
            give them to a frozen program.
    """
    if arguments[:1] == [_CHILD]:
        from multiprocessing import spawn

        spawn._fixup_main_from_path = _no_main_file  # type: ignore[attr-defined]
        handles = dict(argument.split("=") for argument in arguments[1:])
        spawn.spawn_main(**{name: int(value) for name, value in handles.items() if value != "None"})
    if arguments[-2:-1] == ["-c"] and arguments[-1].startswith(_TRACKER):
        exec(arguments[-1], {})  # what it says to the interpreter for which it takes this program
        sys.exit()


def _no_main_file(_path: str) -> None:
    """A script's child runs the script's file anew for what it defines; here there is no such file."""


become_child(sys.argv[1:])
