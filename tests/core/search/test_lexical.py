"""How much of a question a text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.lexical import holds_all, share_found, terms
from tests.core.index.fakes import row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Learn Git, learn!", {"learn", "git"}),
        ("数据库 index", {"数据", "据库", "index"}),
        ("水", {"水"}),
        ("用Python写", {"用", "python", "写"}),
        ("cafe\u0301 CAFÉ", {"café"}),
        ("，。!? --", set()),
    ],
)
def test_terms_are_words_and_pairs_of_characters(text, expected):
    assert terms(text) == expected


def test_the_share_is_of_the_best_row():
    rows = [row("1", text="alpha"), row("2", text="alpha beta"), row("3", text="gamma")]
    assert share_found("alpha beta delta missing", rows) == 0.5
    assert share_found("alpha", rows) == 1.0
    assert share_found("数据库", rows) == 0.0


def test_rows_after_one_that_holds_enough_are_not_looked_at():
    rows = [row("1", text="alpha"), row("2", text="alpha beta"), row("3", text="alpha beta gamma")]
    looked_at = iter(rows)
    assert share_found("alpha beta gamma missing", looked_at, enough=0.5) == 0.5
    assert next(looked_at) is rows[2]


def test_title_headings_aliases_and_tags_count_as_found():
    found = row("1", title="One", heading_path=("Two",), names=("Three",), tags=("four",), text="five")
    assert share_found("one two three four five", [found]) == 1.0


def test_nothing_asked_or_nothing_found_is_no_share():
    assert share_found("?!", [row("1")]) == share_found("word", []) == 0.0


def test_a_phrase_must_stand_word_for_word():
    text = row("1", text="The beta opens\n  in March, 公测在三月")
    assert holds_all(text, ["beta OPENS in march"])
    assert holds_all(text, ["公测在三月", "the beta"])
    assert not holds_all(text, ["opens beta"])


@given(st.text(max_size=40))
def test_a_text_holds_all_of_itself(text):
    assert share_found(text, [row("1", text=text)]) == (1.0 if terms(text) else 0.0)
    assert holds_all(row("1", text=text), [text])
