"""`pilotfish`, up to the point where there is more to do than to call the running program.

`pilotfish quick-ask` is bound to a key: it has to be over before anybody notices that a program was started.
So nothing is imported here that the interpreter has not loaded by itself, not even `pathlib` or `typing`
(10 ms each on a cold disk); whatever takes longer begins in `launch`.
"""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    if argv is None and sys.getfilesystemencoding() != "utf-8":
        from desktop import utf8_names

        if not utf8_names.are_certain():
            utf8_names.begin_again()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["quick-ask"] and _reaches_running(arguments[1:]):
        return 0
    try:
        from desktop.launch import launch

        return launch(arguments)
    except KeyboardInterrupt:  # while modules are still imported; later each command ends itself
        return 130


def _reaches_running(options: list[str]) -> bool:
    """Ask the running instance for quick-ask, before even the parser of arguments is imported.

    Only where there is nothing to parse but a base folder; everything else goes the long way.
    """
    if options and (len(options) != 2 or options[0] != "--base-dir"):
        return False
    from desktop import handover

    try:
        address = handover.address_of(options[1] if options else None)
    except OSError:
        return False  # the long way says it in words
    message = handover.Message(handover.QUICK_ASK, token=handover.activation_token())
    return handover.deliver(address, message)


if __name__ == "__main__":
    sys.exit(main())
