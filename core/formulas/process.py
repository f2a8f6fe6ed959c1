"""The drawing child: reads formulas from the pipe, answers each, and ends when nothing has come for a while.

A formula comes from a note, and a note from anywhere. So the child can reach neither network nor files
(`core.documents.sandbox`), and the system ends it when one formula takes more of the processor than it may.
"""

from __future__ import annotations

import contextlib
import signal
from multiprocessing.connection import Connection

from core import children

MOST_SECONDS = 0.5
"""Of the processor, for one formula; an honest one takes a thousandth."""
REST_SECONDS = 60.0


def main(connection: Connection) -> None:
    """Draw until the parent is gone or at rest."""
    children.leave_interrupts_to_parent()
    children.let_go_of_output()
    from core.documents import sandbox
    from core.formulas import drawing
    from core.formulas.model import Request, pack, unpack_request

    drawing.draw(Request(r"x_1"))  # whatever has to be read from disk is read
    sandbox.enter()
    with contextlib.suppress(EOFError, OSError):
        while connection.poll(REST_SECONDS):
            request = unpack_request(connection.recv_bytes())
            _allow(MOST_SECONDS)
            answer = pack(drawing.draw(request))
            _allow(0)
            connection.send_bytes(answer)


def _allow(seconds: float) -> None:
    """End this process once it has computed for so long; 0 takes that back. Windows has no such clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
