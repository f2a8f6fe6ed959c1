"""Handles whatever the order: nothing after the end, nothing after a cancel, no word lost, none doubled."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from core import errors
from core.assist.model import (
    Answered,
    AskRequest,
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    CheckDone,
    CheckedClaim,
    Claim,
    ClaimChecked,
    ClaimsFound,
    Finish,
    HistorySummarised,
    ModelChosen,
    QuotesFound,
    TextAdded,
    Verdict,
)
from core.complete.model import CompletionRequest, Kind, Source, Suggestion
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.stream_handles import AskHandle, CheckHandle, WriteHandle
from tests.desktop.fake_assist import written
from tests.desktop.fake_link import FakeLink, a_quote, an_answer, model_chosen, quotes_found

PIECES = st.text(alphabet="三月 ab\n🐟", min_size=1, max_size=6)
CLAIM = Claim(1, "水在零度结冰。", 0, 7, 1)
ASK_EVENTS = st.one_of(
    PIECES.map(TextAdded),
    st.just(quotes_found(a_quote())),
    st.just(model_chosen()),
    st.just(HistorySummarised("早先说过的话", 3)),
    st.just(Answered(an_answer("三月"))),
    st.just(errors.ModelTimedOut()),
    st.sampled_from(["flush", "cancel"]),
)
WRITE_EVENTS = st.one_of(
    st.builds(CandidateAdded, st.integers(1, 3), PIECES),
    st.builds(lambda n: CandidateDone(Candidate(n, "三月", Finish.COMPLETE)), st.integers(1, 3)),
    st.builds(CandidateDropped, st.integers(1, 3), st.integers(0, 3)),
    st.builds(lambda n: CandidateFailed(n, errors.ModelTimedOut()), st.integers(1, 3)),
    st.just(model_chosen()),
    st.just(written()),
    st.just(errors.EngineStopped()),
    st.sampled_from(["flush", "cancel"]),
)
SIGNAL_OF = {
    QuotesFound: "quotes_found",
    ModelChosen: "model_chosen",
    HistorySummarised: "history_summarised",
    Answered: "answered",
}
ANSWER_SIGNALS = (*SIGNAL_OF.values(), "text_added", "failed")
WRITE_SIGNALS = (
    "text_added", "candidate_done", "candidate_dropped", "candidate_failed", "written", "failed",
)  # fmt: skip
ORDERS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Heard:
    """What a handle told, in order."""

    def __init__(self, handle, *names):
        self.told = []
        for name in names:
            getattr(handle, name).connect(lambda *values, name=name: self.told.append((name, *values)))

    @property
    def names(self):
        return [name for name, *_values in self.told]


class Stoppable:
    """The engine's side of a request."""

    def __init__(self):
        self.cancelled = 0

    def cancel(self):
        self.cancelled += 1


def play(handle, events):
    """Give the handle these events; returns those that came before an end or a cancel, and how it ended."""
    live, ending = [], ""
    for event in events:
        if event == "cancel":
            handle.cancel()
            ending = ending or "cancel"
        elif event == "flush":
            handle._flush()  # what the timer does
        else:
            if not ending:
                live.append(event)
            if isinstance(event, errors.PilotfishError):
                handle.fail(event)
                ending = ending or "fail"
            else:
                handle.handle(event)
                ending = ending or ("end" if type(event).__name__ in ("Answered", "Written") else "")
    return live, ending


