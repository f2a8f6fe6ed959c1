"""The estimate of tokens, held against the tokenizer of the built-in embedding model."""

from __future__ import annotations

import base64
import random
import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import tokens
from core.text.language import language_of
from tests.core.text.real import VAULTS, needs_data, notes, real_tokens

SCRIPTS = {
    "hex": random.Random(1).randbytes(300).hex(),
    "base64": base64.b64encode(random.Random(1).randbytes(300)).decode(),
    "digits": "".join(random.Random(1).choices(string.digits, k=300)),
    "marks": "".join(random.Random(1).choices(string.punctuation, k=300)),
    "emoji": "🚀🌟🎉👍🏽🇨🇳👨‍👩‍👧" * 20,
    "kana": "これは日本語の文章です。よく読んでください。" * 10,
    "hangul": "한국어는 교착어로서 조사와 어미가 발달하였다. " * 10,
    "cyrillic": "Русский язык является одним из восточнославянских языков. " * 8,
    "arabic": "اللغة العربية هي أكثر اللغات السامية تحدثا " * 8,
    "thai": "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน" * 8,
    "rare han": "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FA5), k=300))),
    "box": "│├──└──┼═╬█▓░" * 20,
}


def relative_errors(folder: str, lang: str) -> list[float]:
    """Return (estimate - real) / real of texts of one language, of 40 tokens and more."""
    errors = []
    for number, (_, text) in enumerate(notes(f"vaults/{folder}")):
        for start in range(number % 7 * 300, len(text), 4000):
            piece = text[start : start + 900]
            real = real_tokens(piece)
            if real >= 40 and language_of(piece) == lang:
                errors.append((tokens.count(piece) - real) / real)
    return sorted(errors)


@needs_data
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_estimate_is_close_to_the_real_count_on_real_notes(lang: str) -> None:
    errors = sorted(error for vault in VAULTS for error in relative_errors(vault, lang))
    assert len(errors) > 150
    assert sum(map(abs, errors)) / len(errors) < 0.09
    assert 0 < sum(errors) / len(errors) < 0.08, "it should err on the side of too many"
    assert errors[len(errors) // 100] > -0.16
    assert errors[-len(errors) // 100] < 0.27


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_or_noise_is_far_underestimated(script: str) -> None:
    text = SCRIPTS[script]
    assert tokens.count(text) > 0.8 * real_tokens(text)


def test_nothing_has_no_tokens_and_something_has() -> None:
    assert tokens.count("") == 0
    assert tokens.count("字") == 1
    assert tokens.count("word") >= 1


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60)
def test_joining_texts_with_a_space_hardly_changes_the_sum(first: str, second: str) -> None:
    joined = tokens.count(first + " " + second)
    assert abs(joined - tokens.count(first) - tokens.count(second)) <= 3


def test_a_text_that_fits_is_not_trimmed() -> None:
    assert tokens.trim("  一句话。 ", 50) == "  一句话。 "


def test_trim_ends_at_a_sentence() -> None:
    assert (
        tokens.trim("第一句话在这里。第二句话也在这里。第三句话太长了，放不下。", 14)
        == "第一句话在这里。第二句话也在这里。"
    )
    assert (
        tokens.trim("One is here. Two is here. Three is far too long to be kept.", 9)
        == "One is here. Two is here."
    )


def test_trim_ends_at_a_word_where_no_sentence_ends_near() -> None:
    assert tokens.trim("alpha beta gamma delta epsilon zeta eta theta", 4) == "alpha beta gamma"


def test_trim_never_tears_a_character_apart() -> None:
    family, accent = "👨‍👩‍👧‍👦", "e\u0301"
    for budget in range(1, 30):
        assert not tokens.trim(family * 9, budget).replace(family, "")
        kept = tokens.trim(accent * 60, budget)
        assert not kept or unicodedata.combining(kept[-1])


@given(st.text(max_size=400), st.integers(min_value=1, max_value=60))
@settings(max_examples=80)
def test_trim_gives_a_beginning_within_the_budget(text: str, budget: int) -> None:
    kept = tokens.trim(text, budget)
    assert text.startswith(kept)
    assert tokens.count(kept) <= budget


@pytest.mark.parametrize("budget", [0, -1])
def test_nothing_fits_no_budget(budget):
    assert tokens.trim("abc 你好", budget) == ""
