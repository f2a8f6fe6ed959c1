"""Moments as Moment.js writes them, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vault.day_format import LANGUAGES, format_day

DAY = datetime(2026, 3, 5, 14, 7, 9)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("YYYY年M月D日", "2026年3月5日"),
        ("YY-MMM-DD", "26-Mar-05"),
        ("dddd, MMMM D", "Thursday, March 5"),
        ("ddd dd d E", "Thu Th 4 4"),
        ("[Week] W [of] YYYY", "Week 10 of 2026"),
        ("YYYY-[Q]Q", "2026-Q1"),
        ("DDDD", "064"),
        ("WW", "10"),
        ("HH:mm:ss", "14:07:09"),
        ("h:m:s a A", "2:7:9 pm PM"),
        ("hh", "02"),
        ("[day]", "day"),
        ("x", "x"),
    ],
)
def test_moments_are_written_as_moment_does(pattern, written):
    assert format_day(pattern, DAY) == written


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("YYYY/MM/YYYY-MM-DD dddd", "2026/03/2026-03-05 星期四"),
        ("MMMM MMM", "三月 3月"),
        ("ddd dd Do", "周四 四 5日"),
        ("Ah点mm分", "下午2点07分"),
    ],
)
def test_chinese_names_months_and_days_as_obsidian_does_in_chinese(pattern, written):
    assert format_day(pattern, DAY, "zh") == written


@pytest.mark.parametrize(
    ("day", "written"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (30, "30th")],
)
def test_english_counts_days(day, written):
    assert format_day("Do", DAY.replace(day=day)) == written


@pytest.mark.parametrize(
    ("hour", "minute", "word", "twelve"),
    [(0, 0, "凌晨", "12"), (6, 0, "早上", "6"), (9, 0, "上午", "9"), (11, 30, "中午", "11"),
     (12, 30, "下午", "12"), (18, 0, "晚上", "6"), (23, 59, "晚上", "11")],
)  # fmt: skip
def test_chinese_parts_the_day(hour, minute, word, twelve):
    assert format_day("A h", DAY.replace(hour=hour, minute=minute), "zh") == f"{word} {twelve}"


@given(MOMENTS, st.sampled_from(LANGUAGES))
def test_another_day_has_another_name(now, language):
    for pattern in ("YYYY-MM-DD", "YYYY MMMM Do", "YYYY-DDDD dddd"):
        assert format_day(pattern, now, language) != format_day(pattern, now + timedelta(days=1), language)


@given(MOMENTS)
def test_a_day_that_is_written_can_be_read_again(now):
    written = format_day("YYYY-MM-DD HH:mm:ss", now)
    assert datetime.fromisoformat(written) == now.replace(microsecond=0)
