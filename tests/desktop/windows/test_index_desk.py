"""The details of the index as they come and go: late, twice, never, and while the person waits."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.errors import IndexDamaged
from core.index.model import Hold
from core.vault.model import SkipKind, Skipped, WatchTrouble
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.hit_list import HitList
from desktop.windows.index_desk import IndexDesk
from desktop.windows.index_details import ROW_HEIGHT, ROWS_SHOWN, IndexDetailsPopup
from desktop.windows.status_bar import StatusBar
from tests.desktop.fake_link import index_details

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing")  # a pop-up, offscreen


@pytest.fixture
def status(qtbot, theme):
    status = StatusBar(theme)
    qtbot.addWidget(status)
    status.show()
    status.show_starting()
    return status


@pytest.fixture
def desk(status, bridge, theme):
    desk = IndexDesk(status, bridge, theme)
    yield desk
    if desk.popup is not None:
        desk.popup.close()


def answered(link, qapp):
    """The engine has answered, and the window has heard it."""
    link.run(lambda _n: None, None)
    qapp.processEvents()


def values(popup):
    """What is told of the index, by what it is called."""
    spoken = [label.accessibleName() for label in popup.findChildren(ElidedLabel)]
    return dict(text.split(": ", 1) for text in spoken if ": " in text)


def test_before_the_details_are_there_the_state_is(desk, status):
    status.index.click()
    assert desk.popup.isVisible()
    assert any("Reading your notes" in label.text() for label in desk.popup.findChildren(QLabel))
    assert values(desk.popup) == {}


def test_then_the_figures_are_told_to_eye_and_ear(desk, status, link, qapp):
    link.index.details_now = index_details(notes=1234, waiting=0, model="m")
    status.index.click()
    answered(link, qapp)
    told = values(desk.popup)
    assert told["Notes"] == "1,234"
    assert told["Found by words only"] == "0"
    assert told["Embedding model"] == "m"


def test_an_engine_that_cannot_tell_leaves_the_state_and_the_buttons(desk, status, link, qapp):
    link.index.details_now = IndexDamaged()
    status.index.click()
    answered(link, qapp)
    assert desk.popup.isVisible()
    assert values(desk.popup) == {}
    desk.popup.findChild(QPushButton, "rebuildIndex").click()
    assert ("rebuild", None) in link.calls


def test_opened_again_it_shows_what_is_true_by_then(desk, status, link, qapp):
    link.index.details_now = index_details(notes=1)
    status.index.click()
    answered(link, qapp)
    desk.popup.close()
    link.index.details_now = index_details(notes=2)
    status.index.click()
    answered(link, qapp)
    assert values(desk.popup)["Notes"] == "2"


def test_details_of_a_first_look_do_not_come_into_the_second(desk, link, qapp):
    link.index.details_now = index_details(notes=1)
    desk.show()
    first = desk.popup
    link.index.details_now = index_details(notes=2)
    desk.show()
    answered(link, qapp)
    assert values(desk.popup)["Notes"] == "2"
    assert desk.popup is not first
    first.close()
    assert desk.popup.isVisible()


def test_closing_it_twice_is_closing_it_once(desk, status):
    closed = []
    status.index.click()
    popup = desk.popup
    popup.closed.connect(lambda: closed.append(1))
    popup.close()
    popup.close()
    assert desk.popup is None
    assert closed == [1]


def test_a_note_that_is_left_out_is_opened_in_the_window(desk, status, link, qapp, qtbot):
    link.index.details_now = index_details(skipped=(Skipped("坏.md", "broken", SkipKind.PROBLEM),))
    status.index.click()
    answered(link, qapp)
    found = desk.popup.findChild(HitList, "skippedFiles")
    found.go_to(0)
    with qtbot.waitSignal(desk.open_requested) as signal:
        qtbot.keyClick(found, Qt.Key.Key_Return)
    assert signal.args == ["坏.md"]
    assert desk.popup is None


# The pop-up itself


@pytest.fixture
def popup(qtbot, theme):
    popup = IndexDetailsPopup("Up to date", theme)
    qtbot.addWidget(popup, before_close_func=lambda shown: shown.hide())
    return popup


def many(count):
    return tuple(Skipped(f"项目/第 {n} 篇.md", "broken", SkipKind.PROBLEM) for n in range(count))


@pytest.mark.parametrize("count", [1, ROWS_SHOWN, ROWS_SHOWN + 1, 2000])
def test_a_long_list_scrolls_and_a_short_one_takes_no_room(popup, count):
    popup.show_details(index_details(skipped=many(count)))
    found = popup.findChild(HitList, "skippedFiles")
    assert len(found.hits) == count
    assert found.height() == ROW_HEIGHT * min(count, ROWS_SHOWN)
    assert found.accessibleName() == f"Not indexed: {count}"


def test_long_values_never_widen_it(popup, theme):
    popup.show_details(index_details())
    before = popup.width()
    fresh = IndexDetailsPopup("x" * 500, theme)
    fresh.show_details(
        index_details(place="/很长的路径" * 60, model="m" * 300, sent_to="h" * 200, skipped=many(1))
    )
    assert fresh.width() == before
    fresh.deleteLater()


def test_everything_at_once_is_told_in_order(popup):
    popup.show_details(
        index_details(hold=Hold.BATTERY, sent_to="api.example.org", waiting=3, trouble=WatchTrouble.REMOTE)
    )
    assert list(values(popup)) == [
        "Notes",
        "Passages",
        "Found by words only",
        "On hold",
        "Embedding model",
        "Notes are sent to",
        "Kept in",
    ]


def test_the_first_button_has_the_focus_and_space_presses_it(popup, qtbot):
    popup.show_above(QPoint(50, 700))
    assert popup.focusWidget() is popup.findChild(QPushButton, "pauseIndexing")
    with qtbot.waitSignal(popup.pause_requested) as signal:
        qtbot.keyClick(popup.focusWidget(), Qt.Key.Key_Space)
    assert signal.args == [True]
    assert popup.isHidden()


def test_names_are_never_read_as_markup(popup):
    skipped = (Skipped("<img src=x>.md", "<b>broken</b>", SkipKind.PROBLEM),)
    popup.show_details(index_details(skipped=skipped, model="<i>m</i>"))
    assert values(popup)["Embedding model"] == "<i>m</i>"
    tip = popup.findChild(HitList, "skippedFiles").model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
