"""Sentences of an answer that rest on nothing in the notes are underlined with dots, and only they."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QLabel

from core.assist.model import AskRequest, Citation, Finish
from core.session.model import Author, SessionMessage
from desktop.panel.answer_card import AnswerCard
from desktop.panel.markdown_view import MarkdownView
from desktop.panel.sessions import answer_of
from tests.desktop.fake_link import a_citation, a_quote, an_answer, model_chosen, quotes_found

DOTS = QTextCharFormat.UnderlineStyle.DotLine
WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def view(qtbot, theme):
    view = MarkdownView(theme)
    qtbot.addWidget(view)
    return view


def runs(view):
    """Return text and format of every run of the document."""
    block = view.document().begin()
    while block.isValid():
        for run in block:
            yield run.fragment().text(), run.fragment().charFormat()
        block = block.next()


def dotted(view):
    return "".join(text for text, shape in runs(view) if shape.underlineStyle() is DOTS)


@pytest.mark.parametrize(
    ("markdown", "sentence", "seen"),
    [
        ("Open in March. Berlin is big.", "Berlin is big.", "Berlin is big"),
        ("三月开放。长城在北方。二月太早。", "长城在北方。", "长城在北方"),
        ("- one\n- **Berlin** is `big`", "**Berlin** is `big`", "Berlin is big"),
        (
            "See [the *map*](https://a.example/b) now.",
            "See [the *map*](https://a.example/b) now.",
            "See the map now",
        ),
        ("| a | b |\n| --- | --- |\n| Berlin | 柏林 |", "| Berlin | 柏林 |", "Berlin柏林"),
        ("🐟 swims. 𠮷野家 is 🐟 open.", "𠮷野家 is 🐟 open.", "𠮷野家 is 🐟 open"),
    ],
)
def test_a_sentence_is_found_whatever_markdown_made_of_it(view, markdown, sentence, seen):
    view.show_markdown(markdown)
    view.explain_marks((), (), [sentence])
    assert dotted(view) == seen


def test_of_two_equal_sentences_each_is_marked_once(view):
    view.show_markdown("Yes it is. No. Yes it is.")
    view.explain_marks((), (), ["Yes it is.", "Yes it is."])
    assert dotted(view) == "Yes it isYes it is"


def test_a_sentence_that_is_not_there_marks_nothing(view):
    view.show_markdown("Open in March.")
    view.explain_marks((), (), ["Berlin is big.", "...", ""])
    assert dotted(view) == ""


def test_a_mark_within_keeps_its_own_line_and_words(view):
    view.show_markdown("Berlin is big [1] today.", citations=1)
    untrue = Citation(1, "a.md", (), 3, 4, "", False, 14)
    view.explain_marks([untrue], [], ["Berlin is big [1] today."])
    shapes = dict(runs(view))
    assert shapes["[1]"].underlineStyle() is WAVE
    assert "Not checked" in shapes["[1]"].toolTip()
    assert shapes["Berlin is big "].underlineStyle() is DOTS
    assert "Not found in your notes" in shapes["Berlin is big "].toolTip()


def test_the_dots_stay_in_another_theme_and_go_with_the_text(view, theme):
    view.show_markdown("Berlin is big.")
    view.explain_marks((), (), ["Berlin is big."])
    theme.set_preference("dark")
    assert dotted(view) == "Berlin is big"
    view.show_markdown("Berlin is big.")
    assert dotted(view) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.text(alphabet="ab 京𠮷*_`[](){}#>-|1.。\n", max_size=12), max_size=6), st.integers(0, 5))
def test_no_text_is_lost_or_marked_beyond_its_sentence(view, pieces, chosen):
    text = "".join(pieces)
    view.show_markdown(text)
    before = view.toPlainText()
    sentence = pieces[chosen] if chosen < len(pieces) else ""
    view.explain_marks((), (), [sentence])
    assert view.toPlainText() == before
    marked = [char for char in dotted(view) if char.isalnum()]
    assert len(marked) <= sum(char.isalnum() for char in sentence)


def card_with(qtbot, theme, text, **answer):
    card = AnswerCard(theme, AskRequest("why?"))
    qtbot.addWidget(card)
    card.show()
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen())
    card.add_text(text)
    card.finish(an_answer(text, **answer))
    return card


def said(card):
    return card.findChild(QLabel, "answerStatus").text()


def test_the_card_explains_the_dots_in_words(qtbot, theme):
    card = card_with(qtbot, theme, "Open in March. Berlin is big.", unsupported=((15, 29),))
    assert dotted(card.view) == "Berlin is big"
    assert said(card) == "Dotted lines: not found in your notes."


def test_an_incomplete_answer_says_both(qtbot, theme):
    card = card_with(qtbot, theme, "Berlin is big.", unsupported=((0, 14),), finish=Finish.INCOMPLETE)
    assert "broke off" in said(card)
    assert "Dotted lines" in said(card)


def test_an_answer_that_rests_on_the_notes_says_nothing_of_it(qtbot, theme):
    assert said(card_with(qtbot, theme, "Open in March.")) == ""


@pytest.mark.parametrize(
    ("kept", "spans"),
    [([[15, 29]], ((15, 29),)), (None, ()), ("x", ()), ([[3], ["a", "b"], [5, 2], {}, [0, 4]], ((0, 4),))],
)
def test_a_kept_answer_remembers_its_marks_as_far_as_they_can_be_read(kept, spans):
    message = SessionMessage(
        "m", "s", Author.MODEL, "Open in March. Berlin is big.", 0.0, {"unsupported": kept}
    )
    assert answer_of(message).unsupported == spans


def test_the_marks_of_a_kept_answer_still_lead_to_their_notes(qtbot, theme):
    card = AnswerCard(theme, AskRequest("why?"))
    qtbot.addWidget(card)
    card.finish(an_answer("Open in March [1], or May [7].", citations=(a_citation(),)))
    links = [text for text, shape in runs(card.view) if shape.anchorHref().startswith("note:")]
    assert links == ["[1]"]
    with qtbot.waitSignal(card.open_requested) as got:
        card.view.mark_clicked.emit(1)
    assert got.args == [a_citation().path, a_citation().start_line]


def test_a_kept_citation_without_a_number_is_left_out():
    kept = [{"n": "x", "path": "a.md", "start_line": 1, "end_line": 1, "quote": "", "verified": True}]
    message = SessionMessage("m", "s", Author.MODEL, "Open.", 0.0, {"citations": kept})
    assert answer_of(message).citations == ()


def test_pictures_that_were_not_shown_to_the_model_are_told_on_the_card(qtbot, theme):
    card = card_with(qtbot, theme, "Berlin is big.")
    card.finish(replace(an_answer("Berlin is big.", unsupported=((0, 14),)), unseen_pictures=1))
    assert "Dotted lines" in said(card)
    assert "without the earlier pictures" in said(card)
