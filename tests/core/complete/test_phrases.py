"""The phrases of a vault while its notes come, change and go."""

import random
import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.complete.phrases import LONGEST_NOTE, Phrases
from core.complete.segment import DEPTH
from tests.core.complete.helpers import phrases_of


def following(phrases, before, own="", limit=20):
    return sorted(echo.text for echo in phrases.echoes(before, own=own, limit=limit) if echo.agreed >= 3)


def test_what_followed_elsewhere_is_found_with_its_note_and_agreement():
    (echo, *_) = phrases_of("测试版在三月发布。").echoes("我们的测试版在", own="", limit=5)
    assert (echo.note, echo.agreed, echo.text) == ("0.md", 4, "三月发布。")


def test_an_echo_tells_what_stands_ahead_of_it():
    found = phrases_of("用Elasticsearch", "Elastic").echoes("在Ela", own="", limit=5)
    assert {echo.ahead: echo.text for echo in found if echo.agreed == 3} == {"用": "sticsearch", "": "stic"}


def test_the_longest_agreement_comes_first_across_segments():
    phrases = Phrases()
    for number, text in enumerate(["b cd one", "ab cd two", "xab cd three"]):
        phrases.replace([(f"{number}.md", text)])
    found = phrases.echoes("xab cd", own="", limit=3)
    assert [(echo.agreed, echo.text) for echo in found] == [(6, " three"), (5, " two"), (4, " one")]


def test_the_note_that_is_written_is_no_evidence():
    phrases = phrases_of("测试版在三月发布", "测试版在四月发布")
    assert following(phrases, "测试版在", own="0.md") == ["四月发布"]


def test_a_changed_note_speaks_with_its_new_text_alone():
    phrases = phrases_of("测试版在三月发布")
    phrases.replace([("0.md", "测试版在五月发布")])
    assert following(phrases, "测试版在") == ["五月发布"]
    assert phrases.notes == 1


def test_a_removed_note_is_silent():
    phrases = phrases_of("测试版在三月发布", "测试版在四月发布")
    phrases.remove(["0.md", "never there.md"])
    assert following(phrases, "测试版在") == ["四月发布"]


def test_many_small_changes_do_not_pile_up():
    phrases = Phrases()
    for number in range(200):
        phrases.replace([(f"{number % 20}.md", f"note {number % 20} says version {number}")])
    assert phrases.notes == 20
    assert len(phrases._segments) <= 10
    assert phrases.characters < 3 * 20 * 30
    (echo, *_) = phrases.echoes("note 7 says version ", own="", limit=1)
    assert echo.text == "187"


def test_memory_is_bounded_and_what_does_not_fit_is_left_out_whole():
    phrases = Phrases(most_characters=100)
    phrases.replace((f"{number}.md", f"the same words {number:03}") for number in range(50))
    assert phrases.characters <= 100
    assert phrases.notes == 5
    phrases.replace([("0.md", "x" * 90)])
    assert following(phrases, "the same words ") == ["001", "002", "003", "004"]


def test_a_changed_note_has_the_room_it_had():
    phrases = Phrases(most_characters=100)
    phrases.replace((f"{number}.md", f"the same words {number:03}") for number in range(50))
    phrases.replace([("3.md", "the same words new")])
    assert following(phrases, "the same words ") == ["000", "001", "002", "004", "new"]


def test_of_a_huge_note_only_the_beginning_is_read():
    phrases = phrases_of("a" * (LONGEST_NOTE + 1000))
    assert phrases.characters == LONGEST_NOTE + 1


def test_an_empty_vault_has_nothing_to_say():
    assert not Phrases().echoes("anything", own="", limit=5)
    assert not phrases_of("text").echoes("", own="", limit=5)


def test_readers_are_never_disturbed_by_a_writer():
    phrases, wrong, done = phrases_of(*["version 0 of the note"] * 5), [], threading.Event()

    def read():
        while not done.is_set():
            wrong.extend(
                e
                for e in phrases.echoes("version ", own="", limit=9)
                if e.agreed == 8 and not e.text[0].isdigit()
            )

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(60):
        phrases.replace([(f"{turn % 5}.md", f"version {turn} of the note")])
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.text(alphabet="ab我 ", max_size=30)), max_size=25), st.randoms()
)
def test_whatever_changes_the_newest_texts_are_what_speaks(changes, order: random.Random):
    phrases, newest = Phrases(), dict[str, str]()
    for number, text in changes:
        name = f"{number}.md"
        if order.random() < 0.2:
            phrases.remove([name])
            newest.pop(name, None)
        else:
            phrases.replace([(name, text)])
            newest[name] = text
    fresh = Phrases()
    fresh.replace(newest.items())
    for context in ("a", "ab", "我 a", "bb"):
        found = phrases.echoes(context, own="", limit=200)
        expected = fresh.echoes(context, own="", limit=200)
        assert sorted((e.agreed, e.note, e.text) for e in found) == sorted(
            (e.agreed, e.note, e.text) for e in expected
        )
    assert DEPTH >= 20
