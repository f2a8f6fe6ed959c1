"""JSON results: found in a model's words, and checked against the schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.json_output import checked_json
from tests.scripted_server import ScriptedServer

SCHEMA = {
    "type": "object",
    "required": ["people"],
    "properties": {"people": {"type": "array", "items": {"type": "string"}}},
}


def test_a_value_that_fits_comes_back_neat_with_chinese_as_it_is():
    text, problem = checked_json('{"people":["安娜"]}', SCHEMA)
    assert (text, problem) == ('{\n  "people": [\n    "安娜"\n  ]\n}', "")


@pytest.mark.parametrize("said", ['Here it is: {"people": []} Have a nice day', '结果：{"people": []}。'])
def test_talk_round_the_json_is_left_out(said):
    assert checked_json(said, SCHEMA) == ('{\n  "people": []\n}', "")


def test_what_does_not_fit_is_told_by_its_path():
    assert checked_json('{"people": ["a", 5]}', SCHEMA)[1].startswith("people[1]: 5 is not of type")
    assert "'people' is a required property" in checked_json("{}", SCHEMA)[1]


@pytest.mark.parametrize("said", ["no data", "", '{"people": ["a"', "{people: 1}"])
def test_what_is_no_json_comes_back_unchanged_with_the_reason(said):
    text, problem = checked_json(said, SCHEMA)
    assert text == said
    assert problem


def test_a_schema_that_cannot_be_used_is_a_problem_not_a_crash():
    assert "schema" in checked_json("{}", {"type": "colour"})[1]
    assert "schema" in checked_json("{}", {"$ref": 5})[1]


def test_a_schema_fetches_nothing_from_the_network():
    with ScriptedServer() as server:
        problem = checked_json("{}", {"$ref": f"{server.base_url}/schema.json"})[1]
        assert "schema cannot be used" in problem
        assert server.requests == []


def test_without_a_schema_any_json_will_do():
    assert checked_json("[1, 2]", None)[1] == ""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    ).filter(lambda value: isinstance(value, (list, dict)))
)
def test_any_json_is_found_whole(value):
    text, problem = checked_json(json.dumps(value), None)
    assert problem == ""
    assert json.loads(text) == value
