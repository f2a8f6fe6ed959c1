"""Scores in time or none: what the search gets of a cross-encoder, whatever that one does."""

import multiprocessing

import pytest

from core.index.reranking.client import REST_SECONDS, TIRED_AFTER, Reranker
from core.index.reranking.process import Loaded


class Ear:
    """The child's end of the pipe, in the hands of the test."""

    def __init__(self):
        self.started = []
        self.closed = 0

    def __call__(self, name):
        ours, self.pipe = multiprocessing.Pipe()
        self.started.append(name)
        ear = self

        class Held:
            connection = ours

            def close(self):
                ear.closed += 1
                ours.close()

        return Held()

    def say(self, message):
        self.pipe.send(message)

    def asked(self):
        """Return the request that was put."""
        assert self.pipe.poll(5)
        return self.pipe.recv()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def ear():
    ear = Ear()
    yield ear
    if ear.started:
        ear.pipe.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def reranker(ear, clock):
    made = Reranker("bge", start=ear, clock=clock)
    yield made
    made.close()


@pytest.fixture
def ready(reranker, ear):
    reranker.prepare()
    ear.say(Loaded(reads_chinese=True))
    return reranker


def test_the_first_question_starts_it_and_does_not_wait(reranker, ear):
    assert reranker.scores("q", ["a"], 60.0) is None
    assert ear.started == ["bge"]
    assert reranker.scores("q", ["a"], 60.0) is None  # still loading
    assert ear.started == ["bge"]
    assert not reranker.reads_chinese


def test_once_it_is_loaded_it_is_asked(ready, ear):
    ear.say([0.5, 0.25])  # an answer that is there before the question is as quick as can be
    assert ready.scores("三月?", ["甲", "乙"], 0.2) == [0.5, 0.25]
    request = ear.asked()
    assert (request.question, request.passages, request.seconds) == ("三月?", ("甲", "乙"), 0.2)
    assert ready.reads_chinese


def test_a_late_answer_is_not_taken_for_that_of_the_next_question(ready, ear):
    assert ready.scores("first", ["a", "b"], 0.0) is None
    assert ready.scores("second", ["c", "d"], 0.0) is None  # it is not asked while it owes an answer
    ear.say([1.0, 2.0])  # to the first
    ear.asked()
    ear.pipe.poll(0)
    ready.prepare()
    ear.say([3.0, 4.0])
    assert ready.scores("third", ["e", "f"], 5.0) == [3.0, 4.0]
    assert ear.asked().question == "third"


def test_a_model_that_is_always_late_is_left_alone_for_a_while(ready, ear, clock):
    for _ in range(TIRED_AFTER):
        ear.say(None)  # it has looked at the clock itself
        assert ready.scores("q", ["a", "b"], 5.0) is None
        ear.asked()
    ear.say([1.0, 2.0])
    assert ready.scores("q", ["a", "b"], 5.0) is None
    assert not ear.pipe.poll(0)
    clock.now = REST_SECONDS + 1
    assert ready.scores("q", ["a", "b"], 5.0) == [1.0, 2.0]


def test_a_good_answer_between_makes_up_for_late_ones(ready, ear):
    for answer in [None, None, [1.0], None, None, [2.0]]:
        ear.say(answer)
        assert ready.scores("q", ["a"], 5.0) == answer


def test_a_model_that_cannot_be_loaded_says_why_and_is_not_tried_at_once_again(reranker, ear, clock):
    reranker.prepare()
    ear.say(ValueError("no such folder"))
    reranker.prepare()
    assert reranker.problem == "no such folder"
    assert ear.closed == 1
    assert reranker.scores("q", ["a"], 5.0) is None
    assert len(ear.started) == 1
    clock.now = REST_SECONDS + 1
    reranker.prepare()
    assert len(ear.started) == 2


@pytest.mark.parametrize("way", ["died", "failed"])
def test_a_process_that_breaks_costs_the_order_and_not_the_answer(ready, ear, way):
    ready.prepare()
    if way == "died":
        ear.pipe.close()
    else:
        ear.say(ValueError("out of memory"))
    assert ready.scores("q", ["a"], 5.0) is None
    assert ready.problem
    assert not ready.reads_chinese


def test_an_answer_of_another_length_is_none(ready, ear):
    ear.say([1.0])
    assert ready.scores("q", ["a", "b"], 5.0) is None


def test_no_process_to_be_had_is_no_error_either(clock):
    def none_left(_name):
        raise OSError("too many processes")

    reranker = Reranker("bge", start=none_left, clock=clock)
    assert reranker.scores("q", ["a"], 5.0) is None
    assert reranker.problem == "too many processes"
    reranker.close()
