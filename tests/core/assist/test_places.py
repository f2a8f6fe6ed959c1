"""Where in a document that went along whole something stands."""

from dataclasses import replace

from core.assist.model import Answer, Answered, Citation, Finish, Quote, QuotesFound, TextAdded
from core.assist.places import with_places
from core.llm.chat import Tier, Usage
from core.search.model import Passage

DOCUMENT = "document://会议.mp3"


def a_quote(n, path="Plan.md", line=1):
    return Quote(n, "words", Passage("id", path, "", (), 1, 9, "words", "en", 1.0), line)


def a_citation(n, path="Plan.md", line=1):
    return Citation(n, path, (), line, line, "words", verified=True)


def an_answer(*citations):
    usage = Usage()
    return Answer("x", citations, Finish.COMPLETE, "m", "p", Tier.FAST, usage, None, None, 1.0, "trace")


def label_at(path, line):
    assert path == DOCUMENT
    return f"{line}:00"


def test_quotes_and_citations_get_the_place_of_their_own_line():
    quote, other = a_quote(1, path=DOCUMENT, line=3), a_quote(2)
    found = with_places(QuotesFound((quote, other), (quote.passage,)), label_at)
    assert [one.passage.label for one in found.quotes] == ["3:00", ""]
    cited = (a_citation(1, DOCUMENT, line=7), a_citation(2))
    told = with_places(Answered(an_answer(*cited)), label_at)
    assert [one.label for one in told.answer.citations] == ["7:00", ""]


def test_a_place_that_is_known_and_other_events_stay_as_they_are():
    known = replace(a_citation(1, DOCUMENT), label="p. 3")
    event = Answered(an_answer(known))
    assert with_places(event, label_at) == event
    assert with_places(TextAdded("word"), label_at) == TextAdded("word")
