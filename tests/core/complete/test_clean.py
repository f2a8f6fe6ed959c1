"""What slips into a model's words and does not belong to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.clean import CARET, cleaned, unwrapped


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("in March.<|im_end|>", "in March."),
        ("in March.<|endoftext|><|user|> next", "in March."),
        ("三月。<｜end▁of▁sentence｜>", "三月。"),
        ("in March.</s>\n", "in March."),
        ("an <s>old</s> word", "an <s>old</s> word"),
        (f"{CARET}in March.", "in March."),
        (f"in March.{CARET}", "in March."),
        ("in\u202e Ma\u200brch\x07\ufeff.", "in March."),
        ("in\u00a0March\u2009.", "in March ."),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("👩\u200d💻 and ❤\ufe0f", "👩\u200d💻 and ❤\ufe0f"),
        ("a\tb\u3000c", "a\tb\u3000c"),
        ("1 < 2", "1 < 2"),
        ("a |> b <- c", "a |> b <- c"),
    ],
)
def test_what_is_no_word_is_left_out(raw, left):
    assert cleaned(raw, whole=True) == left


@pytest.mark.parametrize("mark", ["<|im_end|>", CARET, "<｜end｜>"])
def test_a_mark_is_never_seen_while_it_comes(mark):
    raw = "in March." + mark
    assert {cleaned(raw[:end], whole=False) for end in range(9, len(raw) + 1)} == {"in March."}


def test_a_sign_that_becomes_no_mark_is_not_held_back_for_good():
    assert cleaned("1 <", whole=False) == "1 "
    assert cleaned("1 < 2", whole=False) == "1 < 2"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("```markdown\nin March\n```", "in March"),
        ("\n```\nin March", "in March"),
        ("```mark", ""),
        ("…because it is", "because it is"),
        ("... 因为三月", "因为三月"),
        ("……", "……"),
        ("in `code`", "in `code`"),
    ],
)
def test_wrappers_are_taken_off(text, left):
    assert unwrapped(text) == left


@given(st.text(max_size=60))
def test_what_is_clean_stays_so(raw):
    once = cleaned(raw, whole=True)
    assert cleaned(once.replace(CARET, ""), whole=True) == once.replace(CARET, "") or "<" in raw
