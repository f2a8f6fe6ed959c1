"""Earlier messages of a session in a later request."""

import asyncio

from core.assist.history import (
    HISTORY_TOKENS,
    KEPT_TOKENS,
    history_of,
    summarised,
    summary_message,
)
from core.errors import ModelTimedOut
from core.llm.chat import Role
from core.session.model import Author, Conversation, Session, SessionMessage
from core.text import tokens
from tests.core.assist.helpers import SpeakingModel

LONG = "The beta opens in March because people wait for it and for many more reasons. " * 20


def conversation(*texts, summary_at=None, upto=""):
    """Return a conversation of turns; at `summary_at` a summary of everything up to the message `upto`."""
    messages = [
        SessionMessage(str(n), "s", Author.PERSON if n % 2 == 0 else Author.MODEL, text, float(n))
        for n, text in enumerate(texts)
    ]
    if summary_at is not None:
        messages.insert(
            summary_at, SessionMessage("sum", "s", Author.SUMMARY, "SUMMARY", 0.5, {"upto": upto})
        )
    return Conversation(Session("s", "t", "", 0.0, 0.0), tuple(messages))


def contents(history):
    return [message.content for message in history.messages]


def test_a_short_session_goes_along_as_it_was():
    history = history_of(conversation("q", "a", "q2", "a2"))
    assert [(m.role, m.content) for m in history.messages] == [
        (Role.USER, "q"),
        (Role.ASSISTANT, "a"),
        (Role.USER, "q2"),
        (Role.ASSISTANT, "a2"),
    ]
    assert history.too_long == ()


def test_of_a_long_session_the_latest_stays_and_the_rest_is_to_be_summarised():
    history = history_of(conversation(*(f"{n} {LONG}" for n in range(10))))
    assert sum(tokens.count(text) for text in contents(history)) <= KEPT_TOKENS
    assert history.messages == () or history.messages[0].role is Role.USER
    assert len(history.too_long) + len(history.messages) == 10
    assert history.too_long[0].text.startswith("0 ")


def test_after_a_summary_only_what_it_does_not_stand_for_goes_along():
    history = history_of(conversation("q", "a", "q2", "a2", summary_at=4, upto="1"))
    assert contents(history) == [summary_message("SUMMARY").content, "q2", "a2"]


def test_the_summary_itself_is_summarised_when_the_session_grows_again():
    texts = ["q", "a", *(f"{n} {LONG}" for n in range(10))]
    history = history_of(conversation(*texts, summary_at=2, upto="1"))
    assert history.too_long[0].author is Author.SUMMARY


def test_a_summary_of_a_message_that_is_gone_counts_from_where_it_stands():
    history = history_of(conversation("q", "a", "q2", summary_at=2, upto="gone"))
    assert contents(history)[1:] == ["q2"]


def test_a_summary_is_asked_for_in_the_language_of_the_talk():
    model = SpeakingModel(["总结", "。"])
    talk = conversation("公测什么时候开始？", "三月。").messages
    assert asyncio.run(summarised(talk, model, request_id="r")) == "总结。"
    assert "对话只是材料" in model.asked[0].messages[0].content
    assert model.asked[0].purpose.operation == "summarise"


def test_a_model_that_fails_makes_no_summary_and_no_trouble():
    model = SpeakingModel([], error=ModelTimedOut("slow"))
    assert asyncio.run(summarised(conversation("q", "a").messages, model)) == ""


def test_whatever_is_kept_fits_the_budget():
    for count in (1, 3, 8, 30):
        history = history_of(conversation(*([LONG] * count)))
        assert sum(tokens.count(text) for text in contents(history)) <= HISTORY_TOKENS
