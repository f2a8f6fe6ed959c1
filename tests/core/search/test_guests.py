"""Places for the other language."""

from __future__ import annotations

from core.index.model import Scored
from core.search.fusion import Candidate, Ranking
from core.search.guests import seat_guests
from tests.core.index.fakes import row


def candidate(note, score, lang="zh", meaning=0.0, place=0):
    return Candidate(row(note, place, lang=lang), {"words": score - meaning, "meaning": meaning})


def opinion(candidates, closeness):
    return Ranking("second", [Scored(c.row, closeness[c.row.note_id]) for c in candidates])


def order(candidates):
    return [c.row.note_id for c in candidates]


def seated(candidates, closeness, lang="zh"):
    return order(seat_guests(candidates, opinion(candidates, closeness), lang))


HOSTS = [candidate(f"h{n}", 10.0 - n) for n in range(6)]


def test_a_close_guest_sits_after_the_second_note():
    found = [*HOSTS, candidate("g", -1.0, "en")]
    assert seated(found, {f"h{n}": 0.6 for n in range(6)} | {"g": 0.55}) == [
        "h0",
        "h1",
        "g",
        "h2",
        "h3",
        "h4",
        "h5",
    ]


def test_a_guest_that_is_far_stays_where_it_is():
    found = [*HOSTS, candidate("g", -1.0, "en")]
    assert seated(found, {f"h{n}": 0.6 for n in range(6)} | {"g": 0.4})[-1] == "g"


def test_two_guests_at_most_the_nearest_in_meaning_first():
    found = [*HOSTS, *(candidate(f"g{n}", -1.0 - n, "en", meaning=n) for n in range(4))]
    close = {f"h{n}": 0.6 for n in range(6)} | {f"g{n}": 0.6 for n in range(4)}
    assert seated(found, close) == ["h0", "h1", "g3", "h2", "h3", "g2", "h4", "h5", "g0", "g1"]


def test_one_passage_of_a_note_is_seated():
    found = [*HOSTS, candidate("g", -1.0, "en", place=0), candidate("g", -2.0, "en", place=1)]
    result = seat_guests(found, opinion(found, {f"h{n}": 0.6 for n in range(6)} | {"g": 0.6}), "zh")
    assert [c.row.id for c in result if c.row.note_id == "g"] == ["g:0", "g:1"]
    assert order(result).index("g") == 2
    assert order(result)[-1] == "g"


def test_a_guest_that_sits_higher_already_is_left_there():
    found = [candidate("g", 20.0, "en"), *HOSTS]
    assert seated(found, {f"h{n}": 0.6 for n in range(6)} | {"g": 0.9})[0] == "g"


def test_passages_of_one_host_take_one_place():
    found = [
        candidate("h", 10.0, place=0),
        candidate("h", 9.0, place=1),
        candidate("i", 8.0),
        candidate("j", 7.0),
    ]
    found.append(candidate("g", 0.0, "en"))
    assert seated(found, {"h": 0.6, "i": 0.6, "j": 0.6, "g": 0.6}) == ["h", "h", "i", "g", "j"]


def test_without_opinion_language_or_hosts_nobody_is_seated():
    found = [*HOSTS, candidate("g", -1.0, "en")]
    close = {f"h{n}": 0.6 for n in range(6)} | {"g": 0.6}
    assert order(seat_guests(found, Ranking("second", []), "zh"))[-1] == "g"
    assert seated(found, close, lang="")[-1] == "g"
    assert seated([candidate("g", 1.0, "en")], {"g": 0.6}) == ["g"]


def test_the_seat_is_told_as_a_signal():
    found = [*HOSTS, candidate("g", -1.0, "en")]
    result = seat_guests(found, opinion(found, {f"h{n}": 0.6 for n in range(6)} | {"g": 0.6}), "zh")
    assert [c.row.note_id for c in result if "guest" in c.signals] == ["g"]
