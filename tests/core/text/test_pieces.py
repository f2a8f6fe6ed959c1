"""Cutting long texts: where, and how evenly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import tokens
from core.text.pieces import split

SENTENCE = "The pilot fish swims beside something bigger. "


def pieces(text: str, limit: int) -> list[str]:
    return [text[start:end] for start, end in split(text, limit)]


@given(
    st.lists(
        st.sampled_from(
            ["word ", "字", "。", "\n", "\n\n", "- ", "e\u0301", "👨\u200d👩", ", ", " " * 40, "x" * 30]
        )
    ),
    st.integers(4, 40),
)
@settings(max_examples=150)
def test_pieces_are_the_text_and_fit(parts: list[str], limit: int) -> None:
    text = "".join(parts)
    found = pieces(text, limit)
    assert "".join(found) == text
    assert all(tokens.count(piece) <= limit for piece in found)
    assert all(found) or not text


def test_a_text_that_fits_is_one_piece() -> None:
    assert pieces("short", 10) == ["short"]


def test_a_blank_line_is_a_better_border_than_a_line_and_a_line_than_a_sentence() -> None:
    paragraph = SENTENCE * 3
    by_blank_line = pieces(f"{paragraph}\n{paragraph}\n\n{paragraph}\n{paragraph}", 80)
    assert by_blank_line == [f"{paragraph}\n{paragraph}\n\n", f"{paragraph}\n{paragraph}"]
    by_line = pieces(f"{paragraph}\n{paragraph}", 45)
    assert by_line == [f"{paragraph}\n", paragraph]


def test_a_line_is_cut_behind_a_sentence_else_behind_a_word() -> None:
    assert all(piece.endswith(". ") for piece in pieces(SENTENCE * 9, 30))
    assert all(piece.endswith(" ") for piece in pieces("word " * 99 + "word ", 30))


def test_a_good_border_too_near_to_the_start_is_not_taken() -> None:
    first, _ = pieces("a\n\n" + "word " * 60, 40)
    assert len(first) > 80


def test_the_last_piece_is_not_a_leftover() -> None:
    sizes = [tokens.count(piece) for piece in pieces("领航鱼游在大鱼身边，从不离开。" * 41, 100)]
    assert max(sizes) <= 100
    assert min(sizes) > 60
