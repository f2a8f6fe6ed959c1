"""Styling of a document: what is seen, when it is seen."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

from desktop.editor.highlighter import moved_lines
from desktop.editor.note_document import NoteDocument


def formats(document, line):
    """The styled stretches of a line as text -> format."""
    block = document.findBlockByNumber(line)
    units = block.text().encode("utf-16-le")
    return {
        units[2 * f.start : 2 * (f.start + f.length)].decode("utf-16-le"): QTextCharFormat(f.format)
        for f in block.layout().formats()
    }


def styled(text, theme):
    """A document with all its lines styled."""
    document = NoteDocument(text, theme)
    document.highlighter.style(0, document.blockCount() - 1)
    return document


def test_lines_are_styled_when_they_are_asked_for(theme, qapp):
    document = NoteDocument("# Title\n**one**\n**two**", theme)
    document.highlighter.style(0, 1)
    assert formats(document, 0)["Title"].fontWeight() == QFont.Weight.Bold
    assert "one" in formats(document, 1)
    assert formats(document, 2) == {}
    assert not document.isModified()


def test_a_line_is_styled_once(theme, qapp, monkeypatch):
    document = styled("# a\n# b", theme)
    asked = []
    monkeypatch.setattr(document.highlighter, "rehighlightBlock", asked.append)
    document.highlighter.style(0, 1)
    assert asked == []


def test_the_editor_styles_what_is_in_sight_and_what_is_scrolled_to(open_text, qtbot):
    editor = open_text("\n".join(["a #tag"] * 5000))
    with qtbot.waitExposed(editor):
        editor.show()
    document = editor.document()
    assert "#tag" in formats(document, 5)
    assert formats(document, 4000) == {}
    editor.go_to(4000)
    qtbot.waitUntil(lambda: "#tag" in formats(document, 4000))
    editor.verticalScrollBar().setValue(2500)
    qtbot.waitUntil(lambda: "#tag" in formats(document, 2505))


def test_a_place_in_a_long_fence_is_known_to_be_code(theme, qapp):
    document = NoteDocument("```\n" + "# no heading\n" * 3000, theme)
    document.highlighter.style(2500, 2500)
    assert formats(document, 2500)
    assert all(f.fontWeight() != QFont.Weight.Bold for f in formats(document, 2500).values())


def test_positions_count_utf_16_units(theme, qapp):
    assert "#标签" in formats(styled("😀😀 #标签 end", theme), 0)


def test_an_edited_line_is_styled_anew(theme, qapp):
    document = styled("plain", theme)
    QTextCursor(document).insertText("# ")
    assert formats(document, 0)["plain"].fontWeight() == QFont.Weight.Bold


def test_opening_a_fence_restyles_what_follows(theme, qapp):
    document = styled("a\n# b\n# c", theme)
    QTextCursor(document).insertText("```\n")
    assert all(f.fontWeight() != QFont.Weight.Bold for f in formats(document, 3).values())


def test_lines_that_come_into_sight_after_a_deletion_are_styled(open_text, qtbot):
    editor = open_text("\n".join(["x"] * 3000 + ["**end**"]))
    with qtbot.waitExposed(editor):
        editor.show()
    cursor = editor.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(2 * 2999, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    qtbot.waitUntil(lambda: "end" in formats(editor.document(), editor.blockCount() - 1))


def test_another_scheme_restyles_what_is_in_sight(open_text, theme, qtbot):
    editor = open_text("[[link]]\n" * 30)
    with qtbot.waitExposed(editor):
        editor.show()
    theme.set_preference("dark")
    qtbot.waitUntil(
        lambda: formats(editor.document(), 9)["link"].foreground().color() == theme.colour("accent")
    )


def test_overlapping_styles_are_joined(theme, qapp):
    style = formats(styled("# see **[[this]]**", theme), 0)["this"]
    assert style.fontWeight() == QFont.Weight.Bold
    assert style.foreground().color() == theme.colour("accent")


LINES = st.sampled_from(["a", "# b", "**c**", "```", "%%", "", "> d", "- [ ] e", "$$", "#标签 😀", "[[f]]"])
TEXTS = st.lists(LINES, max_size=6).map("\n".join)
EDITS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12), TEXTS), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the theme stays what it is
@given(st.lists(LINES, min_size=1, max_size=12).map("\n".join), EDITS)
def test_whatever_is_edited_the_lines_look_as_in_a_document_of_that_text(theme, qapp, text, edits):
    document = styled(text, theme)
    for start, length, put in edits:
        cursor = QTextCursor(document)
        end = document.characterCount() - 1
        cursor.setPosition(min(start, end))
        cursor.setPosition(min(start + length, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(put)
        document.highlighter.style(0, document.blockCount() - 1)
    wanted = styled(document.text(), theme)
    assert [formats(document, n) for n in range(document.blockCount())] == [
        formats(wanted, n) for n in range(wanted.blockCount())
    ]


def test_a_new_line_is_styled_and_those_below_are_not_styled_again(theme, qapp, monkeypatch):
    document = styled("**a**\n**b**\n**c**", theme)
    QTextCursor(document.findBlockByNumber(1)).insertText("**new**\n")
    asked = []
    monkeypatch.setattr(document.highlighter, "rehighlightBlock", lambda block: asked.append(block.text()))
    document.highlighter.style(0, 3)
    assert asked == []
    assert all(word in formats(document, line) for line, word in enumerate(["a", "new", "b", "c"]))


@given(st.sets(st.integers(0, 30)), st.integers(0, 30), st.integers(-10, 10))
def test_lines_that_moved_are_those_that_were_there(numbers, first, came):
    moved = moved_lines({number: -number for number in numbers}, first, came)
    assert first not in moved
    assert {n: known for n, known in moved.items() if n < first} == {n: -n for n in numbers if n < first}
    behind = {n: known for n, known in moved.items() if n > first}
    assert behind == {n + came: -n for n in numbers if n > first - min(came, 0)}
