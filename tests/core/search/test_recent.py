"""Searches that were just made are not made again, unless the index has changed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.errors import IndexDamaged
from core.search import recent
from core.search.model import Passage, SearchQuery
from core.search.recent import RecentSearches


class Store:
    """The one thing that is asked of a store here."""

    version = 1


class Searching:
    """Notes what was looked for; each search gives another result."""

    def __init__(self):
        self.asked = []
        self.problem = None

    def __call__(self, query):
        self.asked.append(query.text)
        if self.problem is not None:
            raise self.problem
        number = len(self.asked)
        return [Passage(f"{number}", "a.md", "A", (), 1, 1, query.text, "en", 1.0)]


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def searching():
    return Searching()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def searches(searching, store, clock):
    return RecentSearches(searching, store, clock=clock)


def test_the_same_search_is_made_once(searches, searching):
    first = searches.search(SearchQuery("数据库 backup"))
    assert searches.search(SearchQuery("数据库 backup")) == first
    assert searching.asked == ["数据库 backup"]


def test_another_limit_or_scope_is_another_search(searches, searching):
    searches.search(SearchQuery("a"))
    searches.search(SearchQuery("a", limit=3))
    assert len(searching.asked) == 2


def test_what_one_caller_does_to_the_list_is_not_seen_by_the_next(searches):
    searches.search(SearchQuery("a")).clear()
    assert len(searches.search(SearchQuery("a"))) == 1


def test_a_changed_index_is_searched_again(searches, searching, store):
    before = searches.search(SearchQuery("a"))
    store.version = 2
    assert searches.search(SearchQuery("a")) != before
    assert len(searching.asked) == 2


def test_an_old_search_is_made_again(searches, searching, clock):
    searches.search(SearchQuery("a"))
    clock.now += recent.SECONDS - 1
    searches.search(SearchQuery("a"))
    clock.now += 2
    searches.search(SearchQuery("a"))
    assert len(searching.asked) == 2


def test_a_failure_is_told_and_not_remembered(searches, searching):
    searching.problem = IndexDamaged("torn")
    for _ in range(2):
        with pytest.raises(IndexDamaged):
            searches.search(SearchQuery("a"))
    searching.problem = None
    assert searches.search(SearchQuery("a"))
    assert len(searching.asked) == 3


def test_only_the_latest_are_kept(searches, searching):
    for number in range(recent.KEPT + 1):
        searches.search(SearchQuery(f"{number}"))
    searches.search(SearchQuery(f"{recent.KEPT}"))
    searches.search(SearchQuery("0"))
    assert searching.asked[-1] == "0"
    assert len(searching.asked) == recent.KEPT + 2


def test_who_asks_while_it_is_under_way_waits_for_the_same_search(store):
    begun, may_end = threading.Event(), threading.Event()
    asked = []

    def slow(query):
        asked.append(query)
        begun.set()
        may_end.wait(60)
        return [Passage("1", "a.md", "A", (), 1, 1, "x", "en", 1.0)]

    searches = RecentSearches(slow, store)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(searches.search, SearchQuery("a"))
        assert begun.wait(60)
        second = pool.submit(searches.search, SearchQuery("a"))
        may_end.set()
        assert first.result(60) == second.result(60)
    assert len(asked) == 1
