"""The panel in Chinese: every word a person sees or hears, at every width, and nothing left in English."""

import re

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from core import errors
from core.assist.model import (
    Answered,
    Candidate,
    CandidateDone,
    CheckDone,
    CheckedClaim,
    Citation,
    Claim,
    ClaimChecked,
    ClaimsFound,
    Finish,
    NoteContext,
    Verdict,
)
from core.llm.chat import Tier
from core.session.model import Session
from desktop.panel.answer_card import AnswerState
from desktop.panel.scene_bar import SceneBar
from desktop.panel.side_panel import SidePanel
from desktop.theme.translation import install_translators
from tests.desktop.fake_assist import DRAFT, POLISH, written
from tests.desktop.fake_link import a_citation, a_quote, an_answer, model_chosen, model_state, quotes_found
from tests.desktop.panel import comparison

NAMES = {"Ctrl", "Enter", "Shift", "Esc", "Markdown", "USD", "qwen", "ollama", "big", "small", "b", "s"}
"""Latin letters that stand in Chinese as well: keys, names of models, units."""
SELECTED = NoteContext("计划.md", title="计划", selection="三月开放测试，名单很长。", block="三月开放测试。")


@pytest.fixture
def panel(qapp, qtbot, theme, bridge, note):
    """A panel made while the interface is Chinese."""
    installed = install_translators(qapp, "zh_CN")
    assert installed
    panel = SidePanel(bridge, theme, note)
    qtbot.addWidget(panel)
    panel.resize(380, 700)
    panel.show()
    qtbot.waitExposed(panel)
    panel.engine_started()
    qtbot.waitUntil(lambda: len(panel.scenes.buttons) == 4)
    yield panel
    panel.close()
    for translator in installed:
        qapp.removeTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def spoken(widget):
    """Every word of a widget: what is painted, what a pointer brings up, what a screen reader says."""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()


def english_of(panel):
    """Words in Latin letters of everything that can be seen now."""
    found = set()
    for widget in [panel, *panel.findChildren(QWidget)]:
        if widget.isVisibleTo(panel) and not widget.objectName().startswith("qt_"):
            for text in spoken(widget):
                found |= set(re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]+>", "", text)))
    return {word for word in found if word not in NAMES}


def last(panel):
    return panel.conversation.cards[-1]


def test_before_anything_was_asked(panel):
    assert english_of(panel) <= {"Launch", "plan", "Projects"}  # the note's own name


def test_scenes_and_prompts_bear_their_chinese_names(panel):
    assert [pill.text() for pill in panel.scenes.buttons] == ["写作", "润色", "提问", "学习"]
    panel.scenes.choose(1)
    assert [chip.text() for chip in panel.prompt_bar.buttons] == ["起草", "润色"]
    panel.composer.set_text("/")
    assert [hit.title for hit in panel.suggestions.list.hits] == ["起草", "润色"]


def test_the_scenes_that_are_there_before_the_engine_are_chinese_too(qtbot, theme, panel):
    bar = SceneBar(theme)
    qtbot.addWidget(bar)
    assert [pill.text() for pill in bar.buttons] == ["提问", "写作"]


@pytest.mark.parametrize("prompt", [DRAFT, POLISH], ids=["draft", "polish"])
def test_the_form_asks_in_chinese(panel, prompt, note):
    note.context = SELECTED
    panel.refresh_context()
    panel.drafting.open_form(prompt)
    assert english_of(panel) == set()


def test_what_is_missing_in_the_form_is_named_in_chinese(panel):
    panel.drafting.open_form(DRAFT)
    assert not panel.form.check()
    said = [label.text() for label in panel.form.findChildren(QLabel) if label.property("problem")]
    assert "要写什么" in said[0]
    assert not re.search("[A-Za-z]", said[0])


ENDS = {
    "complete": Answered(an_answer("三月 [1]。", citations=(a_citation(path="计划.md"),))),
    "incomplete": Answered(an_answer("三月", finish=Finish.INCOMPLETE)),
    "not found": Answered(an_answer("无", finish=Finish.NOT_FOUND)),
    "no answer": errors.ModelTimedOut(),
    "key": errors.KeyRefused(),
    "engine": errors.EngineStopped(),
    "unreachable": errors.ModelUnreachable(),
}


