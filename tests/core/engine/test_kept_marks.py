"""What an answer's sentences rest on is kept with it, and what became of it with its calls."""

from dataclasses import replace

from core.assist.model import AskRequest
from core.session.model import Author, Outcome
from tests.core.engine.assisting import ASKED, all_of, run, settings_for
from tests.scripted_replies import say

REPLY = "The beta opens in March [1]. Berlin is the capital of Germany. 长城在中国的北方。"


def test_sentences_that_rest_on_nothing_are_marked_and_kept_with_the_answer(vault, server):
    server.then(say(REPLY))

    async def work(service):
        session = await service.conversations.new_session()
        events = await all_of(service.ask(replace(ASKED, session_id=session.id), None))
        kept = await service.conversations.conversation(session.id)
        return events[-1].answer, [one for one in kept.messages if one.author is Author.MODEL]

    answer, (message,) = run(vault, settings_for(server), work)
    assert answer.unsupported_sentences == ("Berlin is the capital of Germany.", "长城在中国的北方。")
    assert [answer.text[start:end] for start, end in message.extra["unsupported"]] == list(
        answer.unsupported_sentences
    )


def test_what_was_taken_back_stands_in_scores_ledger_and_examples(vault, server):
    async def work(service):
        events = await all_of(service.ask(AskRequest(ASKED.text), None))
        trace = events[-1].answer.trace_id
        for outcome, text in (
            (Outcome.INSERTED, "Words."),
            (Outcome.EDITED, "Other."),
            (Outcome.REFUSED, ""),
        ):
            await service.outcome(trace, outcome, text)
        examples = [(outcome, text) for outcome, _, text in service._meter.traces.examples()]
        return await service.scores(), await service.ledger(), examples

    (score,), ledger, examples = run(vault, settings_for(server), work)
    assert (score.inserted, score.edited, score.refused) == (0, 0, 1)
    assert (ledger.by_model[0].inserted, ledger.by_model[0].refused) == (0, 1)
    assert examples == [(Outcome.REFUSED, "Other.")]
