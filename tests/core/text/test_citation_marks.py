import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.citation_marks import MARK, without_marks


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("The beta opens in March [1].", "The beta opens in March."),
        ("三月开放[1]，流失率下降 [1][2]。", "三月开放，流失率下降。"),
        ("Kept: [3], [0], [2024].", "Kept: [3], [0], [2024]."),
        ("One of two [1][3]", "One of two [3]"),
        ("A link [1](https://a.example) stays", "A link [1](https://a.example) stays"),
        ("`a[1]` and a [1]", "`a[1]` and a"),
        ("```py\nx[1]\n```\ny [2]", "```py\nx[1]\n```\ny"),
        ("```py\nx[1]", "```py\nx[1]"),
    ],
)
def test_marks_of_known_passages_are_taken_out(text, stripped):
    assert without_marks(text, count=2) == stripped


@given(st.text(alphabet="ab [](),12`~\n", max_size=60))
def test_with_no_passages_nothing_is_taken_out(text):
    assert without_marks(text, count=0) == text


@given(st.lists(st.sampled_from(["word ", "词", " [1]", "[2]", "\n", ". "])).map("".join))
def test_no_mark_is_left_and_no_word_is_lost(text):
    stripped = without_marks(text, count=2)
    assert not MARK.search(stripped)
    assert stripped.replace(" ", "") == text.replace("[1]", "").replace("[2]", "").replace(" ", "")
