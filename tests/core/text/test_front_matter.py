"""Reading YAML at the top of notes: what people write there, and what could do harm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.front_matter import MAX_ALIASES, MAX_CHARS, read, strings


def values(yaml: str) -> dict[str, Any]:
    front = read(f"---\n{yaml}\n---\nbody\n")
    assert front.error == ""
    return dict(front.values)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("a: 1.5", {"a": 1.5}),
        ("a: true", {"a": True}),
        ("a: no", {"a": "no"}),
        ("a: on", {"a": "on"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2024-01-31", {"a": "2024-01-31"}),
        ("a: 0123", {"a": "0123"}),
        ("a: 99999999999999999999", {"a": "99999999999999999999"}),
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ("a: [x, 二]", {"a": ["x", "二"]}),
        ("a: {b: c}", {"a": {"b": "c"}}),
        ("a: |\n  one\n  two", {"a": "one\ntwo\n"}),
        ("1: x", {"1": "x"}),
        ("a: !!binary aGk=", {"a": "b'hi'"}),
        ("a: !!set {x, y}", {"a": ["x", "y"]}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: &x {k: 1}\nb: {<<: *x, l: 2}", {"a": {"k": 1}, "b": {"k": 1, "l": 2}}),
        ("# only a comment\na: 1", {"a": 1}),
        ("标题: 值", {"标题": "值"}),
    ],
)
def test_values_are_read_as_obsidian_reads_them(yaml: str, expected: dict[str, Any]) -> None:
    assert values(yaml) == expected


@pytest.mark.parametrize(
    ("text", "line_count"),
    [
        ("---\na: 1\n---\n", 3),
        ("---\na: 1\n---", 3),
        ("---\na: 1\n...\nx", 3),
        ("--- \na: 1\n--- \n", 3),
        ("---\n---\n", 2),
        ("---\n\n---\n", 3),
        ("---\na: 1\n", 0),
        ("---\nprose\n---\n", 0),
        ("---\n- item\n---\n", 0),
        ("---\n# Heading\n---\n", 0),
        ("---\n**bold**: `x` [\n---\n", 0),
        ("\n---\na: 1\n---\n", 0),
        ("----\na: 1\n----\n", 0),
        ("text", 0),
        ("", 0),
    ],
)
def test_only_properties_between_two_marks_are_front_matter(text: str, line_count: int) -> None:
    front = read(text)
    assert (front.line_count, front.error) == (line_count, "")


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("a: [b", "Line 3"),
        ("title: x\nb: {{date}}", "Line 3"),
        ("a: 1\n\tb: 2", "Line 3"),
        ("a: !!python/object:os.system x", "Line 2"),
        ("a: !!int ''", "A value does not fit its type."),
        ("a: !!bool x", "A value does not fit its type."),
        ("a: !!timestamp x", "A value does not fit its type."),
        ("a: \ud800", "a character that is not allowed"),
        ("a: &x [*x]", "refers to itself"),
        ("a: " + "[" * 60 + "]" * 60, "nests too deeply"),
        ("a: \x00", "a character that is not allowed"),
    ],
)
def test_broken_properties_say_why_and_keep_their_lines(yaml: str, reason: str) -> None:
    front = read(f"---\n{yaml}\n---\n")
    assert reason in front.error
    assert front.line_count == yaml.count("\n") + 3
    assert front.values == {}


def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    levels = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "too often" in read("---\n" + "\n".join(levels) + "\n---\n").error


def test_a_merge_bomb_is_refused_before_it_is_built() -> None:
    levels = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40)]
    assert "too often" in read("---\n" + "\n".join(levels) + "\n---\n").error


def test_as_many_aliases_as_allowed_stay_small() -> None:
    levels = ["a0: &a0 [x, x, x]"]
    levels += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, MAX_ALIASES // 3 + 1)]
    front = read("---\n" + "\n".join(levels) + "\n---\n")
    assert front.error == ""
    assert len(str(front.values)) < 100_000


def test_endless_front_matter_is_refused() -> None:
    assert f"longer than {MAX_CHARS}" in read("---\na: " + "x" * MAX_CHARS + "\n---\n").error


@given(st.text(alphabet="a:-[]{}&*!|>'\"#%@,?\n \t<.~\\é字0", max_size=80))
@settings(max_examples=300)
def test_no_front_matter_raises(yaml: str) -> None:
    front = read(f"---\n{yaml}\n---\nbody")
    assert 0 <= front.line_count <= yaml.count("\n") + 3
    assert not (front.error and front.values)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a, b", ("a", "b")),
        ("甲，乙", ("甲", "乙")),
        (["a ", 1, None, ["x"]], ("a", "1")),
        ("", ()),
        (2024, ("2024",)),
        (True, ()),
        (None, ()),
        ({"a": 1}, ()),
    ],
)
def test_list_properties_are_read_however_they_are_written(value: object, expected: tuple[str, ...]) -> None:
    assert strings(value) == expected
