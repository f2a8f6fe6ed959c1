"""Sentences of an answer that rest on nothing are found; those that do, or cannot be judged, are let be."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.citations import cite
from core.assist.claims import claims_of
from core.assist.grounding import is_chinese, unsupported
from tests.bench.facts import cut_short
from tests.core.assist.helpers import (
    ALL,
    CHINESE_PLAN,
    PLAN,
    PRICING,
    AskRequest,
    SpeakingModel,
    answer_of,
    needs_data,
    passage,
    real_passages,
)


def marked(text, passages=ALL, said=()):
    """Return the words of the sentences that rest on nothing."""
    spans = unsupported(text, cite(text, passages), passages, said=said)
    return [text[start:end] for start, end in spans]


def test_a_sentence_with_a_verified_citation_is_let_be():
    assert marked("The beta opens in March [1].") == []


def test_a_sentence_that_the_notes_carry_needs_no_citation():
    assert marked("They open the beta in March, as churn in the pilot fell. 公测定在三月，二月太早。") == []


def test_a_sentence_about_something_else_is_found_in_its_place():
    text = "The beta opens in March [1]. Berlin is the capital of Germany. It is too early in February [1]."
    assert marked(text) == ["Berlin is the capital of Germany."]


def test_chinese_sentences_are_judged_one_by_one():
    assert marked("公测定在三月开始 [3]。长城位于中国的北方。候补名单超过了两千人！") == [
        "长城位于中国的北方。"
    ]


def test_a_citation_that_was_not_verified_vouches_for_nothing():
    assert marked("Teams pay with gold coins in Iceland [2].") == [
        "Teams pay with gold coins in Iceland [2]."
    ]


def test_a_number_that_stands_nowhere_is_not_carried_by_the_words_around_it():
    assert marked("In the survey 85 % called 6 EUR fair.") == ["In the survey 85 % called 6 EUR fair."]
    assert marked("In the survey 58 % called 6 EUR fair.") == []


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        ("The pilot had 3 teams in it.", "Three teams were in the pilot."),
        ("试点有 2 个团队。", "试点有两个团队。"),
    ],
)
def test_a_small_number_may_be_spelt_in_the_note(answer, note):
    assert marked(answer, [passage(note)]) == []


def test_a_number_may_come_from_the_question():
    text = "In 2031 the beta opens in March."
    assert marked(text) == [text]
    assert marked(text, said=("What happens in 2031?",)) == []


def test_the_question_alone_carries_nothing():
    text = "The Great Wall stands in northern China."
    assert marked(text, said=(text,)) == [text]


def test_what_the_open_note_says_carries_as_well():
    text = "The Great Wall stands in northern China."
    assert marked(text, said=("Where?", "The Great Wall is a wall that stands in the north of China.")) == []


def test_the_opposite_of_what_the_note_says_is_not_carried():
    note = passage("The import of old notes is reliable and fast on every machine.")
    text = "The import of old notes is not reliable on every machine."
    assert marked(text, [note]) == [text]


def test_saying_that_it_is_not_in_the_notes_needs_no_support():
    assert marked("The notes do not say who decided this. 笔记里没有提到是谁决定的。") == []


def test_headings_questions_code_and_short_words_are_no_statements():
    assert (
        marked("## Berlin and Germany\n\n好的。\n\n```\nBerlin = capital of Germany\n```\n\nIs Berlin big?")
        == []
    )


def test_a_language_that_no_text_is_in_cannot_be_judged():
    assert marked("长城位于中国的北方。", [PLAN, PRICING]) == []
    assert marked("Berlin is the capital of Germany.", [CHINESE_PLAN]) == []


def test_a_sentence_that_cites_a_text_in_another_language_cannot_be_judged():
    assert marked("公测三月开放，价格还没有定下来 [1]。") == []
    assert marked("价格还没有定下来，要看市场。", [PLAN, CHINESE_PLAN]) == ["价格还没有定下来，要看市场。"]


def test_with_nothing_given_nothing_is_carried():
    assert marked("Berlin is the capital of Germany.", []) == ["Berlin is the capital of Germany."]


def test_a_few_english_names_do_not_make_a_chinese_text_english():
    assert is_chinese("PHP7 正式移除了 `mysql` 扩展")
    assert not is_chinese("The word 领航鱼 means pilot fish in Chinese.")
    assert not is_chinese("2026 = 42")


@given(
    st.lists(
        st.sampled_from(["公测三月开始", "Berlin is big and old", " [1]", "。", ". ", "\n\n", "`x", "- "])
    )
)
def test_spans_lie_in_the_text_in_order_and_hold_words(pieces):
    text = "".join(pieces)
    spans = unsupported(text, cite(text, ALL), ALL)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)


def test_an_answer_says_which_of_its_sentences_rest_on_nothing():
    model = SpeakingModel(["The beta opens in March [1]. ", "Berlin is the capital", " of Germany."])
    found = answer_of(AskRequest("When does the beta open?"), ALL, model)
    assert found.unsupported_sentences == ("Berlin is the capital of Germany.",)


def test_an_answer_that_is_not_meant_to_rest_on_the_notes_has_no_such_sentence():
    model = SpeakingModel(["Berlin is the capital of Germany."])
    found = answer_of(AskRequest("What is the capital?", use_passages=False), ALL, model)
    assert found.unsupported == ()


@needs_data
@pytest.mark.parametrize("name", ["xquad-en-en", "xquad-zh-zh"])
def test_on_real_texts_true_sentences_pass_and_foreign_ones_are_found(name):
    passages, _, _ = real_passages(name)
    chance = random.Random(7)
    true = foreign = cases = 0
    while cases < 60:
        own = chance.choice(passages)
        others = [p for p in chance.sample(passages, 9) if p.id != own.id][:7]
        if claims := claims_of(own.text):
            sentence = cut_short(chance.choice(claims).text)
            true += bool(marked(sentence, [own, *others]))
            foreign += bool(marked(sentence, others))
            cases += 1
    assert true <= 4  # `bench grounding` has the figures
    assert foreign >= 56
