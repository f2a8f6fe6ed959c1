"""What lies behind the words of the preview, and which blocks it lies behind."""

import pytest
from PySide6.QtGui import QTextDocument

from core.text.note_html import render_note
from desktop.editor.note_preview import NotePreview
from desktop.editor.preview_formulas import Formulas
from desktop.editor.preview_grounds import _area
from desktop.editor.preview_lists import set_lists
from tests.desktop.editor.test_preview_formulas import Drawer


@pytest.fixture
def view(qtbot, theme, tasks):
    view = NotePreview(theme, Formulas(tasks, Drawer()))
    qtbot.addWidget(view)
    view.resize(600, 800)
    with qtbot.waitExposed(view):
        view.show()
    return view


def show(view, *texts):
    view.show_pieces([(line, render_note(text)) for line, text in enumerate(texts)], {})
    return [
        (ground.role, ground.first.text().rstrip(), ground.last.text().rstrip(), ground.depth)
        for ground in view._grounds
    ]


def test_a_quote_and_a_callout_that_follow_each_other_are_two(view):
    assert show(view, "> a\n>\n> b", "> [!tip] c", "> d", "text") == [
        ("plain", "a", "b", 1),
        ("ok", "c", "c", 1),
        ("plain", "d", "d", 1),
    ]


def test_what_is_in_a_callout_belongs_to_it(view):
    assert show(view, "> [!bug] a\n> - b\n>   - c\n>\n> d") == [("error", "a", "d", 1)]


def test_quotes_in_quotes_lie_in_front(view):
    assert show(view, "> a\n> > b\n>\n> c") == [("plain", "a", "c", 1), ("plain", "b", "b", 2)]


def test_two_pieces_of_code_are_two(view):
    assert show(view, "```\na\nb\n```", "```\nc\n```\n\n---") == [
        ("code", "a", "b", 1),
        ("code", "c", "c", 1),
    ]


def test_one_lies_where_its_blocks_are(view):
    show(view, "text", "> [!note] a\n> b", "text", "> > q", "text", "- > in a list")
    document = view.document()
    outer, first, inner, item = (
        _area(document, ground) for ground in (view._grounds[n] for n in (0, 1, 3, 2))
    )
    rect = document.documentLayout().blockBoundingRect(view._grounds[0].first)
    assert outer.top() < rect.top() < rect.bottom() < outer.bottom()
    assert outer.left() == first.left() == inner.left() - 16
    assert item.left() == first.left() + document.indentWidth()
    assert outer.right() <= view.viewport().width()


def test_boxes_take_the_place_of_points(qapp, theme):
    document = QTextDocument()
    document.setDefaultStyleSheet("pre { background-color: #eeeeee; }")
    document.setHtml(render_note("- [ ] a\n- [x] b\n- c\n- ```\n  d\n  e\n  ```"))
    boxes = set_lists(document, qapp.palette())
    assert [(box.block.text(), box.is_done) for box in boxes] == [("a", False), ("b", True)]
    alpha = []
    block = document.begin()
    while block.isValid():
        alpha.append(block.charFormat().foreground().color().alpha())
        block = block.next()
    assert alpha == [0, 0, 255, 0, 0]
    assert set_lists(document, qapp.palette()) == []
