"""How many of the known faults of an endpoint end in a worded error or an incomplete answer, and how soon."""

import time
from dataclasses import dataclass, field

from tests.bench.report import publish
from tests.core.llm.helpers import IMPATIENCE, ask
from tests.core.llm.test_endpoint_faults import FAULTS
from tests.scripted_replies import reset, say
from tests.scripted_server import ScriptedServer

CUT = {"cut before finish_reason": say("abc", finish=None), "reset": reset("abc")}
BUSY_S = 3.0
BOUND_S = IMPATIENCE.headers + IMPATIENCE.read + BUSY_S
"""Nothing may take longer than the time-outs in force, and what a busy machine adds to them."""


@dataclass
class Faults:
    """How the faults went."""

    total: int
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def measure() -> Faults:
    """Play every fault once."""
    behaviours = {name: behaviour for name, (behaviour, _, _) in FAULTS.items()} | CUT
    faults = Faults(len(behaviours))
    with ScriptedServer(say("abc")) as server:
        ask(server, patience=IMPATIENCE)  # imports the client, some seconds where the machine is busy
    for name, behaviour in behaviours.items():
        started = time.perf_counter()
        with ScriptedServer(behaviour) as server:
            outcome = ask(server, patience=IMPATIENCE)
            seconds = time.perf_counter() - started
        faults.slowest_s = max(faults.slowest_s, seconds)
        worded = outcome.error is not None and bool(str(outcome.error)) and bool(outcome.error.hint)
        incomplete = outcome.error is None and outcome.finish_reason is None and name in CUT
        if not (worded or incomplete) or seconds > BOUND_S:
            faults.failures.append(name)
    return faults


def main() -> None:
    """Measure and print."""
    faults = measure()
    publish(
        {
            "handled": faults.total - len(faults.failures),
            "total": faults.total,
            "failures": faults.failures,
            "slowest_s": round(faults.slowest_s, 2),
            "bound_s": BOUND_S,
        }
    )


if __name__ == "__main__":
    main()