@pytest.mark.parametrize("end", list(ENDS))
def test_every_end_of_an_answer_is_told_in_chinese(qtbot, panel, ask, note, end):
    note.context = NoteContext("计划.md", title="计划", before="前文。")
    panel.refresh_context()
    asking = ask("三月还是四月？")
    asking.send(quotes_found(a_quote(text="三月。", path="计划.md", heading_path=("时间",))), model_chosen())
    asking.send(ENDS[end])
    qtbot.waitUntil(lambda: not last(panel).is_under_way)
    assert english_of(panel) <= {"Churn", "fell", "pilot", "Pilot", "review"}  # the quoted words themselves


def test_waiting_stopped_and_refused_are_told_in_chinese(panel, ask, note):
    note.context = NoteContext("计划.md", title="计划", before="前文。")
    panel.refresh_context()
    ask("三月？").send(model_chosen())
    QApplication.processEvents()
    assert english_of(panel) == set()
    panel.stop()
    assert english_of(panel) == set()
    for say in ("insert_refused", "replace_refused", "say_unchanged", "say_replaced"):
        getattr(last(panel), say)()
        assert english_of(panel) == set(), say


def test_candidates_speak_chinese_while_they_come_and_afterwards(qtbot, panel, link, note):
    note.context = SELECTED
    panel.refresh_context()
    panel.drafting.run_or_ask(POLISH)
    writing = link.assist.written[-1]
    writing.send(CandidateDone(Candidate(1, "四月。", Finish.COMPLETE)))
    writing.send(CandidateDone(Candidate(2, "五", Finish.INCOMPLETE)), written())
    qtbot.waitUntil(lambda: not last(panel).is_under_way)
    last(panel).actions_row.polish_button.click()
    assert english_of(panel) == set()
    assert last(panel).title == "润色"
    assert last(panel).candidates.get(1).accessibleName().startswith("第 1 条，已选中")


def test_the_verdicts_of_a_check_are_chinese_in_sight_and_in_sound(qtbot, panel, link, note):
    note.context = SELECTED
    panel.refresh_context()
    panel.check_facts()
    claims = tuple(Claim(n, f"第{n}句。", 0, 4, 1) for n in (1, 2, 3))
    cited = Citation(1, "计划.md", ("时间",), 9, 9, "定在三月", True)
    verdicts = (
        CheckedClaim(claims[0], Verdict.SUPPORTED, (cited,)),
        CheckedClaim(claims[1], Verdict.CONTRADICTED, (cited,), by_model=True),
        CheckedClaim(claims[2], Verdict.NOT_FOUND, ()),
    )
    engine = link.assist.checked[-1]
    engine.send(ClaimsFound(claims), *map(ClaimChecked, verdicts), CheckDone(verdicts, "m", 0.0, "t"))
    qtbot.waitUntil(lambda: not last(panel).is_under_way)
    assert english_of(panel) == set()


def test_a_comparison_speaks_chinese(qtbot, panel, link, note):
    note.context = SELECTED
    panel.refresh_context()
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="big"))
    panel.composer.set_text("改")
    comparison.compare(panel)
    link.asked[-2].send(Answered(an_answer("四月。")))
    link.asked[-1].send(errors.ModelTimedOut())
    qtbot.waitUntil(lambda: not last(panel).is_under_way)
    assert english_of(panel) == set()


def test_the_page_of_conversations_speaks_chinese(qtbot, panel, link, note):
    note.context = SELECTED
    panel.refresh_context()
    panel.toggle_sessions()
    QApplication.processEvents()
    assert english_of(panel) == set()
    link.assist.session_list = [Session("s1", "", "", 0.0, 0.0, 2)]
    panel.sessions.search("")
    qtbot.waitUntil(lambda: bool(panel.session_list.list.hits))
    shown = panel.session_list.list.hits[0]
    assert not re.search("[A-Za-z]", shown.title + shown.detail)


@pytest.mark.parametrize("width", [320, 360, 480, 800])
def test_no_chinese_button_is_cut_off_at_any_width(qtbot, panel, ask, note, width):
    note.context = SELECTED
    panel.refresh_context()
    panel.resize(width, 640)
    ask("改").send(Answered(an_answer("四月开放测试，名单很长。")))
    qtbot.waitUntil(lambda: last(panel).state is AnswerState.COMPLETE)
    QApplication.processEvents()
    assert panel.width() == width
    row = last(panel).actions_row
    for button in (row.insert_button, row.replace_button, row.more_button):
        at = button.mapTo(panel, QPoint(0, 0)).x()
        assert at >= 0
        assert at + button.width() <= width
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
