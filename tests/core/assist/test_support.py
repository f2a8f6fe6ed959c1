import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.sentences import sentences_of
from core.assist.support import find_words, quoted_words, support
from core.text.folding import fold_text
from tests.core.assist.helpers import CHINESE_PLAN, PLAN, PRICING, needs_data, passage, real_passages


class TestQuotedWords:
    @pytest.mark.parametrize(
        "claim",
        [
            "The plan says “We open the beta in March”",
            'The plan says "We open the beta in March"',
            "“we open the BETA in   march”",
            "It is “We open the beta in March,” they write",
            "“churn in the pilot fell to 3 %”",  # across a line end of the file
            "‘We open the beta in March’",
            "「we open the beta in March」",
        ],
    )
    def test_they_must_stand_in_the_passage_apart_from_case_width_and_spaces(self, claim):
        assert support(claim, PLAN).found

    @pytest.mark.parametrize(
        "claim",
        [
            "“We open the beta in May”",
            "“We open the betas in March”",
            "“We open beta in March”",
            "“churn in the pilot fell to 30 %”",
            "“churn in the pilot fell to 3 %” and “nobody left at all”",
            "“pen the beta in Mar”",
        ],
    )
    def test_an_altered_quotation_is_not_supported(self, claim):
        assert not support(claim, PLAN).found

    def test_a_number_is_not_found_inside_another(self):
        assert not find_words("00 people in November", PLAN).found
        assert find_words("2 000 people in November", PLAN).found

    def test_width_and_emphasis_do_not_count(self):
        note = passage("The **beta** opens in `March`, see [[Plan]] ＡＢＣ.")
        assert find_words("the beta opens in March", note).found
        assert find_words("see Plan ABC", note).found

    def test_chinese_quotations_are_found_with_their_lines(self):
        found = support("笔记写道：“候补名单超过了两千人”", CHINESE_PLAN)
        assert (found.quote, found.start_line, found.end_line) == ("候补名单超过了两千人", 9, 9)
        assert not support("笔记写道：“候补名单超过了三千人”", CHINESE_PLAN).found

    def test_a_chinese_quotation_that_closes_with_a_mark_ends_at_a_clause(self):
        assert find_words("候补名单超过了两千人，", CHINESE_PLAN).found
        assert not find_words("候补名单超过了两千。", CHINESE_PLAN).found

    def test_the_lines_are_those_of_the_words(self):
        found = find_words("churn in the pilot fell to 3 %", PLAN)
        assert (found.start_line, found.end_line) == (10, 11)

    def test_single_words_in_quotation_marks_are_no_quotation(self):
        assert quoted_words("the so-called “beta” and 「公测」") == []
        assert quoted_words("“the waiting list”") == ["the waiting list"]


class TestContent:
    @pytest.mark.parametrize(
        "claim",
        [
            "The beta opens in March",
            "They open the beta in March because 2,000 people were on the waiting list in November",
            "Churn in the pilot fell to 3 %",
            "February would be too early",
            "The beta opens in March, once the import worked and churn in the pilot fell to 3 %",
        ],
    )
    def test_what_the_passage_says_in_other_words_is_supported(self, claim):
        found = support(claim, PLAN)
        assert found.found
        assert found.quote in PLAN.text

    @pytest.mark.parametrize(
        "claim",
        [
            "The beta opens in May",
            "The beta does not open in March",
            "Churn in the pilot fell to 5 %",
            "Churn in the pilot fell to 3 % in Berlin",
            "The beta opens in March because 3 000 people wait",
            "The product is free for schools",
            "It does",
            "",
        ],
    )
    def test_what_it_does_not_say_is_not(self, claim):
        assert not support(claim, PLAN).found

    def test_chinese_claims_are_judged_alike(self):
        assert support("公测定在三月开始，因为候补名单超过了两千人", CHINESE_PLAN).found
        assert support("流失率降到百分之三", CHINESE_PLAN).found
        assert not support("公测在五月开始", CHINESE_PLAN).found
        assert not support("流失率没有降到百分之三", CHINESE_PLAN).found
        assert not support("学校可以免费使用", CHINESE_PLAN).found

    def test_a_claim_in_another_language_is_left_unverified(self):
        assert not support("公测三月开始", PLAN).found

    def test_numbers_that_change_places_are_an_alteration(self):
        note = passage("Churn was 11 % in the first month and fell to 3 % in the last.")
        assert support("Churn was 11 % in the first month and fell to 3 % in the last", note).found
        assert not support("Churn was 3 % in the first month and fell to 11 % in the last", note).found

    def test_a_chinese_character_changed_in_a_copy_is_an_alteration(self):
        note = passage("非常遗憾，这个插件已经停止维护了，请换一个。")
        assert support("非常遗憾，这个插件已经停止维护了", note).found
        assert not support("非常遗感，这个插件已经停止维护了", note).found
        assert not support("非常遗，这个插件已经停止维护了", note).found

    def test_an_alteration_is_not_excused_by_another_sentence(self):
        note = passage("Child labour is common in Kenya. Many children in Kenya do labour of every kind.")
        assert not support("Child labour is rcommon in Kenya", note).found

    def test_the_quote_is_the_one_sentence_that_says_most(self):
        found = support("February is too early", PLAN)
        assert (found.quote, found.start_line) == ("February is too early.", 11)

    def test_code_must_stand_there_as_it_is(self):
        text = passage("To invoke a command, press `cmd+shift+P` and select it. Foam shows connections.")
        assert not support("The command can be invoked as `foam connections`.", text).found
        assert support("To invoke a command press `cmd+shift+P`.", text).found
        assert support("Foam shows `connections`.", text).found

    def test_a_table_row_supports_too(self):
        assert support("Solo is 6 EUR", PRICING).found
        assert not support("Solo is 9 EUR", PRICING).found


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_claim_and_any_text_can_be_compared(claim, text):
    source = passage(text)
    found = support(claim, source)
    assert found.quote in text
    assert not found.found or source.start_line <= found.start_line <= found.end_line <= source.end_line


def _altered(text: str, chance: random.Random) -> str:
    """Change, add or drop one to three letters, digits or characters."""
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.choice([i for i, char in enumerate(letters) if char.isalnum()])
        old = letters[place]
        alphabet = (
            "0123456789"
            if old.isdigit()
            else "abcdefghijklmnopqrstuvwxyz"
            if old.isascii()
            else "山水风火木金土"
        )
        letters[place] = chance.choice((chance.choice(alphabet), old + chance.choice(alphabet), ""))
    return "".join(letters)


@needs_data
@pytest.mark.parametrize("name", ["xquad-en-en", "xquad-zh-zh"])
def test_real_quotations_are_verified_and_altered_ones_never(name):
    chance = random.Random(5)
    passages, _, _ = real_passages(name)
    missed, wrong = [], []
    for source in passages:
        sentences = [
            s.text
            for s in sentences_of(source)
            if 20 < len(s.text) < 250 and not set('"“”[「‘') & set(s.text)
        ]
        if not sentences:
            continue
        honest = " ".join(chance.choice(sentences).split())
        altered = _altered(honest, chance)
        if not support(f"The note says “{honest}”", source).found:
            missed.append(honest)
        if _squeezed(altered) not in _squeezed(source.text) and support(f"It says “{altered}”", source).found:
            wrong.append(altered)
    assert (missed, wrong) == ([], [])


def _squeezed(text: str) -> str:
    return "".join(fold_text(text).split())
