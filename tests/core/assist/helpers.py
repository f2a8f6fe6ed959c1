"""What the tests of answers share: passages, a model that says what it is told, labelled questions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.assist.answers import answer
from core.assist.model import Answer, Answered, AskEvent, AskRequest
from core.errors import ModelError
from core.llm.chat import ChatModel, ChatRequest, Delta, Usage
from core.search.model import Passage, SearchQuery

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason="../shared/data (real texts) is not beside the project"
)


def passage(
    text: str, *, path: str = "note.md", line: int = 1, title: str = "", headings: tuple[str, ...] = ()
) -> Passage:
    """Return a passage whose lines are those of its text."""
    end = line + text.count("\n")
    return Passage(f"{path}:{line}", path, title, headings, line, end, text, "", 1.0)


PLAN = passage(
    "## When\n\nWe open the beta in March because the waiting list passed 2 000 people in November, and "
    "because churn in the pilot fell\nto 3 % once the import worked. February is too early.",
    path="Projects/Launch plan.md",
    line=8,
    title="Launch plan",
    headings=("Launch plan", "When"),
)
PRICING = passage(
    "| plan | per month |\n| --- | ---: |\n| Solo | 6 EUR |\n\n"
    "We chose 6 EUR because in the survey 58 % called it “fair”.",
    path="Projects/Pricing.md",
    line=6,
    title="Pricing",
    headings=("Pricing",),
)
CHINESE_PLAN = passage(
    "公测定在三月开始：十一月候补名单超过了两千人；旧笔记导入修好以后，试点的流失率降到百分之三。二月太早。",
    path="项目/发布计划.md",
    line=9,
    title="发布计划",
    headings=("发布计划", "时间"),
)
ALL = (PLAN, PRICING, CHINESE_PLAN)


@dataclass
class SpeakingModel:
    """A model that says its pieces, then fails or finishes, and remembers what it was asked."""

    pieces: Sequence[str]
    finish_reason: str | None = "stop"
    usage: Usage | None = None
    error: ModelError | None = None
    demonstration: bool = False
    model: str = "speaker"
    provider: str = "test"
    place: str = "local"
    asked: list[ChatRequest] = field(default_factory=list)
    closed_early: bool = False

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        self.asked.append(request)
        try:
            for piece in self.pieces:
                await asyncio.sleep(0)
                yield Delta(piece)
        except GeneratorExit:
            self.closed_early = True
            raise
        if self.error is not None:
            raise self.error
        yield Delta("", self.finish_reason, self.usage)

    async def close(self) -> None:
        pass


@dataclass
class FixedSearch:
    """A search that always finds the same and remembers the queries."""

    found: Sequence[Passage]
    queries: list[SearchQuery] = field(default_factory=list)

    async def __call__(self, query: SearchQuery) -> list[Passage]:
        self.queries.append(query)
        return list(self.found)


def events_of(
    request: AskRequest, found: Sequence[Passage], model: ChatModel | None, **options: object
) -> list[AskEvent]:
    """Return all events of one request."""

    async def run() -> list[AskEvent]:
        asked = answer(request, search=FixedSearch(found), model=model, **options)  # type: ignore[arg-type]
        return [event async for event in asked]

    return asyncio.run(run())


def answer_of(request: AskRequest, found: Sequence[Passage], model: ChatModel | None) -> Answer:
    """Return the answer that ends a request."""
    last = events_of(request, found, model)[-1]
    assert isinstance(last, Answered)
    return last.answer


def real_passages(name: str) -> tuple[list[Passage], dict[str, str], dict[str, str]]:
    """Return paragraphs of a real data set, its questions by id, and the paragraph's id for each."""
    folder = DATA / "retrieval" / name
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    passages = [
        Passage(row["id"], row["id"], "", (), 1, 1 + row["text"].count("\n"), row["text"], "", 0.0)
        for row in rows
    ]
    asked = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    right = [line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return passages, {row["id"]: row["text"] for row in asked}, {line[0]: line[1] for line in right}
