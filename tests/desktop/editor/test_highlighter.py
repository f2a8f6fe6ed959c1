"""Styling of a document: what is seen first, the rest bit by bit, nothing lost."""

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from desktop.editor.note_document import NoteDocument


def formats(document, line):
    """The styled stretches of a line as text -> format."""
    block = document.findBlockByNumber(line)
    units = block.text().encode("utf-16-le")
    return {
        units[2 * f.start : 2 * (f.start + f.length)].decode("utf-16-le"): QTextCharFormat(f.format)
        for f in block.layout().formats()
    }


def done(qtbot, document):
    qtbot.waitUntil(lambda: document.highlighter.is_complete)


def test_the_first_lines_are_styled_at_once(theme, qapp):
    document = NoteDocument("# Title\nwords", theme)
    assert formats(document, 0)["Title"].fontWeight() == QFont.Weight.Bold
    assert not document.isModified()


def test_a_long_note_is_styled_to_its_end_between_events(theme, qtbot):
    document = NoteDocument("\n".join(["text **bold**"] * 3000), theme)
    assert formats(document, 2999) == {}
    done(qtbot, document)
    assert "bold" in formats(document, 2999)


def test_the_lines_round_the_place_to_go_are_styled_first(theme, qapp):
    document = NoteDocument("\n".join(["a #tag"] * 5000), theme, line=4000)
    assert "#tag" in formats(document, 4000)


def test_a_place_in_a_long_fence_is_known_to_be_code(theme, qapp):
    document = NoteDocument("```\n" + "# no heading\n" * 3000, theme, line=2500)
    assert all(f.fontWeight() != QFont.Weight.Bold for f in formats(document, 2500).values())


def test_positions_count_utf_16_units(theme, qapp):
    document = NoteDocument("😀😀 #标签 end", theme)
    assert "#标签" in formats(document, 0)


def test_opening_a_fence_restyles_what_follows(theme, qtbot):
    document = NoteDocument("a\n# b\n# c", theme)
    done(qtbot, document)
    QTextCursor(document).insertText("```\n")
    assert all(f.fontWeight() != QFont.Weight.Bold for f in formats(document, 3).values())


def test_lines_taken_away_while_styling_goes_on_do_no_harm(theme, qtbot):
    document = NoteDocument("\n".join(["**x**"] * 2000), theme)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText("only **this**")
    done(qtbot, document)
    assert "this" in formats(document, 0)


def test_another_scheme_restyles_everything(theme, qtbot):
    document = NoteDocument("[[link]]\n" * 300, theme)
    done(qtbot, document)
    theme.set_preference("dark")
    done(qtbot, document)
    assert formats(document, 299)["link"].foreground().color() == theme.colour("accent")


def test_overlapping_styles_are_joined(theme, qapp):
    document = NoteDocument("# see **[[this]]**", theme)
    style = formats(document, 0)["this"]
    assert style.fontWeight() == QFont.Weight.Bold
    assert style.foreground().color() == theme.colour("accent")
