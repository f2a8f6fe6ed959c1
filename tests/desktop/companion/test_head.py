"""What the top of the companion says and offers."""

import pytest
from PySide6.QtCore import Qt

from desktop.companion.docking import Side
from desktop.companion.head import CompanionHead


@pytest.fixture
def head(qtbot, theme):
    head = CompanionHead(theme)
    qtbot.addWidget(head)
    head.resize(392, head.sizeHint().height())
    head.show()
    qtbot.waitExposed(head)
    return head


def test_without_a_note_it_says_how_to_get_one(head):
    assert head.note.whole_text() == "No note yet"
    assert "save" in head.words.whole_text()


def test_it_names_the_note_and_quotes_the_block_in_one_line(head):
    head.show_note("发布计划", "三月开放，\n  因为候补名单。")
    assert head.note.whole_text() == "发布计划"
    assert head.words.whole_text() == "“三月开放， 因为候补名单。”"


def test_a_note_whose_change_is_not_known_is_named_all_the_same(head):
    head.show_note("Plan", "")
    assert head.note.whole_text() == "Plan"
    assert "Save in any editor" in head.words.whole_text()


def test_very_long_names_and_blocks_change_neither_height_nor_width(head):
    before = head.sizeHint().height(), head.minimumSizeHint().width()
    head.show_note("很长的名字" * 60, "word " * 4000)
    head.show_take_back(True)
    assert (head.sizeHint().height(), head.minimumSizeHint().width()) == before


def test_taking_back_is_offered_only_where_there_is_something(head, qtbot):
    assert not head.take_back_button.isVisible()
    head.show_take_back(True)
    with qtbot.waitSignal(head.take_back_requested):
        qtbot.mouseClick(head.take_back_button, Qt.MouseButton.LeftButton)
    head.show_take_back(False)
    assert not head.take_back_button.isVisible()


def test_the_pin_says_what_it_does_and_tells(head, qtbot):
    assert head.pin_button.isChecked()
    with qtbot.waitSignal(head.pin_toggled) as got:
        qtbot.mouseClick(head.pin_button, Qt.MouseButton.LeftButton)
    assert got.args == [False]
    head.show_pinned(False)
    assert head.pin_button.toolTip() == "Keep on top"


def test_the_other_edge_is_offered(head, qtbot):
    assert head.side_button.accessibleName() == "To the left edge"
    head.show_side(Side.LEFT)
    assert head.side_button.accessibleName() == "To the right edge"
    with qtbot.waitSignal(head.side_requested):
        qtbot.mouseClick(head.side_button, Qt.MouseButton.LeftButton)


def test_everything_that_can_be_pressed_has_a_name(head):
    for button in (head.side_button, head.pin_button, head.take_back_button):
        assert button.objectName()
        assert button.accessibleName() or button.text()
        assert button.toolTip()
