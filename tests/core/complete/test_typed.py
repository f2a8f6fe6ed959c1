"""Typing through a suggestion and taking its words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.typed import next_sentence, next_word, typed_through
from tests.core.complete.helpers import a_suggestion


class TestTypedThrough:
    def test_what_was_typed_leaves_the_suggestion(self):
        assert typed_through(a_suggestion("发布测试版"), "发布").text == "测试版"

    def test_another_text_ends_it(self):
        assert typed_through(a_suggestion("发布测试版"), "开始") is None

    def test_nothing_typed_changes_nothing(self):
        suggestion = a_suggestion("the beta", "the", " beta")
        assert typed_through(suggestion, "") == suggestion

    def test_a_suggestion_that_was_typed_to_its_end_is_over(self):
        assert typed_through(a_suggestion("beta"), "beta") is None

    def test_more_than_the_suggestion_is_something_else(self):
        assert typed_through(a_suggestion("beta"), "beta ") is None

    def test_the_words_move_along(self):
        rest = typed_through(a_suggestion("我们发布测试版", "我们", "发布", "测试版"), "我们发")
        assert (rest.text, rest.words) == ("布测试版", (1, 4))
        assert next_word(rest) == "布"

    @pytest.mark.parametrize("typed", ["docker c", "DOCKER C", "Docker C"])
    def test_capitals_of_the_writers_own_keep_it(self, typed):
        assert typed_through(a_suggestion("Docker Compose 部署"), typed).text == "ompose 部署"

    @given(st.text(min_size=1), st.data())
    def test_typed_and_rest_are_the_suggestion(self, text, data):
        cut = data.draw(st.integers(0, len(text)))
        rest = typed_through(a_suggestion(text), text[:cut])
        assert (rest.text if rest else "") == text[cut:]


class TestNextWord:
    def test_a_chinese_word_ends_where_the_engine_says(self):
        assert next_word(a_suggestion("人工智能很有用", "人工智能", "很", "有用")) == "人工智能"

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("the beta", "the"),
            (" beta opens", " beta"),
            (", which", ", which"),
            ("don't panic", "don't"),
            ("v1.2 is out", "v1.2"),
            ("发布测试版", "发布"),
            ("，因为", "，因为"),
            ("用Python写", "用"),
            ("Python写", "Python"),
            ("\n- next item", "\n- next"),
            ("\n\n## Plan", "\n\n## Plan"),
            ("- [ ] call", "- [ ] call"),
            ("。", "。"),
            ("](Note.md)", "](Note.md"),
            ("\n", "\n"),
            ("💡 idea", "💡 idea"),
        ],
    )
    def test_without_the_engine_a_light_rule_serves(self, text, word):
        assert next_word(a_suggestion(text)) == word

    @given(st.text(min_size=1))
    def test_it_is_never_empty_and_always_the_beginning(self, text):
        word = next_word(a_suggestion(text))
        assert word
        assert text.startswith(word)

    @given(st.text(min_size=1, max_size=60))
    def test_word_by_word_the_whole_suggestion_is_taken(self, text):
        taken, rest = "", a_suggestion(text)
        while rest is not None:
            word = next_word(rest)
            taken, rest = taken + word, typed_through(rest, word)
        assert taken == text


class TestNextSentence:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("我们三月发布，然后休息。", "我们三月发布，"),
            ("三月发布。然后休息。", "三月发布。"),
            ("他说：“好。”然后走了", "他说："),
            ("好吗？”他问", "好吗？”"),
            ("the beta opens. Then we rest.", "the beta opens."),
            ("opens in March, then", "opens in March,"),
            ("costs 3.50 USD. More", "costs 3.50 USD."),
            ("first item\n- second", "first item"),
            ("\n- second item\n- third", "\n- second item"),
            ("no end here", "no end here"),
            ("  ", "  "),
        ],
    )
    def test_it_ends_with_the_clause(self, text, sentence):
        assert next_sentence(a_suggestion(text)) == sentence

    @given(st.text(min_size=1))
    def test_it_is_never_empty_and_always_the_beginning(self, text):
        sentence = next_sentence(a_suggestion(text))
        assert sentence
        assert text.startswith(sentence)
