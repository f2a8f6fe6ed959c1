"""The record of model calls and what became of them: tokens, cost, time, outcome; never any text.

What the person accepted or refused is kept apart (`examples`), for those who want to train a model on it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, fields

from core.llm.chat import Message, Role
from core.session.archive import Archive
from core.session.model import Ledger, LedgerRow, ModelScore, Outcome, Trace
from core.text.surrogates import without_surrogates

DAYS_LISTED = 62
_THUMBS = frozenset({Outcome.GOOD, Outcome.BAD})
_COLUMNS = tuple(field.name for field in fields(Trace))


class Traces:
    """What was called and spent, over all vaults.

    Args:
        now: seconds since the epoch; days and months are those of the local time.
    """

    def __init__(self, archive: Archive, *, now: Callable[[], float] = time.time) -> None:
        self._archive = archive
        self._now = now

    def record(self, trace: Trace) -> None:
        """Keep the record of one call."""
        columns, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
        with self._archive.transaction() as db:
            db.execute(
                f"INSERT INTO traces ({columns}, day) VALUES ({marks}, ?)",
                (*astuple(trace), _day(trace.started_at)),
            )

    def note_outcome(
        self, request_id: str, outcome: Outcome, *, asked: Sequence[Message] = (), answer: str = ""
    ) -> None:
        """Keep what the person did; with `asked` and `answer` also as an example to learn from."""
        kind = "thumb" if outcome in _THUMBS else "fate"
        with self._archive.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)",
                (request_id, kind, outcome.value, self._now()),
            )
            if kind == "fate":  # what was taken back is no example of what was liked
                db.execute(
                    "UPDATE examples SET outcome = ? WHERE request_id = ?", (outcome.value, request_id)
                )
            if asked and answer.strip():
                said = json.dumps([[m.role.value, m.content] for m in asked], ensure_ascii=False)
                db.execute(
                    "INSERT OR REPLACE INTO examples VALUES (?, ?, ?, ?, ?)",
                    (
                        request_id,
                        self._now(),
                        outcome.value,
                        without_surrogates(said),
                        without_surrogates(answer),
                    ),
                )

    def examples(self, since: float = 0.0) -> Iterator[tuple[Outcome, list[Message], str]]:
        """Yield what was kept since a time: outcome, messages, answer; oldest first."""
        with self._archive.transaction() as db:
            rows = db.execute(
                "SELECT outcome, messages, answer FROM examples WHERE at >= ? ORDER BY at", (since,)
            ).fetchall()
        for row in rows:
            messages = [Message(Role(role), text) for role, text in json.loads(row["messages"])]
            yield Outcome(row["outcome"]), messages, row["answer"]

    def spent_usd(self) -> tuple[float, float]:
        """Return what was spent today and in the current month."""
        today = _day(self._now())
        with self._archive.transaction() as db:
            return _sum(db, "day = ?", today), _sum(db, "day LIKE ?", f"{today[:7]}%")

    def ledger(self, cap_usd: float = 0.0) -> Ledger:
        """Return what was spent today and this month, by day, model and prompt."""
        today = _day(self._now())
        month = f"{today[:7]}%"
        with self._archive.transaction() as db:
            return Ledger(
                today_usd=_sum(db, "day = ?", today),
                month_usd=_sum(db, "day LIKE ?", month),
                cap_usd=cap_usd,
                by_day=_rows(db, "day", "day <= ?", today, f"day DESC LIMIT {DAYS_LISTED}"),
                by_model=_rows(db, "model", "day LIKE ?", month, "cost DESC, calls DESC"),
                by_prompt=_rows(
                    db, "CASE prompt_id WHEN '' THEN operation ELSE prompt_id END", "day LIKE ?", month,
                    "cost DESC, calls DESC",
                ),
            )  # fmt: skip

    def scores(self) -> tuple[ModelScore, ...]:
        """Return how each model fared at each kind of work, by work and then by votes in its favour."""
        with self._archive.transaction() as db:
            rows = db.execute(_SCORES).fetchall()
        return tuple(ModelScore(*row) for row in rows)

    def since(self, at: float = 0.0) -> tuple[Trace, ...]:
        """Return the calls that were begun since a time, oldest first."""
        with self._archive.transaction() as db:
            rows = db.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM traces WHERE started_at >= ? ORDER BY started_at", (at,)
            ).fetchall()
        return tuple(_trace_of(row) for row in rows)

    def outcomes(self) -> dict[str, tuple[Outcome, ...]]:
        """Return what the person did with the results, by request: what became of it, and the thumb."""
        with self._archive.transaction() as db:
            rows = db.execute("SELECT request_id, outcome FROM outcomes ORDER BY kind").fetchall()
        found: dict[str, tuple[Outcome, ...]] = {}
        for row in rows:
            found[row["request_id"]] = (*found.get(row["request_id"], ()), Outcome(row["outcome"]))
        return found

    def of_request(self, request_id: str) -> tuple[Trace, ...]:
        """Return the calls of one request, in order."""
        with self._archive.transaction() as db:
            rows = db.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM traces WHERE request_id = ? ORDER BY started_at",
                (request_id,),
            ).fetchall()
        return tuple(_trace_of(row) for row in rows)


_SCORES = """
    SELECT work, model, sum(outcome IN ('good', 'bad')) AS votes, sum(outcome = 'good') AS good,
           sum(outcome = 'bad') AS bad, sum(outcome IN ('inserted', 'edited')) AS inserted,
           sum(outcome = 'refused') AS refused, sum(outcome = 'edited') AS edited
    FROM (SELECT DISTINCT request_id, model,
                 CASE prompt_id WHEN '' THEN operation ELSE prompt_id END AS work FROM traces)
    JOIN outcomes USING (request_id)
    GROUP BY work, model ORDER BY work, good - bad DESC, inserted DESC, model
"""


def _rows(db: sqlite3.Connection, key: str, where: str, value: str, order: str) -> tuple[LedgerRow, ...]:
    found = db.execute(
        f"SELECT {key} AS key, count(*) AS calls, sum(input_tokens), sum(output_tokens),"
        " coalesce(sum(cost_usd), 0) AS cost, sum(cost_usd IS NULL),"
        " count(DISTINCT CASE WHEN outcome IN ('inserted', 'edited') THEN request_id END),"
        " count(DISTINCT CASE WHEN outcome = 'refused' THEN request_id END)"
        " FROM traces LEFT JOIN (SELECT * FROM outcomes WHERE kind = 'fate') USING (request_id)"
        f" WHERE {where} GROUP BY key ORDER BY {order}",
        (value,),
    ).fetchall()
    return tuple(LedgerRow(*row) for row in found)


def _sum(db: sqlite3.Connection, where: str, value: str) -> float:
    total: float = db.execute(
        f"SELECT coalesce(sum(cost_usd), 0.0) FROM traces WHERE {where}", (value,)
    ).fetchone()[0]
    return total


def _trace_of(row: sqlite3.Row) -> Trace:
    values = dict(row)
    return Trace(**{**values, "estimated": bool(values["estimated"])})


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))
