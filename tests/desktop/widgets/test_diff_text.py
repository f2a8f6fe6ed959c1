"""What a diff shows, character by character, and which key means what."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core.text.diff import Part, applied, changes, diff
from core.text.unseen import findings
from desktop.widgets.diff_text import KEPT, TALLEST, Decision, DiffText, _folded, _runs, _shown
from desktop.widgets.diff_view import DiffView

OLD = "我们在三月开放测试。名单有两千人，费用没有变化。"
NEW = "我们在四月开放测试。名单有三千人，费用没有涨过。"
Key, Modifier = Qt.Key, Qt.KeyboardModifier
TEXTS = st.text(alphabet="ab 三四。\n\t\u3000👍\u200b", max_size=40)
PAIRS = st.tuples(TEXTS, TEXTS).filter(lambda pair: pair[0] != pair[1])


@pytest.fixture
def text(qtbot, theme):
    text = DiffText(theme)
    text.told = []
    for signal in (text.picked, text.stepped, text.answered):
        signal.connect(text.told.append)
    qtbot.addWidget(text)
    text.resize(340, 300)
    with qtbot.waitExposed(text):
        text.show()
    return text


def show(text, old, new, decision=Decision.OPEN, current=None):
    parts = diff(old, new)
    decisions = dict.fromkeys(changes(parts), decision)
    found = findings("".join(part.new for part in parts), known=old)
    text.show_parts(parts, decisions, found, current=current)
    return parts


def plain(text):
    return text.document().toPlainText()


# What is shown


@given(PAIRS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_change_has_its_span_in_order_and_none_overlaps(text, pair):
    parts = show(text, *pair)
    spans = [text.span(place) for place in changes(parts)]
    assert spans
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert spans[-1][1] <= text.document().characterCount()


@given(PAIRS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_rejected_reads_like_the_old_text(text, pair):
    old, new = pair
    show(text, old, new, Decision.REJECTED)
    if "\n" not in old and "\n" not in new and len(old) <= KEPT:
        visible = plain(text).replace("·", " ").replace("→", "\t").replace("□", "\u3000")
        assert visible == old.replace("·", " ")


@pytest.mark.parametrize(
    ("decision", "shown"),
    [(Decision.OPEN, "在三四月"), (Decision.ACCEPTED, "在四月"), (Decision.REJECTED, "在三月")],
)
def test_a_decided_change_shows_the_one_version_alone(text, decision, shown):
    show(text, "在三月", "在四月", decision)
    assert plain(text) == shown


def test_showing_others_forgets_the_first(text):
    show(text, "a b c", "x b y")
    parts = show(text, "在三月", "在四月")
    assert plain(text) == "在三四月"
    places = changes(parts)
    with pytest.raises(KeyError):
        text.span(max(places) + 1)


def test_what_is_looked_at_is_underlined_and_the_rest_is_not(text, theme):
    parts = show(text, OLD, NEW, current=None)
    first, second = list(changes(parts))[:2]
    show(text, OLD, NEW, current=first)
    cursor = text.textCursor()
    underlined = []
    for place in (first, second):
        cursor.setPosition(text.span(place)[0] + 1)
        underlined.append(cursor.charFormat().underlineColor() == theme.colour("accent"))
    assert underlined == [True, False]


def test_the_change_that_is_looked_at_is_scrolled_to(text):
    old = "\n".join(f"第{n}条旧" for n in range(150))
    new = old.replace("第149条旧", "第149条新").replace("第0条旧", "第0条新")
    middle = old.replace("旧", "新")
    parts = diff(old, middle)
    places = list(changes(parts))
    decisions = dict.fromkeys(places, Decision.OPEN)
    text.show_parts(parts, decisions, (), current=places[-1])
    far = text.verticalScrollBar().value()
    text.show_parts(parts, decisions, (), current=places[0])
    assert text.verticalScrollBar().value() < far
    assert new != old


def test_it_takes_the_height_of_its_text_up_to_a_limit(text):
    show(text, "a", "b")
    short = text.height()
    show(text, "a", "很长的一段话。" * 400)
    assert short < text.height() <= TALLEST


def test_a_narrower_pane_makes_it_higher(text):
    show(text, "旧", "一段不长不短的话，正好两三行。" * 3)
    wide = text.height()
    text.resize(150, text.height())
    assert text.height() > wide


# Folding and runs


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_what_is_folded_away_is_only_the_middle(text, is_first, is_last):
    shown = list(_folded(text, is_first=is_first, is_last=is_last))
    kept = [piece for piece, is_kept in shown if is_kept]
    if len(shown) == 1:
        assert kept in ([text], [])
    else:
        assert len("".join(kept)) < len(text)
        assert is_first or text.startswith(kept[0])
        assert is_last or text.endswith(kept[-1])
        assert [is_kept for _, is_kept in shown].count(False) == 1


@pytest.mark.parametrize(
    ("is_first", "is_last", "head", "tail"),
    [(False, False, KEPT, KEPT), (True, False, 0, KEPT), (False, True, KEPT, 0), (True, True, 0, 0)],
)
def test_a_long_stretch_keeps_what_stands_next_to_a_change(is_first, is_last, head, tail):
    text = "".join(chr(0x4E00 + n) for n in range(600))
    shown = "".join(piece for piece, _ in _folded(text, is_first=is_first, is_last=is_last))
    assert shown == text[:head] + " ⋯ " + (text[-tail:] if tail else "")


@given(st.text(alphabet="ab\u200b\u202e三<b>[x](http://a.b)", max_size=60), st.integers(0, 10))
def test_cutting_at_what_is_to_be_looked_at_loses_no_character(text, start):
    whole = "z" * start + text
    found = [one for one in findings(whole, known="") if one.end > start]
    pieces = list(_runs(text, found, start))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


@pytest.mark.parametrize(
    ("text", "other", "breaks", "shown"),
    [
        (" \t\u3000", "", False, "·→□"),
        ("a b", "", False, "a b"),
        (" ", "a", False, " "),
        ("a\nb", "x", False, "a\nb"),
        ("a\nb", "x", True, "a\nb"),
        ("\n", "", False, "↵"),
        ("\n", " ", True, "↵\n"),
        ("\n", "x", False, "↵"),
        ("", "  ", False, ""),
    ],
)
def test_what_cannot_be_seen_is_made_seen_where_nothing_else_changes(text, other, breaks, shown):
    assert _shown(text, other=other, breaks=breaks) == shown


LINES_OLD = "计划：\n\n- 二月请人\n- 三月开放\n\n完。"
LINES_NEW = "计划：\n\n- 三月请四百人\n- 四月开放测试\n- 五月收费\n\n完。"


def test_lines_stay_lines_whatever_becomes_of_them(text):
    show(text, LINES_OLD, LINES_NEW)
    assert "↵" not in plain(text)
    lines = plain(text).split("\n")
    assert lines[0] == "计划："
    assert lines[-1] == "完。"
    assert sum(line.startswith("- ") for line in lines) >= 3


def test_a_paragraph_that_is_written_anew_on_several_lines_stands_below_the_old_one(text):
    parts = (
        Part("前。\n", "前。\n"),
        Part("旧的一行\n旧的两行", "新的一行\n新的两行"),
        Part("\n后。", "\n后。"),
    )
    text.show_parts(parts, {1: Decision.OPEN}, (), current=1)
    assert plain(text) == "前。\n旧的一行\n旧的两行\n新的一行\n新的两行\n后。"
    text.show_parts(parts, {1: Decision.ACCEPTED}, (), current=None)
    assert plain(text) == "前。\n新的一行\n新的两行\n后。"
    text.show_parts(parts, {1: Decision.REJECTED}, (), current=None)
    assert plain(text) == "前。\n旧的一行\n旧的两行\n后。"


def test_words_that_become_several_lines_stay_where_they_begin(text):
    parts = (Part("修好", "修好"), Part("了", "，还要测。\n- 时间"), Part("。", "。"))
    text.show_parts(parts, {1: Decision.OPEN}, (), current=1)
    assert plain(text) == "修好了，还要测。\n- 时间。"


def test_a_change_within_one_line_stays_in_it(text):
    show(text, OLD, NEW)
    assert "\n" not in plain(text)


# Keys and clicks


@pytest.mark.parametrize(
    ("key", "modifiers", "told"),
    [
        (Key.Key_Right, Modifier.NoModifier, 1),
        (Key.Key_Down, Modifier.NoModifier, 1),
        (Key.Key_Left, Modifier.NoModifier, -1),
        (Key.Key_Up, Modifier.NoModifier, -1),
        (Key.Key_Return, Modifier.NoModifier, True),
        (Key.Key_Enter, Modifier.KeypadModifier, True),
        (Key.Key_Delete, Modifier.NoModifier, False),
        (Key.Key_Backspace, Modifier.NoModifier, False),
    ],
)
def test_each_key_means_one_thing(text, key, modifiers, told):
    show(text, "在三月", "在四月")
    QTest.keyClick(text, key, modifiers)
    assert text.told == [told]


@pytest.mark.parametrize("modifiers", [Modifier.ControlModifier, Modifier.ShiftModifier])
def test_enter_with_a_modifier_is_for_somebody_else(text, modifiers):
    show(text, "在三月", "在四月")
    QTest.keyClick(text, Key.Key_Return, modifiers)
    assert text.told == []


def test_nothing_can_be_typed_into_it(text):
    show(text, "在三月", "在四月")
    QTest.keyClicks(text, "xyz")
    assert plain(text) == "在三四月"


def click(text, position):
    cursor = text.textCursor()
    cursor.setPosition(position)
    place = text.cursorRect(cursor).center() + QPoint(1, 0)
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_beside_every_change_picks_none(text):
    show(text, "equal words here 三", "equal words here 四")
    click(text, 2)
    assert text.told == []


def test_a_click_picks_the_change_under_it(text):
    parts = show(text, OLD, NEW)
    last = list(changes(parts))[-1]
    click(text, text.span(last)[0] + 1)
    assert text.told == [last]


def test_selecting_words_to_copy_picks_nothing(text):
    show(text, "在三月", "在四月")
    QTest.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.cursorRect().center())
    assert text.textCursor().hasSelection()
    assert text.told == []


# The whole, in any order


ACTS = st.lists(st.sampled_from(["yes", "no", "on", "back", "open"]), max_size=12)


@given(PAIRS, ACTS)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_the_text_is_that_of_the_changes_that_were_taken(qapp, theme, pair, acts):
    view, heard = DiffView(theme), []
    view.decided.connect(heard.append)
    view.dismissed.connect(lambda: heard.append(None))
    parts = diff(*pair)
    view.show_parts(parts)
    said = {}
    for act in acts:
        if heard:
            break
        if act in ("yes", "no"):
            said[view._current] = act == "yes"
            view.accept() if act == "yes" else view.reject()
        elif act == "open" and said:
            place = next(iter(said))
            view.pick(place)
            del said[place]
        else:
            view.step(1 if act == "on" else -1)
    if not heard:
        said |= dict.fromkeys(view.undecided, True)
        view.accept_rest()
    taken = [place for place, yes in said.items() if yes]
    assert heard == [applied(parts, sorted(taken)) if taken else None]
    view.deleteLater()
