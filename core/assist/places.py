"""The page or minute of quotes and citations from a document that was sent whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.assist.model import Answered, AskEvent, Citation, Quote, QuotesFound
from core.documents.naming import is_document

LabelAt = Callable[[str, int], str]
"""Returns the page, slide or minute that a line of the document at a path is on; empty where it has none."""


def with_places(event: AskEvent, label_at: LabelAt) -> AskEvent:
    """Return the event with the page of everything that names a document without one."""
    if isinstance(event, QuotesFound):
        return replace(event, quotes=tuple(_quote(quote, label_at) for quote in event.quotes))
    if isinstance(event, Answered):
        citations = tuple(_citation(citation, label_at) for citation in event.answer.citations)
        return replace(event, answer=replace(event.answer, citations=citations))
    return event


def _quote(quote: Quote, label_at: LabelAt) -> Quote:
    passage = quote.passage
    if passage.label or not is_document(passage.path):
        return quote
    return replace(quote, passage=replace(passage, label=label_at(passage.path, quote.line)))


def _citation(citation: Citation, label_at: LabelAt) -> Citation:
    if citation.label or not is_document(citation.path):
        return citation
    return replace(citation, label=label_at(citation.path, citation.start_line))
