"""Formulas by a real child: what it draws, what ends it, and that it comes back."""

import multiprocessing
import signal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.formulas import client as client_module
from core.formulas.client import MINUTE, TIRED_AFTER, FormulaDrawer
from core.formulas.drawing import draw
from core.formulas.model import Request

ENDLESS = Request(r"\newcommand{\b}[2]\b?\b\color{red},\begin{tikzcd}\ket,\sqrt")
"""Found by trying at random: mathra 1.5.0 computes without end."""
SQUARE = Request("x^2")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Children:
    """Starts children that say what the test tells them to, in order, and then hang up."""

    def __init__(self, *lives):
        self.lives = list(lives)
        self.closed = 0

    def __call__(self):
        ours, theirs = multiprocessing.Pipe()
        for message in self.lives.pop(0):
            theirs.send_bytes(message)
        outer = self

        class Held:
            connection = ours

            def close(self):
                outer.closed += 1
                ours.close()
                theirs.close()

        return Held()


@pytest.fixture(scope="module")
def drawer():
    drawer = FormulaDrawer()
    yield drawer
    drawer.close()


@pytest.fixture
def clock():
    return Clock()


def pid(drawer):
    return drawer._child.process.pid


def test_a_child_draws_as_its_code_does(drawer):
    both = [SQUARE, Request(r"\frac{1"), Request(r"\text{速}=1", is_display=True, language="zh")]
    assert drawer.draw(both) == [draw(request) for request in both]


def test_one_child_draws_all(drawer):
    drawer.draw([SQUARE])
    first = pid(drawer)
    drawer.draw([SQUARE, SQUARE])
    assert pid(drawer) == first


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no clock of the processor")
def test_a_formula_that_computes_without_end_ends_only_its_child(drawer):
    assert drawer.draw([ENDLESS, SQUARE]) == [None, draw(SQUARE)]


def test_a_child_that_was_ended_from_outside_is_not_missed(drawer):
    drawer.draw([SQUARE])
    drawer._child.process.kill()
    drawer._child.process.join(10)
    assert drawer.draw([SQUARE]) == [draw(SQUARE)]


def test_the_child_fences_itself_in_before_it_listens(monkeypatch):
    from core.documents import sandbox

    entered = []
    monkeypatch.setattr(sandbox, "enter", lambda: entered.append(True))
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    monkeypatch.setattr("core.children.leave_interrupts_to_parent", lambda: None)
    monkeypatch.setattr("core.children.let_go_of_output", lambda: None)
    client_module.process.main(theirs)
    theirs.close()
    assert entered == [True]


@pytest.mark.parametrize("message", [b"", b"{", b"[]", b'{"svg": 1}', b"\xff"])
def test_a_child_that_talks_nonsense_is_ended(message, clock):
    children = Children([message])
    drawer = FormulaDrawer(start=children, clock=clock)
    assert drawer.draw([SQUARE]) == [None]
    assert children.closed == 1


def test_a_child_that_says_nothing_is_not_waited_for(clock):
    drawer = FormulaDrawer(start=Children([], []), clock=clock, wait_seconds=0)
    assert drawer.draw([SQUARE]) == [None]


def test_children_are_not_spent_without_end(clock):
    def start():
        started.append(clock.now)
        raise OSError("no process")

    started = []
    drawer = FormulaDrawer(start=start, clock=clock)
    assert drawer.draw([SQUARE] * 20) == [None] * 20
    assert len(started) == TIRED_AFTER
    clock.now = MINUTE + 1
    drawer.draw([SQUARE])
    assert started[-1] == clock.now


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from([*r"{}[]()^_&$%#~'\ ", "x", r"\frac", r"\\", r"\left", r"\begin{cases}", "中", "\0"])
    )
)
def test_nothing_that_is_written_makes_it_raise(drawer, parts):
    drawn = drawer.draw([Request("".join(parts)), SQUARE])
    assert drawn[1] == draw(SQUARE)
