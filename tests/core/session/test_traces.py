"""The ledger and the record of outcomes."""

import time
from dataclasses import fields, replace

import pytest

from core.llm.chat import Message, Role
from core.session.model import NAMES, Outcome, Trace
from core.session.traces import Traces


def at(month, day, hour=12):
    return time.mktime((2026, month, day, hour, 0, 0, 0, 0, -1))


NOW = at(3, 15)
CALL = Trace(
    "1",
    "r1",
    NOW,
    "write",
    "openai",
    "gpt-x",
    "api.openai.com",
    "shorten",
    2,
    1000,
    100,
    False,
    0.25,
    0.4,
    2.0,
    "stop",
)


@pytest.fixture
def traces(archive):
    return Traces(archive, now=lambda: NOW)


def record(traces, *changes):
    for n, change in enumerate(changes):
        traces.record(replace(CALL, id=f"{n}", **{"request_id": f"r{n}", **change}))


def test_a_call_is_kept_as_it_was(traces):
    traces.record(CALL)
    assert traces.of_request("r1") == (CALL,)


def test_every_field_has_a_name_outside():
    assert {field.name for field in fields(Trace)} - {"id", "started_at"} == set(NAMES)
    assert all(name.startswith(("gen_ai.", "pilotfish.", "server.", "error.")) for name in NAMES.values())


def test_today_and_this_month_are_the_person_s_own(traces):
    record(
        traces,
        {"started_at": at(3, 15, 0)},
        {"started_at": at(3, 1, 0)},
        {"started_at": at(2, 28, 23)},
        {"cost_usd": None},
    )
    ledger = traces.ledger(9.0)
    assert (ledger.today_usd, ledger.month_usd, ledger.cap_usd) == (0.25, 0.5, 9.0)
    assert traces.spent_usd() == (0.25, 0.5)
    assert [row.key for row in ledger.by_day] == ["2026-03-15", "2026-03-01", "2026-02-28"]
    assert (ledger.by_day[0].calls, ledger.by_day[0].unpriced) == (2, 1)


def test_the_dearest_model_and_prompt_come_first(traces):
    record(
        traces,
        {"model": "cheap", "cost_usd": 0.01},
        {"model": "dear", "cost_usd": 1.0, "prompt_id": "", "operation": "ask"},
        {"model": "cheap", "cost_usd": 0.01},
    )
    ledger = traces.ledger()
    assert [(row.key, row.calls) for row in ledger.by_model] == [("dear", 1), ("cheap", 2)]
    assert [row.key for row in ledger.by_prompt] == ["ask", "shorten"]
    assert ledger.by_model[1].input_tokens == 2000


def test_an_empty_ledger_is_nothing_spent(traces):
    assert traces.ledger().month_usd == 0.0
    assert traces.ledger().by_day == ()


def test_the_last_outcome_of_a_kind_counts_and_thumbs_stand_apart(traces):
    record(traces, {}, {"model": "other"})
    for outcome in (Outcome.REFUSED, Outcome.INSERTED, Outcome.GOOD):
        traces.note_outcome("r0", outcome)
    traces.note_outcome("r1", Outcome.BAD)
    best, worst = traces.scores()
    assert (best.work, best.model, best.votes, best.good, best.inserted, best.refused) == (
        "shorten",
        "gpt-x",
        1,
        1,
        1,
        0,
    )
    assert (worst.model, worst.bad) == ("other", 1)


def test_a_request_of_several_calls_counts_once_in_the_scores(traces):
    record(traces, {"request_id": "r"}, {"request_id": "r"}, {"request_id": "r"})
    traces.note_outcome("r", Outcome.GOOD)
    assert [score.votes for score in traces.scores()] == [1]


def test_what_was_accepted_is_kept_to_learn_from_and_nothing_else(traces):
    asked = (Message(Role.SYSTEM, "规则"), Message(Role.USER, "text"))
    traces.note_outcome("r1", Outcome.INSERTED, asked=asked, answer="短句。")
    traces.note_outcome("r2", Outcome.GOOD)
    traces.note_outcome("r3", Outcome.REFUSED, asked=asked, answer="  ")
    assert list(traces.examples()) == [(Outcome.INSERTED, list(asked), "短句。")]
    assert list(traces.examples(since=NOW + 1)) == []
    traces.note_outcome("r1", Outcome.EDITED, asked=asked, answer="更短。")
    assert [(outcome, answer) for outcome, _, answer in traces.examples()] == [(Outcome.EDITED, "更短。")]


def test_what_was_taken_back_later_is_no_example_of_what_was_liked(traces):
    asked = (Message(Role.USER, "text"),)
    traces.note_outcome("r1", Outcome.INSERTED, asked=asked, answer="短句。")
    traces.note_outcome("r1", Outcome.GOOD)
    assert [outcome for outcome, _, _ in traces.examples()] == [Outcome.INSERTED]
    traces.note_outcome("r1", Outcome.REFUSED)
    assert [(outcome, answer) for outcome, _, answer in traces.examples()] == [(Outcome.REFUSED, "短句。")]


def test_outcomes_are_read_by_request_fate_before_thumb(traces):
    traces.note_outcome("r1", Outcome.GOOD)
    traces.note_outcome("r1", Outcome.EDITED)
    traces.note_outcome("r2", Outcome.REFUSED)
    assert traces.outcomes() == {"r1": (Outcome.EDITED, Outcome.GOOD), "r2": (Outcome.REFUSED,)}


def test_the_ledger_and_the_scores_say_what_became_of_the_results(traces):
    record(traces, {"request_id": "r1"}, {"request_id": "r1"}, {"request_id": "r2"}, {"request_id": "r3"})
    for request, outcome in (("r1", Outcome.EDITED), ("r1", Outcome.GOOD), ("r2", Outcome.REFUSED)):
        traces.note_outcome(request, outcome)
    (row,) = traces.ledger().by_model
    assert (row.calls, row.inserted, row.refused) == (4, 1, 1)
    (score,) = traces.scores()
    assert (score.inserted, score.edited, score.refused, score.good) == (1, 1, 1, 1)
