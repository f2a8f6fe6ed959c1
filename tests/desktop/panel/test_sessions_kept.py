"""Kept conversations read back: whatever an older version, another program or a hand left in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.model import Answer, Finish
from core.llm.chat import Tier
from core.session.model import Author, Conversation, Session, SessionMessage
from desktop.panel.sessions import answer_of, request_of, turns

SESSION = Session("s1", "三月", "", 0.0, 0.0)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
EXTRA = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("finish", "model", "tier", "cost_usd", "trace_id", "citations"), JSON),
)
WORDS = st.text(alphabet="三月开放 ab🐟\n", min_size=1, max_size=8)
SPOKEN = st.lists(st.tuples(st.sampled_from(list(Author)), WORDS), max_size=12)


def message(author, text, number=1, **extra):
    return SessionMessage(f"m{number}", "s1", author, text, float(number), extra)


def talk(spoken):
    return Conversation(SESSION, tuple(message(author, text, n) for n, (author, text) in enumerate(spoken)))


@given(EXTRA)
def test_an_answer_is_read_whatever_stands_beside_it(extra):
    answer = answer_of(message(Author.MODEL, "三月。", **extra))
    assert isinstance(answer, Answer)
    assert answer.text == "三月。"
    assert answer.finish in set(Finish)
    assert answer.tier in set(Tier)
    assert answer.cost_usd is None or isinstance(answer.cost_usd, float)


@pytest.mark.parametrize("finish", list(Finish))
@pytest.mark.parametrize("tier", list(Tier))
def test_what_was_kept_comes_back(finish, tier):
    answer = answer_of(message(Author.MODEL, "三月。", finish=finish.value, tier=tier.value, cost_usd=0.5))
    assert (answer.finish, answer.tier, answer.cost_usd) == (finish, tier, 0.5)


@given(SPOKEN)
def test_no_word_of_a_conversation_is_lost_or_told_twice(spoken):
    told = []
    for question, answer, is_summary in turns(talk(spoken)):
        assert not (is_summary and answer is not None)
        told += [question] if question else []
        told += [answer.text] if answer is not None else []
    assert sorted(told) == sorted(text for _author, text in spoken)


@given(SPOKEN)
def test_answers_and_summaries_stay_in_their_order(spoken):
    found = list(turns(talk(spoken)))
    answers = [answer.text for _question, answer, _is_summary in found if answer is not None]
    summaries = [text for text, _answer, is_summary in found if is_summary]
    assert answers == [text for author, text in spoken if author is Author.MODEL]
    assert summaries == [text for author, text in spoken if author is Author.SUMMARY]


def test_an_answer_belongs_to_the_question_right_before_it():
    found = list(
        turns(
            talk(
                [
                    (Author.PERSON, "一？"),
                    (Author.PERSON, "二？"),
                    (Author.MODEL, "二。"),
                    (Author.MODEL, "还有。"),
                ]
            )
        )
    )
    assert [(question, answer.text if answer else "") for question, answer, _ in found] == [
        ("一？", ""), ("二？", "二。"), ("", "还有。"),
    ]  # fmt: skip


def test_a_question_asked_again_goes_to_its_conversation():
    request = request_of("三月还是四月？", "s1")
    assert (request.text, request.session_id) == ("三月还是四月？", "s1")
