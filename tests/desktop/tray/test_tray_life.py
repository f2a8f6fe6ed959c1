"""The tray over a day: pictures, pauses, another theme, another language."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QSystemTrayIcon

from core.index.model import Hold, IndexProgress
from desktop.tray.tray import Tray

IDLE = IndexProgress(12, 12, 30, 30, idle=True)
READING = IndexProgress(3, 12, 0, 30)
PAUSED = replace(IDLE, idle=False, hold=Hold.PAUSED)
TROUBLED = replace(IDLE, problem="no model")


@pytest.fixture
def tray(theme):
    tray = Tray(theme, is_available=lambda: True)
    yield tray
    tray.close()
    tray.deleteLater()


def picture(tray):
    return tray.icon.icon().pixmap(32, 32).toImage()


def dot(tray):
    """The colour where the dot is, if there is one."""
    return picture(tray).pixelColor(26, 26)


@pytest.mark.parametrize(("progress", "role"), [(READING, "accent"), (PAUSED, "quiet"), (TROUBLED, "warn")])
def test_each_state_has_the_dot_of_its_colour(tray, theme, progress, role):
    tray.show_progress(progress)
    assert dot(tray) == theme.colour(role)


def test_the_dot_leaves_the_rest_of_the_icon_alone(tray):
    plain = picture(tray)
    tray.show_progress(TROUBLED)
    dotted = picture(tray)
    assert all(dotted.pixelColor(x, y) == plain.pixelColor(x, y) for x in range(20) for y in range(20))


def test_the_dot_follows_the_theme(tray, theme):
    tray.show_progress(TROUBLED)
    light = dot(tray)
    theme.set_preference("dark")
    assert dot(tray) == theme.colour("warn")
    assert dot(tray) != light


def test_before_anything_is_known_it_is_starting_and_has_no_dot(tray):
    assert tray.state_action.text() == "Starting"
    plain = picture(tray)
    tray.show_progress(IDLE)
    assert picture(tray) == plain


def test_a_pause_is_told_before_any_trouble(tray):
    tray.show_progress(replace(TROUBLED, hold=Hold.PAUSED))
    assert tray.state_action.text() == "Indexing is paused"


def test_on_battery_it_is_reading_and_not_paused_by_the_person(tray):
    tray.show_progress(replace(READING, hold=Hold.BATTERY))
    assert not tray.pause_action.isChecked()
    assert tray.state_action.text() == "Reading your notes"


def test_pausing_and_going_on_is_asked_each_time(tray):
    asked = []
    tray.pause_requested.connect(asked.append)
    tray.show_progress(READING)
    tray.pause_action.trigger()
    tray.show_progress(PAUSED)
    tray.pause_action.trigger()
    tray.show_progress(READING)
    assert asked == [True, False]
    assert not tray.pause_action.isChecked()


def test_a_vault_without_notes_is_up_to_date(tray):
    tray.show_progress(IndexProgress(0, 0, 0, 0, idle=True))
    assert tray.state_action.text() == "Up to date: 0 notes"


def test_the_state_cannot_be_clicked(tray):
    assert not tray.state_action.isEnabled()


def test_every_entry_of_the_menu_has_words(tray):
    actions = [action for action in tray.menu.actions() if not action.isSeparator()]
    assert len(actions) == 6
    assert all(action.text() for action in actions)
    assert len({action.text() for action in actions}) == 6


def test_a_middle_click_does_nothing(tray, qtbot):
    with qtbot.assertNotEmitted(tray.window_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Unknown)


def test_a_tray_that_comes_later_is_shown_the_next_time(theme):
    there = []
    tray = Tray(theme, is_available=lambda: bool(there))
    assert tray.show() is False
    there.append(1)
    assert tray.show() is True
    tray.close()
    assert not tray.icon.isVisible()
    tray.deleteLater()


def test_progress_that_comes_while_it_is_hidden_is_there_when_it_is_shown(theme):
    tray = Tray(theme, is_available=lambda: False)
    tray.show()
    tray.show_progress(READING)
    assert tray.state_action.text() == "Reading your notes"
    tray.close()
    tray.deleteLater()


progresses = st.builds(
    IndexProgress,
    notes_done=st.integers(0, 5),
    notes_total=st.integers(0, 5),
    chunks_embedded=st.integers(0, 5),
    chunks_total=st.integers(0, 5),
    idle=st.booleans(),
    hold=st.sampled_from(list(Hold)),
    problem=st.sampled_from(["", "no model"]),
)


@given(st.lists(progresses, min_size=1, max_size=5))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_said_is_said_of_the_last_alone(tray, theme, progress):
    other = Tray(theme, is_available=lambda: True)
    for one in progress:
        tray.show_progress(one)
    other.show_progress(progress[-1])
    assert tray.state_action.text() == other.state_action.text()
    assert tray.icon.toolTip() == other.icon.toolTip()
    assert picture(tray) == picture(other)
    assert tray.pause_action.isChecked() == (progress[-1].hold is Hold.PAUSED)
    assert tray.state_action.text() in tray.icon.toolTip()
    other.close()
    other.deleteLater()


def test_in_chinese_the_tray_speaks_chinese(chinese, theme):
    tray = Tray(theme, is_available=lambda: True)
    said = []
    for progress in (IDLE, READING, PAUSED, TROUBLED):
        tray.show_progress(progress)
        said.append(tray.state_action.text())
    said += [action.text() for action in tray.menu.actions() if not action.isSeparator()]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in words) for words in said)
    assert "12" in said[0]
    tray.close()
    tray.deleteLater()
