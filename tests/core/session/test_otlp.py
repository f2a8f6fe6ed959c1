"""Traces in OpenTelemetry's own form."""

from dataclasses import replace

from core.session.model import Outcome
from core.session.otlp import OUTCOMES, as_otlp
from tests.core.session.test_traces import CALL


def spans_of(*traces):
    (resource,) = as_otlp(traces)["resourceSpans"]
    return resource["scopeSpans"][0]["spans"]


def values(span):
    return {entry["key"]: next(iter(entry["value"].values())) for entry in span["attributes"]}


def test_a_call_is_a_client_span_with_the_public_names():
    (span,) = spans_of(CALL)
    assert span["name"] == "write gpt-x"
    assert int(span["endTimeUnixNano"]) - int(span["startTimeUnixNano"]) == 2_000_000_000
    said = values(span)
    assert said["gen_ai.request.model"] == "gpt-x"
    assert said["gen_ai.usage.input_tokens"] == "1000"
    assert said["gen_ai.response.finish_reasons"] == {"values": [{"stringValue": "stop"}]}
    assert "status" not in span


def test_calls_of_one_request_share_a_trace():
    first, second, other = spans_of(CALL, replace(CALL, id="2"), replace(CALL, id="3", request_id="r9"))
    assert first["traceId"] == second["traceId"] != other["traceId"]
    assert len({span["spanId"] for span in (first, second, other)}) == 3
    assert (len(first["traceId"]), len(first["spanId"])) == (32, 16)


def test_what_is_not_known_is_left_out_and_errors_are_marked():
    (span,) = spans_of(replace(CALL, cost_usd=None, prompt_id="", error_type="RateLimited"))
    assert "pilotfish.cost.usd" not in values(span)
    assert "gen_ai.prompt.name" not in values(span)
    assert values(span)["error.type"] == "RateLimited"
    assert span["status"] == {"code": 2}


def test_nothing_recorded_is_a_whole_file_all_the_same():
    assert spans_of() == []


def test_what_the_person_did_goes_along_by_request():
    outcomes = {"r1": (Outcome.EDITED, Outcome.GOOD)}
    known, other = as_otlp([replace(CALL, request_id="r1"), replace(CALL, request_id="r2")], outcomes)[
        "resourceSpans"
    ][0]["scopeSpans"][0]["spans"]
    assert values(known)[OUTCOMES] == {"values": [{"stringValue": "edited"}, {"stringValue": "good"}]}
    assert OUTCOMES not in values(other)
