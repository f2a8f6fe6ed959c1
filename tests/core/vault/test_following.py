"""The note to stay with: the one that somebody writes in."""

from hypothesis import given
from hypothesis import strategies as st

from core.vault.following import GAP_S, MOST, OUTSIDE_S, SETTLE_S, Following


def followed(following, now):
    return following.take(now) or following.present


def test_the_note_saved_last_is_followed_once_things_are_quiet():
    following = Following()
    following.outside_saves(["a.md"], 0.0)
    assert following.take(0.0) == ""
    assert following.next_due() == SETTLE_S
    assert following.take(SETTLE_S) == "a.md"
    assert following.present == "a.md"
    assert following.next_due() is None


def test_of_two_saved_in_a_row_only_the_last_is_ever_shown():
    following = Following()
    following.outside_saves(["a.md"], 0.0)
    following.outside_saves(["b.md"], 0.2)
    assert following.take(SETTLE_S) == ""
    assert following.take(0.2 + SETTLE_S) == "b.md"


def test_a_save_of_the_note_that_is_followed_stops_a_change_to_another():
    following = Following()
    following.stay_with("a.md")
    following.outside_saves(["b.md"], 0.0)
    following.outside_saves(["a.md"], 0.1)
    assert following.next_due() is None
    assert following.present == "a.md"


def test_many_notes_at_once_are_a_sync_and_change_nothing():
    following = Following()
    following.stay_with("a.md")
    following.outside_saves([f"{n}.md" for n in range(2000)], 0.0)
    assert followed(following, 5.0) == "a.md"


def test_one_after_the_other_they_are_a_sync_as_well_and_the_person_is_heard_afterwards():
    following, now = Following(), 0.0
    following.stay_with("a.md")
    for number in range(20):
        now += SETTLE_S / 2
        following.outside_saves([f"{number}.md"], now)
        assert following.take(now) == ""
    assert followed(following, now + 1) == "a.md"
    now += GAP_S
    following.outside_saves(["b.md"], now)
    assert following.take(now + SETTLE_S) == "b.md"


def test_our_own_save_counts_while_nobody_else_saves():
    following = Following()
    following.own_save("a.md", 0.0)
    assert following.take(SETTLE_S) == "a.md"


def test_another_programs_save_wins_over_ours_for_a_while():
    following = Following()
    following.outside_saves(["theirs.md"], 0.0)
    assert following.take(SETTLE_S) == "theirs.md"
    following.own_save("ours.md", OUTSIDE_S - 1)
    assert following.next_due() is None
    following.own_save("ours.md", OUTSIDE_S)
    assert following.take(OUTSIDE_S + SETTLE_S) == "ours.md"


def test_a_note_that_is_gone_is_not_followed():
    following = Following()
    following.outside_saves(["a.md"], 0.0)
    following.gone("a.md")
    assert following.take(9.0) == ""
    following.stay_with("b.md")
    following.gone("b.md")
    assert following.present == ""


EVENTS = st.lists(
    st.tuples(st.floats(0, 3), st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5), st.booleans()),
    max_size=30,
)


@given(EVENTS)
def test_it_never_moves_twice_within_the_time_to_settle_and_only_to_a_note_that_was_saved(events):
    following, now, moved, seen = Following(), 0.0, float("-inf"), {""}
    for pause, paths, is_own in events:
        now += pause
        if taken := following.take(now):
            assert now - moved >= SETTLE_S
            moved = now
            assert taken in seen
        if is_own:
            following.own_save(paths[0], now)
        else:
            following.outside_saves(paths, now)
        seen |= set(paths)
        assert following.present in seen


@given(st.integers(MOST + 1, 50), st.floats(0, GAP_S - 0.01))
def test_a_run_of_saves_however_spaced_moves_at_most_as_often_as_a_person_could(count, pause):
    following, now, moves = Following(), 0.0, 0
    for number in range(count):
        now += pause
        moves += bool(following.take(now))
        following.outside_saves([str(number)], now)
    moves += bool(following.take(now + 60))
    assert moves <= MOST
