"""Nothing of a text is lost on its way into a note: greetings go, sentences that begin like one stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.model import NoteContext
from core.assist.shaping import cleaned, item_of, shaped, unwrapped
from core.prompts.model import Output, Placement


@pytest.mark.parametrize(
    "text",
    [
        "这是我们的第一版计划。\n\n明天开始。",
        "好的开始是成功的一半。\n\n所以今天就开始。",
        "当然也有例外。\n\n比如雨天。",
        "下面是湖，上面是山\n\n风景很好。",
        "Here is where the river ends.\n\nBeyond it lies the sea.",
        "Sure things are rare\n\nSo we test.",
        "Of course we knew.\n\nWe said nothing.",
        "Here's to March\n\nand to April.",
    ],
)
def test_a_first_paragraph_that_begins_like_a_greeting_stays(text):
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "said",
    [
        "Sure!",
        "Certainly.",
        "Okay",
        "好的。",
        "当然！",
        "好的，",
        "Here is the shorter version.",
        "以下是修改后的文字。",
        "Below is the translation:",
        "好的，下面是译文：",
        "SURE, HERE IS THE TEXT:",
    ],
)
def test_a_line_that_only_announces_goes(said):
    assert cleaned(f"{said}\n\n正文 text.\n\nSecond.") == "正文 text.\n\nSecond."


def test_an_announcement_with_nothing_behind_it_is_the_text():
    assert cleaned("Sure, here is the text:") == "Sure, here is the text:"


def test_only_the_first_announcement_goes():
    assert cleaned("Sure!\n\nOkay.\n\nText.") == "Okay.\n\nText."


def test_a_greeting_inside_a_fence_round_it_all_is_code_no_more():
    assert cleaned("好的：\n\n```markdown\n一。\n\n二。\n```") == "一。\n\n二。"


@pytest.mark.parametrize(
    "text",
    [
        "```python\nx\n```",
        "```\na\n```\n\n```\nb\n```",
        "text\n```\na\n```",
        "```\nnever closed",
        "```\n```",
        "```md\n- a\n```js\nb\n```",
    ],
)
def test_fences_that_belong_to_the_text_stay(text):
    assert unwrapped(text) == text


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("「", "」")])
def test_quotation_marks_round_it_all_go_and_inner_ones_stay(opening, closing):
    assert cleaned(f"{opening}一句话。{closing}") == "一句话。"
    said = f"{opening}one{closing} and {opening}two{closing}"
    assert cleaned(said) == said


@pytest.mark.parametrize("said", ["", "\n", " \n\n ", "“”", '""'])
def test_next_to_nothing_stays_next_to_nothing(said):
    assert len(cleaned(said).strip()) <= 2


def put(text, block, placement=Placement.INSERT):
    return shaped(text, NoteContext("n.md", block=block), Output.TEXT, placement)


@pytest.mark.parametrize(
    ("block", "said", "put_in"),
    [
        ("- a", "一\n\n二", "- 一\n- 二"),
        ("\t- a", "x", "\t- x"),
        ("9. a", "x\n\ny", "9. x\n10. y"),
        ("2) a", "x\n\ny", "2) x\n3) y"),
        ("- [x] a", "x", "- [x] x"),
        ("* a", "- x\n  - y", "- x\n  - y"),
        ("  - a", "x\nmore", "  - x\n    more"),
        ("plain", "x\n\ny", "x\n\ny"),
    ],
)
def test_a_text_takes_the_shape_of_the_block_it_goes_to(block, said, put_in):
    assert put(said, block) == put_in


PARAGRAPH = st.text(alphabet="ab 中，。", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(PARAGRAPH, min_size=1, max_size=5))
def test_paragraphs_that_greet_nobody_come_out_as_they_went_in(paragraphs):
    text = "\n\n".join(paragraphs)
    assert cleaned(text) == text


@given(st.sampled_from(["这是", "好的", "Sure", "Here is "]), PARAGRAPH, PARAGRAPH)
def test_what_follows_a_greeting_is_never_lost(start, first, second):
    assert cleaned(f"{start}{first}\n\n{second}").endswith(second)


@given(
    st.lists(PARAGRAPH, min_size=1, max_size=4), st.sampled_from(["- old", "\t* old", "3. old", "- [ ] old"])
)
def test_every_paragraph_becomes_an_item_at_the_same_depth(paragraphs, block):
    lines = put("\n\n".join(paragraphs), block).split("\n")
    old = item_of(block)
    assert len(lines) == len(paragraphs)
    for line, paragraph in zip(lines, paragraphs, strict=True):
        new = item_of(line)
        assert new is not None
        assert (new.indent, new.box) == (old.indent, old.box)
        assert line.endswith(paragraph)
