"""Documents in the whole window: dropped, listed, opened from a citation, made a note, removed."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from core.documents import importer
from core.documents.library import Library
from core.documents.model import Converted, Part
from core.documents.process import Reading
from core.errors import DocumentLocked
from core.files import content_hash
from tests.desktop.app_fixture import Opened


@pytest.fixture(autouse=True)
def read(monkeypatch):
    """Read files in this process: two pages, a line each."""

    def read(file, *, cancel):
        if "locked" in file.name:
            raise DocumentLocked
        data = file.read_bytes()
        parts = (Part(f"# {file.stem}", "p. 1"), Part(data.decode(), "p. 2"))
        return Reading(Converted(parts, kind="pdf", pages=2), content_hash(data), len(data))

    defaults = {**importer.import_files.__kwdefaults__, "reader": read}
    monkeypatch.setattr(importer.import_files, "__kwdefaults__", defaults)


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    (vault / "Launch.md").write_text("# Launch\n\nIn March.\n", encoding="utf-8")
    run = Opened(qapp, places, tmp_path / "base")
    run.start(vault)
    qtbot.waitUntil(lambda: bool(run.links))
    yield run
    run.close()
    qapp.setStyleSheet("")


@pytest.fixture
def desk(opened):
    return opened.app.documents


@pytest.fixture
def dropped(opened, desk, qtbot, tmp_path):
    """Drop a file on the window and wait until it is read."""

    def dropped(*names):
        data = QMimeData()
        for name in names:
            (tmp_path / name).write_text(f"words of {name}", encoding="utf-8")
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        window, copy = opened.app.window, Qt.DropAction.CopyAction
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, data, button, keys))
        with qtbot.waitSignal(desk.shelf.ended):
            QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, button, keys))
        wanted = sorted(name for name in names if "locked" not in name)
        qtbot.waitUntil(lambda: [item.text() for item in rows(desk)] == wanted)

    return dropped


def rows(desk):
    return [desk.section.list.item(row) for row in range(desk.section.list.count())]


def test_dropped_files_are_read_listed_and_handed_to_the_index(opened, desk, dropped, places, vault):
    dropped("报告.pdf", "locked.pdf", "plan.docx")
    assert "2 documents read, 1 could not be read" in desk.bar.text
    assert ("note_saved", "document://报告.pdf") in opened.link.calls
    assert len(Library(places.documents_of(vault)).documents()) == 2


def test_a_citation_opens_the_page(opened, desk, dropped, qtbot):
    dropped("report.pdf")
    opened.app.panel.open_requested.emit("document://report.pdf", 3)
    qtbot.waitUntil(desk.view.isVisible)
    assert (desk.view.page, desk.view.windowTitle()) == ("p. 2", "report.pdf")
    desk.view.close()
    assert opened.app.desk.current is None or opened.app.desk.current.path == "Launch.md"


def test_a_hit_of_the_search_opens_the_document(opened, desk, dropped, qtbot):
    dropped("report.pdf")
    opened.app.pane.open_requested.emit("document://report.pdf", 1)
    qtbot.waitUntil(desk.view.isVisible)
    desk.view.close()


def test_a_document_becomes_a_note_without_touching_another(opened, desk, dropped, qtbot, vault):
    dropped("Launch.pdf")
    desk.save_as_note(rows(desk)[0].data(Qt.ItemDataRole.UserRole))
    qtbot.waitUntil((vault / "Launch 2.md").exists)
    assert (vault / "Launch 2.md").read_text("utf-8") == "# Launch\n\nwords of Launch.pdf\n"
    assert (vault / "Launch.md").read_text("utf-8") == "# Launch\n\nIn March.\n"
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Launch 2.md")


def test_a_document_is_removed_once_the_person_agrees(opened, desk, dropped, qtbot, tmp_path):
    dropped("report.pdf")
    desk.remove(rows(desk)[0].data(Qt.ItemDataRole.UserRole))
    box = opened.app.window.findChild(QMessageBox, "removeDocument")
    next(button for button in box.buttons() if button.text() == "Remove").click()
    qtbot.waitUntil(lambda: not rows(desk))
    assert (tmp_path / "report.pdf").exists()
    assert opened.link.calls.count(("note_saved", "document://report.pdf")) == 2


def test_the_details_say_what_became_of_each(opened, desk, dropped):
    dropped("report.pdf", "locked.pdf")
    desk.bar.details_button.click()
    dialog = opened.app.window.findChild(QDialog, "importResults")
    assert dialog.isVisible()
    dialog.reject()


def test_documents_can_be_chosen_from_the_menu(opened, desk, qtbot, tmp_path, monkeypatch):
    (tmp_path / "chosen.pdf").write_text("x")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "chosen.pdf")], ""))
    with qtbot.waitSignal(desk.shelf.ended):
        desk.import_action.trigger()
    qtbot.waitUntil(lambda: [item.text() for item in rows(desk)] == ["chosen.pdf"])


def test_the_original_is_opened_by_the_system(desk, dropped, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    dropped("report.pdf")
    desk.open_original(rows(desk)[0].data(Qt.ItemDataRole.UserRole))
    assert asked == [str(tmp_path / "report.pdf")]


def test_another_vault_shows_its_own_documents(opened, desk, dropped, qtbot, tmp_path):
    dropped("report.pdf")
    (tmp_path / "other").mkdir()
    opened.app.vaults.open(tmp_path / "other")
    qtbot.waitUntil(lambda: not rows(desk))
    assert desk.bar.isHidden()
    qtbot.waitUntil(lambda: len(opened.links) == 2)


def test_a_document_that_is_gone_is_told(opened, dropped, qtbot, places, vault):
    desk = opened.app.documents
    dropped("report.pdf")
    Library(places.documents_of(vault)).remove("document://report.pdf")
    with qtbot.waitSignal(desk.failed):
        desk.open("document://report.pdf", 1)
    assert "report.pdf" in opened.app.page.notice.text
