"""Prompt files: what they may hold, and every mistake told at its line."""

import pytest

from core.errors import PromptBroken
from core.llm.chat import Role, Tier
from core.prompts.model import Output, Placement, Scope, Titles, VariableKind
from core.prompts.parsing import case_of, parse, turns

FULL = """---
id: shorten
version: 3
title: {en: Shorten, zh: 缩短}
about: {en: Fewer words, zh: 更少的字}
group: edit
scope: block
result: replace
output: json
schema:
  type: object
tier: precise
temperature: 0.3
length: 300
candidates: 4
passages: true
variables:
  - name: length
    kind: choice
    title: {en: How long, zh: 多长}
    default: half
    choices: [half, third]
    required: true
  - name: loud
    kind: switch
    default: true
cases:
  - name: one
    text: Anna pays.
    values: {length: third, loud: false}
    holds: [Anna]
    longest: 0.8
---
system:
You are an editor.
user:
{{ text }} {{ length }}
"""


def mistake_in(source):
    with pytest.raises(PromptBroken) as caught:
        parse(source, stem="x")
    return int(caught.value.details["line"]), caught.value.details["reason"]


def test_a_full_file_says_all_it_can():
    prompt = parse(FULL, stem="file", language="en", file="f.md")
    assert (prompt.id, prompt.version, prompt.group, prompt.language) == ("shorten", 3, "edit", "en")
    assert prompt.title.of("zh_CN") == "缩短"
    assert prompt.title.of("en") == "Shorten"
    assert (prompt.scope, prompt.placement, prompt.output) == (Scope.BLOCK, Placement.REPLACE, Output.JSON)
    assert (prompt.tier, prompt.temperature, prompt.max_tokens, prompt.candidates) == (
        Tier.PRECISE,
        0.3,
        300,
        4,
    )
    assert prompt.schema == {"type": "object"}
    assert prompt.passages
    length, loud = prompt.variables
    assert (length.kind, length.default, length.choices, length.required) == (
        VariableKind.CHOICE,
        "half",
        ("half", "third"),
        True,
    )
    assert (loud.kind, loud.default, loud.title) == (VariableKind.SWITCH, "yes", Titles("loud"))
    (case,) = prompt.cases
    assert case.values == {"length": "third", "loud": ""}
    assert FULL.split("\n")[prompt.body_line - 1] == "system:"


def test_a_person_needs_nothing_but_the_words():
    prompt = parse("把下面的文字改得更短：\n\n{{ text }}", stem="我的缩短", own=True)
    assert (prompt.id, prompt.title.en, prompt.language, prompt.own) == ("我的缩短", "我的缩短", "zh", True)


def test_the_version_in_a_file_name_is_not_part_of_the_id():
    assert parse("{{ text }}", stem="polish@2").id == "polish"


@pytest.mark.parametrize(
    ("line", "bad", "word"),
    [
        (2, "id: a/b", "id"),
        (2, "version: none", "version"),
        (2, "temperature: 3", "temperature"),
        (2, "candidates: 12", "candidates"),
        (2, "scope: everything", "scope"),
        (2, "result: [replace]", "result"),
        (2, "tier: cheap", "tier"),
        (2, "passages: maybe", "passages"),
        (2, "temprature: 1", "temprature"),
        (2, "title: [a]", "title"),
        (2, "variables: 5", "variables"),
        (2, "schema: '{'", "schema"),
        (2, "schema: [1]", "schema"),
    ],
)
def test_each_mistake_in_the_front_matter_is_told_at_its_line(line, bad, word):
    at, reason = mistake_in(f"---\n{bad}\n---\n{{{{ text }}}}\n")
    assert at == line
    assert word in reason


@pytest.mark.parametrize(
    ("variable", "word"),
    [
        ("  - kind: text", "name"),
        ("  - name: Text", "small letters"),
        ("  - name: text", "every prompt is given"),
        ("  - name: a\n    colour: red", "colour"),
        ("  - name: a\n    kind: slider", "kind"),
        ("  - name: a\n    choices: b", "choices"),
    ],
)
def test_a_variable_that_cannot_be_is_refused(variable, word):
    _, reason = mistake_in(f"---\nvariables:\n{variable}\n---\n{{{{ text }}}}\n")
    assert word in reason


def test_broken_yaml_is_told_at_its_line():
    at, reason = mistake_in("---\nid: x\ntitle: {en: a\ngroup: b\n---\n{{ text }}\n")
    assert at in (3, 4)
    assert reason


def test_a_mistake_in_the_template_is_told_at_the_line_of_the_file():
    at, reason = mistake_in("---\nid: x\n---\n\nsystem:\nBe kind.\nuser:\nOne\n{{ txt }}\n")
    assert (at, "txt" in reason) == (9, True)


def test_a_file_without_a_template_is_refused():
    assert mistake_in("---\nid: x\n---\n\n")[1].startswith("There is no template")


def test_lines_with_a_role_begin_messages():
    found = turns("system:\nA\n\nB\nuser:\nC\nassistant:\nD\nuser:\nE")
    assert [(turn.role, turn.source) for turn in found] == [
        (Role.SYSTEM, "A\n\nB"),
        (Role.USER, "C"),
        (Role.ASSISTANT, "D"),
        (Role.USER, "E"),
    ]
    assert [turn.line for turn in found] == [2, 6, 8, 10]


def test_a_role_inside_a_line_is_ordinary_text():
    (turn,) = turns("Tell the user: it is fine.\nsystem: no")
    assert turn.role is Role.USER


def test_a_case_without_a_text_is_refused():
    with pytest.raises(ValueError, match="text"):
        case_of({"name": "x"})
    assert "text" in mistake_in("---\ncases:\n  - name: x\n---\n{{ text }}\n")[1]
    assert "colour" in mistake_in("---\ncases:\n  - text: a\n    colour: x\n---\n{{ text }}\n")[1]
