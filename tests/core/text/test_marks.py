import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.marks import cited, without_marks


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("The beta opens in March [1].", "The beta opens in March."),
        ("三月开放【1】，流失率下降 [1，2]。", "三月开放，流失率下降。"),
        ("One[^2] two [1, 2].", "One two."),
        ("Kept: [3], [0], [2024].", "Kept: [3], [0], [2024]."),
        ("A link [1](https://a.example) stays", "A link [1](https://a.example) stays"),
        ("`a[1]` and a [1]", "`a[1]` and a"),
        ("```py\nx[1]\n```\ny [2]", "```py\nx[1]\n```\ny"),
        ("```py\nx[1]", "```py\nx[1]"),
    ],
)
def test_marks_of_known_passages_are_taken_out(text, stripped):
    assert without_marks(text, count=2) == stripped


def test_numbers_are_listed_once_in_the_order_of_the_text():
    assert cited("b [2], a 【1】 and `x[3]` [2, 1] [9]", count=3) == [2, 1]


@given(st.text(alphabet="ab [](),，12`~\n【】^", max_size=60))
def test_without_marks_nothing_is_cited_any_more(text):
    stripped = without_marks(text, count=0)
    assert stripped == text
    assert cited(text, count=0) == []
