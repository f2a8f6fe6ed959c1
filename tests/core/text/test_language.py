"""Telling Chinese from English."""

from __future__ import annotations

import pytest

from core.text.language import language_of
from tests.core.text.real import needs_data, notes


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("今天开会讨论了发布计划。", "zh"),
        ("We open the beta in March.", "en"),
        ("使用 `git rebase --interactive` 整理 commit 历史", "zh"),
        ("运行下面的命令：\n```sh\nnpm install --global some very long list of packages here\n```\n", "zh"),
        ("见 https://example.org/a/very/long/path/of/english/words/that/should/not/count 这里", "zh"),
        ("The word 领航鱼 means pilot fish, and that is where the name of this program comes from.", "en"),
        ("これは日本語の文章です", ""),
        ("Привет мир", ""),
        ("", ""),
        ("123 --- 456", ""),
        ("```python\nprint('hello world')\n```", ""),
        ("```\nunclosed fence with english words", ""),
    ],
)
def test_language_is_told_by_the_prose(text: str, lang: str) -> None:
    assert language_of(text) == lang


@needs_data
def test_the_parallel_notes_of_a_bilingual_vault_are_told_apart() -> None:
    told = [(path.name.endswith(".en.md"), language_of(text)) for path, text in notes("vaults/csdiy-zh-en")]
    right = sum((lang == "en") == is_english for is_english, lang in told)
    assert right / len(told) > 0.97


def test_hostile_text_is_read_in_linear_time() -> None:
    assert language_of("`" * 300_000) == ""
    assert language_of("<a" * 150_000) in ("en", "")
    assert language_of("](" * 150_000) == ""
    assert language_of("~~~\n" * 50_000) == ""
