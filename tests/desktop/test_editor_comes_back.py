"""The whole window, twice: what was open and shown in the editor is there again."""

import pytest
from PySide6.QtTest import QTest

from tests.desktop.app_fixture import Opened


@pytest.fixture
def notes(vault):
    for name in ("Welcome", "欢迎", "Plan"):
        (vault / f"{name}.md").write_text(f"# {name}\n\nSee [[Plan]], we recieve it.\n", encoding="utf-8")
    return vault


@pytest.fixture
def start(qapp, qtbot, places, tmp_path, notes):
    """Start the program on the vault; every one started is closed in the end."""
    made = []

    def start() -> Opened:
        opened = Opened(qapp, places, tmp_path)
        made.append(opened)
        with qtbot.waitExposed(opened.frame.window):
            opened.start(notes)
        qtbot.waitUntil(lambda: opened.app.desk.current is not None)
        qtbot.waitUntil(lambda: bool(opened.links))
        return opened

    yield start
    for opened in made:
        opened.close()
    qapp.setStyleSheet("")


def show(opened, qtbot, path):
    opened.app.desk.open(path)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == path)


def tabs_of(opened):
    tabs = opened.app.aids.open_notes.tabs
    return [tabs.tabText(place) for place in range(tabs.count())]


def test_tabs_preview_and_spelling_are_as_they_were(start, qtbot):
    first = start()
    show(first, qtbot, "欢迎.md")
    QTest.keyClicks(first.app.page.editor, "x")
    show(first, qtbot, "Plan.md")
    QTest.keyClicks(first.app.page.editor, "y")
    first.app.page.preview_action.trigger()
    first.app.page.spelling_action.trigger()
    first.close()

    second = start()
    qtbot.waitUntil(lambda: second.app.page.editor.path == "Plan.md")
    assert tabs_of(second) == ["欢迎", "Plan"]
    assert not second.app.page.spelling_action.isChecked()
    qtbot.waitUntil(lambda: "See Plan" in second.app.aids.preview.view.toPlainText())


def test_a_link_in_the_preview_opens_its_note(start, qtbot):
    opened = start()
    show(opened, qtbot, "Welcome.md")
    opened.app.page.preview_action.trigger()
    qtbot.waitUntil(lambda: "See Plan" in opened.app.aids.preview.view.toPlainText())
    opened.app.aids.preview.view.anchorClicked.emit("wiki:Plan")
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Plan.md")


def test_a_vault_that_is_left_takes_its_tabs_along(start, notes, qtbot, tmp_path):
    opened = start()
    show(opened, qtbot, "Plan.md")
    QTest.keyClicks(opened.app.page.editor, "z")
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("# else\n", encoding="utf-8")
    opened.app.vaults.open(other)
    qtbot.waitUntil(lambda: opened.app.opener.vault == other and bool(opened.app.pane.tree.notes))
    assert "Plan" not in tabs_of(opened)
    opened.app.vaults.open(notes)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Plan.md")
    assert tabs_of(opened) == ["Plan"]
