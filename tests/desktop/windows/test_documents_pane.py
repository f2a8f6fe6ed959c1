"""The documents in the left pane."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.windows.documents_pane import DocumentsSection
from tests.desktop.windows.documents_made import document


@pytest.fixture
def section(qtbot, theme):
    made = DocumentsSection(theme)
    qtbot.addWidget(made)
    return made


def choose(section, row=0):
    section.list.setCurrentRow(row)


def test_without_documents_it_takes_no_room(section):
    assert section.isHidden()
    section.show_documents((document(),))
    assert not section.isHidden()
    section.show_documents(())
    assert section.isHidden()


def test_documents_are_listed_by_name_with_their_number(section):
    section.show_documents((document("a.pdf"), document("季报.xlsx", pages=0, title="")))
    assert [section.list.item(row).text() for row in range(2)] == ["a.pdf", "季报.xlsx"]
    assert section._head.text() == "Documents (2)"
    assert "The report" in section.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2 pages" in section.list.item(0).toolTip()


def test_names_that_look_like_html_are_shown_as_they_are(section):
    section.show_documents((document("a.pdf", title="<img src=x>"),))
    assert "<img" not in section.list.item(0).toolTip()


def test_a_click_and_enter_open(section, qtbot):
    section.show_documents((document(),))
    section.show()
    choose(section)
    with qtbot.waitSignal(section.open_requested) as opened:
        qtbot.keyClick(section.list, Qt.Key.Key_Return)
    assert opened.args == ["document://report.pdf", 0]
    with qtbot.waitSignal(section.open_requested):
        section.list.itemClicked.emit(section.list.item(0))
    section.hide()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_asks_to_remove_the_chosen_one(section, qtbot, key):
    section.show_documents((document("a.pdf"), document("b.pdf")))
    with qtbot.waitActive(section):
        section.show()
    section.list.setFocus()
    choose(section, 1)
    with qtbot.waitSignal(section.remove_requested) as asked:
        qtbot.keyClick(section.list, key)
    assert asked.args[0].name == "b.pdf"


def test_the_choice_stays_when_the_list_changes(section):
    section.show_documents((document("a.pdf"), document("b.pdf")))
    choose(section, 1)
    section.show_documents((document("a.pdf"), document("aa.pdf"), document("b.pdf")))
    assert section.current.name == "b.pdf"


def test_the_menu_offers_everything_and_no_original_that_is_gone(section, qtbot, tmp_path):
    (tmp_path / "there.pdf").write_text("x")
    there = document("there.pdf", source=str(tmp_path / "there.pdf"))
    actions = {action.text(): action for action in section.menu_for(there).actions()}
    assert list(actions) == ["Open", "Open original", "Save as note", "Import documents …", "Remove"]
    assert actions["Open original"].isEnabled()
    gone = {action.text(): action for action in section.menu_for(document()).actions()}
    assert not gone["Open original"].isEnabled()
    for text, signal in (
        ("Open original", section.original_requested),
        ("Save as note", section.note_requested),
        ("Import documents …", section.import_requested),
        ("Remove", section.remove_requested),
    ):
        with qtbot.waitSignal(signal):
            actions[text].trigger()


def test_the_menu_comes_up_for_the_row_under_the_pointer(section, monkeypatch):
    section.show_documents((document(),))
    section.show()
    choose(section)
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: shown.append(menu))  # offscreen cannot
    section.list.customContextMenuRequested.emit(QPoint(5, 5))
    assert shown[0].actions()[0].text() == "Open"
    section.hide()


def test_it_folds(section):
    section.show_documents((document(),))
    section._head.click()
    assert section.list.isHidden()
    section._head.click()
    assert not section.list.isHidden()


def test_many_documents_scroll_in_five_rows(section):
    section.show_documents(tuple(document(f"{number}.pdf") for number in range(40)))
    assert section.list.height() < 8 * section.list.sizeHintForRow(0)
