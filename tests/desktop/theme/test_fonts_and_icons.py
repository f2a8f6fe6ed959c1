"""Fonts with a Chinese face, icons in every size, and what is missing."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication

from desktop.theme import fonts, icons
from desktop.theme.icons import APP_SIZES, SIZES, load_app_icon, load_icon

RED, GREY = QColor("#C00000"), QColor("#808080")
FONTS = (fonts.ui_font, fonts.editor_font, fonts.mono_font, fonts.editor_mono_font)


def painted(image):
    """Yield the colours of the pixels that are quite opaque."""
    for x in range(image.width()):
        for y in range(image.height()):
            if image.pixelColor(x, y).alpha() > 250:
                yield image.pixelColor(x, y)


# Fonts


@pytest.mark.parametrize("font", FONTS)
def test_every_font_names_a_face_for_chinese_on_every_platform(theme, font):
    families = font().families()
    assert {"PingFang SC", "Microsoft YaHei"} <= set(families)
    assert len(families) == len(set(families))


def test_asking_again_adds_no_family_twice(theme):
    assert fonts.editor_font().families() == fonts.editor_font().families()
    QApplication.setFont(fonts.ui_font())
    assert fonts.ui_font().families() == QApplication.font().families()


@pytest.mark.parametrize("font", [fonts.editor_font, fonts.editor_mono_font])
def test_a_line_of_the_editor_is_as_high_in_every_script(theme, font):
    metrics = QFontMetrics(font())
    assert font().pixelSize() == fonts.EDITOR_PIXELS
    assert metrics.height() >= 1.5 * fonts.EDITOR_PIXELS


def test_the_strut_has_no_letters_of_its_own(theme):
    """It comes first, so letters in it would be drawn in place of the face's."""
    strut = QFont(fonts.editor_font().families()[0])
    strut.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    metrics = QFontMetrics(strut)
    assert not any(metrics.inFont(letter) for letter in "aA1中。")


def test_without_the_strut_the_editor_has_the_lines_of_its_face(theme, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(fonts, "resource", lambda _name: tmp_path / "gone.ttf")
    fonts._strut_family.cache_clear()
    try:
        assert fonts.editor_font().families() == fonts.ui_font().families()
        assert fonts.editor_font().pixelSize() == fonts.EDITOR_PIXELS
        assert caplog.text.count("could not be loaded") == 1
    finally:
        fonts._strut_family.cache_clear()


def test_the_interface_keeps_the_size_of_the_system(theme):
    assert fonts.ui_font().pointSizeF() == QApplication.font().pointSizeF()


# Icons


@pytest.mark.parametrize("size", SIZES)
def test_an_icon_is_drawn_for_each_size_and_not_scaled(qapp, size):
    icon = load_icon("search", RED, GREY)
    assert QSize(size, size) in icon.availableSizes()
    assert any(True for _ in painted(icon.pixmap(size, size).toImage()))


def test_a_disabled_icon_is_faded(qapp):
    icon = load_icon("search", RED, GREY)
    faded = list(painted(icon.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()))
    bright = list(painted(icon.pixmap(QSize(32, 32), QIcon.Mode.Normal).toImage()))
    assert faded
    assert bright
    assert all(colour.red() - colour.blue() < 8 for colour in faded)
    assert all(colour.red() - colour.blue() > 100 for colour in bright)


@pytest.mark.parametrize("name", ["", "no such", "../icons/search"])
def test_an_icon_that_is_missing_is_empty_or_refused(qapp, name, caplog):
    try:
        icon = load_icon(name, RED, GREY)
    except ValueError as error:
        assert "not a name of a resource" in str(error)
    else:
        assert icon.isNull()
        assert "no icon named" in caplog.text


def test_a_damaged_icon_draws_nothing_and_breaks_nothing(qapp, monkeypatch, tmp_path):
    (tmp_path / "x.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    monkeypatch.setattr(icons, "resource", lambda _name: tmp_path / "x.svg")
    icon = load_icon("x", RED, GREY)
    assert list(painted(icon.pixmap(20, 20).toImage())) == []


def test_the_icon_of_the_program_has_every_size_that_desktops_ask_for(qapp):
    icon = load_app_icon()
    assert [size.width() for size in icon.availableSizes()] == list(APP_SIZES)
    for size in APP_SIZES:
        assert any(True for _ in painted(icon.pixmap(size, size).toImage()))


def test_an_icon_is_made_once_for_each_colour(theme):
    first = theme.icon("search")
    assert theme.icon("search").cacheKey() == first.cacheKey()
    assert theme.icon("search", role="accent").cacheKey() != first.cacheKey()
    theme.set_preference("dark")
    assert theme.icon("search").cacheKey() != first.cacheKey()
