"""The numbers of an answer tell what they rest on, and the untrue ones look untrue."""

import pytest
from PySide6.QtGui import QTextCharFormat

from core.assist.model import Citation, HistorySummarised
from desktop.panel.markdown_view import MarkdownView
from tests.desktop.fake_link import a_citation, a_passage, a_quote, model_chosen, quotes_found

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def view(qtbot, theme):
    view = MarkdownView(theme)
    qtbot.addWidget(view)
    return view


def marks(view):
    """Return text and format of each mark."""
    found, block = [], view.document().begin()
    while block.isValid():
        for run in block:
            fragment = run.fragment()
            if fragment.charFormat().anchorHref().startswith("note:"):
                found.append((fragment.text(), fragment.charFormat()))
        block = block.next()
    return found


def cited(n, offset, *, verified=True):
    return Citation(n, "a.md", ("Churn",), 3, 4, "words", verified, offset)


def test_resting_on_a_mark_shows_its_passage(view):
    view.show_markdown("三月开放 [1]。", citations=1)
    view.explain_marks([a_citation()], [a_passage(text="流失率降到 <3 %>。")])
    ((_, shape),) = marks(view)
    assert "流失率降到 &lt;3 %&gt;" in shape.toolTip()
    assert "Checked" in shape.toolTip()
    assert shape.underlineStyle() is not WAVE


def test_a_mark_whose_words_were_not_found_is_marked_with_more_than_a_colour(view, theme):
    view.show_markdown("一 [1]，二 [2]。", citations=2)
    view.explain_marks([cited(1, 2), cited(2, 8, verified=False)], [])
    (_, true), (_, untrue) = marks(view)
    assert true.underlineStyle() is not WAVE
    assert untrue.underlineStyle() is WAVE
    assert untrue.foreground().color() == theme.colour("warn")
    assert "Not checked" in untrue.toolTip()


def test_the_same_number_twice_is_judged_place_by_place(view):
    view.show_markdown("一 [1]，二 [1]。", citations=1)
    view.explain_marks([cited(1, 8, verified=False), cited(1, 2)], [])
    styles = [shape.underlineStyle() is WAVE for _, shape in marks(view)]
    assert styles == [False, True]


def test_the_marks_keep_their_look_in_another_theme(view, theme):
    view.show_markdown("一 [1]。", citations=1)
    view.explain_marks([cited(1, 2, verified=False)], [])
    theme.set_preference("dark")
    ((_, shape),) = marks(view)
    assert shape.underlineStyle() is WAVE
    assert shape.foreground().color() == theme.colour("warn")


def test_a_number_nothing_is_known_about_says_nothing(view):
    view.show_markdown("一 [1]。", citations=1)
    view.explain_marks([cited(2, 2)], [])
    ((_, shape),) = marks(view)
    assert shape.toolTip() == ""


def test_an_answer_explains_its_marks_once_it_is_whole(qtbot, panel, ask):
    asking = ask()
    asking.send(quotes_found(a_quote(text="Churn fell.")), model_chosen())
    asking.say("Open in March [1].")
    asking.end("Open in March [1].", citations=(a_citation(verified=False),))
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: bool(card.trace_id))
    ((_, shape),) = marks(card.view)
    assert "Churn fell." in shape.toolTip()
    assert shape.underlineStyle() is WAVE


def test_a_summary_sent_in_place_of_messages_is_seen_on_the_card(qtbot, panel, ask):
    asking = ask()
    asking.send(HistorySummarised("They chose March.", 6))
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(card._summary.isVisible)
    assert card._summary.words == "They chose March."
