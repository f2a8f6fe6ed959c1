"""The theme as widgets use it."""

import ast
import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from core.paths import resources_dir
from desktop.theme.palette import build_palette
from desktop.theme.resources import resource
from desktop.theme.roles import ROLES, load_scheme
from desktop.theme.style_sheet import build_style_sheet
from desktop.theme.theme import Theme

DESKTOP = resources_dir().parent / "desktop"


def test_a_role_gives_its_colour(theme):
    assert theme.colour("paper") == QColor("#FDFCFA")
    assert not theme.is_dark()


def test_an_unknown_role_is_a_mistake_of_ours(theme):
    with pytest.raises(KeyError):
        theme.colour("puce")


def test_another_preference_changes_colours_and_says_so(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.set_preference("dark")
    assert theme.is_dark()
    assert QApplication.palette().color(QPalette.ColorRole.Base) == QColor("#212529")


def test_the_same_scheme_again_is_no_change(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_preference("light")


def test_an_icon_is_tinted_by_its_role(theme):
    image = theme.icon("stop", role="error").pixmap(20, 20).toImage()
    painted = [
        image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 250
    ]
    wanted = theme.colour("error")
    assert painted
    assert all(abs(c.red() - wanted.red()) < 4 and abs(c.blue() - wanted.blue()) < 4 for c in painted)


def test_an_icon_follows_the_scheme(theme):
    before = theme.icon("check").pixmap(20, 20).toImage()
    theme.set_preference("dark")
    assert theme.icon("check").pixmap(20, 20).toImage() != before


def test_a_missing_icon_is_empty_and_logged(theme, caplog):
    assert theme.icon("no-such-icon").isNull()
    assert "no-such-icon" in caplog.text


def _names_of_icons_in_use():
    """Literal first arguments of every `.icon("...")` call in desktop."""
    for file in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "icon" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield file.name, first.value


def test_every_icon_name_in_use_has_a_file(theme):
    missing = [(file, name) for file, name in _names_of_icons_in_use() if theme.icon(name).isNull()]
    assert not missing


def test_every_icon_of_ours_draws_something(theme):
    for file in (resources_dir() / "icons").glob("*.svg"):
        image = theme.icon(file.stem).pixmap(20, 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), file.name


def test_no_widget_names_a_colour():
    literal = re.compile(r"""["']#[0-9A-Fa-f]{6}["']|GlobalColor\.(?!transparent)""")
    outside_theme = [file for file in DESKTOP.rglob("*.py") if "theme" not in file.parts]
    assert [file.name for file in outside_theme if literal.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_has_no_word_left_to_replace(dark):
    assert "@" not in build_style_sheet(load_scheme(dark=dark))


def test_the_palette_fades_disabled_words(qapp):
    scheme = load_scheme(dark=False)
    colour = build_palette(scheme).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert colour == QColor(scheme.colours["ghost"])


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../core/errors.py", "icons/../../x", "C:/x", "icons\\x.svg"]
)
def test_a_resource_lies_below_the_resources(name):
    with pytest.raises(ValueError, match="not a name of a resource"):
        resource(name)


def test_fonts_name_a_chinese_face(theme):
    for font in (theme.ui_font, theme.editor_font, theme.mono_font):
        assert any("CJK SC" in family for family in font.families())
    assert theme.editor_font.pixelSize() == 15


@pytest.mark.parametrize("role", ROLES)
def test_a_theme_made_dark_from_the_start_is_dark(qapp, role):
    assert Theme("dark").colour(role) == QColor(load_scheme(dark=True).colours[role])
