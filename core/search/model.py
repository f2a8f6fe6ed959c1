"""Values of the search layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.index.model import Scope


class SearchMode(StrEnum):
    """Which rankers take part."""

    HYBRID = "hybrid"
    VECTOR = "vector"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question to the index."""

    text: str
    limit: int = 10
    mode: SearchMode = SearchMode.HYBRID
    rerank: bool = True
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that retrieval returned, with its score and its place; lines from 1, inclusive."""

    id: str
    path: str
    title: str
    heading_path: tuple[str, ...]
    start_line: int
    end_line: int
    text: str
    lang: str
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    """What each signal contributed, for `--explain`."""
    label: str = ""
    """Of a document: the page, slide, rows .. it is on (`p. 3`)."""
