"""What is left of a model's words for the place they were asked for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.clean import cleaned
from core.complete.length import wanted
from core.complete.model import Kind
from core.complete.trim import trimmed
from tests.core.complete.helpers import at_caret, place_at


def trim(text, raw, *, whole=True):
    place = place_at(text)
    return trimmed(raw, at_caret(text), place, wanted(place, 1.0), whole=whole)


@pytest.mark.parametrize(
    ("text", "raw", "left"),
    [
        # How long: by the place.
        ("我们在|", "三月发布。然后休息。", "三月发布。"),
        ("It opens |", "in March. Then we rest.", "in March."),
        ("It costs |", "3.50 USD a seat. More", "3.50 USD a seat."),
        ("- 给老王|", "打电话。再写信。\n- 下一项", "打电话。再写信。"),
        ("## 第二|", "章 计划\n\n正文", "章 计划"),
        ("type:: |", "project\nstatus:: open", "project"),
        ("# A\n\n|", "First. Second.\n\nThird.", "First. Second."),
        ("三月|，然后休息", "发布，大家都来了。", "发布"),
        ("```sh\ngit |", "push origin\ngit pull", "push origin"),
        # What the model repeated of what stands before.
        ("我们在三月|", "我们在三月发布。", "发布。"),
        ("The beta opens |", "The beta opens in March.", "in March."),
        ("Since last week the beta |", "week the beta is open.", "is open."),
        ("- |", "- call them", "call them"),
        ("- [ ] |", "- [ ] call them", "call them"),
        ("## |", "## Plan", "Plan"),
        ("  * 第二层 |", "* 第二层 再下", "再下"),
        ("status:: |", "status:: open", "open"),
        # Spaces.
        ("It opens |", " in March", "in March"),
        ("It opens|", " in March", " in March"),
        ("我们在|", " 三月发布", "三月发布"),
        ("你好，|", " 世界", "世界"),
        ("a\n|", "  text", "text"),
        # What stands behind the caret already.
        ("see (the pilot|)", " review)", " review"),
        ("We open |in March.", "the beta in March.", "the beta "),
        ("三月|发布测试版。", "将发布测试版。", "将"),
        ("In |March we open.", "the early days of", "the early days of "),
        ("在|三月发布。", "今年 Q2", "今年 Q2"),
        ("In |(March) we open.", "the days", "the days"),
        # Wrappers that chat models love.
        ("```|", "", ""),
        ("It opens |", "```markdown\nin March\n```", "in March"),
        ("It opens |", "<caret/>in March<|im_end|>", "in March"),
        ("It opens because|", "...because the list is long.", " the list is long."),
        ("It opens because|", "\n\nthe list is long.", " the list is long."),
        ("It opens because|", "It opens because\nthe list is long.", " the list is long."),
        ("- [ ] |", "[ ] call them", "call them"),
        ("- |", "[ ] call them", "[ ] call them"),
        # Nothing that fits.
        ("It opens.|", "\nThen we rest.", ""),
        ("我们三月开放测试版，因为|", "the waiting list is long", ""),
        ("It opens |", "", ""),
        ("It opens |", "  \n", ""),
        ("- 打电话\n- |", "打电话", ""),
        ("- a\n- |\n- 写信", "写信", ""),
        ("The end.\n\n|", "The end.", ""),
    ],
)
def test_what_is_left(text, raw, left):
    assert trim(text, raw) == left


def test_a_paragraph_keeps_its_lines():
    assert trim("# A\n\n|", "- one\n- two\n\nrest") == "- one\n- two"


@pytest.mark.parametrize("text", ["It |", "- |", "## |", "# A\n\n|"])
@pytest.mark.parametrize("raw", ["so and so, " * 500, "word " * 900, "x" * 4000])
def test_a_server_that_goes_on_and_on_is_cut_short(text, raw):
    left = trim(text, raw)
    assert 40 <= len(left) <= 1000
    assert left[-1] in ",dx"


def test_code_keeps_what_looks_like_a_fence():
    assert trim("```md\n|", "```") == "```"


@given(st.sampled_from(["我们在|", "It |", "- |", "# A\n\n|", "a |b", "| x |"]), st.text(max_size=80))
def test_any_answer_leaves_a_part_of_itself_without_a_line_too_many(text, raw):
    left = trim(text, raw)
    words = cleaned(raw, whole=True)
    assert left.rstrip(" ") in words.replace("```", "") or left.rstrip(" ") in words
    if wanted(place_at(text), 1.0).kind is not Kind.PARAGRAPH:
        assert "\n" not in left
    assert "\n\n" not in left


@given(st.text(alphabet="ab 我，。\n", max_size=40))
def test_a_growing_answer_only_grows_within_its_first_sentence(raw):
    texts = [trim("It |", raw[:end], whole=False) for end in range(len(raw) + 1)]
    for short, long in pairwise(texts):
        assert long.startswith(short.rstrip()) or short.startswith(long)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("We open the beta in March because|", "We open the beta in March because the list is long."),
        ("We open the beta in March because|", "in March because the list is long."),
        ("我们三月开放测试版，因为|", "我们三月开放测试版，因为名单很长。"),
        ("- |", "- call them"),
        ("- |", "call them"),
        ("- [ ] |", "- [ ] call them"),
        ("2. |", "2. two"),
        ("## |", "## Plan of it"),
        ("It opens |", "...in March."),
        ("It opens |", "```markdown\nin March\n```"),
        ("We open |in March.", "the beta in March."),
        ("We open |in March.", "the beta is there"),
        ("We open |March.", "and so then "),
        ("It opens|", "in March.<|im_end|>"),
    ],
)
def test_what_is_shown_of_an_answer_that_streams_only_grows(text, raw):
    shown = [trim(text, raw[:end], whole=False) for end in range(len(raw))] + [trim(text, raw)]
    assert shown[-1]
    for short, long in pairwise(shown):
        assert long.startswith(short)
