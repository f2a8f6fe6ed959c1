"""The page of cost: the limit, and what was spent on what."""

import pytest
from PySide6.QtCore import Qt

from core.session.model import Ledger, LedgerRow
from core.settings import CostSettings, Settings
from desktop.windows.settings_cost import MOST_USD, CostPage

LEDGER = Ledger(
    0.5,
    2.25,
    10.0,
    by_day=(LedgerRow("2026-11-22", 3, 900, 100, 0.5), LedgerRow("2026-11-21", 1, 10, 10, 1.75)),
    by_model=(LedgerRow("gpt-5", 3, 900, 1100, 2.25), LedgerRow("自建模型", 2, 10, 10, 0.0, unpriced=2)),
    by_prompt=(LedgerRow("ask", 3, 900, 100, 1.0, unpriced=1), LedgerRow("polish", 1, 10, 10, 1.25)),
)


@pytest.fixture
def page(qtbot, theme):
    page = CostPage(lambda: 0.25, theme)
    page.told = []
    page.changed.connect(page.told.append)
    page.show_settings(Settings())
    qtbot.addWidget(page)
    page.resize(520, 640)
    page.show()
    return page


def cells(page):
    table = page.table
    return [[table.item(row, n).text() for n in range(4)] for row in range(table.rowCount())]


def choose(page, name):
    page.by.setCurrentIndex(page.by.findData(name))


def test_without_a_limit_the_field_says_so(page):
    assert page.cap.text() == "no limit"
    assert page.told == []


def test_a_limit_is_set_and_taken_away(page):
    page.cap.setValue(12.5)
    page.cap.setValue(0.0)
    assert page.told == [CostSettings(12.5), CostSettings(0.0)]


@pytest.mark.parametrize("cap", [0.0, 20.0, MOST_USD * 3])
def test_what_is_set_is_shown_and_nothing_is_told(page, cap):
    page.show_settings(Settings(cost=CostSettings(cap)))
    assert page.cap.value() == cap
    assert page.told == []


def test_before_anything_was_asked_there_is_a_sentence_in_place_of_the_table(page):
    assert not page.table.isVisible()
    page.show_ledger(Ledger(0.0, 0.0, 0.0))
    assert not page.table.isVisible()
    assert page._nothing.isVisible()


def test_what_was_spent_is_told_by_model_work_and_day(page):
    page.show_ledger(LEDGER)
    assert page._today.text() == "Today: 0.5000 USD · this month: 2.2500 USD"
    assert cells(page) == [
        ["gpt-5", "3", "2,000", "2.2500"],
        ["自建模型", "2", "20", "price unknown"],
    ]
    choose(page, "work")
    assert cells(page) == [["Questions", "3", "1,000", "1.0000 and more"], ["polish", "1", "20", "1.2500"]]
    choose(page, "day")
    assert [row[0] for row in cells(page)] == ["2026-11-22", "2026-11-21"]


def test_numbers_stand_at_the_right_and_the_table_is_as_high_as_its_rows(page):
    page.show_ledger(LEDGER)
    assert page.table.item(0, 3).textAlignment() & Qt.AlignmentFlag.AlignRight
    low = page.table.height()
    many = tuple(LedgerRow(f"model {n}", 1, 1, 1, 0.1) for n in range(30))
    page.show_ledger(Ledger(0, 0, 0, by_model=many))
    assert low < page.table.height() < 30 * page.table.rowHeight(0)


def test_the_keyboard_leaves_the_table_with_one_tab(qtbot, page):
    page.show_ledger(LEDGER)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()


def test_what_became_of_the_results_stands_beside_what_they_cost(page):
    row = LedgerRow("gpt-5", 5, 900, 1100, 2.25, inserted=3, refused=1)
    page.show_ledger(Ledger(0.0, 0.0, 0.0, by_model=(row, LedgerRow("qwen3", 1, 1, 1, 0.0))))
    fates = [[page.table.item(line, column).text() for column in (4, 5)] for line in range(2)]
    assert fates == [["3", "1"], ["–", "–"]]
    heads = [page.table.horizontalHeaderItem(column).text() for column in range(6)]
    assert heads == ["What", "Requests", "Tokens", "USD", "Inserted", "Refused"]
