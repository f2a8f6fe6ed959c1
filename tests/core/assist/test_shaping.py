"""A model's text in the shape of its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.model import NoteContext
from core.assist.shaping import cleaned, item_of, shaped
from core.prompts.model import Output, Placement


def note(block="", selection=""):
    return NoteContext("n.md", block=block, selection=selection)


def put(text, block, *, selection="", output=Output.TEXT, placement=Placement.REPLACE):
    return shaped(text, note(block, selection), output, placement)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Sure, here is the shorter text:\n\nShort.", "Short."),
        ("Here's a polished version:\n\nA.\n\nB.", "A.\n\nB."),
        ("好的，以下是修改后的文字：\n\n短句。", "短句。"),
        ("以下是润色后的内容：\n\n一。", "一。"),
        ("```markdown\nText.\n```", "Text."),
        ("```\n- a\n- b\n```", "- a\n- b"),
        ("\n\n  Text.\n", "  Text."),
        ("“短句。”", "短句。"),
        ('"Short."', "Short."),
        ("--- 1a2b3c4d text\nShort.\n--- 1a2b3c4d", "Short."),
    ],
)
def test_what_models_put_round_a_text_is_taken_off(said, meant):
    assert cleaned(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Here is the thing: it works.",
        "好的开始是成功的一半。\n第二行",
        "“One,” she said, “and two.”",
        "```python\nprint(1)\n```",
        "--- a rule that is not ours\ntext",
    ],
)
def test_what_belongs_to_the_text_stays(text):
    assert cleaned(text) == text


def test_quotation_marks_stay_where_the_text_had_them():
    assert cleaned("“短句。”", note(selection="“原来的长句子。”")) == "“短句。”"


def test_a_paragraph_stays_a_paragraph():
    assert put("One.\n\nTwo.", "Some paragraph.") == "One.\n\nTwo."


def test_a_list_item_stays_one_item_with_its_mark_and_depth():
    assert put("shorter", "    * a long item") == "    * shorter"


def test_a_task_keeps_its_box():
    assert put("buy milk", "- [ ] remember to buy some milk") == "- [ ] buy milk"


def test_a_list_takes_the_depth_of_the_item_it_replaces():
    assert put("- one\n  - inner\n- two", "  - old") == "  - one\n    - inner\n  - two"


def test_each_paragraph_becomes_a_block_of_an_outline():
    assert (
        put("One.\n\nTwo\nlines.", "\t- parent", placement=Placement.INSERT)
        == "\t- One.\n\t- Two\n\t\tlines."
    )


def test_numbers_go_on_counting():
    assert put("one\n\ntwo", "3. old") == "3. one\n4. two"


def test_words_selected_inside_an_item_are_replaced_without_a_mark():
    assert put("- shorter words", "- a few longer words here", selection="longer words") == "shorter words"


def test_later_lines_inside_an_item_stand_under_it():
    assert put("one\ntwo", "- old words here", selection="words") == "one\n  two"


def test_a_table_is_left_alone_inside_a_list():
    table = "| a |\n| - |\n| 1 |"
    assert put(table, "- item", output=Output.TABLE) == table


def test_what_is_appended_to_the_note_does_not_follow_the_block():
    assert put("One.", "- item", placement=Placement.APPEND) == "One."


def test_json_goes_into_a_note_as_code():
    assert put('{"a": 1}', "text", output=Output.JSON) == '```json\n{"a": 1}\n```'


def test_what_is_no_item_is_told_from_one():
    assert item_of("-5 degrees") is None
    assert item_of("1984 was a year") is None
    assert item_of("**bold** text") is None
    assert item_of("2) second") is not None


@given(
    st.lists(st.text(alphabet="ab 中文,.", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5)
)
def test_no_words_are_lost_on_the_way_into_a_list(paragraphs):
    words = "".join("".join(paragraphs).split())
    given_back = put("\n\n".join(paragraphs), "- old", placement=Placement.INSERT)
    assert "".join(given_back.replace("- ", "").split()) == words.replace("- ", "")
    assert all(line.startswith("- ") for line in given_back.split("\n"))
