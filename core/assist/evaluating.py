"""Runs a prompt on the cases of its evaluation set."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from core.assist import writing
from core.assist.model import NoteContext, WriteRequest, Written
from core.assist.sources import Search
from core.llm.chat import ChatModel
from core.llm.prices import Prices
from core.prompts.evaluation import Scored, score
from core.prompts.model import Case, Prompt


async def evaluated(
    prompt: Prompt, cases: Sequence[Case], *, search: Search, model: ChatModel, prices: Prices
) -> AsyncGenerator[Scored, None]:
    """Yield the score of each case, in order; one candidate is asked for, at the prompt's own temperature.

    Raises:
        ModelError: a case could not be written.
    """
    for case in cases:
        note = NoteContext("", block=case.text, selection=case.text, before=case.text, text=case.text)
        request = WriteRequest(prompt.id, note, values=case.values, candidates=1, language=prompt.language)
        job = await writing.prepare(request, prompt, search=search, small=model.demonstration)
        async for event in writing.write(job, model=model, prices=prices):
            if isinstance(event, Written) and event.candidates:
                candidate = event.candidates[0]
                yield score(case, candidate.text, candidate.problem)
