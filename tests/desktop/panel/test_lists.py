"""Quotes and citations: rows that open their place, and say what was checked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.assist.model import QuotesFound
from desktop.panel.citation_list import CitationList
from desktop.panel.places import place_name
from desktop.panel.quote_list import QuoteList
from desktop.panel.text_row import TextRow
from tests.desktop.fake_link import a_citation, a_passage, a_quote, quotes_found


@pytest.fixture
def citations(qtbot, theme):
    shown = CitationList(theme)
    qtbot.addWidget(shown)
    shown.resize(320, 200)
    return shown


@pytest.fixture
def quotes(qtbot, theme):
    shown = QuoteList(theme)
    qtbot.addWidget(shown)
    shown.resize(320, 200)
    return shown


def rows(shown, name):
    return [row for row in shown.findChildren(TextRow, name) if not row.isHidden()]


def test_a_citation_names_its_place_and_whether_it_was_checked(citations):
    citations.show_citations((a_citation(1), a_citation(2, "Pricing.md", verified=False, line=3)))
    assert [row.accessibleName() for row in rows(citations, "citation")] == [
        "[1] Pilot review › Churn, l.14 checked",
        "[2] Pricing › Pilot review › Churn, l.3 not found there",
    ]


def test_pressing_a_citation_opens_the_note_at_the_line(citations, qtbot):
    citations.show_citations((a_citation(1, line=14),))
    with qtbot.waitSignal(citations.open_requested) as got:
        qtbot.mouseClick(rows(citations, "citation")[0], Qt.MouseButton.LeftButton)
    assert got.args == ["Projects/Pilot review.md", 14]


def test_the_keyboard_opens_a_citation_too(citations, qtbot):
    citations.show_citations((a_citation(1),))
    with qtbot.waitSignal(citations.open_requested):
        qtbot.keyClick(rows(citations, "citation")[0], Qt.Key.Key_Space)


def test_marks_that_rest_on_the_same_words_share_a_row(citations):
    citations.show_citations(
        (a_citation(1), a_citation(2, "Pricing.md"), a_citation(1), a_citation(1, line=40))
    )
    assert [row.words.split()[0] for row in rows(citations, "citation")] == ["[1]", "[2]", "[1]"]


def test_a_number_without_a_passage_is_said_to_be_so_and_opens_nothing(citations):
    citations.show_citations((a_citation(9, "", verified=False),))
    row = rows(citations, "citation")[0]
    assert row.words == "[9] No passage has this number"
    assert not row.isEnabled()
    assert citations.open(9) is False


def test_other_citations_take_the_place_of_the_former_ones(citations, qtbot):
    citations.show_citations((a_citation(1), a_citation(2)))
    citations.show_citations((a_citation(3),))
    qtbot.waitUntil(lambda: len(rows(citations, "citation")) == 1)
    citations.show_citations(())
    assert citations.isHidden()


def test_a_quote_says_where_it_stands_and_opens_there(quotes, qtbot):
    quotes.show_found(
        quotes_found(a_quote(2, "价格  不变。", path="项目/定价.md", heading_path=("定价", "套餐"), line=7))
    )
    row = rows(quotes, "quote")[0]
    assert row.accessibleName() == "[2] 价格 不变。 定价 › 套餐"
    with qtbot.waitSignal(quotes.open_requested) as got:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert got.args == ["项目/定价.md", 7]


def test_passages_that_were_not_quoted_are_one_press_away(quotes, qtbot):
    found = QuotesFound((a_quote(2),), (a_passage("A.md"), a_passage("B.md"), a_passage("C.md", text="c")))
    quotes.show_found(found)
    more = quotes.findChild(QPushButton, "moreQuotes")
    assert len(rows(quotes, "quote")) == 1
    assert more.text() == "Show all 3 passages"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert sorted(row.words.split()[0] for row in rows(quotes, "quote")) == ["[1]", "[2]", "[3]"]
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(rows(quotes, "quote")) == 1


def test_no_quotes_take_no_room(quotes):
    quotes.show_found(quotes_found(a_quote()))
    quotes.show_found(quotes_found())
    assert quotes.isHidden()


def test_tags_in_a_passage_are_not_read_as_html_in_its_tooltip(quotes):
    quotes.show_found(quotes_found(a_quote(1, "<img src='file:///etc/passwd'>")))
    assert "<img" not in rows(quotes, "quote")[0].toolTip()


@pytest.mark.parametrize(
    ("path", "headings", "name"),
    [
        ("a/Pilot review.md", ("Pilot review", "Churn"), "Pilot review › Churn"),
        ("a/Pilot review.md", (), "Pilot review"),
        ("a/x.md", ("Pilot review", "x"), "x › Pilot review › x"),
        ("pages/a___b.md", ("c",), "a/b › c"),
    ],
)
def test_a_place_is_named_by_note_and_headings(path, headings, name):
    assert place_name(path, headings) == name


def test_a_document_is_named_by_its_file_and_page(citations, quotes):
    assert place_name("document://report.pdf", ("Prices",), "p. 3") == "report.pdf, p. 3"
    cited = replace(a_citation(1, "document://report.pdf", line=40), label="p. 3")
    citations.show_citations((cited,))
    (row,) = rows(citations, "citation")
    assert row.words == "[1] report.pdf, p. 3"
    quote = a_quote(1, "A fact.")
    page = replace(quote.passage, path="document://report.pdf", label="slide 2")
    quotes.show_found(quotes_found(replace(quote, passage=page)))
    assert "report.pdf, slide 2" in rows(quotes, "quote")[0].accessibleName()
