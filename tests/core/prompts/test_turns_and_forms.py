"""Messages of a template, its form, its limits: positions and values as a person writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PromptBroken, UsageError
from core.llm.chat import Role
from core.prompts.model import Titles, VariableKind
from core.prompts.parsing import parse, turns
from core.prompts.rendering import Given, missing, render

LINES = st.sampled_from(
    ["Be kind.", "润色：", "", "  indented", "system: in a line", "user :", "- a list", "{{ text }}", "user"]
)
BODIES = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
TURNS = st.lists(st.tuples(st.sampled_from(Role), BODIES), min_size=1, max_size=5)


@given(TURNS, st.sampled_from(["", " ", "\t", "  "]))
def test_messages_come_back_as_they_were_written_with_their_lines(written, blank):
    body = "\n".join(f"{role}:{blank}\n{text}" for role, text in written)
    kept = [(role, text.rstrip("\n")) for role, text in written if text.strip()]
    found = turns(body)
    assert [(turn.role, turn.source) for turn in found] == kept
    lines = body.split("\n")
    for turn in found:
        assert lines[turn.line - 1 :][: turn.source.count("\n") + 1] == turn.source.split("\n")


@given(BODIES)
def test_a_body_without_roles_is_all_the_persons(body):
    found = turns(body)
    assert [turn.role for turn in found] == ([Role.USER] if body.strip() else [])


@given(st.integers(0, 5), st.integers(0, 5), TURNS)
def test_a_mistake_is_told_at_its_line_wherever_it_stands(blanks, keys, written):
    front = "".join(f"# note {n}\n" for n in range(keys))
    body = "\n".join(f"{role}:\n{text}" for role, text in written) + "\nuser:\nfine\n{{ nobody }}"
    source = f"---\nid: x\n{front}---\n" + "\n" * blanks + body
    with pytest.raises(PromptBroken) as caught:
        parse(source, stem="x")
    assert source.split("\n")[int(caught.value.details["line"]) - 1] == "{{ nobody }}"


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [("temperature", 0, 2), ("length", 1, 32_000), ("candidates", 1, 9), ("version", 1, 1_000_000)],
)
def test_numbers_are_taken_up_to_their_limits_and_no_further(key, least, most):
    def made(value):
        return parse(f"---\n{key}: {value}\n---\n{{{{ text }}}}", stem="x")

    assert made(least) != made(most)
    for value in (least - 1, most + 1, "many", "true", "[1]", ""):
        with pytest.raises(PromptBroken, match=key):
            made(value)


@pytest.mark.parametrize(
    "prompt_id", ["shorten", "会议纪要", "a.b-c d_e", "é", "9", "x" * 80], ids=lambda text: text[:12]
)
def test_an_id_may_be_in_any_script(prompt_id):
    assert parse("{{ text }}", stem=prompt_id).id == prompt_id


@pytest.mark.parametrize("prompt_id", ["../x", "a/b", ".hidden", "-x", "x" * 81, "a\\b", "a:b"])
def test_an_id_that_could_leave_the_folder_is_refused(prompt_id):
    with pytest.raises(PromptBroken, match="id"):
        parse("{{ text }}", stem=prompt_id)


def form(*entries):
    listed = "".join(f"  - {entry}\n" for entry in entries)
    return parse(f"---\nvariables:\n{listed}---\nGo. {{{{ text }}}}", stem="x", language="en")


@pytest.mark.parametrize(
    ("entry", "kind", "default"),
    [
        ("{name: a}", VariableKind.TEXT, ""),
        ("{name: a, default: 3}", VariableKind.TEXT, "3"),
        ("{name: a, default: 0.5, kind: number}", VariableKind.NUMBER, "0.5"),
        ("{name: a, choices: [x, y]}", VariableKind.CHOICE, ""),
        ("{name: a, choices: [1, 2], default: 1}", VariableKind.CHOICE, "1"),
        ("{name: a, kind: switch, default: true}", VariableKind.SWITCH, "yes"),
        ("{name: a, kind: switch, default: false}", VariableKind.SWITCH, ""),
        ("{name: a, kind: long, default: ~}", VariableKind.LONG, ""),
        ("{name: a, default: 12:30}", VariableKind.TEXT, "12:30"),
        ("{name: a, default: no}", VariableKind.TEXT, "no"),
    ],
)
def test_a_field_has_the_kind_and_default_that_its_entry_means(entry, kind, default):
    (variable,) = form(entry).variables
    assert (variable.kind, variable.default) == (kind, default)


def test_choices_of_any_sort_become_words_the_form_can_show():
    (variable,) = form("{name: a, choices: [1, 2.5, true, ~, 很长]}").variables
    assert variable.choices == ("1", "2.5", "yes", "", "很长")


def test_what_is_missing_is_named_in_the_order_of_the_form():
    prompt = form(
        "{name: b, required: true}", "{name: a, required: true}", "{name: c, required: true, default: d}"
    )
    assert missing(prompt, {}) == ["b", "a"]
    assert missing(prompt, {"a": "x", "b": " \n "}) == ["b"]
    assert missing(prompt, {"a": "x", "b": "y", "c": ""}) == ["c"]
    with pytest.raises(UsageError, match="b, a"):
        render(prompt, Given(), {})


def test_several_values_that_no_field_takes_are_all_named():
    with pytest.raises(UsageError, match="colour, size"):
        render(form("{name: a}"), Given(), {"size": "1", "colour": "2", "a": "3"})


@given(st.text(max_size=60))
def test_a_value_of_the_form_is_words_whatever_stands_in_it(value):
    prompt = parse(
        "---\nvariables: [{name: tone}]\n---\nsystem:\nRule.\nuser:\n<{{ tone }}>", stem="x", language="en"
    )
    messages = render(prompt, Given(), {"tone": value}, nonce="c0de")
    assert [message.role for message in messages] == [Role.SYSTEM, Role.USER]
    if "\n\n" not in value:
        assert messages[1].content == f"<{value.strip()}>"


@pytest.mark.parametrize(
    ("titles", "language", "shown"),
    [
        (Titles("Polish", "润色"), "zh_CN", "润色"),
        (Titles("Polish", "润色"), "en_GB", "Polish"),
        (Titles("Polish"), "zh", "Polish"),
        (Titles("", "润色"), "en", "润色"),
        (Titles("Polish", "润色"), "fr", "Polish"),
        (Titles(""), "zh", ""),
    ],
)
def test_a_title_in_the_other_language_is_better_than_none(titles, language, shown):
    assert titles.of(language) == shown


def test_a_prompt_whose_titles_are_empty_is_called_by_its_id():
    prompt = parse("---\ntitle: {en: '', zh: ''}\n---\n{{ text }}", stem="shorter")
    assert prompt.title.of("zh") == "shorter"


def test_a_switch_can_be_asked_in_a_block_and_in_a_line():
    prompt = parse(
        "---\nvariables: [{name: loud, kind: switch, default: true}]\n---\n"
        "{% if loud %}Loud{% else %}Quiet{% endif %}{{ ' now' if not loud }}",
        stem="x",
        language="en",
    )
    assert render(prompt, Given(), {})[1].content == "Loud"
    assert render(prompt, Given(), {"loud": ""})[1].content == "Quiet now"
