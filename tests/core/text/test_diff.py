"""Diffs give back both texts exactly, and say no more than what changed."""

import gzip
import itertools
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import words
from core.text.diff import WIDEST, Part, applied, changes, diff
from tests.core.text.real import DATA, needs_data

TEXT = st.text(alphabet="我们的计划在三月 开放\n。，ab3\u200b😀", max_size=60)


def marked(parts):
    return "".join(f"[{p.old}|{p.new}]" if p.is_change else p.old for p in parts)


@given(TEXT, TEXT)
def test_all_accepted_is_the_new_text_and_none_the_old(old, new):
    parts = diff(old, new)
    assert applied(parts, changes(parts)) == new
    assert applied(parts, ()) == old


@given(TEXT, TEXT, st.data())
def test_each_choice_of_changes_takes_those_and_no_others(old, new, data):
    parts = diff(old, new, word_spans=words.word_spans)
    chosen = data.draw(st.sets(st.sampled_from(changes(parts) or [0])))
    expected = "".join(p.new if n in chosen else p.old for n, p in enumerate(parts))
    assert applied(parts, chosen) == expected


@given(TEXT, TEXT)
def test_changes_and_equal_parts_take_turns_and_none_is_empty(old, new):
    parts = diff(old, new, word_spans=words.word_spans)
    assert all(part.old or part.new for part in parts)
    kinds = [part.is_change for part in parts]
    assert all(a != b for a, b in itertools.pairwise(kinds))


@given(TEXT)
def test_the_same_text_has_no_change(text):
    assert changes(diff(text, text)) == []


def test_a_change_inside_a_chinese_word_is_shown_as_the_word():
    old, new = "这项措施提高了产量。", "这项措施提升了产量。"
    assert marked(diff(old, new)) == "这项措施提[高|升]了产量。"
    assert marked(diff(old, new, word_spans=words.word_spans)) == "这项措施[提高|提升]了产量。"


def test_an_english_word_is_never_cut():
    assert marked(diff("We don't open in March.", "We open in May.")) == "We [don't |]open in [March|May]."


def test_what_two_rewritten_stretches_share_by_chance_is_no_island():
    parts = diff("他的想法很好，大家都同意。", "老师的建议不错，大家都同意。")
    assert len(changes(parts)) == 1
    assert parts[-1].old.endswith("大家都同意。")


def test_two_small_changes_far_apart_stay_two():
    parts = diff("我们在三月开放测试，名单有两千人。", "我们在四月开放测试，名单有三千人。")
    assert marked(parts) == "我们在[三|四]月开放测试，名单有[两|三]千人。"


def test_a_rewritten_paragraph_ends_at_its_line():
    parts = diff("一段旧的文字\n\n另一段旧的话\n", "完全新写的句子\n\n换过的内容了吧\n")
    assert all("\n" not in part.old.strip("\n") for part in parts if part.is_change)
    assert len(changes(parts)) == 2


def test_an_added_paragraph_is_one_change():
    old = "# 计划\n\n第一段。\n\n第三段。\n"
    assert changes(diff(old, old.replace("第三段", "第二段。\n\n第三段"))) == [1]


@pytest.mark.parametrize(("old", "new"), [("", "新的"), ("旧的", ""), ("", "")])
def test_nothing_on_one_side_is_one_change_at_most(old, new):
    assert diff(old, new) == ((Part(old, new),) if old or new else ())


def test_a_long_text_without_anything_in_common_is_still_one_answer():
    chance = random.Random(5)
    old, new = ("".join(chance.choices("我们的是在有人他这中", k=6000)) for _ in range(2))
    parts = diff(old, new)
    assert applied(parts, changes(parts)) == new


@needs_data
@pytest.mark.parametrize("spans", [None, words.word_spans], ids=["characters", "words"])
def test_one_word_changed_in_a_real_sentence_is_marked_with_at_most_three_more_characters(spans):
    chance = random.Random(20)
    for old, start, end, replacement in chance.sample(list(_edits(chance)), 500):
        new = old[:start] + replacement + old[end:]
        parts = diff(old, new, word_spans=spans)
        first, last = changes(parts)[0], changes(parts)[-1]
        span = parts[first : last + 1]
        assert len("".join(part.old for part in span)) <= end - start + WIDEST, marked(parts)
        assert len("".join(part.new for part in span)) <= len(replacement) + WIDEST, marked(parts)
        assert applied(parts, changes(parts)) == new


def _edits(chance):
    """Yield a sentence, the place of one of its words, and what is put there instead: a word or nothing."""
    chosen = [sentence for sentence in _sentences() if len(sentence) > 12][:1500]
    pool = sorted({word for sentence in chosen[:200] for word in words.words(sentence)})
    for sentence in chosen:
        start, end = chance.choice(words.word_spans(sentence))
        replacement = chance.choice([*chance.sample(pool, 4), ""])
        if replacement != sentence[start:end]:
            yield sentence, start, end, replacement


def _sentences():
    with gzip.open(DATA / "retrieval" / "cmrc2018-dev" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            for start, end in words.sentences(text):
                if re.search("[\u4e00-\u9fff]{4}", text[start:end]):
                    yield text[start:end]
