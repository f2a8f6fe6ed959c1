"""Candidates and checks on their way to the panel: order, gathering, and silence after the end."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QThread

from core.assist.model import (
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    CheckDone,
    CheckedClaim,
    CheckRequest,
    Claim,
    ClaimChecked,
    ClaimsFound,
    Finish,
    ModelChosen,
    Verdict,
    WriteRequest,
    Written,
)
from core.errors import ModelTimedOut
from core.llm.chat import Tier, Usage
from core.prompts.model import PromptList
from desktop.bridge.engine_bridge import EngineBridge

CHOSEN = ModelChosen("m", "p", "local", demonstration=False)
FIRST = Candidate(1, "短一点", Finish.COMPLETE)
WRITTEN = Written((FIRST,), "shorten", 1, "m", "p", Tier.FAST, Usage(), 0.0, 1.0, 2.0, "t")
CLAIM = Claim(1, "水在零度结冰。", 0, 7, 1)
CHECKED = CheckedClaim(CLAIM, Verdict.NOT_FOUND, ())


class Link:
    """Plays one stream on a thread of its own, when told to."""

    def __init__(self):
        self.assist = self
        self.cancelled = False
        self.thread = ThreadPoolExecutor(1)

    def write(self, request, *, on_event, on_failed):
        self.on_event, self.on_failed, self.request = on_event, on_failed, request
        return self

    check = write

    def prompts(self, language):
        future = Future()
        self.thread.submit(future.set_result, PromptList(()))
        return future

    def cancel(self):
        self.cancelled = True

    def play(self, *events):
        for event in events:
            self.thread.submit(self.on_event, event).result(60)

    def fail(self, error):
        self.thread.submit(self.on_failed, error).result(60)


@pytest.fixture
def link():
    made = Link()
    yield made
    made.thread.shutdown()


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


def heard(handle, *names):
    """Collect the signals of these names with what they carry."""
    got = []
    for name in names:
        getattr(handle, name).connect(lambda *values, name=name: got.append((name, *values)))
    return got


def test_candidates_arrive_in_order_and_the_words_of_each_together(bridge, link, qtbot):
    handle = bridge.assist.write(WriteRequest("shorten"))
    got = heard(
        handle,
        "model_chosen",
        "text_added",
        "candidate_done",
        "candidate_dropped",
        "candidate_failed",
        "written",
    )
    error = ModelTimedOut()
    added = [
        CandidateAdded(1, "短"),
        CandidateAdded(2, "简"),
        CandidateAdded(1, "一点"),
        CandidateAdded(2, "短"),
    ]
    ends = [CandidateDone(FIRST), CandidateDropped(2, 1), CandidateFailed(3, error), WRITTEN]
    link.play(CHOSEN, *added, *ends)
    qtbot.waitUntil(lambda: got[-1:] == [("written", WRITTEN)])
    texts = {
        n: "".join(text for name, *rest in got if name == "text_added" and rest[0] == n for text in rest[1:])
        for n in (1, 2)
    }
    assert texts == {1: "短一点", 2: "简短"}
    assert got[0] == ("model_chosen", CHOSEN)
    assert got[-4:] == [
        ("candidate_done", FIRST),
        ("candidate_dropped", 2, 1),
        ("candidate_failed", 3, error),
        ("written", WRITTEN),
    ]


def test_words_of_candidates_reach_the_gui_thread(bridge, link, qtbot, qapp):
    handle = bridge.assist.write(WriteRequest("shorten"))
    threads = []
    handle.text_added.connect(lambda _n, _text: threads.append(QThread.currentThread()))
    link.play(CandidateAdded(1, "x"))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [qapp.thread()]


def test_nothing_comes_after_cancel_and_the_engine_is_told(bridge, link, qtbot, qapp):
    handle = bridge.assist.write(WriteRequest("shorten"))
    got = heard(handle, "text_added", "written", "failed")
    handle.cancel()
    link.play(CandidateAdded(1, "late"), WRITTEN)
    link.fail(ModelTimedOut())
    qapp.processEvents()
    assert got == []
    assert link.cancelled


def test_words_so_far_are_shown_before_the_error(bridge, link, qtbot):
    handle = bridge.assist.write(WriteRequest("shorten"))
    got = heard(handle, "text_added", "failed")
    link.play(CandidateAdded(1, "a"), CandidateAdded(1, "b"))
    error = ModelTimedOut()
    link.fail(error)
    qtbot.waitUntil(lambda: ("failed", error) in got)
    assert "".join(text for name, *rest in got if name == "text_added" for text in rest[1:]) == "ab"
    assert got[-1] == ("failed", error)


def test_a_check_tells_its_claims_then_each_verdict_then_the_end(bridge, link, qtbot):
    handle = bridge.assist.check(CheckRequest(CLAIM.text))
    got = heard(handle, "claims_found", "claim_checked", "checked", "failed")
    done = CheckDone((CHECKED,), "", 0.0, "t")
    link.play(ClaimsFound((CLAIM,)), ClaimChecked(CHECKED), done)
    link.fail(ModelTimedOut())  # after the end nothing counts
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == [("claims_found", (CLAIM,)), ("claim_checked", CHECKED), ("checked", done)]


def test_a_call_with_one_result_is_delivered_on_the_gui_thread(bridge, qtbot, qapp):
    got = []
    bridge.assist.prompts(
        "zh", done=lambda found: got.append((found, QThread.currentThread())), failed=got.append
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(PromptList(()), qapp.thread())]
