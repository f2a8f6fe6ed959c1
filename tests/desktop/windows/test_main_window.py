"""The frame without the program behind it: titles, menu, panes, focus, closing and coming back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit, QVBoxLayout, QWidget

from desktop.editor.note_page import NotePage
from desktop.windows.main_window import LEAST, SIZE, WIDEST_PANEL, MainWindow
from desktop.windows.vault_pane import VaultPane
from desktop.windows.window_state import WindowState
from tests.desktop.widgets.tab_walk import walked


@pytest.fixture
def window(theme, qapp):
    window = MainWindow(theme, VaultPane(theme), NotePage(theme))
    yield window
    window.hides_on_close = False
    window.close()
    window.deleteLater()


@pytest.fixture
def shown(window, qtbot):
    window.resize(SIZE)  # with room for all three panes, which the screen of the tests has not
    with qtbot.waitActive(window):
        window.show()
    return window


def test_it_starts_no_larger_than_the_screen(window):
    assert window.size() == window.size().boundedTo(window.screen().availableSize())


class Panel(QWidget):
    """A side panel as far as the window knows it: a place to write in, and actions."""

    def __init__(self):
        super().__init__()
        self.composer = QTextEdit(self)
        self.composer.setObjectName("composer")
        QVBoxLayout(self).addWidget(self.composer)
        for text in ("Ask about this note", ""):
            self.addAction(QAction(text, self))


@pytest.fixture
def asked(window):
    """The wishes that reached whoever built the window."""
    asked = []
    for name in ("folder", "settings", "back", "forward", "save"):
        getattr(window, f"{name}_requested").connect(lambda name=name: asked.append(name))
    return asked


def menu_words(window):
    return [action.text() for action in window.header.menu_button.menu().actions() if action.text()]


def find(window, words):
    """The action of the menu with these words."""
    return next(a for a in window.header.menu_button.menu().actions() if a.text() == words)


@pytest.mark.parametrize(
    ("vault", "path", "title"),
    [
        ("笔记", "Projects/Launch plan.md", "Launch plan – 笔记 – Pilotfish"),
        ("笔记", "", "笔记 – Pilotfish"),
        ("", "", "Pilotfish"),
        ("v", "a/计划 v1.2.md", "计划 v1.2 – v – Pilotfish"),
        ("v", "תוכנית.md", "תוכנית – v – Pilotfish"),
    ],
)
def test_the_title_names_note_vault_and_program(window, vault, path, title):
    window.show_place(vault, path)
    assert window.windowTitle() == title


def test_the_first_paint_is_told_once(window, qtbot):
    painted = []
    window.painted.connect(lambda: painted.append(window.isVisible()))
    with qtbot.waitSignal(window.painted):
        window.show()
    window.hide()
    window.show()
    window.repaint()
    qtbot.wait(0)
    assert painted == [True]


def test_history_enables_its_arrows_one_by_one(window, asked):
    window.back_action.trigger()
    window.forward_action.trigger()
    assert asked == []
    window.show_history(can_go_back=True, can_go_forward=False)
    window.back_action.trigger()
    window.forward_action.trigger()
    assert asked == ["back"]


@pytest.mark.parametrize(
    ("key", "modifier", "wish"),
    [
        (Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier, "folder"),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, "settings"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "save"),
    ],
)
def test_keys_work_wherever_the_caret_is(shown, asked, key, modifier, wish):
    for place in (shown.vault_pane.field, shown.vault_pane.tree, shown.page):
        place.setFocus()
        QTest.keyClick(shown, key, modifier)
    assert asked == [wish] * 3


def test_the_menu_leads_to_everything(window):
    words = menu_words(window)
    assert {"New note", "Open a folder …", "Save", "Search notes", "Settings …", "Quit"} <= set(words)
    assert len(words) == len(set(words))


def test_a_panel_brings_its_actions_into_the_menu_and_no_nameless_ones(window):
    before = menu_words(window)
    window.add_panel(Panel())
    words = menu_words(window)
    assert [word for word in words if word not in before] == ["Ask about this note"]
    assert words.index("Ask about this note") < words.index("Settings …")


def test_a_panel_that_comes_late_takes_the_room_kept_for_it(shown, qtbot):
    panel = Panel()
    shown.add_panel(panel)
    assert panel.isVisible()
    shown.resize(2400, 900)
    assert panel.width() <= WIDEST_PANEL
    assert shown.page.width() >= shown.width() / 2 - 4


def test_a_panel_that_was_folded_away_stays_so_when_it_comes(shown):
    shown.right_action.trigger()
    panel = Panel()
    shown.add_panel(panel)
    assert panel.isHidden()
    shown.right_action.trigger()
    assert panel.isVisible()


def test_documents_have_their_place_in_menu_tree_and_note(shown):
    action, section, bar = QAction("Import …", shown), QLabel("Documents"), QLabel("page 3")
    shown.add_documents([action], section, bar)
    words = menu_words(shown)
    assert words.index("Import …") < words.index("Save")
    assert shown.vault_pane.isAncestorOf(section)
    assert (
        bar.mapTo(shown, bar.rect().topLeft()).y() < shown.page.mapTo(shown, shown.page.rect().topLeft()).y()
    )


def test_searching_unfolds_the_pane_it_happens_in(shown):
    shown.left_action.trigger()
    assert not shown.vault_pane.isVisible()
    shown.find_action.trigger()
    assert shown.vault_pane.isVisible()
    assert shown.focusWidget() is shown.vault_pane.field


def test_search_replaces_the_words_that_stand_there(shown):
    shown.vault_pane.field.setText("old words")
    shown.find_action.trigger()
    QTest.keyClicks(shown.vault_pane.field, "new")
    assert shown.vault_pane.field.text() == "new"


# Round the panes


def focus_of(window):
    places = {
        "notes": window.vault_pane.tree,
        "note": window.page.editor,
        "panel": window.panel.findChild(QWidget, "composer") or window.panel,
    }
    return next((name for name, place in places.items() if place is window.focusWidget()), "")


@pytest.fixture
def rounded(shown):
    """All three panes in sight, a note in the middle."""
    shown.resize(1280, 800)
    shown.add_panel(Panel())
    shown.page.show_editor(True)
    shown.page.editor.setFocus()
    return shown


def test_f6_goes_round_and_back_again(rounded):
    forth, back = [], []
    for _ in range(4):
        rounded.next_pane_action.trigger()
        forth.append(focus_of(rounded))
    for _ in range(4):
        rounded.last_pane_action.trigger()
        back.append(focus_of(rounded))
    assert forth == ["panel", "notes", "note", "panel"]
    assert back == ["note", "notes", "panel", "note"]


def test_tab_begins_among_the_notes_and_ends_in_the_status_bar(shown):
    assert shown.focusWidget() is shown.vault_pane.field
    order = walked(shown, begin="searchField")
    assert order[:2] == ["searchField", "vaultTree"]
    assert order[-1] == "indexStatus"


def test_a_folded_pane_is_passed_over(rounded):
    rounded.left_action.trigger()
    seen = []
    for _ in range(3):
        rounded.next_pane_action.trigger()
        seen.append(focus_of(rounded))
    assert seen == ["panel", "note", "panel"]


def test_with_nothing_but_the_note_in_sight_the_focus_stays(rounded):
    rounded.left_action.trigger()
    rounded.right_action.trigger()
    rounded.next_pane_action.trigger()
    assert focus_of(rounded) == "note"


def test_without_a_note_the_round_goes_on_beside_it(rounded):
    rounded.page.show_editor(False)
    seen = []
    for _ in range(2):
        rounded.next_pane_action.trigger()
        seen.append(focus_of(rounded))
    assert set(seen) == {"notes", "panel"}


def test_from_nowhere_the_round_begins_all_the_same(rounded):
    rounded.focusWidget().clearFocus()
    assert rounded.focusWidget() is None
    rounded.next_pane_action.trigger()
    assert focus_of(rounded) != ""


# Size and place


def test_size_and_folds_come_back(shown, theme, tmp_path, qtbot):
    shown.resize(700, 555)
    shown.left_action.trigger()
    state = WindowState(tmp_path / "w.ini")
    shown.remember(state)
    again = MainWindow(theme, VaultPane(theme), NotePage(theme))
    qtbot.addWidget(again)
    again.restore(state)
    assert (again.width(), again.height()) == (700, 555)
    assert again.vault_pane.isHidden()


def test_a_damaged_memory_leaves_the_window_as_it_is(window, tmp_path):
    state = WindowState(tmp_path / "w.ini")
    state.geometry = b"not a geometry at all"
    size = window.size()
    window.restore(state)
    assert window.size() == size


@pytest.mark.parametrize("size", [LEAST, (800, 600), (960, 600), (1920, 1200)])
def test_in_every_size_the_note_is_in_sight(shown, size):
    shown.add_panel(Panel())
    shown.resize(*size)
    assert (shown.width(), shown.height()) == size
    assert shown.page.isVisible()
    assert shown.page.width() >= size[0] // 3


def test_at_first_it_leaves_room_for_its_frame_on_a_small_screen(window):
    """The screen of the tests has 800 x 800, less than the window would like."""
    available = window.screen().availableSize()
    assert available.width() < SIZE.width()
    assert available.width() // 2 < window.width() < available.width()
    assert window.height() < available.height()


# Closing


def test_closing_lets_everybody_put_their_things_away(shown, qtbot):
    with qtbot.waitSignal(shown.closing):
        shown.close()
    assert not shown.isVisible()


def test_a_window_that_lives_on_saves_and_hides(shown, asked, qtbot):
    shown.hides_on_close = True
    with qtbot.assertNotEmitted(shown.closing):
        shown.close()
    assert asked == ["save"]
    assert not shown.isVisible()
    shown.come_to_front()
    assert shown.isVisible()


def test_a_hidden_window_quits_for_good(shown, qtbot):
    shown.hides_on_close = True
    shown.close()
    with qtbot.waitSignal(shown.closing):
        shown.quit()


def test_a_minimised_window_comes_to_the_front_as_large_as_before(shown):
    shown.resize(900, 600)
    shown.showMinimized()
    shown.come_to_front()
    assert not shown.isMinimized()
    assert (shown.width(), shown.height()) == (900, 600)


def test_the_panel_can_leave_and_come_back_and_its_room_is_kept(shown, qtbot):
    panel, stand_in = QWidget(), QWidget()
    shown.add_panel(panel)
    assert shown.take_panel(stand_in) is panel
    assert panel.parent() is None
    assert shown.panel is stand_in
    assert not shown.panes.is_shown("right")
    shown.put_panel(panel)
    assert stand_in.parent() is None
    assert shown.panel is panel
    assert panel.isVisible()
    stand_in.deleteLater()


def test_in_company_closing_hides_and_quitting_quits(shown, asked, qtbot):
    shown.has_company = True
    with qtbot.assertNotEmitted(shown.closing):
        shown.close()
    assert not shown.isVisible()
    with qtbot.waitSignal(shown.closing):
        shown.quit()
