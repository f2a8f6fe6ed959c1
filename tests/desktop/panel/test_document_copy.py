"""Appending HTML piece by piece gives the document that the whole gives."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.panel.document_copy import Appender

PIECES = {
    "paragraphs": ["<p>a</p>", "<p>b <b>c</b></p>"],
    "a list and a paragraph": ["<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "<p>d</p>"],
    "two lists": ["<ol><li>a</li></ol>", "<ol start='4'><li>b</li><li>c</li></ol>"],
    "code and a rule": ["<pre><code>x\n  y</code></pre>", "<hr>", "<p>z</p>"],
    "a heading and a quote": ["<h2>t</h2>", "<blockquote><p>q</p></blockquote>"],
}


def shape(document):
    seen = []
    block = document.begin()
    while block.isValid():
        items, form = block.textList(), block.blockFormat()
        runs = [
            (f.text(), f.charFormat().fontWeight(), f.charFormat().anchorHref()) for f in fragments(block)
        ]
        number = (items.format().style(), items.itemNumber(block)) if items else None
        seen.append((runs, form.headingLevel(), form.bottomMargin(), form.indent(), number))
        block = block.next()
    return seen


def fragments(block):
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES.keys())
def test_pieces_appended_look_like_the_whole(qapp, pieces):
    target, whole = QTextDocument(), QTextDocument()
    appender = Appender(target)
    for piece in pieces:
        appender.append(piece)
    whole.setHtml("".join(pieces))
    assert shape(target) == shape(whole)


@pytest.mark.parametrize("before", ["", "<p>before</p>"])
def test_a_table_is_copied_with_its_cells_and_what_follows_stands_below(qapp, before):
    document = QTextDocument()
    appender = Appender(document)
    if before:
        appender.append(before)
    appender.append("<table><tr><th>h</th><td>2</td></tr><tr><td>3</td><td><b>4</b></td></tr></table>")
    appender.append("<p>after</p>")
    table = next(filter(None, (QTextCursor(block).currentTable() for block in blocks(document))))
    cells = [table.cellAt(r, c).firstCursorPosition().block().text() for r in range(2) for c in range(2)]
    assert cells == ["h", "2", "3", "4"]
    assert document.lastBlock().text() == "after"
    assert [block.text() for block in blocks(document)].count("") <= 1


def blocks(document):
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def test_the_style_sheet_given_is_the_one_used(qapp):
    document = QTextDocument()
    appender = Appender(document)
    appender.set_style("p { margin-bottom: 7px; }")
    appender.append("<p>x</p>")
    assert document.begin().blockFormat().bottomMargin() == 7
