"""Places in documents, in words."""

import pytest

from desktop.widgets.document_place import document_place, label_text


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("p. 3", "p. 3"),
        ("slide 12", "slide 12"),
        ("sheet Prices, rows 2–31", "Prices, rows 2–31"),
        ("report.pdf, p. 2", "report.pdf, p. 2"),
        ("mail 7, report.pdf, p. 2", "mail 7, report.pdf, p. 2"),
        ("mail 7", "mail 7"),
        ("Chapter 3: The end", "Chapter 3: The end"),
        ("第一章", "第一章"),
        ("", ""),
    ],
)
def test_labels_are_worded_and_titles_left_alone(qapp, label, words):
    assert label_text(label) == words


def test_a_document_and_its_page_are_one_phrase(qapp):
    assert document_place("document://report.pdf", "p. 3") == "report.pdf, p. 3"
    assert document_place("document://report.pdf") == "report.pdf"
