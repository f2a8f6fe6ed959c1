"""A fact check in any order of events, by keys, and with statements nobody expects."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core import errors
from core.assist.model import (
    CheckDone,
    CheckedClaim,
    Citation,
    Claim,
    ClaimChecked,
    ClaimsFound,
    NoteContext,
    Verdict,
)
from desktop.panel.text_row import TextRow
from tests.desktop.panel.keyboard import Keyboard

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TEXT = "公测三月开始。流失率是百分之九。首批一千人。"
CLAIMS = tuple(
    Claim(n, text, 0, len(text), 1)
    for n, text in enumerate(("公测三月开始。", "流失率是百分之九。", "首批一千人。"), start=1)
)
CITED = Citation(1, "项目/发布计划.md", ("发布计划", "时间"), 9, 9, "公测定在三月开始", True)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("checked"), st.integers(0, 4), st.sampled_from(list(Verdict)), st.integers(0, 2)),
        st.tuples(st.sampled_from(["done", "fail", "stop", "again"])),
    ),
    max_size=10,
)


def verdict(n, kind=Verdict.SUPPORTED, cited=1):
    claim = CLAIMS[n - 1] if 1 <= n <= 3 else Claim(n, "没有说过的话。", 0, 7, 1)
    return CheckedClaim(claim, kind, (CITED,) * cited)


def done(*verdicts, problem=None):
    return CheckDone(verdicts, "m", 0.0, "t-c", problem)


@pytest.fixture
def check(panel, link, note):
    """Begin a check of a selection; returns the card and the engine's side."""
    note.context = NoteContext("a.md", selection=TEXT, block="一段")
    panel.refresh_context()

    def begin():
        panel.check_facts()
        return panel.conversation.cards[-1], link.assist.checked[-1]

    return begin


def rows(card, name):
    return [row for row in card.findChildren(TextRow, name) if not row.isHidden()]


def status(card):
    return card.findChild(QLabel, "answerStatus").text()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_each_statement_has_its_last_verdict_whatever_the_order(panel, check, link, events):
    panel.clear()
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS))
    QApplication.processEvents()
    said, running = {}, True
    for name, *values in events:
        if name == "checked":
            n, kind, cited = values
            link.assist.checked[-1].send(ClaimChecked(verdict(n, kind, cited)))
            if running and 1 <= n <= 3:
                said[n] = (kind, cited)
        elif name == "again":
            card.retry_requested.emit()
            link.assist.checked[-1].send(ClaimsFound(CLAIMS))
            said, running = {}, True
        elif name == "stop":
            panel.stop()
            running = False
        else:
            link.assist.checked[-1].send(done() if name == "done" else errors.ModelTimedOut())
            running = False
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert card.is_under_way is running
        assert panel.requests.runner.is_busy is running
    QApplication.processEvents()
    assert len(rows(card, "claim")) == 3
    assert len(rows(card, "citation")) == sum(cited for _kind, cited in said.values())
    spoken = " ".join(row.accessibleName() for row in rows(card, "claim"))
    assert spoken.count("say so") == [kind for kind, _ in said.values()].count(Verdict.SUPPORTED)
    assert spoken.count("otherwise") == [kind for kind, _ in said.values()].count(Verdict.CONTRADICTED)


def test_by_keyboard_alone_a_statement_is_checked_and_its_source_opened(qtbot, panel, check, link):
    panel.activateWindow()
    panel.focus_composer()
    qtbot.waitUntil(panel.composer.edit.hasFocus)
    keys = Keyboard(panel)
    keys(KEY.Key_K, modifiers=CTRL | SHIFT)
    card = panel.conversation.cards[-1]
    link.assist.checked[-1].send(ClaimsFound(CLAIMS), ClaimChecked(verdict(1)), done(verdict(1)))
    qtbot.waitUntil(lambda: not card.is_under_way)
    reached = []
    while "citation" not in reached and len(reached) < 60:
        keys(KEY.Key_Tab)
        reached.append(keys.name)
    assert "citation" in reached, reached
    with qtbot.waitSignal(panel.open_requested) as got:
        keys(KEY.Key_Space)
    assert got.args == ["项目/发布计划.md", 9]


