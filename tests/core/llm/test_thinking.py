import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.thinking import ThinkFilter


def through(pieces: list[str]) -> str:
    thinking = ThinkFilter()
    return "".join([*map(thinking.feed, pieces), thinking.close()])


def cut(text: str, places: list[int]) -> list[str]:
    borders = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(borders)]


@pytest.mark.parametrize(
    ("stream", "answer"),
    [
        ("<think>hm</think>Yes.", "Yes."),
        ("\n<think>\nhm <b>\n</think>\n\nYes.\n", "Yes.\n"),
        ("Yes <think>no</think>.", "Yes <think>no</think>."),
        ("<thin ice", "<thin ice"),
        ("<", "<"),
        ("", ""),
        ("  ", "  "),
        ("<think>never ends", ""),
        ("<think>a</think>", ""),
        ("<think></think>是的。", "是的。"),
    ],
)
@given(places=st.lists(st.integers(0, 60), max_size=6))
def test_thinking_at_the_start_is_dropped_wherever_the_stream_is_cut(stream, answer, places):
    assert through(cut(stream, places)) == answer


@given(st.lists(st.text(max_size=8), max_size=8))
def test_text_without_thinking_passes_unchanged(pieces):
    text = "".join(pieces)
    if not text.lstrip().startswith("<think>"):
        assert through(pieces) == text


def test_ordinary_text_is_not_held_back():
    assert ThinkFilter().feed("Yes") == "Yes"
