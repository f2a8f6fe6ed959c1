"""Counting words as people do, in both scripts."""

import pytest

from core.text.counting import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one two three", 3),
        ("我们在三月发布", 7),
        ("三月发布 beta 版", 6),
        ("don't well-known 3.5 1,000", 4),
        ("# 标题 —— !!! **bold**", 3),
        ("snake_case", 2),
        ("día café naïve", 3),
    ],
)
def test_a_chinese_character_and_another_word_count_one_each(text, count):
    assert count_words(text) == count