def test_escape_stops_the_check_and_the_verdicts_stay(qtbot, panel, check):
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS), ClaimChecked(verdict(2, Verdict.CONTRADICTED)))
    qtbot.waitUntil(lambda: bool(rows(card, "citation")))
    panel.focus_composer()
    Keyboard(panel.composer.edit)(KEY.Key_Escape)
    assert engine.cancelled
    assert status(card) == "Stopped."
    assert len(rows(card, "citation")) == 1


def test_a_verdict_given_twice_shows_the_quotes_of_the_last_one_only(qtbot, check):
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS), ClaimChecked(verdict(1, cited=2)))
    engine.send(ClaimChecked(verdict(1, Verdict.NOT_FOUND, cited=0)), done())
    qtbot.waitUntil(lambda: not card.is_under_way)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert rows(card, "citation") == []
    assert status(card) == "0 supported, 0 contradicted, 1 not found"


def test_a_verdict_on_a_statement_nobody_found_is_passed_over(qtbot, check):
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS[:1]), ClaimChecked(verdict(7)), ClaimChecked(verdict(1)), done())
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert len(rows(card, "claim")) == 1
    assert status(card).startswith("1 supported")


def test_trying_again_forgets_the_verdicts_of_the_first_time(qtbot, check, link):
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS), ClaimChecked(verdict(1)), errors.ModelTimedOut())
    qtbot.waitUntil(lambda: bool(card.problem.text))
    card.problem.findChild(QPushButton, "retryButton").click()
    assert status(card) == "Finding the statements"
    link.assist.checked[-1].send(
        ClaimsFound(CLAIMS[:2]), ClaimChecked(verdict(2, Verdict.NOT_FOUND, 0)), done()
    )
    qtbot.waitUntil(lambda: not card.is_under_way)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(rows(card, "claim")) == 2
    assert status(card) == "0 supported, 0 contradicted, 1 not found"
    assert not card.problem.text


def test_a_check_puts_nothing_into_the_note(qtbot, panel, check):
    card, engine = check()
    engine.send(ClaimsFound(CLAIMS), done())
    qtbot.waitUntil(lambda: not card.is_under_way)
    with qtbot.assertNotEmitted(panel.insert_requested), qtbot.assertNotEmitted(panel.replace_requested):
        panel.commands.insert.trigger()
        panel.commands.replace.trigger()


@pytest.mark.parametrize("blank", ["", "  \n\t ", "\u3000"])
def test_blanks_are_nothing_to_check(panel, link, note, blank):
    note.context = NoteContext("a.md", selection=blank, block=blank)
    panel.check_facts()
    assert link.assist.checked == []
    assert any("Put the caret" in label.text() for label in panel.composer.findChildren(QLabel))


@pytest.mark.parametrize("width", [320, 380, 900])
@pytest.mark.parametrize("text", ["词" * 400, "word" * 120, "مرحبا بالعالم " * 30, "🐟" * 90, "<b>x</b> & y"])
def test_any_statement_is_shown_as_it_is_and_within_the_panel(qtbot, panel, check, width, text):
    panel.resize(width, 640)
    card, engine = check()
    claim = Claim(1, text, 0, len(text), 1)
    cited = Citation(1, "夹/" + text.replace("/", "")[:40] + ".md", (text,), 9, 9, text, True)
    engine.send(ClaimsFound((claim,)), ClaimChecked(CheckedClaim(claim, Verdict.SUPPORTED, (cited,))), done())
    qtbot.waitUntil(lambda: not card.is_under_way)
    QApplication.processEvents()
    assert panel.width() == width
    assert text in rows(card, "claim")[0].accessibleName()
    for row in (*rows(card, "claim"), *rows(card, "citation")):
        assert row.mapTo(panel, row.rect().topRight()).x() < width
