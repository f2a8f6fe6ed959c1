"""The tree of errors as it is drawn, and what every error promises."""

import inspect
import pickle
import re

import pytest

from core import errors

KINDS = [
    kind
    for _name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PilotfishError)
]


def test_the_drawing_names_every_error_and_no_other():
    drawing = (errors.__doc__ or "").split("\n\n")[1]
    drawn = re.findall(r"[A-Z][a-z]+(?:[A-Z][a-z]*)+", drawing)
    assert {kind.__name__ for kind in KINDS} == set(drawn)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_crosses_the_border_of_a_process_whole(kind):
    error = pickle.loads(pickle.dumps(kind("Nothing was written.", path="笔记/计划.md")))
    assert (type(error), str(error), error.details) == (
        kind,
        "Nothing was written.",
        {"path": "笔记/计划.md"},
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_without_a_message_says_what_kind_it_is(kind):
    assert str(kind()) == (kind.__doc__ or "").splitlines()[0]
    assert str(kind()).endswith(".")
