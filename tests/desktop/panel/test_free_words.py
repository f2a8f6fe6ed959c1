"""Free words in a scene of writing are run like a prompt: several candidates, and more where wanted."""

import pytest

from core.assist.model import AskRequest, NoteContext, Work, WriteRequest
from core.llm.chat import Tier
from core.prompts.model import Placement, PromptList
from desktop.panel.answer_card import AnswerCard
from desktop.panel.candidate_card import CandidateCard
from tests.desktop.fake_assist import DRAFT, FREE, POLISH
from tests.desktop.fake_link import model_state
from tests.desktop.panel import comparison
from tests.desktop.panel.conftest import NOTE

SELECTED = NoteContext("a.md", selection="我们三月开放。", block="我们三月开放。就这样。")


@pytest.fixture
def writing(qtbot, panel, link):
    link.assist.library = PromptList((DRAFT, POLISH, FREE))
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("free") is not None and len(panel.scenes.buttons) == 4)
    panel.scenes.choose(1)
    return panel


def send(panel, link, words):
    panel.composer.set_text(words)
    panel.composer.submit()
    return panel.conversation.cards[-1], link.assist.written[-1]


def test_what_is_typed_is_the_draft_and_the_very_request(writing, link):
    writing.composer.set_text("写一段开场白")
    draft = writing.drafting.draft()
    assert isinstance(draft, WriteRequest)
    assert (draft.prompt_id, dict(draft.values), draft.candidates) == ("free", {"request": "写一段开场白"}, 2)
    writing.composer.submit()
    assert link.assist.written[-1].request == draft
    assert link.asked == []


def test_several_candidates_come_and_a_digit_chooses(qtbot, writing, link):
    card, run = send(writing, link, "写一段开场白")
    assert isinstance(card, CandidateCard)
    assert card.title == "写一段开场白"
    run.write("三月见。", "三月，我们开门。")
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.candidates.choose(2)
    with qtbot.waitSignal(writing.insert_requested) as got:
        writing.commands.insert.trigger()
    assert got.args[1] == "三月，我们开门。"


def test_more_asks_for_others_of_the_same(qtbot, writing, link):
    card, run = send(writing, link, "写一段开场白")
    run.write("三月见。", "三月，我们开门。")
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.ask_for_more()
    more = link.assist.written[-1].request
    assert (more.first, more.candidates, dict(more.values)) == (3, 2, {"request": "写一段开场白"})
    assert more.known == ("三月见。", "三月，我们开门。")


def test_with_a_selection_the_result_is_to_replace_it(qtbot, writing, link, note):
    note.context = SELECTED
    writing.refresh_context()
    card, run = send(writing, link, "改短")
    assert run.request.placement is Placement.REPLACE
    run.write("三月开放。")
    qtbot.waitUntil(lambda: card.can_replace)
    assert card.actions_row.prefers_replace


def test_without_a_selection_the_block_is_left_alone(qtbot, writing, link):
    with qtbot.assertNotEmitted(writing.block_requested):
        card, run = send(writing, link, "写一段开场白")
    assert run.request.placement is Placement.INSERT
    assert run.request.note == NOTE
    assert not card.actions_row.prefers_replace


def test_a_selection_that_was_taken_off_the_bar_is_not_replaced(writing, link, note):
    note.context = SELECTED
    writing.refresh_context()
    writing.context_bar.leave_out(frozenset({"selection"}))
    _, run = send(writing, link, "写一段")
    assert run.request.placement is Placement.INSERT


def test_free_words_are_not_kept_for_the_form(writing, link):
    send(writing, link, "写一段开场白")
    assert writing.drafting.memory.form_values("free") == {}


def test_a_question_stays_a_question(writing, link):
    writing.scenes.choose(3)
    writing.composer.set_text("什么时候？")
    writing.composer.submit()
    assert link.asked[-1].request.work is Work.ASK
    assert link.assist.written == []


def test_a_library_without_that_prompt_answers_once_as_before(qtbot, writing, link):
    writing.library._take_prompts(PromptList((POLISH,)))
    writing.composer.set_text("写一段开场白")
    assert isinstance(writing.drafting.draft(), AskRequest)
    writing.composer.submit()
    assert isinstance(writing.conversation.cards[-1], AnswerCard)
    assert link.asked[-1].request.work is Work.WRITE


def test_free_words_are_compared_as_they_would_be_sent(writing, link):
    writing.set_model(model_state(Tier.FAST, model="small"))
    writing.set_model(model_state(Tier.PRECISE, model="big"))
    writing.composer.set_text("写一段开场白")
    comparison.compare(writing)
    card, requests = writing.conversation.cards[-1], [one.request for one in link.assist.written]
    assert [(one.prompt_id, one.model, one.candidates) for one in requests] == [
        ("free", "ollama/small", 1),
        ("free", "ollama/big", 1),
    ]
    assert card.title == "写一段开场白"
    assert card.joins_prose
    assert link.asked == []
