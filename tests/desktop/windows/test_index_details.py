"""The details of the index: what is told, what can be done, and that it closes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.index.model import Hold
from core.vault.model import SkipKind, Skipped, WatchTrouble
from desktop.bridge.engine_bridge import EngineBridge
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.hit_list import HitList
from desktop.windows.index_desk import IndexDesk
from desktop.windows.index_details import IndexDetailsPopup
from desktop.windows.skip_words import word_skip, word_trouble
from desktop.windows.status_bar import StatusBar
from tests.desktop.fake_link import FakeLink, index_details

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing")  # a pop-up, offscreen

ORG = Skipped("old.org", "an Org file; only Markdown is read", SkipKind.ORG)
BROKEN = Skipped("坏.md", "'坏.md' is not text.")


@pytest.fixture
def popup(qtbot, theme):
    popup = IndexDetailsPopup("Up to date: 2 041 notes", theme)
    qtbot.addWidget(popup)
    return popup


def words(popup):
    shown = [label.whole_text() for label in popup.findChildren(ElidedLabel)]
    return shown + [
        label.text() for label in popup.findChildren(QLabel) if not isinstance(label, ElidedLabel)
    ]


def test_the_figures_and_the_model_are_told(popup):
    popup.show_details(index_details(waiting=12))
    assert {"2,041", "12,300", "12", "multilingual-e5-small-0f813a10fafe"} <= set(words(popup))


def test_a_host_that_sees_the_notes_is_named(popup):
    popup.show_details(index_details(sent_to="api.example.org"))
    assert {"Notes are sent to", "api.example.org"} <= set(words(popup))


def test_where_nothing_is_left_out_nothing_is_said_of_it(popup):
    popup.show_details(index_details())
    assert popup.findChildren(HitList) == []


def test_files_left_out_are_listed_with_their_reasons(popup):
    popup.show_details(index_details(skipped=(ORG, BROKEN), conflicts=("a (conflicted copy).md",)))
    hits = {found.objectName(): list(found.hits) for found in popup.findChildren(HitList)}
    assert [(hit.path, hit.detail) for hit in hits["skippedFiles"]] == [
        ("坏.md", "'坏.md' is not text."),
        ("old.org", "An Org file; only Markdown is read"),
    ]
    assert [hit.path for hit in hits["conflictCopies"]] == ["a (conflicted copy).md"]
    assert "Not indexed: 2" in words(popup)


def test_what_is_wrong_with_a_file_is_not_buried_under_files_that_only_are_no_notes(popup):
    rules = [Skipped(f"pages/{n}.org", "Org", SkipKind.ORG) for n in range(40)]
    faults = [Skipped("毒.md", "poison", SkipKind.POISON), Skipped("a 10.md", "?"), Skipped("a 9.md", "?")]
    popup.show_details(index_details(skipped=(*rules, *faults)))
    listed = [hit.path for hit in popup.findChild(HitList, "skippedFiles").hits]
    assert listed[:4] == ["a 9.md", "a 10.md", "毒.md", "pages/0.org"]


def test_a_listed_file_opens(popup, qtbot):
    popup.show_details(index_details(skipped=(BROKEN,)))
    with qtbot.waitSignal(popup.open_requested) as signal:
        popup.findChild(HitList, "skippedFiles").open_best()
    assert signal.args == ["坏.md"]


@pytest.mark.parametrize("trouble", [kind for kind in WatchTrouble if kind is not WatchTrouble.NONE])
def test_why_changes_show_up_late_is_told(popup, trouble):
    popup.show_details(index_details(trouble=trouble))
    assert word_trouble(trouble)
    assert word_trouble(trouble) in words(popup)


def test_no_trouble_needs_no_words():
    assert word_trouble(WatchTrouble.NONE) == ""


@pytest.mark.parametrize("kind", list(SkipKind))
def test_every_reason_has_words(kind):
    is_in_cores_words = word_skip(Skipped("a", "in core's words", kind)) == "in core's words"
    assert is_in_cores_words is (kind is SkipKind.PROBLEM)


@pytest.mark.parametrize(
    ("hold", "label", "pauses"),
    [(Hold.NONE, "Pause indexing", True), (Hold.PAUSED, "Resume indexing", False)],
)
def test_indexing_is_paused_and_resumed(popup, qtbot, hold, label, pauses):
    popup.show_details(index_details(hold=hold))
    button = popup.findChild(QPushButton, "pauseIndexing")
    assert button.text() == label
    with qtbot.waitSignal(popup.pause_requested) as signal:
        button.click()
    assert signal.args == [pauses]


def test_that_the_battery_holds_it_is_told(popup):
    popup.show_details(index_details(hold=Hold.BATTERY, waiting=3))
    assert "until the machine is plugged in" in words(popup)


def test_escape_closes_it(popup, qtbot):
    popup.show_above(QPoint(100, 600))
    with qtbot.waitSignal(popup.closed):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_it_grows_upwards(popup, qtbot):
    popup.show_above(QPoint(100, 600))
    qtbot.addWidget(popup, before_close_func=lambda shown: shown.hide())
    bottom = popup.geometry().bottom()
    popup.show_details(index_details(skipped=(ORG, BROKEN)))
    assert popup.geometry().bottom() == bottom


class TestDesk:
    @pytest.fixture
    def link(self):
        return FakeLink()

    @pytest.fixture
    def desk(self, qtbot, theme, link):
        status = StatusBar(theme)
        qtbot.addWidget(status)
        status.show()
        bridge = EngineBridge(link)
        desk = IndexDesk(status, bridge, theme)
        desk.status = status
        yield desk
        if desk.popup is not None:
            desk.popup.close()
        bridge.close()

    def test_a_click_shows_the_details_the_engine_gives(self, desk, link, qtbot):
        link.index.details_now = index_details(skipped=(ORG,))
        desk.status.index.click()
        qtbot.waitUntil(lambda: desk.popup.findChildren(HitList) != [])

    def test_a_pause_goes_through_the_status_bar_and_a_rebuild_to_the_engine(self, desk, link, qtbot):
        desk.status.index.click()
        with qtbot.waitSignal(desk.status.pause_requested) as signal:
            desk.popup.findChild(QPushButton, "pauseIndexing").click()
        assert signal.args == [True]
        desk.status.index.click()
        desk.popup.findChild(QPushButton, "rebuildIndex").click()
        assert desk.popup is None
        assert ("rebuild", None) in link.calls

    def test_without_an_engine_there_is_nothing_to_show(self, desk, qtbot):
        desk._bridge.detach()
        desk.status.index.click()
        assert desk.popup is None

    def test_details_that_come_too_late_are_dropped(self, desk, link, qtbot):
        desk.show()
        desk.popup.close()
        link.run(lambda _: None, None)
        qtbot.wait(0)
        assert desk.popup is None