@ORDERS
@given(st.lists(ASK_EVENTS, max_size=16))
def test_an_answer_in_any_order(qapp, events):
    handle, engine = AskHandle(), Stoppable()
    handle.started(engine)
    heard = Heard(
        handle, "quotes_found", "model_chosen", "history_summarised", "text_added", "answered", "failed"
    )
    live, ending = play(handle, events)
    said = "".join(event.text for event in live if isinstance(event, TextAdded))
    told = "".join(values[0] for name, *values in heard.told if name == "text_added")
    if ending != "cancel":
        handle._flush()
        told = "".join(values[0] for name, *values in heard.told if name == "text_added")
    assert said.startswith(told)
    assert told == said or ending == "cancel"
    ends = [name for name in heard.names if name in ("answered", "failed")]
    assert ends == {"end": ["answered"], "fail": ["failed"]}.get(ending, [])
    assert not ends or heard.names[-1] == ends[0]
    assert engine.cancelled == (1 if ending == "cancel" else 0)
    order = [
        type(event).__name__ for event in live if not isinstance(event, TextAdded | errors.PilotfishError)
    ]
    names = {"QuotesFound": "quotes_found", "ModelChosen": "model_chosen", "Answered": "answered",
             "HistorySummarised": "history_summarised"}  # fmt: skip
    assert [name for name in heard.names if name not in ("text_added", "failed")] == [
        names[one] for one in order
    ]


@ORDERS
@given(st.lists(WRITE_EVENTS, max_size=16))
def test_candidates_in_any_order(qapp, events):
    handle, engine = WriteHandle(), Stoppable()
    handle.started(engine)
    heard = Heard(
        handle, "text_added", "candidate_done", "candidate_dropped", "candidate_failed", "written", "failed"
    )
    live, ending = play(handle, events)
    if not ending:
        handle._flush()
    for n in (1, 2, 3):
        said = "".join(one.text for one in live if isinstance(one, CandidateAdded) and one.n == n)
        told = "".join(values[1] for name, *values in heard.told if name == "text_added" and values[0] == n)
        assert said.startswith(told)
        assert told == said or ending == "cancel"
    ends = [name for name in heard.names if name in ("written", "failed")]
    assert ends == {"end": ["written"], "fail": ["failed"]}.get(ending, [])
    assert not ends or heard.names[-1] == ends[0]
    assert engine.cancelled == (1 if ending == "cancel" else 0)


def test_words_of_a_candidate_are_told_before_it_is_said_to_be_whole(qapp):
    handle = WriteHandle()
    heard = Heard(handle, "text_added", "candidate_done")
    for event in (
        CandidateAdded(1, "三"),
        CandidateAdded(2, "四"),
        CandidateAdded(1, "月"),
        CandidateDone(Candidate(1, "三月", Finish.COMPLETE)),
    ):
        handle.handle(event)
    assert [told[:3] for told in heard.told[:-1]] == [
        ("text_added", 1, "三"), ("text_added", 2, "四"), ("text_added", 1, "月"),
    ]  # fmt: skip
    assert heard.names[-1] == "candidate_done"


# Cancelled by whoever hears a word of it


def test_an_answer_cancelled_at_its_words_says_nothing_more(qapp):
    handle = AskHandle()
    heard = Heard(handle, "quotes_found", "answered")
    handle.handle(TextAdded("a"))
    handle.handle(TextAdded("b"))
    handle.text_added.connect(lambda _words: handle.cancel())
    handle.handle(quotes_found(a_quote()))
    handle.handle(Answered(an_answer("ab")))
    assert heard.told == []


def test_an_answer_cancelled_at_its_last_words_does_not_fail_as_well(qapp):
    handle = AskHandle()
    heard = Heard(handle, "failed")
    handle.handle(TextAdded("a"))
    handle.handle(TextAdded("b"))
    handle.text_added.connect(lambda _words: handle.cancel())
    handle.fail(errors.ModelTimedOut())
    assert heard.told == []


def test_candidates_cancelled_at_the_words_of_one_say_nothing_of_the_others(qapp):
    handle = WriteHandle()
    handle.handle(CandidateAdded(3, "first words pass at once"))
    handle.handle(CandidateAdded(1, "a"))
    handle.handle(CandidateAdded(2, "b"))
    heard = Heard(handle, "text_added", "candidate_done")
    handle.text_added.connect(lambda _n, _words: handle.cancel())
    handle.handle(CandidateDone(Candidate(1, "a", Finish.COMPLETE)))
    assert heard.told == [("text_added", 1, "a")]


# Fact checks


