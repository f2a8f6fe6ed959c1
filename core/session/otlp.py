"""Traces as OpenTelemetry's OTLP/JSON, for whoever collects them elsewhere; no text is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from core.session.model import NAMES, Outcome, Trace

NANO = 1_000_000_000
CLIENT = 3  # SpanKind
ERROR = 2  # StatusCode
OUTCOMES = "pilotfish.outcomes"
"""Attribute: what the person did with the result, in the words of `Outcome`."""


def as_otlp(
    traces: Iterable[Trace],
    outcomes: Mapping[str, Sequence[Outcome]] = MappingProxyType({}),
    *,
    service: str = "pilotfish",
) -> dict[str, Any]:
    """Return one `TracesData` object: a span per call, all calls of a request in one trace.

    `outcomes` are those of the requests, by `request_id`.
    """
    spans = [_span(trace, outcomes.get(trace.request_id, ())) for trace in traces]
    resource = {"attributes": [_attribute("service.name", service)]}
    return {
        "resourceSpans": [
            {"resource": resource, "scopeSpans": [{"scope": {"name": service}, "spans": spans}]}
        ]
    }


def _span(trace: Trace, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    started = round(trace.started_at * NANO)
    span: dict[str, Any] = {
        "traceId": _id(trace.request_id or trace.id, 16),
        "spanId": _id(trace.id, 8),
        "name": f"{trace.operation} {trace.model}",
        "kind": CLIENT,
        "startTimeUnixNano": str(started),
        "endTimeUnixNano": str(started + round(trace.duration_s * NANO)),
        "attributes": [_attribute(name, value) for name, value in _values(trace)],
    }
    if outcomes:
        said = {"values": [{"stringValue": outcome.value} for outcome in outcomes]}
        span["attributes"].append({"key": OUTCOMES, "value": {"arrayValue": said}})
    return {**span, "status": {"code": ERROR}} if trace.error_type else span


def _values(trace: Trace) -> list[tuple[str, Any]]:
    """Return the attributes that have a value, by their public names."""
    found = [(NAMES[field], getattr(trace, field)) for field in NAMES]
    return [(name, value) for name, value in found if value not in (None, "")]


def _attribute(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"key": name, "value": {"boolValue": value}}
    if isinstance(value, int):
        return {"key": name, "value": {"intValue": str(value)}}
    if isinstance(value, float):
        return {"key": name, "value": {"doubleValue": value}}
    if name.endswith("finish_reasons"):
        return {"key": name, "value": {"arrayValue": {"values": [{"stringValue": str(value)}]}}}
    return {"key": name, "value": {"stringValue": str(value)}}


def _id(text: str, size: int) -> str:
    """Return an id of `size` bytes in hex that is the same for the same text."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=size).hexdigest()
