"""How many of the known faults of an endpoint end in a worded error or an incomplete answer, and how soon."""

import time

from tests.bench.report import publish
from tests.core.llm.helpers import IMPATIENCE, ask
from tests.core.llm.test_endpoint_faults import FAULTS
from tests.scripted_replies import reset, say
from tests.scripted_server import ScriptedServer

CUT = {"cut before finish_reason": say("abc", finish=None), "reset": reset("abc")}
BOUND_S = IMPATIENCE.headers + IMPATIENCE.read
"""Nothing may take longer than the time-outs in force."""


def main() -> None:
    """Play every fault once."""
    failures: list[str] = []
    slowest = 0.0
    behaviours = {name: behaviour for name, (behaviour, _, _) in FAULTS.items()} | CUT
    for name, behaviour in behaviours.items():
        started = time.perf_counter()
        with ScriptedServer(behaviour) as server:
            outcome = ask(server, patience=IMPATIENCE)
            seconds = time.perf_counter() - started
        slowest = max(slowest, seconds)
        worded = outcome.error is not None and bool(str(outcome.error)) and bool(outcome.error.hint)
        incomplete = outcome.error is None and outcome.finish_reason is None and name in CUT
        if not (worded or incomplete) or seconds > BOUND_S:
            failures.append(name)
    total = len(behaviours)
    publish(
        {
            "handled": total - len(failures),
            "total": total,
            "failures": failures,
            "slowest_s": round(slowest, 2),
            "bound_s": BOUND_S,
        }
    )


if __name__ == "__main__":
    main()
