"""Passages in an order that a cross-encoder has a say in, where it may and is in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.model import Passage, SearchMode, SearchQuery
from core.search.reranked import LONGEST, READ, RerankedSearcher


def passage(name, text="English words"):
    return Passage(name, f"{name}.md", "", (), 1, 2, text, "en", 1.0, {"words": 1.0})


class Finds:
    """Finds the same passages for everything."""

    def __init__(self, *passages):
        self.passages = list(passages)
        self.queries = []

    def search(self, query):
        self.queries.append(query)
        return self.passages[: query.limit]


class Judge:
    """Scores by what the test says of each text."""

    def __init__(self, scores=None, *, reads_chinese=True):
        self.reads_chinese = reads_chinese
        self.given = scores
        self.read = []
        self.prepared = 0

    def prepare(self):
        self.prepared += 1

    def scores(self, question, passages, seconds):
        self.read.append((question, list(passages), seconds))
        return self.given(passages) if callable(self.given) else self.given


def names(found):
    return [one.id for one in found]


FOUND = [passage(name, f"text {name}") for name in "abcdef"]


def last_first(passages):
    return [float(n) for n in range(len(passages))]


def test_its_rank_counts_for_more_than_the_first_one():
    found = RerankedSearcher(Finds(*FOUND), Judge(last_first)).search(SearchQuery("q"))
    assert names(found) == list("fedcba")
    assert found[0].signals == {"words": 1.0, "reranker": 5.0}


def test_the_first_rank_counts_too_and_of_equals_the_one_found_first_comes_first():
    found = RerankedSearcher(Finds(*FOUND), Judge([0.0] * 6)).search(SearchQuery("q"))
    assert names(found) == list("abcdef")
    swapped = RerankedSearcher(Finds(*FOUND), Judge([1.0, 2.0, 0.0, 0.0, 0.0, 9.0])).search(SearchQuery("q"))
    assert names(swapped) == ["b", "a", "f", "c", "d", "e"]


def test_where_it_agrees_nothing_changes():
    agree = RerankedSearcher(Finds(*FOUND), Judge(lambda texts: [-float(n) for n in range(len(texts))]))
    assert names(agree.search(SearchQuery("q"))) == list("abcdef")


def test_a_few_wanted_passages_are_the_best_of_many():
    many = [passage(f"{n:02}", f"text {n}") for n in range(40)]
    finds = Finds(*many)
    judge = Judge(lambda texts: [float(text.endswith(" 19")) for text in texts])
    found = RerankedSearcher(finds, judge).search(SearchQuery("q", limit=5))
    assert "19" in names(found)
    assert len(found) == 5
    assert finds.queries[0].limit == READ
    assert len(judge.read[0][1]) == READ


def test_what_comes_after_those_that_were_read_stays_behind_them():
    many = [passage(f"{n:02}", f"text {n}") for n in range(30)]
    found = RerankedSearcher(Finds(*many), Judge(last_first)).search(SearchQuery("q", limit=30))
    assert names(found)[READ:] == names(many)[READ:]
    assert sorted(names(found)) == names(many)


def test_too_late_changes_nothing():
    assert RerankedSearcher(Finds(*FOUND), Judge(None)).search(SearchQuery("q")) == FOUND


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery("q", mode=SearchMode.TEXT),
        SearchQuery("q", mode=SearchMode.VECTOR),
        SearchQuery("q", rerank=False),
        SearchQuery("  "),
    ],
)
def test_other_searches_are_left_alone(query):
    judge = Judge(last_first)
    finds = Finds(*FOUND)
    assert RerankedSearcher(finds, judge).search(query) == FOUND
    assert judge.read == []
    assert finds.queries == [query]


def test_one_passage_needs_no_order():
    judge = Judge(last_first)
    assert RerankedSearcher(Finds(FOUND[0]), judge).search(SearchQuery("q")) == FOUND[:1]
    assert judge.read == []


def test_an_english_model_is_never_given_a_chinese_question():
    judge = Judge(last_first, reads_chinese=False)
    assert RerankedSearcher(Finds(*FOUND), judge).search(SearchQuery("发布计划 beta")) == FOUND
    assert judge.read == []
    assert judge.prepared == 1


def test_an_english_model_leaves_chinese_passages_where_they_stand():
    mixed = [
        passage("a"),
        passage("中", "三月开放测试。"),
        passage("b"),
        passage("文", "beta 三月"),
        passage("c"),
    ]
    judge = Judge(last_first, reads_chinese=False)
    found = RerankedSearcher(Finds(*mixed), judge).search(SearchQuery("q"))
    assert names(found) == ["c", "中", "b", "文", "a"]
    assert all("三月" not in text for text in judge.read[0][1])


def test_a_model_that_reads_chinese_is_given_it():
    judge = Judge(last_first)
    RerankedSearcher(Finds(*FOUND), judge).search(SearchQuery("发布计划"))
    assert judge.read[0][0] == "发布计划"


def test_a_long_passage_is_put_to_it_only_in_part():
    judge = Judge(last_first)
    RerankedSearcher(Finds(passage("a", "x" * 9_000), passage("b")), judge).search(SearchQuery("q"))
    assert len(judge.read[0][1][0]) == LONGEST


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=READ))
def test_no_passage_is_lost_or_doubled_and_the_very_best_stays_in_sight(scores):
    many = [passage(f"{n:02}", f"text {n}") for n in range(len(scores))]
    found = RerankedSearcher(Finds(*many), Judge(list(scores))).search(SearchQuery("q", limit=50))
    assert sorted(names(found)) == names(many)
    best = max(range(len(scores)), key=lambda n: (scores[n], -n))
    assert names(found).index(f"{best:02}") <= best
