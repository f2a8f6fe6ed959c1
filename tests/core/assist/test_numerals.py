"""Numbers that Chinese spells out are numbers, and words that hold a numeral are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.facts import by_words
from core.assist.model import Verdict
from core.assist.numerals import spelt_numbers, with_whole_myriads
from core.assist.terms import numbers
from tests.core.assist.helpers import CHINESE_PLAN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("候补名单超过了两千人", {"2000"}),
        ("流失率降到百分之三", {"3"}),
        ("降到百分之三点五", {"3.5"}),
        ("三月开放，十一月结束", {"3", "11"}),
        ("二〇二六年", {"2026"}),
        ("一亿两千三百万零五十", {"123000050"}),
        ("三十二封，一百零五名", {"32", "105"}),
        ("十五天，二十号", {"15", "20"}),
        ("一月和两倍", {"1", "2"}),
        ("一些、一个、十分、万一、千万、三者、第三方、统一", set()),
        ("一天，一年，一点", set()),
        ("", set()),
    ],
)
def test_what_is_spelt_is_read(text, found):
    assert spelt_numbers(text) == found


def test_digits_before_a_myriad_are_the_whole_number():
    assert with_whole_myriads("3万人，1.5 亿，2.35万") == "30000人，150000000，23500"
    assert numbers("三万人") == numbers("3 万人") == numbers("30,000人") == {"30000"}
    assert numbers("两千人") == numbers("2 000 people") == {"2000"}


@given(st.integers(1, 99_999_999))
def test_any_number_is_read_as_it_was_written(value):
    spelt = chinese(value)
    assert numbers(f"共{spelt}人") == ({str(value)} if len(spelt) > 1 else set())


@given(st.text(alphabet="一二两十百千万亿零〇点百分之月人3.5 ", max_size=20))
def test_no_text_breaks_it(text):
    assert all(found.replace(".", "").isdigit() for found in numbers(text))


def chinese(value):
    """Spell a number below a hundred million."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + gap + (chinese(low) if low else "")
    spelt, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            spelt += "零" * (zero and bool(spelt)) + "零一二三四五六七八九"[digit] + unit
        zero = not digit
    return spelt


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("候补名单在十一月超过了两千人。", Verdict.SUPPORTED),
        ("十一月候补名单超过了五千人。", Verdict.CONTRADICTED),
        ("旧笔记导入修好以后，试点的流失率降到百分之九。", Verdict.CONTRADICTED),
    ],
)
def test_a_spelt_number_that_is_another_one_contradicts(claim, verdict):
    assert by_words(claim, [CHINESE_PLAN])[0] is verdict
