"""Suggestions of the model that are found again while they are typed through."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.complete.cache import PrefixCache
from core.complete.model import Source
from tests.core.complete.helpers import a_suggestion, at_caret

GHOST = a_suggestion("三月发布测试版。", "三月", "发布", "测试版", "。", source=Source.MODEL)


def test_the_same_caret_gets_the_same_text_from_the_cache():
    cache = PrefixCache()
    cache.add(at_caret("我们在|"), GHOST)
    assert cache.find(at_caret("我们在|")) == replace(GHOST, source=Source.CACHE)


def test_typed_through_it_is_found_with_its_rest_and_words():
    cache = PrefixCache()
    cache.add(at_caret("我们在|"), GHOST)
    found = cache.find(at_caret("我们在三月发|"))
    assert (found.text, found.words) == ("布测试版。", (1, 4, 5))


def test_other_words_other_notes_and_another_text_behind_do_not_fit():
    cache = PrefixCache()
    cache.add(at_caret("我们在|"), GHOST)
    others = [
        at_caret(text) for text in ("我们在四|", "他们在|", "我们|", "我们在|后面", "我们在三月发布测试版。|")
    ]
    for other in [*others, at_caret("我们在|", path="b.md")]:
        assert cache.find(other) is None


def test_the_same_empty_paragraph_elsewhere_is_another_place():
    cache = PrefixCache()
    cache.add(at_caret("第一段。\n\n|"), GHOST)
    assert cache.find(at_caret("第一段。\n\n第二段。\n\n|")) is None


def test_the_one_used_longest_ago_makes_room():
    cache = PrefixCache(entries=2)
    for name in ("a", "b"):
        cache.add(at_caret("x|", path=name), GHOST)
    assert cache.find(at_caret("x|", path="a"))
    cache.add(at_caret("x|", path="c"), GHOST)
    assert len(cache) == 2
    assert cache.find(at_caret("x|", path="b")) is None
    assert cache.find(at_caret("x|", path="a"))


def test_a_window_that_moved_on_still_fits():
    cache, above = PrefixCache(), "x" * 3000 + "\n\n"
    cache.add(at_caret(above + "我们在|"), GHOST)
    assert cache.find(at_caret(above[500:] + "我们在三月|")).text == "发布测试版。"


@given(st.lists(st.tuples(st.text("ab", max_size=6), st.text("ab", min_size=1, max_size=6)), max_size=30))
def test_what_it_finds_goes_on_from_the_caret(entries):
    cache, whole = PrefixCache(entries=8), set()
    for before, text in entries:
        cache.add(at_caret(before + "|"), a_suggestion(text))
        whole.add((before, text))
    assert len(cache) == len(cache._sorted) <= 8
    for before, text in whole:
        for typed in range(len(text)):
            if found := cache.find(at_caret(before + text[:typed] + "|")):
                assert any((before + text[:typed] + found.text) == b + t for b, t in whole)
