"""The child process that serves the demonstration model; it ends when its parent does.

Nothing but `main` runs in it. The server listens on 127.0.0.1 on a port of the system's choice and wants
the random key of this start, so that no other program and no web page can use it.
"""

from __future__ import annotations

import contextlib
import os
import signal
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xllamacpp

CONTEXT_TOKENS = 4096
"""Our prompts stay far below; Chinese takes this model about two tokens a character."""
MODEL_NAME = "SmolLM2-135M-Instruct"


def main(connection: Connection, weights: str, key: str) -> None:
    """Serve `weights` until `connection` closes; sends the address, or the reason it could not start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    _stay_quiet()
    with contextlib.suppress(OSError, AttributeError):  # AttributeError: not on Windows
        os.nice(5)  # below the window, above the indexing, whose embeddings nobody waits for
    try:
        server = _serving(weights, key)  # held here: a server that is collected stops
        connection.send(("ready", str(server.listening_address)))
        connection.recv()  # nothing is ever sent: this waits for the end
    except (RuntimeError, ImportError) as error:
        connection.send(("failed", str(error)))
    except (EOFError, OSError):
        pass
    os._exit(0)  # the server has no stop, and its threads would keep the process


def _serving(weights: str, key: str) -> xllamacpp.Server:
    """Return a server whose threads have started."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.model_alias = {MODEL_NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cache_ram_mib = 0
    params.warmup = False  # costs more than the first request gains
    params.ui = False
    params.endpoint_slots = False
    params.sampling.penalty_repeat = 1.05  # a model this small repeats itself without it
    # One thread writes 50 to 75 tokens a second. More wait for each other at every layer, which on two busy
    # cores came to 2 tokens a second.
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = max(1, min(4, (os.cpu_count() or 1) // 2))
    return xllamacpp.Server(params)


def _stay_quiet() -> None:
    """Send what llama.cpp prints nowhere: standard output is the command line's JSON."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
