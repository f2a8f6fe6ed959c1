"""English words: which are right, which are meant, and where they stand in a line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paths import resources_dir
from core.text.spelling import MOST_SUGGESTIONS, Speller, is_chinese, words_in

EXTRA = (resources_dir() / "words" / "en.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def speller():
    return Speller(EXTRA)


def words(line):
    return [word for _, word in words_in(line)]


@pytest.mark.parametrize(
    "word",
    [
        *("the", "The", "vault", "don't", "don’t", "we're", "plan's", "notes'", "boss’s"),
        *("behaviour", "colours", "organise", "analysed", "travelling", "centre", "catalogue", "defence"),
        *("app", "apps", "wikilinks", "config", "todo"),
    ],
)
def test_right_words_are_known(speller, word):
    assert speller.knows(word)


@pytest.mark.parametrize("word", ["recieve", "definately", "Seperate", "teh", "behavoiur", "organisse"])
def test_wrong_words_are_not(speller, word):
    assert not speller.knows(word)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("recieve", "receive"),
        ("definately", "definitely"),
        ("Seperate", "Separate"),
        ("teh", "the"),
        ("wikilnk", "wikilink"),
    ],
)
def test_the_commonest_word_one_error_away_comes_first(speller, wrong, meant):
    found = speller.suggest(wrong)
    assert found[0] == meant
    assert len(found) <= MOST_SUGGESTIONS
    assert wrong not in found


def test_a_word_that_is_like_no_other_has_no_suggestion(speller):
    assert speller.suggest("qzxvkwj") == []


def test_words_that_are_added_are_right_in_any_case():
    speller = Speller()
    assert not speller.knows("Qwertzish")
    speller.add(["Qwertzish"])
    assert speller.knows("qwertzish")
    assert speller.knows("Qwertzish's")
    assert "qwertzish" in speller.suggest("qwertzis")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("We open in March.", ["We", "open", "in"]),  # a name has a capital
        (
            "March is here. The end",
            ["March", "is", "here", "The", "end"],
        ),  # and so has a sentence's first word
        ("- Take it", ["Take", "it"]),
        ("by Prof. Zhihao and Dr. Wu here", ["by", "and", "here"]),
        ("see config.toml, foo_bar, fooBar, README and a/b/path", ["see", "and"]),
        ("write to me@example.org or https://a.example/words", ["write", "to", "or"]),
        ("café naïve résumé plain", ["plain"]),
        ("well-known words", ["words"]),
        ("don't, “won’t”", ["don't", "won’t"]),
        ("v2 h264 x", []),
        ("中文里的 wget 和 qwertz 不算", []),
        ("但是 this is one longer sentence 在中文里", ["this", "is", "one", "longer", "sentence"]),
        ("привет words", ["words"]),
    ],
)
def test_what_can_be_misspelt_in_a_line(line, found):
    assert words(line) == found


def test_in_a_chinese_text_a_few_words_are_a_term_or_a_command():
    assert list(words_in("conda install pipx", in_chinese=True)) == []
    assert len(list(words_in("this is one longer sentence", in_chinese=True))) == 5
    assert is_chinese(["# 安装", "", "conda install", "先装 conda 再说", "---"])
    assert not is_chinese(["# Install", "先装", "then go on"])
    assert not is_chinese([])


@given(st.text("ab 中文.A'é_-/。", max_size=40))
def test_words_stand_where_they_are_said_to_and_are_english(line):
    last = 0
    for column, word in words_in(line):
        assert line[column : column + len(word)] == word
        assert re.fullmatch(r"[A-Za-z]+(?:['’][A-Za-z]+)*", word)
        assert column >= last
        last = column + len(word)


def test_our_own_words_are_in_order_and_none_is_there_twice():
    assert sorted(set(EXTRA)) == EXTRA
    assert all(word == word.lower() for word in EXTRA)
