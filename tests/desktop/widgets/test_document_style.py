"""What an answer looks like in both themes."""

import pytest
from pygments.token import Token
from PySide6.QtGui import QFont, QFontMetrics

from desktop.theme.roles import load_scheme
from desktop.widgets.document_style import code_style, document_css
from tests.desktop.theme.contrast import contrast


@pytest.mark.parametrize("dark", [False, True])
def test_coloured_code_is_legible_on_the_background_of_code(theme, dark):
    """4.5 is the least contrast of text (WCAG 2.2, 1.4.3)."""
    background = load_scheme(dark=dark).colours["window"]
    theme.set_preference("dark" if dark else "light")
    style = code_style(theme)
    colours = {f"#{token['color']}" for _kind, token in style if token["color"]}
    assert min(contrast(colour, background) for colour in colours) >= 4.5


def test_the_style_follows_the_theme(theme):
    metrics = QFontMetrics(QFont())
    light = document_css(theme, metrics)
    assert theme.colour("accent").name() in light
    theme.set_preference("dark")
    assert document_css(theme, metrics) != light


def test_lines_have_one_height_whatever_stands_in_them(theme, qtbot):
    from desktop.panel.markdown_view import MarkdownView

    view = MarkdownView(theme)
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show()
    heights = []
    for text in ("latin only", "混排 latin 与中文", "只有中文"):
        view.show_markdown(text)
        heights.append(view.height())
    assert len(set(heights)) == 1


def test_code_has_the_colours_that_it_has_in_the_editor(theme):
    colour = code_style(theme).style_for_token(Token.Keyword)["color"]
    assert f"#{colour}" == theme.colour("code_word").name()
    assert code_style(theme) is code_style(theme)
