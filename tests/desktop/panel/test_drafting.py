"""The next request is put together from what is in sight, and nothing else."""

import pytest
from PySide6.QtWidgets import QLineEdit

from core.assist.model import AskRequest, NoteContext, Work, WriteRequest
from core.llm.chat import Tier
from core.prompts.model import Placement, Prompt, Retrieval, Scope, Titles, Variable, VariableKind
from tests.desktop.fake_assist import DRAFT, POLISH
from tests.desktop.panel.conftest import NOTE


@pytest.fixture
def stocked(qtbot, panel):
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("polish") is not None and len(panel.scenes.buttons) == 4)
    return panel


def test_with_nothing_typed_there_is_no_draft(stocked):
    assert stocked.drafting.draft() is None


def test_a_half_typed_command_is_no_draft(stocked):
    stocked.composer.set_text("/pol")
    assert stocked.drafting.draft() is None


def test_what_is_typed_is_the_draft_and_the_very_request(stocked, link):
    stocked.scenes.choose(3)
    stocked.context_bar.pin_note("b.md")
    stocked.composer.set_text("why?")
    draft = stocked.drafting.draft()
    assert isinstance(draft, AskRequest)
    assert (draft.text, draft.work, draft.note) == ("why?", Work.ASK, NOTE)
    stocked.composer.submit()
    assert link.asked[-1].request == draft


def test_an_open_form_makes_it_a_run_of_the_prompt(stocked, link):
    stocked.drafting.open_form(DRAFT)
    stocked.form.findChild(QLineEdit, "field-kind").setText("邀请")
    stocked.composer.set_text("短一点")
    draft = stocked.drafting.draft()
    assert isinstance(draft, WriteRequest)
    assert (draft.prompt_id, draft.values["kind"], draft.instruction) == ("draft", "邀请", "短一点")
    stocked.composer.submit()
    assert link.assist.written[-1].request == draft


def test_the_tier_of_the_switch_and_the_reach_of_the_scene_go_along(stocked):
    stocked.scenes.choose(2)
    stocked.tiers.choose(Tier.PRECISE)
    stocked.drafting.open_form(POLISH)
    draft = stocked.drafting.draft()
    assert draft.tier is Tier.PRECISE
    assert draft.sources.retrieval is Retrieval.NONE


def test_what_was_switched_off_on_the_bar_is_not_in_the_draft(stocked, note):
    note.context = NoteContext("a.md", title="A", selection="chosen", before="secret")
    stocked.refresh_context()
    stocked.context_bar._chips["note"].click()
    stocked.composer.set_text("x")
    sent = stocked.drafting.draft().note
    assert sent.selection == "chosen"
    assert sent.before == sent.title == ""


def test_a_remembered_value_of_a_variable_that_is_gone_is_forgotten(stocked):
    stocked.drafting.memory.keep_form_values("polish", {"focus": "rhythm", "gone": "x"})
    stocked.drafting.open_form(POLISH)
    assert stocked.form.values() == {"focus": "rhythm"}


def test_a_default_comes_back_where_a_field_was_emptied(stocked):
    stocked.drafting.memory.keep_form_values("draft", {"tone": ""})
    stocked.drafting.open_form(DRAFT)
    assert stocked.form.values()["tone"] == "formal"


@pytest.mark.parametrize(
    ("scope", "placement", "asked"),
    [
        (Scope.SELECTION, Placement.REPLACE, True),
        (Scope.BLOCK, Placement.REPLACE, True),
        (Scope.NOTE, Placement.REPLACE, False),
        (Scope.SELECTION, Placement.INSERT, False),
    ],
)
def test_the_block_is_selected_only_for_what_replaces_it(qtbot, stocked, scope, placement, asked):
    prompt = Prompt("p", 1, Titles("P"), "", scope=scope, placement=placement)
    heard = []
    stocked.block_requested.connect(lambda: heard.append(1))
    stocked.drafting.run_or_ask(prompt)
    assert bool(heard) is asked


def test_without_a_note_a_prompt_runs_on_nothing_and_inserts(stocked, note, link):
    note.context = None
    stocked.drafting.run_or_ask(POLISH)
    assert link.assist.written[-1].request.note is None
    card = stocked.conversation.cards[-1]
    assert not card.actions_row.replace_button.isVisible()
    assert not card.actions_row.prefers_replace


def test_an_own_prompt_opens_at_its_body_and_a_shipped_one_is_copied_first(qtbot, stocked, link):
    own = Prompt("mine", 1, Titles("Mine"), "x", own=True, file=".pilotfish/prompts/mine.md", body_line=5)
    stocked.drafting.open_form(own)
    with qtbot.waitSignal(stocked.open_requested) as got:
        stocked.form.edit_button.click()
    assert got.args == [".pilotfish/prompts/mine.md", 5]
    stocked.drafting.open_form(POLISH)
    with qtbot.waitSignal(stocked.open_requested) as got:
        stocked.form.edit_button.click()
    assert got.args == [".pilotfish/prompts/polish.md", 0]
    assert ("copy_prompt", ("polish", "en")) in link.assist.calls


def test_a_form_without_a_note_says_that_it_cannot_be_filled(stocked, note, link):
    note.context = None
    prompt = Prompt("p", 1, Titles("P"), "", variables=(Variable("a", VariableKind.TEXT, Titles("A")),))
    stocked.drafting.open_form(prompt)
    stocked.form.fill_button.click()
    assert "Open a note" in stocked.form._problem.text()
    assert all(name != "fill" for name, _ in link.assist.calls)
