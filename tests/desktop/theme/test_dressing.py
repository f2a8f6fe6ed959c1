"""Style sheet and palette: every scheme dresses everything, and follows the system where it is to."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.theme import style_sheet
from desktop.theme.palette import build_palette
from desktop.theme.roles import Scheme, load_scheme
from desktop.theme.style_sheet import build_style_sheet
from desktop.theme.theme import Theme
from tests.desktop.theme.contrast import contrast

SCHEMES = [load_scheme(dark=d, high_contrast=h) for d, h in itertools.product((False, True), repeat=2)]
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_style_sheet_has_the_pictures_of_its_scheme(qapp, scheme):
    sheet = build_style_sheet(scheme)
    for picture in ("check", "clear"):
        (file,) = set(re.findall(rf'url\("(.*/{picture}-\w+\.svg)"\)', sheet))
        assert file.endswith(f"{picture}-{'dark' if scheme.dark else 'light'}.svg")
        assert Path(file).is_file()
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_the_sheet_comes_from_the_scheme(qapp, scheme):
    used = set(COLOUR.findall(build_style_sheet(scheme)))
    known = set(scheme.colours.values()) | set(style_sheet._shades(scheme.colours).values())
    assert used
    assert used <= known


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_a_pointer_does_can_be_seen_and_its_words_still_be_read(qapp, scheme):
    shades = style_sheet._shades(scheme.colours)
    window, text = scheme.colours["window"], scheme.colours["text"]
    assert 1 < contrast(shades["hover"], window) < contrast(shades["pressed"], window)
    assert contrast(text, shades["pressed"]) >= 4.5
    for name in ("accent", "accent_hover", "accent_pressed"):
        ground = shades.get(name, scheme.colours["accent"])
        assert contrast(scheme.colours["on_accent"], ground) >= 4.5, name


def test_a_word_that_nobody_knows_is_a_mistake_of_ours(monkeypatch, tmp_path):
    (tmp_path / "style.qss").write_text("QLabel { color: @puce; }")
    monkeypatch.setattr(style_sheet, "resource", lambda _name: tmp_path / "style.qss")
    with pytest.raises(KeyError, match="puce"):
        build_style_sheet(load_scheme(dark=False))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_of_the_palette_can_be_read_on_their_grounds(qapp, scheme):
    palette, role = build_palette(scheme), QPalette.ColorRole
    pairs = [(role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
             (role.ToolTipText, role.ToolTipBase), (role.HighlightedText, role.Highlight),
             (role.Link, role.Base)]  # fmt: skip
    for words, ground in pairs:
        found = contrast(palette.color(words).name(), palette.color(ground).name())
        assert found >= 4.5, (words, ground, found)


@pytest.mark.parametrize("preference", ["light", "dark"])
def test_a_window_that_is_open_changes_its_clothes(theme, qtbot, preference):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for part in (QLabel("Words"), QLineEdit("field"), QPushButton("Button")):
        column.addWidget(part)
    window.resize(200, 160)
    with qtbot.waitExposed(window):
        window.show()
    theme.set_preference("light" if preference == "dark" else "dark")
    before = window.grab().toImage()
    theme.set_preference(preference)
    after = window.grab().toImage()
    assert after.pixelColor(2, 2) == theme.colour("window")
    assert after.pixelColor(2, 2) != before.pixelColor(2, 2)


# Following the system


class Hints:
    """What the desktop says of its scheme."""

    def __init__(self, scheme):
        self.scheme = scheme

    def colorScheme(self):  # noqa: N802 -- Qt's name
        return self.scheme


@pytest.fixture
def system(theme):
    """Tell the theme what the desktop says."""
    theme.set_preference("system")
    real = theme._hints

    def say(scheme):
        theme._hints = Hints(scheme)
        theme._system_changed()

    say(Qt.ColorScheme.Light)
    yield say
    theme._hints = real


def test_the_system_is_followed_there_and_back(theme, system):
    system(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    assert QApplication.palette().color(QPalette.ColorRole.Base) == theme.colour("paper")
    system(Qt.ColorScheme.Light)
    assert not theme.is_dark()


def test_a_desktop_that_says_nothing_changes_nothing(theme, system, qtbot):
    system(Qt.ColorScheme.Dark)
    with qtbot.assertNotEmitted(theme.changed):
        system(Qt.ColorScheme.Unknown)
    assert theme.is_dark()


def test_a_preference_is_stronger_than_the_system_and_going_back_follows_it_again(theme, system):
    theme.set_preference("light")
    system(Qt.ColorScheme.Dark)
    assert not theme.is_dark()
    theme.set_preference("system")
    assert theme.is_dark()


def test_the_same_said_twice_is_one_change(theme, system, qtbot):
    changes = []
    theme.changed.connect(lambda: changes.append(1))
    system(Qt.ColorScheme.Dark)
    system(Qt.ColorScheme.Dark)
    assert changes == [1]


def test_without_an_application_colours_are_known_all_the_same(qapp):
    theme = Theme("dark")
    assert theme.colour("paper") == QColor(load_scheme(dark=True).colours["paper"])
    theme.set_preference("light")
    assert not theme.is_dark()


def test_a_scheme_is_loaded_once_and_cannot_be_changed_by_accident():
    one = load_scheme(dark=True)
    assert load_scheme(dark=True) is one
    assert isinstance(one, Scheme)
    with pytest.raises(AttributeError):
        one.dark = False


def test_high_contrast_differs_where_it_matters():
    plain, high = load_scheme(dark=False), load_scheme(dark=False, high_contrast=True)
    for role in ("quiet", "ghost"):
        paper, other = plain.colours["paper"], high.colours["paper"]
        assert contrast(high.colours[role], other) > contrast(plain.colours[role], paper)


def test_the_keyboard_on_a_button_shows_at_its_edge_and_draws_no_second_one_inside(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    one, other = QPushButton("one", window), QPushButton("other", window)
    column.addWidget(one)
    column.addWidget(other)
    with qtbot.waitActive(window):
        window.show()
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert other.hasFocus()
    focused = other.grab().toImage()
    QTest.keyClick(other, Qt.Key.Key_Tab)
    away = other.grab().toImage()
    assert focused != away
    inside = other.rect().adjusted(3, 3, -3, -3)
    assert focused.copy(inside) == away.copy(inside)
