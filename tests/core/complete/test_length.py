"""How much a model is asked for, by place and habit."""

import pytest

from core.complete.length import wanted
from core.complete.model import Kind
from tests.core.complete.helpers import place_at


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我们在|", Kind.SENTENCE),
        ("三月发布。|", Kind.SENTENCE),
        ("## |", Kind.LINE),
        ("type:: |", Kind.LINE),
        ("- |", Kind.ITEM),
        ("# A\n\n|", Kind.PARAGRAPH),
        ("run `git |", Kind.WORD),
        ("see [pilot](|", Kind.WORD),
        ("We open |in March", Kind.SENTENCE),
    ],
)
def test_the_place_calls_for_a_kind(text, kind):
    assert wanted(place_at(text), 1.0).kind is kind


def test_only_a_paragraph_goes_past_its_line():
    assert wanted(place_at("# A\n\n|"), 1.0).stop == ("\n\n",)
    for text in ("我们在|", "- |", "## |", "type:: |"):
        assert "\n" in wanted(place_at(text), 1.0).stop


def test_before_other_words_a_clause_is_enough():
    assert wanted(place_at("We open |in March"), 1.0).clause


def test_who_takes_little_is_shown_less():
    assert wanted(place_at("# A\n\n|"), 0.1).kind is Kind.SENTENCE
    assert wanted(place_at("我们在|"), 0.1).clause
    assert not wanted(place_at("我们在|"), 0.9).clause
    assert wanted(place_at("## |"), 0.1).kind is Kind.LINE


def test_longer_kinds_may_take_more_tokens():
    lengths = [wanted(place_at(text), 1.0).max_tokens for text in ("run `git |", "## |", "我们在|", "a\n\n|")]
    assert lengths == sorted(lengths)
