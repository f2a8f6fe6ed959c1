"""The line above the note: where one is, the vaults, what is saved; by mouse, keyboard and ear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QToolButton

from desktop.widgets.elided_label import ElidedLabel
from desktop.windows.note_header import NoteHeader


@pytest.fixture
def header(qtbot, theme):
    header = NoteHeader(theme)
    qtbot.addWidget(header)
    header.resize(700, header.height())
    return header


@pytest.fixture
def actions(header):
    """What the window owns: one action with a key, one without."""
    back, fold = QAction("Back", header), QAction("Side panel", header)
    back.setShortcut(QKeySequence("Alt+Left"))
    header.lay_out({back: "back"}, {fold: "sidebar-right"}, QMenu(header))
    return back, fold


def place(header):
    return header.findChild(ElidedLabel, "notePath").whole_text()


def vaults(header):
    return header.vault_button.menu().actions()


def shown_words(text):
    """What stands on the screen: Qt takes a single & for a mark under the next letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", ""),
        ("Welcome.md", "Welcome"),
        ("Projects/Launch plan.md", "Projects › Launch plan"),
        ("项目/二〇二六/计划 v1.2.md", "项目 › 二〇二六 › 计划 v1.2"),
        ("מסמכים/תוכנית.md", "מסמכים › תוכנית"),
        ("🗂/📌.md", "🗂 › 📌"),
    ],
)
def test_the_place_reads_from_the_vault_down(header, path, words):
    header.show_place(path)
    assert place(header) == words


def test_leaving_the_note_clears_its_place(header):
    header.show_place("a.md")
    header.show_place("")
    assert place(header) == ""


def test_a_very_long_path_never_widens_the_window(header, actions):
    before = header.minimumSizeHint().width()
    header.show_place("/".join(["很长的文件夹名"] * 40) + ".md")
    assert header.minimumSizeHint().width() == before


def test_a_path_that_is_cut_is_whole_in_its_tooltip_and_for_the_ear(header, actions):
    header.show_place("/".join(["folder"] * 40) + "/end.md")
    label = header.findChild(ElidedLabel, "notePath")
    assert label.accessibleName().endswith("› end")
    assert "end" in label.toolTip()


def test_without_a_vault_there_is_no_vault_button(header):
    assert header.vault_button.isHidden()
    header.show_vaults(["/a"])
    header.show_vaults([])
    assert header.vault_button.isHidden()


def test_the_open_vault_is_named_and_ticked(header):
    header.show_vaults(["/home/ada/笔记", "/home/ada/work"])
    assert header.vault_button.text() == "笔记"
    assert header.vault_button.accessibleName() == "Vault: 笔记"
    assert [(action.text(), action.isChecked()) for action in vaults(header)] == [
        ("笔记", True),
        ("work", False),
    ]


def test_vaults_of_one_name_are_told_apart_by_their_paths(header):
    header.show_vaults(["/a/notes", "/b/notes"])
    assert [action.toolTip() for action in vaults(header)] == ["/a/notes", "/b/notes"]


def test_choosing_a_vault_asks_for_its_path(header, qtbot):
    header.show_vaults(["/a/notes", "/b/notes"])
    with qtbot.waitSignal(header.vault_chosen) as signal:
        vaults(header)[1].trigger()
    assert signal.args == ["/b/notes"]


def test_other_vaults_replace_the_ones_before(header):
    header.show_vaults(["/a", "/b", "/c"])
    header.show_vaults(["/c", "/a"])
    assert [action.text() for action in vaults(header)] == ["c", "a"]


@pytest.mark.parametrize("name", ["R&D", "a & b", "&", "Q&&A"])
def test_an_ampersand_in_a_vaults_name_is_shown(header, name):
    header.show_vaults([f"/home/ada/{name}"])
    assert shown_words(header.vault_button.text()) == name
    assert shown_words(vaults(header)[0].text()) == name
    assert header.vault_button.accessibleName() == f"Vault: {name}"


def test_a_vault_at_the_root_of_the_disk_has_a_name_too(header):
    header.show_vaults(["/"])
    assert header.vault_button.text() == "/"
    assert vaults(header)[0].text() == "/"


def test_only_what_is_not_saved_is_told(header):
    state = header.findChild(QLabel, "saveState")
    header.show_saved(False)
    assert state.text() == "Not saved yet"
    header.show_saved(True)
    assert state.text() == ""


def test_a_button_does_what_its_action_does(header, actions, qtbot):
    back, _fold = actions
    button = next(b for b in header.findChildren(QToolButton) if b.defaultAction() is back)
    with qtbot.waitSignal(back.triggered):
        button.click()
    back.setEnabled(False)
    assert not button.isEnabled()


def test_the_key_is_in_the_tooltip_where_there_is_one(actions):
    back, fold = actions
    assert back.toolTip() == "Back (Alt+Left)"
    assert fold.toolTip() == "Side panel"


def test_every_button_is_reached_by_tab_and_has_a_name(header, actions):
    header.show_vaults(["/a"])
    buttons = header.findChildren(QToolButton)
    assert len(buttons) == 4
    assert all(button.focusPolicy() == Qt.FocusPolicy.TabFocus for button in buttons)
    assert all(button.accessibleName() for button in buttons)


def test_the_order_of_the_line_is_arrows_vault_place_menu_panel(header, actions, qtbot):
    header.show_vaults(["/a"])
    with qtbot.waitExposed(header):
        header.show()
    back, fold = actions
    by_action = {b.defaultAction(): b for b in header.findChildren(QToolButton)}
    row = [
        by_action[back],
        header.vault_button,
        header.findChild(ElidedLabel, "notePath"),
        header.menu_button,
        by_action[fold],
    ]
    places = [widget.x() for widget in row]
    assert places == sorted(places)
    header.hide()


def test_icons_follow_the_scheme_on_buttons_and_actions(header, actions, theme):
    header.show_vaults(["/a"])
    back, _fold = actions

    def pictures():
        icons = [back.icon(), header.vault_button.icon(), header.menu_button.icon()]
        return [icon.pixmap(20, 20).toImage() for icon in icons]

    light = pictures()
    theme.set_preference("dark")
    assert all(new != old for new, old in zip(pictures(), light, strict=True))


def test_icons_stay_out_of_the_menu(actions):
    assert not any(action.isIconVisibleInMenu() for action in actions)
