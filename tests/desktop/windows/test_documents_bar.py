"""What the bar says while documents are read and afterwards."""

import pytest

from desktop.windows.documents_bar import DocumentsBar
from tests.desktop.windows.documents_made import began, imported, refused


@pytest.fixture
def bar(qtbot, theme):
    made = DocumentsBar(theme)
    qtbot.addWidget(made)
    return made


def test_it_takes_no_room_before_anything_is_read(bar):
    assert bar.isHidden()
    assert bar.text == ""


def test_one_file_is_named_and_can_be_cancelled(bar, qtbot):
    bar.step(began())
    assert bar.text == "Reading report.pdf"
    assert not bar.cancel_button.isHidden()
    with qtbot.waitSignal(bar.cancel_requested):
        bar.cancel_button.click()


def test_of_many_files_the_count_is_shown(bar):
    bar.step(began("b.pdf", 2, 7))
    assert bar.text == "Reading b.pdf (2 of 7)"
    assert (bar._progress.value(), bar._progress.maximum()) == (1, 7)


def test_the_end_says_what_became_of_all(bar, qtbot, english):
    outcomes = (imported("a.pdf"), imported("b.pdf"), imported("c.pdf", was_known=True), refused())
    for number, outcome in enumerate(outcomes, start=1):
        bar.step(began(outcome.file.name, number, 4))
        bar.step(outcome)
    bar.end(cancelled=False)
    assert bar.text == "2 documents read, 1 was there already, 1 could not be read"
    assert bar.accessibleName() == bar.text
    with qtbot.waitSignal(bar.details_requested):
        bar.details_button.click()
    bar.close_button.click()
    assert bar.isHidden()


def test_a_cancelled_import_says_that_what_was_read_stays(bar):
    bar.step(began("a.pdf", 1, 2))
    bar.step(imported("a.pdf"))
    bar.end(cancelled=True)
    assert bar.text.endswith("cancelled; what was read stays")


def test_a_folder_without_documents_is_said_to_be_one(bar):
    bar.end(cancelled=False)
    bar.show()
    assert bar.text == "There was no document to read"
    assert bar.details_button.isHidden()
    bar.hide()


def test_the_next_import_counts_anew(bar):
    bar.step(began())
    bar.step(imported())
    bar.end(cancelled=False)
    bar.step(began("b.pdf"))
    bar.step(refused("b.pdf"))
    bar.end(cancelled=False)
    assert bar.text == "1 could not be read"
