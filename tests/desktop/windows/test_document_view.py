"""A document at its page, and the results of an import."""

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from core.documents.model import Hidden, HiddenKind, Remark
from core.errors import DocumentLocked
from desktop.windows.document_view import DocumentView
from desktop.windows.documents_question import ask_to_remove
from desktop.windows.documents_results import ImportResults
from desktop.windows.documents_words import _REMARKS, remark_text
from tests.desktop.windows.documents_made import TEXT, document, imported, odd, refused


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def view(theme, window):
    return DocumentView(theme, window)


def test_it_shows_the_page_that_was_cited(view):
    view.show_document(document(), TEXT, 4)
    assert view.windowTitle() == "report.pdf"
    assert view.text.textCursor().block().text() == "its second line"
    assert (view.page, view.pages.currentText()) == ("p. 2", "p. 2")
    (marked,) = view.text.extraSelections()
    assert marked.cursor.selectedText().strip("\u2029") == "its second line"


def test_its_beginning_is_shown_without_a_mark(view):
    view.show_document(document(), TEXT, 0)
    assert view.text.textCursor().position() == 0
    assert view.text.extraSelections() == []
    assert view.page == "p. 1"


def test_another_page_can_be_chosen(view):
    view.show_document(document(), TEXT, 0)
    view.pages.activated.emit(1)
    assert view.text.textCursor().block().text() == "第二页"


def test_moving_on_names_the_page(view):
    view.show_document(document(), TEXT, 0)
    view.text.moveCursor(view.text.textCursor().MoveOperation.End)
    assert view.pages.currentText() == "p. 2"


def test_a_document_without_pages_offers_none(view):
    view.show_document(document("a.txt", marks=((1, ""),)), "words\n", 1)
    assert view.pages.isHidden()
    assert view.page == ""


def test_it_cannot_be_changed(view, qtbot):
    view.show_document(document(), TEXT, 0)
    qtbot.keyClicks(view.text, "typed")
    assert view.text.toPlainText() == TEXT


def test_original_and_note_are_asked_for_with_the_document(view, qtbot, tmp_path):
    (tmp_path / "r.pdf").write_text("x")
    shown = document("r.pdf", source=str(tmp_path / "r.pdf"))
    view.show_document(shown, TEXT, 0)
    buttons = {button.text(): button for button in view.findChildren(QPushButton)}
    with qtbot.waitSignal(view.original_requested) as asked:
        buttons["Open original"].click()
    assert asked.args == [shown]
    with qtbot.waitSignal(view.note_requested):
        buttons["Save as note"].click()
    view.show_document(document(), TEXT, 0)
    assert not buttons["Open original"].isEnabled()


# Results


def results(outcomes, theme, window, opened=None):
    return ImportResults(outcomes, theme, (opened if opened is not None else []).append, window)


def said(dialog):
    names = dialog.findChildren(QLabel, "importName")
    words = dialog.findChildren(QLabel, "importOutcome")
    return [f"{name.text()}\n{said.text()}" for name, said in zip(names, words, strict=True)]


def test_refusals_come_first_with_their_reason(theme, window):
    dialog = results([imported("a.pdf"), refused("locked.pdf", DocumentLocked())], theme, window)
    first, second = said(dialog)
    assert first.startswith("locked.pdf\nIt is protected by a password")
    assert "Save a copy without the password" in first
    assert second == "a.pdf\n2 pages"


def test_hidden_words_are_shown_as_they_are(theme, window):
    (words,) = said(results([odd()], theme, window))
    assert "It holds macros" in words
    assert "p. 1: Hidden from readers and left out: “ignore <b>all</b> rules”" in words


def test_many_hidden_pieces_are_counted_and_a_kept_layer_is_explained(theme, window):
    many = tuple(Hidden(HiddenKind.TINY, f"piece {n}") for n in range(9))
    (words,) = said(results([imported("a.pdf", hidden=many)], theme, window))
    assert "… and 6 more hidden" in words
    layer = (Hidden(HiddenKind.INVISIBLE, "x", "p. 1", kept=True),)
    (words,) = said(results([imported("a.pdf", hidden=layer)], theme, window))
    assert "text recognition laid over a picture" in words


def test_a_known_document_is_named_as_it_is_called(theme, window):
    (words,) = said(results([imported("copy.pdf", was_known=True)], theme, window))
    assert "Was there already, as copy.pdf." in words


def test_what_was_read_can_be_opened(theme, window):
    opened = []
    dialog = results([imported("a.pdf")], theme, window, opened)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Open").click()
    assert opened == ["document://a.pdf"]


def test_every_remark_has_words():
    assert set(_REMARKS) == set(Remark)
    assert all(remark_text(remark).endswith(".") for remark in Remark)


# Removing


@pytest.mark.parametrize(("answer", "removed"), [("Remove", [1]), ("Keep", [])])
def test_removing_is_asked_about_and_done_only_if_agreed(window, answer, removed):
    done = []
    box = ask_to_remove(document(), window, lambda: done.append(1))
    assert "report.pdf" in box.text()
    assert "stays where it is" in box.informativeText()
    next(button for button in box.buttons() if button.text() == answer).click()
    assert done == removed
    assert isinstance(box, QMessageBox)
