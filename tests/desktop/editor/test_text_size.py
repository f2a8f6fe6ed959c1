"""Notes in larger and smaller letters: the editor follows, and so does the next start."""

import pytest
from PySide6.QtGui import QTextCursor

from desktop.editor.note_page import NotePage
from desktop.editor.text_size import STEPS, TextSize
from desktop.theme.fonts import EDITOR_PIXELS
from desktop.theme.theme import Theme
from desktop.windows.window_state import WindowState


@pytest.fixture
def page(theme, qtbot):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    return page


@pytest.fixture
def memory(tmp_path):
    return WindowState(tmp_path / "window.ini")


@pytest.fixture
def sized(page, theme, memory):
    size = TextSize(page, theme, page)
    size.remember_in(memory)
    return size


def test_it_grows_and_shrinks_by_steps_and_comes_back(page, theme, sized):
    page.larger_action.trigger()
    page.larger_action.trigger()
    assert theme.text_pixels == STEPS[STEPS.index(EDITOR_PIXELS) + 2]
    page.smaller_action.trigger()
    assert theme.text_pixels == STEPS[STEPS.index(EDITOR_PIXELS) + 1]
    page.usual_size_action.trigger()
    assert theme.text_pixels == EDITOR_PIXELS


@pytest.mark.parametrize(("by", "last"), [(1, STEPS[-1]), (-1, STEPS[0])])
def test_there_is_a_largest_and_a_smallest(theme, sized, by, last):
    for _ in range(2 * len(STEPS)):
        sized.step(by)
    assert theme.text_pixels == last


def test_the_next_start_has_the_same_size(page, memory, sized, tmp_path, qapp):
    sized.step(1)
    later = Theme("light")
    TextSize(page, later, page).remember_in(WindowState(tmp_path / "window.ini"))
    assert later.text_pixels == STEPS[STEPS.index(EDITOR_PIXELS) + 1]


@pytest.mark.parametrize("odd", [0, 1000, -4])
def test_a_size_that_is_none_of_ours_is_not_taken(page, theme, memory, odd):
    memory.text_pixels = odd
    TextSize(page, theme, page).remember_in(memory)
    assert theme.text_pixels == EDITOR_PIXELS


def test_the_note_its_headings_and_its_column_grow(open_text, theme, qtbot):
    editor = open_text("# 标题\n\nwords `code`\n")
    editor.resize(1600, 600)
    with qtbot.waitExposed(editor):
        editor.show()
    width, line = editor.viewport().width(), editor.fontMetrics().lineSpacing()
    heading = heading_pixels(editor)
    theme.set_text_pixels(22)
    editor.style_what_is_seen()
    assert editor.fontMetrics().lineSpacing() > line
    assert editor.viewport().width() > width
    assert heading_pixels(editor) > heading
    assert not editor.document().isModified()
    assert not editor.document().isUndoAvailable()


def heading_pixels(editor):
    editor.style_what_is_seen()
    formats = editor.document().firstBlock().layout().formats()
    return max(look.format.font().pixelSize() for look in formats)


def test_a_note_opened_later_has_the_size_too(open_text, theme):
    open_text("one")
    theme.set_text_pixels(22)
    editor = open_text("two")
    assert editor.document().defaultFont().pixelSize() == 22


def test_what_is_read_stays_at_the_top(open_text, theme, qtbot):
    editor = open_text(
        "\n".join(f"line {n} with quite a few words in it so that it wraps " * 3 for n in range(300))
    )
    with qtbot.waitExposed(editor):
        editor.show()
    editor.scroll_to(150)
    theme.set_text_pixels(25)
    assert editor.firstVisibleBlock().blockNumber() == 150


def test_typing_goes_on_where_it_was(open_text, theme):
    editor = open_text("ab")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    theme.set_text_pixels(19)
    editor.insertPlainText("c")
    assert editor.document().text() == "abc"


def test_code_of_one_size_is_never_as_large_as_the_words_of_another(theme):
    code = {theme.set_text_pixels(pixels) or theme.editor_mono_font.pixelSize() - 1 for pixels in STEPS}
    assert not code & set(STEPS)
