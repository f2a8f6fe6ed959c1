"""Which notes the leading passages recommend, by the links of a real index."""

from __future__ import annotations

import pytest

from core.index.links import LinkGraph
from core.search.fusion import Candidate
from core.search.recommended import LINKED, LINKING_PASSAGES, weigh_links
from tests.core.index.fakes import write

LONG = "A paragraph of its own, so long that the sections are not packed together. " * 30
NOTES = {
    "home.md": f"# Home\n\nSee [[Launch]].\n\n{LONG}\n\n## Money\n\n[[Pricing]] and [[Churn]]\n\n{LONG}",
    "Launch.md": "# Launch\n\nIn March.",
    "Pricing.md": "# Pricing\n\nNine dollars.",
    "Churn.md": "# Churn\n\nThree percent.",
    "Other.md": "# Other\n\nRivers.",
}


@pytest.fixture
def candidates(index, indexer, vault):
    """The first passage below each heading, by its path and the heading; none of them was asked for."""
    write(vault, NOTES)
    indexer.update()
    entries = index.catalog.entries(list(NOTES)).values()
    rows = index.store.rows_of([entry.id for entry in entries])
    return {(row.path, row.heading_path[-1]): Candidate(row, {"words": 0.0}) for row in reversed(rows)}


@pytest.fixture
def weigh(index):
    return lambda candidates: weigh_links(candidates.values(), LinkGraph(index.catalog))


def recommended(candidates):
    return {path for (path, _), candidate in candidates.items() if "links" in candidate.signals}


def test_a_leading_passage_recommends_what_its_own_lines_link_to(candidates, weigh):
    candidates["home.md", "Home"].signals["words"] = 6.0
    weigh(candidates)
    assert recommended(candidates) == {"Launch.md"}
    mean = 6.0 / len(candidates)
    assert candidates["Launch.md", "Launch"].signals["links"] == pytest.approx(LINKED * (6.0 - mean))


def test_who_links_to_many_says_less_of_each(candidates, weigh):
    candidates["home.md", "Money"].signals["words"] = 6.0
    weigh(candidates)
    assert recommended(candidates) == {"Pricing.md", "Churn.md"}
    mean = 6.0 / len(candidates)
    said = candidates["Churn.md", "Churn"].signals["links"]
    assert said == pytest.approx(LINKED * (6.0 - mean) / 2**0.25)


def test_the_passage_that_says_most_of_a_note_counts(candidates, weigh):
    candidates["home.md", "Home"].signals["words"] = 6.0
    candidates["home.md", "Money"].signals["words"] = 8.0
    weigh(candidates)
    assert recommended(candidates) == {"Launch.md", "Pricing.md", "Churn.md"}


def test_nobody_leads_where_all_are_equal(candidates, weigh):
    weigh(candidates)
    assert recommended(candidates) == set()


def test_only_the_leading_passages_are_heard(candidates, weigh):
    candidates["home.md", "Home"].signals["words"] = 1.0
    louder = candidates["Other.md", "Other"].row
    for number in range(LINKING_PASSAGES):
        candidates["Other.md", str(number)] = Candidate(louder, {"words": 6.0})
    for number in range(3 * LINKING_PASSAGES):  # they keep the mean below what the linking passage has
        candidates["Other.md", f"quiet {number}"] = Candidate(louder, {"words": -6.0})
    weigh(candidates)
    assert recommended(candidates) == set()


def test_without_candidates_there_is_nothing_to_say(weigh):
    weigh({})
