"""One request and its answer, in every state it can be in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from core import errors
from core.assist.model import AskRequest, Finish, NoteContext, TextAdded, Work
from desktop.panel.answer_card import AnswerCard, AnswerState
from desktop.panel.text_row import TextRow
from tests.desktop.fake_link import a_citation, a_passage, a_quote, an_answer, model_chosen, quotes_found

SELECTED = NoteContext("a.md", title="A", selection="We open the beta in March.")


@pytest.fixture
def make(qtbot, theme):
    def make(text="why?", **request):
        card = AnswerCard(theme, AskRequest(text, **request))
        qtbot.addWidget(card)
        card.resize(340, 400)
        card.show()
        qtbot.waitExposed(card)
        return card

    return make


@pytest.fixture
def card(make):
    return make()


def button(card, name):
    return card.findChild(QPushButton, name) or card.findChild(QToolButton, name)


def rows(card, name):
    return [row for row in card.findChildren(TextRow, name) if row.isVisible()]


def status(card):
    label = card.findChild(QLabel, "answerStatus")
    return label.text() if label.isVisible() else ""


def full_answer(card, text="Open in March [1].", **answer):
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen())
    card.add_text(text)
    card.finish(an_answer(text, **answer))


def test_while_it_waits_it_says_so_and_nothing_can_be_inserted(card):
    assert card.state is AnswerState.WAITING
    assert status(card) == "Looking through your notes"
    assert not button(card, "insertButton").isEnabled()
    assert button(card, "insertButton").isVisible()  # its room is kept from the start
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen())
    assert status(card) == "Waiting for the model"


def test_quotes_stand_above_the_words_that_stream(card):
    card.show_quotes(quotes_found(a_quote(1), a_quote(2, "价格不变。")))
    card.show_model(model_chosen())
    card.add_text("Open ")
    card.add_text("in March")
    assert card.state is AnswerState.STREAMING
    assert [row.words for row in rows(card, "quote")] == [
        "[1] Churn in the pilot fell to 3 %.",
        "[2] 价格不变。",
    ]
    assert max(row.mapTo(card, row.rect().bottomLeft()).y() for row in rows(card, "quote")) < card.view.y()
    assert status(card) == ""
    assert not button(card, "insertButton").isEnabled()


def test_a_whole_answer_can_be_inserted_copied_and_asked_again(card, qtbot):
    full_answer(card, citations=(a_citation(),))
    assert card.state is AnswerState.COMPLETE
    with qtbot.waitSignal(card.insert_requested):
        qtbot.mouseClick(button(card, "insertButton"), Qt.MouseButton.LeftButton)
    assert card.text_for_note == "Open in March.\n\nSources: [[Pilot review]]"
    qtbot.mouseClick(button(card, "copyButton"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == card.text_for_note
    with qtbot.waitSignal(card.again_requested):
        qtbot.mouseClick(button(card, "moreButton"), Qt.MouseButton.LeftButton)


def test_replace_is_offered_only_where_something_was_selected(make):
    asked, selected = make(), make(note=SELECTED, work=Work.WRITE)
    for card in (asked, selected):
        full_answer(card)
    assert not button(asked, "replaceButton").isVisible()
    assert button(selected, "replaceButton").isEnabled()


def test_replace_asks_for_a_look_at_the_changes(make, qtbot):
    card = make(note=SELECTED, work=Work.WRITE)
    full_answer(card, "Beta in March.")
    with qtbot.waitSignal(card.replace_requested), qtbot.assertNotEmitted(card.replacement_decided):
        qtbot.mouseClick(button(card, "replaceButton"), Qt.MouseButton.LeftButton)


def test_an_answer_that_broke_off_says_so_and_never_replaces(make):
    card = make(note=SELECTED, work=Work.WRITE)
    full_answer(card, "Beta in", finish=Finish.INCOMPLETE)
    assert card.state is AnswerState.INCOMPLETE
    assert "Incomplete" in status(card)
    assert not button(card, "replaceButton").isEnabled()
    assert button(card, "insertButton").isEnabled()


def test_an_answer_that_broke_off_says_why_where_that_is_known(card):
    card.show_quotes(quotes_found(a_quote()))
    card.add_text("Open in")
    answer = an_answer("Open in", finish=Finish.INCOMPLETE, problem=errors.ModelUnreachable(host="localhost"))
    card.finish(answer)
    assert card.problem.text == "Nothing answers at localhost."
    assert button(card, "retryButton").isVisible()


def test_a_stopped_answer_keeps_its_words_and_never_replaces(make):
    card = make(note=SELECTED)
    card.show_quotes(quotes_found(a_quote()))
    card.add_text("Open in [1] Mar")
    card.stop()
    assert status(card) == "Stopped."
    assert card.text_for_note == "Open in Mar"
    assert not button(card, "replaceButton").isEnabled()


def test_an_answer_stopped_before_its_first_word_has_nothing_to_insert(card):
    card.stop()
    assert not button(card, "insertButton").isEnabled()
    assert button(card, "moreButton").isEnabled()


def test_nothing_found_is_said_in_the_windows_language(card):
    card.finish(an_answer("你的笔记里没有。", finish=Finish.NOT_FOUND))
    assert status(card) == "Your notes say nothing about this. Other words may help."
    assert not card.view.isVisible()
    assert not button(card, "insertButton").isVisible()
    assert not card.can_insert


def test_without_a_model_the_quotes_are_the_answer(card):
    quotes = (a_quote(1, "word " * 60), a_quote(2))
    card.show_quotes(quotes_found(*quotes))
    short = rows(card, "quote")[0].height()
    card.finish(an_answer("> x [1]", finish=Finish.QUOTES_ONLY, citations=(a_citation(),)))
    assert card.state is AnswerState.QUOTES_ONLY
    assert rows(card, "quote")[0].height() > short
    assert rows(card, "citation") == []
    assert not card.view.isVisible()
    assert card.text_for_note.startswith("> word word")


def test_a_demonstration_models_words_never_stand_without_their_notice(card, qtbot):
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen(demonstration=True))
    card.add_text("words")
    notice = next(label for label in card.notice.findChildren(QLabel) if label.isVisible())
    assert notice.text() == (
        "Demonstration model on this machine: its words may be wrong. The quotes above are yours."
    )
    with qtbot.waitSignal(card.settings_requested):
        qtbot.mouseClick(button(card, "connectModel"), Qt.MouseButton.LeftButton)


def test_a_real_model_is_named_with_the_host_that_sees_the_text(card):
    card.show_model(model_chosen(place="api.example.com", model="big"))
    assert "big, at api.example.com" in [label.text() for label in card.notice.findChildren(QLabel)]
    assert not button(card, "connectModel").isVisible()


@pytest.mark.parametrize(
    ("error", "words", "settings"),
    [
        (errors.ModelUnreachable(host="localhost:1"), "Nothing answers at localhost:1.", False),
        (errors.KeyRefused(host="api.example.com"), "api.example.com refused the key.", True),
        (errors.RateLimited(), "Too many requests, or the quota is used up.", False),
        (errors.NoModel(), "No model is set up.", True),
    ],
)
def test_a_failure_says_what_happened_and_offers_what_helps(card, qtbot, error, words, settings):
    card.fail(error)
    assert card.state is AnswerState.FAILED
    assert card.problem.text == words
    assert button(card, "problemSettings").isVisible() is settings
    assert not button(card, "insertButton").isVisible()
    with qtbot.waitSignal(card.retry_requested):
        qtbot.mouseClick(button(card, "retryButton"), Qt.MouseButton.LeftButton)


def test_words_that_came_before_a_failure_stay_and_can_be_inserted(card):
    card.show_quotes(quotes_found(a_quote()))
    card.add_text("Open in March")
    card.fail(errors.ModelTimedOut())
    assert card.view.isVisible()
    assert button(card, "insertButton").isEnabled()


def test_asked_anew_it_forgets_what_it_showed(card):
    full_answer(card, citations=(a_citation(),))
    card.fail(errors.ModelTimedOut())
    card.begin()
    assert card.state is AnswerState.WAITING
    assert (rows(card, "quote"), rows(card, "citation"), card.problem.text, card.view.markdown) == (
        [],
        [],
        "",
        "",
    )
    assert not card.notice.isVisible()


def test_the_finished_text_counts_should_it_differ_from_the_stream(card):
    card.add_text("```\nBeta in March.\n```")
    card.finish(an_answer("Beta in March."))
    assert card.view.toPlainText() == "Beta in March."


def test_a_mark_opens_its_quote_while_it_streams_and_its_citation_afterwards(card, qtbot):
    card.show_quotes(quotes_found(a_quote(1, line=20)))
    with qtbot.waitSignal(card.open_requested) as got:
        card.view.mark_clicked.emit(1)
    assert got.args == ["Projects/Pilot review.md", 20]
    card.finish(an_answer("x [1]", citations=(a_citation(1, line=31),)))
    with qtbot.waitSignal(card.open_requested) as got:
        card.view.mark_clicked.emit(1)
    assert got.args == ["Projects/Pilot review.md", 31]
    with qtbot.assertNotEmitted(card.open_requested):
        card.view.mark_clicked.emit(7)


def test_the_passages_of_a_rewrite_wait_behind_one_line(make, qtbot):
    card = make(work=Work.WRITE, note=SELECTED)
    found = quotes_found()
    card.show_quotes(type(found)((), (a_passage(), a_passage("Pricing.md"))))
    assert rows(card, "quote") == []
    more = button(card, "moreQuotes")
    assert more.text() == "Passages of your notes used: 2"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(rows(card, "quote")) == 2


def test_a_refused_replacement_is_told(card):
    full_answer(card)
    card.replace_refused()
    assert "nothing was replaced" in status(card)


def test_only_the_latest_answer_has_a_primary_button(card):
    card.set_latest(True)
    assert button(card, "insertButton").property("primary") is True
    card.set_latest(False)
    assert button(card, "insertButton").property("primary") is False


def test_replace_is_the_primary_button_of_a_rewrite_unless_it_is_impossible(make):
    for finish, primary in ((Finish.COMPLETE, "replaceButton"), (Finish.INCOMPLETE, "insertButton")):
        card = make(note=SELECTED, work=Work.WRITE)
        card.set_latest(True)
        full_answer(card, finish=finish)
        marked = [n for n in ("insertButton", "replaceButton") if button(card, n).property("primary")]
        assert marked == [primary]


def test_a_very_long_request_is_shortened_and_whole_in_the_tooltip(make):
    card = make("长" * 5000)
    title = next(label for label in card.findChildren(QLabel) if label.property("title"))
    assert len(title.text()) < 500
    assert title.toolTip()
    assert card.minimumSizeHint().width() <= 340


def test_a_request_with_tags_is_shown_as_it_was_typed(make):
    card = make("<img src='file:///etc/passwd'> <b>x</b>")
    title = next(label for label in card.findChildren(QLabel) if label.property("title"))
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert title.text().startswith("<img")


def test_every_button_has_its_name(card):
    full_answer(card)
    for name in ("insertButton", "replaceButton", "moreButton", "copyButton"):
        assert button(card, name).accessibleName()
        assert button(card, name).toolTip()
    assert card.objectName() == "answerCard"
    assert "why?" in card.accessibleName()


def test_text_events_of_the_engine_fit_the_card(card):
    """The value that the engine sends and the call that takes it agree."""
    card.add_text(TextAdded("x").text)
    assert card.view.markdown == "x"