def test_a_check_says_nothing_after_its_end(qapp):
    handle = CheckHandle()
    heard = Heard(handle, "claims_found", "claim_checked", "checked", "failed")
    checked = CheckedClaim(CLAIM, Verdict.NOT_FOUND, ())
    handle.handle(ClaimsFound((CLAIM,)))
    handle.handle(CheckDone((checked,), "m", None, "t"))
    handle.handle(ClaimChecked(checked))
    handle.fail(errors.EngineStopped())
    handle.handle(CheckDone((checked,), "m", None, "t"))
    assert heard.names == ["claims_found", "checked"]


@pytest.mark.parametrize("handle_type", [AskHandle, WriteHandle, CheckHandle])
def test_a_cancel_before_the_engine_has_it_is_silent_and_final(qapp, handle_type):
    handle = handle_type()
    heard = Heard(handle, "failed")
    handle.cancel()
    handle.fail(errors.EngineStopped())
    assert heard.told == []


@pytest.mark.parametrize("handle_type", [AskHandle, WriteHandle, CheckHandle])
def test_a_second_cancel_does_not_bother_the_engine(qapp, handle_type):
    handle, engine = handle_type(), Stoppable()
    handle.started(engine)
    handle.cancel()
    handle.cancel()
    assert engine.cancelled == 1


@pytest.mark.parametrize("handle_type", [AskHandle, WriteHandle, CheckHandle])
def test_a_cancel_after_the_failure_does_not_bother_the_engine(qapp, handle_type):
    handle, engine = handle_type(), Stoppable()
    handle.started(engine)
    handle.fail(errors.ModelTimedOut())
    handle.cancel()
    assert engine.cancelled == 0


# The bridge without an engine, with another one, and closed


def test_facts_told_without_an_engine_are_dropped(qapp, link):
    bridge = EngineBridge()
    bridge.note_opened("a.md")
    bridge.note_saved("a.md")
    bridge.keep_key("https://api.example.com", "k")
    bridge.person_acts()
    bridge.reload_settings()
    bridge.attach(link)
    assert link.calls == []
    bridge.note_saved("三月.md")
    assert link.calls == [("note_saved", "三月.md")]
    bridge.close()


def test_what_is_told_goes_to_the_engine_attached_last(qapp, link):
    bridge, other = EngineBridge(link), FakeLink()
    bridge.attach(other)
    bridge.note_opened("a.md")
    assert link.calls == []
    assert other.calls == [("note_opened", "a.md")]
    bridge.close()
    assert other.closed
    assert not link.closed  # whoever made it closes it


def test_without_an_engine_nothing_is_attached_and_asking_is_refused(qapp, link):
    bridge = EngineBridge(link)
    assert bridge.attached
    bridge.detach()
    assert not bridge.attached
    with pytest.raises(RuntimeError, match="attached"):
        bridge.set_paused(True)
    bridge.attach(link)
    bridge.close()
    assert not bridge.attached


def test_an_answer_under_way_when_the_bridge_closes_is_not_heard(qapp, link):
    bridge = EngineBridge(link)
    heard = Heard(bridge.ask(AskRequest("三月？")), "text_added", "answered", "failed")
    link.asked[-1].say("三")
    bridge.close()
    QApplication.processEvents()
    assert heard.told == []


def test_a_call_that_raises_does_not_keep_the_next_from_being_made(qtbot, qapp, link):
    bridge, made = EngineBridge(link), []
    with qtbot.captureExceptions() as raised:
        bridge.post(lambda: 1 / 0)
        bridge.post(lambda: made.append(1))
        QApplication.processEvents()
    assert made == [1]
    assert raised[0][0] is ZeroDivisionError
    bridge.close()


def test_offers_of_a_look_that_was_ended_are_dropped(qtbot, qapp, link):
    bridge = EngineBridge(link)
    request = CompletionRequest("a.md", "我们在", revision=3)
    heard = Heard(bridge.complete(request), "offered")
    link.completed[-1].end()
    link.completed[-1].offer(Suggestion("三月", Kind.WORD, Source.VAULT, 0.9))
    QApplication.processEvents()
    assert heard.told == []
    bridge.close()
