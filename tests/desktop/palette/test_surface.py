"""The frameless window: where it stands, how it is painted, with and without blending."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest

from desktop.palette import surface as module
from desktop.palette.surface import RADIUS, SHADOW, Surface

no_masks_offscreen = pytest.mark.qt_log_ignore("does not support setting window masks", extend=True)


@pytest.fixture
def make(qtbot, theme, monkeypatch):
    def make(*, blends):
        monkeypatch.setattr(module, "is_composited", lambda: blends)
        surface = Surface(theme)
        qtbot.addWidget(surface)
        surface.resize(400, 200)
        return surface

    return make


def alpha(image, x, y):
    return image.pixelColor(x, y).alpha()


def test_where_windows_are_blended_there_is_room_for_a_shadow(make):
    surface = make(blends=True)
    assert surface.margin == SHADOW
    assert surface.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    assert surface.mask().isEmpty()


def test_the_shadow_fades_outwards(make, qtbot):
    surface = make(blends=True)
    with qtbot.waitExposed(surface):
        surface.show()
    image = surface.grab().toImage()
    middle = image.height() // 2
    shades = [alpha(image, x, middle) for x in (1, SHADOW // 2, SHADOW - 2)]
    assert shades[0] < shades[1] < shades[2] < 255
    assert alpha(image, image.width() // 2, middle) == 255


@no_masks_offscreen
def test_where_they_are_not_the_corners_are_cut_off(make, qtbot):
    surface = make(blends=False)
    with qtbot.waitExposed(surface):
        surface.show()
    assert surface.margin == 0
    mask = surface.mask()
    assert not mask.contains(QPoint(0, 0))
    assert not mask.contains(QPoint(surface.width() - 1, surface.height() - 1))
    assert mask.contains(QPoint(RADIUS, RADIUS))
    assert mask.contains(QPoint(surface.width() // 2, 1))


@no_masks_offscreen
def test_the_cut_follows_the_size(make, qtbot):
    surface = make(blends=False)
    with qtbot.waitExposed(surface):
        surface.show()
    surface.resize(300, 500)
    assert surface.mask().boundingRect().height() >= 499
    assert surface.mask().boundingRect().width() <= 301


@pytest.mark.parametrize("dark", [False, True])
def test_the_ground_is_that_of_the_theme(make, theme, qtbot, dark):
    theme.set_preference("dark" if dark else "light")
    surface = make(blends=True)
    with qtbot.waitExposed(surface):
        surface.show()
    image = surface.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == theme.colour("raised")


@no_masks_offscreen
def test_it_has_a_hairline_all_round(make, theme, qtbot):
    surface = make(blends=False)
    with qtbot.waitExposed(surface):
        surface.show()
    image = surface.grab().toImage()
    middle = image.height() // 2
    for x in (0, image.width() - 1):
        assert image.pixelColor(x, middle) == theme.colour("line")


def test_it_stands_on_the_screen_of_the_pointer(make):
    surface = make(blends=True)
    surface.move_to_active_screen()
    area = (QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()).availableGeometry()
    assert abs(surface.geometry().center().x() - area.center().x()) <= 1
    assert area.top() <= surface.y() < area.center().y()


class Screen:
    """A second screen to the right, low and narrow."""

    area = QRect(5000, 300, 800, 600)

    def availableGeometry(self):  # noqa: N802 -- Qt's name
        return self.area


def test_it_stands_on_a_second_screen_too(make, monkeypatch):
    monkeypatch.setattr(module.QGuiApplication, "screenAt", lambda _point: Screen())
    surface = make(blends=False)
    surface.move_to_active_screen()
    assert Screen.area.contains(surface.geometry())
    assert surface.room_below() == Screen.area.bottom() - surface.y() - 8


def test_a_pointer_between_screens_means_the_first(make, monkeypatch):
    monkeypatch.setattr(module.QGuiApplication, "screenAt", lambda _point: None)
    surface = make(blends=True)
    surface.move_to_active_screen()
    assert QGuiApplication.primaryScreen().availableGeometry().contains(surface.geometry())
    assert surface.room_below() > 0


def test_there_is_less_room_further_down(make):
    surface = make(blends=True)
    surface.move(0, 0)
    room = surface.room_below()
    surface.move(0, 100)
    assert surface.room_below() == room - 100


def test_it_stays_above_other_windows_without_a_frame(make):
    flags = make(blends=True).windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint


@pytest.mark.parametrize(
    ("button", "moves"), [(Qt.MouseButton.LeftButton, 1), (Qt.MouseButton.RightButton, 0)]
)
def test_it_is_dragged_by_its_ground(make, qtbot, monkeypatch, button, moves):
    surface = make(blends=True)
    with qtbot.waitExposed(surface):
        surface.show()
    moved = []

    class Handle:
        def startSystemMove(self):  # noqa: N802 -- Qt's name
            moved.append(1)

    monkeypatch.setattr(surface, "windowHandle", Handle)
    QTest.mousePress(surface, button, pos=QPoint(200, 100))
    assert len(moved) == moves
