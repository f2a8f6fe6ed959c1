"""Back and forward."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.history import LONGEST, History, Place

A, B, C = Place("a.md", 3), Place("b.md"), Place("c.md", 9)


def test_back_and_forward_retrace_the_steps():
    history = History()
    history.leave(A)
    history.leave(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert not history.can_go_back
    assert history.forward(A) == B
    assert history.forward(B) == C


def test_a_new_way_forgets_what_lay_ahead():
    history = History()
    history.leave(A)
    history.back(B)
    history.leave(A)
    assert not history.can_go_forward


def test_the_same_place_twice_counts_once():
    history = History()
    history.leave(A)
    history.leave(A)
    assert history.back(B) == A
    assert history.back(A) is None


def test_a_renamed_note_is_found_under_its_new_path():
    history = History()
    history.leave(A)
    history.rename("a.md", "z.md")
    assert history.back(B) == Place("z.md", 3)


def test_a_note_that_is_gone_is_passed_over():
    history = History()
    history.leave(A)
    history.leave(B)
    history.forget("b.md")
    assert history.back(C) == A


@given(st.lists(st.sampled_from(["leave", "back", "forward"]), max_size=60))
def test_no_walk_makes_it_fail(steps):
    history, here = History(), A
    for number, step in enumerate(steps):
        if step == "leave":
            history.leave(here)
            here = Place(f"{number}.md")
        else:
            here = getattr(history, step)(here) or here
    assert isinstance(here, Place)


def test_it_does_not_grow_for_ever():
    history = History()
    for number in range(LONGEST * 2):
        history.leave(Place(f"{number}.md"))
    count = 0
    while history.back(None):
        count += 1
    assert count == LONGEST
