"""Tabs on the screen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from desktop.editor.note_tabs import NARROWEST, WIDEST, Mark, NoteTabs, Tab

TABS = (
    Tab("a.md", "a"),
    Tab("项目/计划.md", "计划", Mark.UNSAVED),
    Tab("c & d.md", "c & d", is_passing=True),
)


@pytest.fixture
def tabs(qtbot, theme):
    tabs = NoteTabs(theme)
    qtbot.addWidget(tabs)
    tabs.resize(700, 32)
    tabs.said = []
    for name in ("chosen", "close_requested", "others_requested", "kept", "arranged"):
        getattr(tabs, name).connect(lambda *what, name=name: tabs.said.append((name, *what)))
    tabs.show_tabs(TABS, "a.md")
    with qtbot.waitExposed(tabs):
        tabs.show()
    return tabs


def middle(tabs, place):
    return tabs.tabRect(place).center() - QPoint(20, 0)


def close_button(tabs, place):
    return tabs.tabButton(place, QTabBar.ButtonPosition.RightSide)


def test_tabs_name_their_notes_and_showing_them_chooses_none(tabs):
    assert [tabs.tabText(n) for n in range(3)] == ["a", "计划", "c && d"]
    assert "项目/计划.md" in tabs.tabToolTip(1)
    assert tabs.currentIndex() == 0
    assert tabs.said == []


def test_a_click_chooses(tabs):
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, 1))
    assert tabs.said == [("chosen", "项目/计划.md")]


def test_the_middle_button_and_the_cross_close(tabs):
    QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=middle(tabs, 2))
    close_button(tabs, 1).click()
    assert tabs.said == [("close_requested", "c & d.md"), ("close_requested", "项目/计划.md")]


def test_a_double_click_keeps(tabs):
    QTest.mouseDClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, 0))
    assert ("kept", "a.md") in tabs.said


def test_a_dragged_tab_tells_from_where_to_where(tabs):
    tabs.moveTab(0, 2)
    assert tabs.said == [("arranged", 0, 2), ("chosen", "a.md")]


def test_with_none_in_sight_a_click_on_any_of_them_chooses(tabs):
    tabs.show_tabs(TABS, "")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, tabs.currentIndex()))
    assert tabs.said == [("chosen", TABS[tabs.currentIndex()].path)]


def test_what_there_is_to_say_is_said_in_words_too(tabs):
    assert tabs.accessibleTabName(0) == "a"
    assert tabs.accessibleTabName(1) == "计划, Not saved yet"
    assert "double-click" in tabs.accessibleTabName(2)
    tabs.show_tabs([Tab("a.md", "a", Mark.STUCK), *TABS[1:]], "a.md")
    assert tabs.accessibleTabName(0) == "a, This note could not be saved"
    assert close_button(tabs, 0).accessibleName() == "Close a"


def test_the_cross_shows_the_mark_until_the_mouse_is_on_it(tabs, theme):
    tabs.show_tabs(TABS, "a.md")

    def shown(place):
        return close_button(tabs, place).icon().cacheKey()

    def icon(name):
        return theme.icon(name, role="quiet").cacheKey()

    assert (shown(0), shown(1)) == (icon("close"), icon("dot"))
    QTest.mouseMove(close_button(tabs, 1))
    close_button(tabs, 1)._tint(Mark.NONE)
    assert shown(1) == icon("close")


def test_fewer_tabs_take_away_the_rest(tabs):
    tabs.show_tabs(TABS[1:2], "")
    assert (tabs.count(), tabs.tabText(0)) == (1, "计划")
    tabs.show_tabs(TABS, "c & d.md")
    assert tabs.currentIndex() == 2
    assert tabs.said == []


def test_a_long_name_is_cut_and_many_stay_readable(tabs):
    long = Tab("l.md", "一个非常非常长的笔记名字，说明了发布计划、费用、时间以及其他所有事情 and more")
    tabs.show_tabs([long, *TABS], "l.md")
    assert tabs.tabRect(0).width() <= WIDEST
    many = [Tab(f"{n}.md", f"笔记 number {n} of a good many") for n in range(30)]
    tabs.show_tabs(many, "29.md")
    assert all(tabs.tabRect(n).width() >= NARROWEST for n in range(30))
    assert tabs.rect().intersects(tabs.tabRect(29))


def test_the_menu_of_a_tab(tabs):
    menu = tabs.menu_of("a.md")
    assert [action.text() for action in menu.actions()] == ["Close", "Close the others"]
    for action in menu.actions():
        action.trigger()
    assert tabs.said == [("close_requested", "a.md"), ("others_requested", "a.md")]
    passing = tabs.menu_of("c & d.md")
    passing.actions()[-1].trigger()
    assert tabs.said[-1] == ("kept", "c & d.md")
    tabs.show_tabs(TABS[:1], "a.md")
    assert not tabs.menu_of("a.md").actions()[1].isEnabled()


def test_a_passing_note_is_quieter(tabs, theme):
    assert tabs.tabTextColor(2) == theme.colour("quiet")
    theme.set_preference("dark")
    assert tabs.tabTextColor(0) == theme.colour("text")
