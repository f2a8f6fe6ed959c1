"""Changes are shown as they are, and nothing happens that was not said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from core.text.diff import diff
from desktop.widgets.diff_view import DiffView

OLD = "我们在三月开放测试。名单有两千人，费用没有变化。"
NEW = "我们在四月开放测试。名单有三千人，费用没有涨过。"
KEY = Qt.Key


@pytest.fixture
def view(qtbot, theme):
    view = DiffView(theme)
    qtbot.addWidget(view)
    view.resize(340, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def said(view):
    """What the view reports: texts to put there, or None for nothing."""
    heard = []
    view.decided.connect(heard.append)
    view.dismissed.connect(lambda: heard.append(None))
    return heard


def ask(view, old=OLD, new=NEW):
    view.show_parts(diff(old, new))


def click(qtbot, view, name):
    qtbot.mouseClick(view.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def formats(view):
    """Yield each run of the text as shown: words, struck through, background."""
    block = view.text.document().begin()
    while block.isValid():
        for run in block:
            fragment = run.fragment()
            yield fragment.text(), fragment.charFormat().fontStrikeOut(), fragment.charFormat()
        block = block.next()


def test_old_words_are_struck_through_and_new_ones_stand_behind_them(view, theme):
    ask(view, "在三月", "在四月")
    old, new = [run for run in formats(view) if run[0] in "三四"]
    assert (old[0], old[1], new[0], new[1]) == ("三", True, "四", False)
    assert old[2].background().color() == theme.colour("removed")
    assert new[2].background().color() == theme.colour("added")


def test_all_is_accepted_at_once(view, said, qtbot):
    ask(view)
    click(qtbot, view, "acceptAllButton")
    assert said == [NEW]


def test_all_is_rejected_at_once(view, said, qtbot):
    ask(view)
    click(qtbot, view, "rejectAllButton")
    assert said == [None]


def test_one_accepted_and_two_rejected_leave_the_rest_as_it_was(view, said, qtbot):
    ask(view)
    for name in ("acceptButton", "rejectButton", "rejectButton"):
        assert said == []
        click(qtbot, view, name)
    assert said == ["我们在四月开放测试。名单有两千人，费用没有变化。"]


def test_rejecting_the_rest_keeps_what_was_accepted(view, said, qtbot):
    ask(view)
    click(qtbot, view, "acceptButton")
    assert "rest" in view.reject_all_button.text()
    click(qtbot, view, "rejectAllButton")
    assert said == [OLD.replace("三月", "四月")]


def test_the_keyboard_alone_decides_every_change(view, said):
    ask(view)
    for key in (KEY.Key_Right, KEY.Key_Return, KEY.Key_Delete, KEY.Key_Return):
        QTest.keyClick(view.text, key)
    assert said == [NEW.replace("没有涨过", "没有变化")]  # second yes, third no, then the first


def test_arrows_go_round_and_the_count_says_where_one_is(view):
    ask(view)
    count = next(label for label in view.findChildren(QLabel) if "1 of 3" in label.text())
    QTest.keyClick(view.text, KEY.Key_Left)
    assert "3 of 3" in count.text()
    QTest.keyClick(view.text, KEY.Key_Right)
    assert "1 of 3" in count.text()
    assert "三" in view.text.accessibleDescription()
    assert "四" in view.text.accessibleDescription()


def test_escape_changes_nothing(view, said):
    ask(view)
    QTest.keyClick(view.text, KEY.Key_Escape)
    assert said == [None]


def test_a_click_on_a_change_looks_at_it_and_opens_a_decided_one_again(view, said, qtbot):
    ask(view)
    click(qtbot, view, "acceptButton")
    first = min(place for place in range(3) if place in view.text._spans)
    cursor = view.text.textCursor()
    cursor.setPosition(view.text.span(first)[0] + 1)
    where = view.text.cursorRect(cursor).center()
    qtbot.mouseClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert len(view.undecided) == 3
    click(qtbot, view, "rejectButton")
    click(qtbot, view, "acceptAllButton")
    assert said == [NEW.replace("四月", "三月")]


def test_a_single_change_needs_no_buttons_for_all(view, said, qtbot):
    ask(view, "短。", "换成完全不同的一句话。")
    assert not view.accept_all_button.isVisible()
    assert view.accept_button.property("primary")
    click(qtbot, view, "acceptButton")
    assert said == ["换成完全不同的一句话。"]


def test_invisible_characters_and_new_links_are_marked_and_told(view, theme):
    ask(view, "见附件。", "见[附\u200b件](https://evil.example/x)。")
    warning = view.findChild(QLabel, "diffWarning")
    assert warning.isVisible()
    assert "links" in warning.text()
    assert "invisible" in warning.text()
    marked = [run for run in formats(view) if run[2].foreground().color() == theme.colour("warn")]
    assert any("evil.example" in run[0] for run in marked)


def test_a_hidden_character_is_shown_by_its_number(view):
    ask(view, "打开", "打\u200b开")
    assert "⟨U+200B⟩" in view.text.toPlainText()


def test_a_link_that_was_there_is_no_news(view):
    ask(view, "旧话 https://a.example 旧", "新的话 https://a.example 新的")
    assert not view.findChild(QLabel, "diffWarning").isVisible()


def test_line_ends_and_blanks_that_change_can_be_seen(view):
    ask(view, "一段\n二段", "一段二段")
    assert "↵" in view.text.toPlainText()
    ask(view, "a b", "a  b")
    assert "·" in view.text.toPlainText()


def test_long_equal_stretches_are_folded_and_the_decision_is_whole_all_the_same(view, said, qtbot):
    middle = "这里有很长一段没有变化的文字。" * 30
    ask(view, f"旧{middle}旧", f"新{middle}新")
    assert len(view.text.toPlainText()) < 300
    click(qtbot, view, "acceptAllButton")
    assert said == [f"新{middle}新"]


def test_a_long_diff_scrolls_and_keeps_its_buttons_in_sight(view):
    ask(
        view,
        "".join(f"第{n}条旧的内容。\n" for n in range(80)),
        "".join(f"第{n}条新的说法。\n" for n in range(80)),
    )
    assert view.text.height() <= 360
    view.step(-1)
    assert view.text.verticalScrollBar().value() > 0


def test_colours_follow_the_theme(view, theme, qtbot):
    ask(view, "在三月", "在四月")
    theme.set_preference("dark")
    old = next(run for run in formats(view) if run[0] == "三")
    assert old[2].background().color() == theme.colour("removed")
    assert theme.is_dark()
