"""Fact check: the claims of a text, each looked up in the vault.

What stands there word for word needs no model, and what the words contradict is told without one. A model
judges what is left, and counts only with a quote that the program found in the passage.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from core.assist import context
from core.assist.citations import citation
from core.assist.claims import claims_of
from core.assist.contradiction import contradiction
from core.assist.judging import judged
from core.assist.model import (
    CheckDone,
    CheckedClaim,
    CheckEvent,
    CheckRequest,
    Citation,
    Claim,
    ClaimChecked,
    ClaimsFound,
    Verdict,
)
from core.assist.sources import Search
from core.assist.support import find_words, support
from core.errors import ModelError
from core.index.model import Scope
from core.llm.chat import ChatModel
from core.search.model import Passage, SearchQuery

LOOKED_UP = 8
"""Passages looked at for one claim..."""
JUDGED = 4
"""...and shown to a model."""
_QUOTATION_MARKS = re.compile('[“”„"「」『』‘’]')
"""Taken out of a claim that is compared by content: a true quotation would vouch for all that is said."""
AT_ONCE = 4
"""Claims under way side by side."""


async def check(
    request: CheckRequest, *, search: Search, model: ChatModel | None
) -> AsyncGenerator[CheckEvent, None]:
    """Yield `ClaimsFound`, a `ClaimChecked` for each claim as it is decided, and `CheckDone`.

    Without a model, or where it fails, the words alone decide; `CheckDone.problem` says that it failed. The
    demonstration model is not asked. What it cost is for whoever meters the model to fill in. Closing the
    generator stops all.
    """
    claims = claims_of(request.text, first_line=request.first_line)
    yield ClaimsFound(claims)
    run = _Run(request, search, model if model is not None and not model.demonstration else None)
    tasks = [asyncio.create_task(run.checked(claim)) for claim in claims]
    try:
        for task in asyncio.as_completed(tasks):
            yield ClaimChecked(await task)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    yield CheckDone(
        tuple(task.result() for task in tasks),
        run.model.model if run.model else "",
        None if run.model else 0.0,
        run.trace_id,
        run.problem,
    )


@dataclass
class _Run:
    """One check under way."""

    request: CheckRequest
    search: Search
    model: ChatModel | None
    problem: ModelError | None = None
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def checked(self, claim: Claim) -> CheckedClaim:
        """Look one claim up."""
        async with self._turns:
            scope = Scope(exclude_path=self.request.note)
            passages = context.select(
                await self.search(SearchQuery(claim.text, limit=LOOKED_UP, scope=scope))
            )
            verdict, citations = await asyncio.to_thread(by_words, claim.text, passages)
            if verdict is Verdict.SUPPORTED or not passages or self.model is None or self.problem:
                return CheckedClaim(claim, verdict, citations)
            try:
                judgement = await judged(claim.text, passages[:JUDGED], self.model, request_id=self.trace_id)
            except ModelError as error:
                self.problem = error
                return CheckedClaim(claim, verdict, citations)
            if judgement[0] is Verdict.NOT_FOUND:
                return CheckedClaim(claim, verdict, citations)
            return CheckedClaim(claim, *judgement, by_model=True)


def by_words(claim: str, passages: Sequence[Passage]) -> tuple[Verdict, tuple[Citation, ...]]:
    """Return what the words of the passages say to a claim.

    What stands there word for word is supported, whatever else does. A contradiction comes before a support
    by likeness: a changed number leaves a sentence very like the one it was made from. Measured by
    `bench facts` on XQuAD, see there.
    """
    bare = _QUOTATION_MARKS.sub("", claim)
    for verdict, look, words in (
        (Verdict.SUPPORTED, find_words, claim),
        (Verdict.CONTRADICTED, contradiction, bare),
        (Verdict.SUPPORTED, support, bare),
    ):
        for n, passage in enumerate(passages, start=1):
            if (found := look(words, passage)).found:
                return verdict, (citation(n, passage, found),)
    return Verdict.NOT_FOUND, ()
