"""Recordings in the window: asked about before they leave this machine, then documents like any other."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from core.documents.importer import Imported
from core.engine.assist_model import HearingModel
from core.errors import KeyRefused, NotAgreed, OfflineMode
from core.llm.chat import LOCAL
from desktop.panel.composer import RequestEdit
from tests.desktop.app_fixture import Opened

MP3 = b"ID3\x04" + b"\0" * 40
ELSEWHERE = HearingModel("whisper-1", "OpenAI", "api.openai.com")
_BUTTON, _KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    (vault / "Launch.md").write_text("# Launch\n\nIn March.\n", encoding="utf-8")
    run = Opened(qapp, places, tmp_path / "base")
    run.start(vault)
    qtbot.waitUntil(lambda: bool(run.links) and run.app.bridge.attached)
    yield run
    run.close()
    qapp.setStyleSheet("")


@pytest.fixture
def desk(opened):
    return opened.app.documents


@pytest.fixture
def assist(opened):
    return opened.links[-1].assist


@pytest.fixture
def recording(tmp_path):
    file = tmp_path / "会议.mp3"
    file.write_bytes(MP3)
    return file


def question(qtbot, desk):
    """Return the question once it is asked."""
    qtbot.waitUntil(lambda: desk.recordings.question is not None and desk.recordings.question.isVisible())
    return desk.recordings.question


def answer(qtbot, box, words):
    (button,) = [button for button in box.buttons() if button.text().replace("&", "") == words]
    qtbot.mouseClick(button, _BUTTON)


def heard(qtbot, assist):
    """Return the recording that the engine was given."""
    qtbot.waitUntil(lambda: bool(assist.heard))
    return assist.heard[-1]


def listed(desk):
    return [document.name for document in desk.shelf._library.documents()]


def test_a_recording_goes_elsewhere_only_after_a_yes_to_that_host(qtbot, desk, assist, recording):
    assist.hearing = ELSEWHERE
    desk.add([recording])
    box = question(qtbot, desk)
    assert "api.openai.com" in box.text()
    assert "whisper-1" in box.informativeText()
    assert not assist.heard
    answer(qtbot, box, "Send")
    one = heard(qtbot, assist)
    assert (one.path, one.agreed) == (str(recording), "api.openai.com")
    with qtbot.waitSignal(desk.shelf.ended):
        one.hear((0.0, "Good morning."))
    assert listed(desk) == ["会议.mp3"]


@pytest.mark.parametrize("way", ["Do not send", "escape"])
def test_a_no_is_a_no_and_said_in_the_list(qtbot, desk, assist, recording, way):
    assist.hearing = ELSEWHERE
    desk.add([recording])
    box = question(qtbot, desk)
    if way == "escape":
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    else:
        answer(qtbot, box, way)
    one = heard(qtbot, assist)
    assert one.agreed == ""  # the engine refuses; no consent means none
    with qtbot.waitSignal(desk.shelf.ended):
        one.fail(NotAgreed(host="api.openai.com"))
    assert listed(desk) == []
    assert desk.bar.isVisible()


def test_the_question_is_answered_no_by_a_careless_enter(qtbot, desk, assist, recording):
    assist.hearing = ELSEWHERE
    desk.add([recording])
    box = question(qtbot, desk)
    assert box.defaultButton().text() == "Do not send"
    answer(qtbot, box, "Do not send")
    heard(qtbot, assist).fail(NotAgreed(host="api.openai.com"))
    qtbot.waitUntil(lambda: not desk.shelf.is_busy)


def test_offline_nothing_is_asked_for_nothing_can_be_sent(qtbot, desk, assist, recording, monkeypatch):
    monkeypatch.setenv("PILOTFISH_OFFLINE", "1")
    assist.hearing = ELSEWHERE
    desk.add([recording])
    one = heard(qtbot, assist)
    with qtbot.waitSignal(desk.shelf.ended):
        one.fail(OfflineMode(host="api.openai.com"))
    assert desk.recordings.question is None
    assert desk.bar.isVisible()


def test_a_model_on_this_machine_needs_no_question(qtbot, desk, assist, recording):
    assist.hearing = HearingModel("whisper-large", "vLLM", LOCAL)
    desk.add([recording])
    one = heard(qtbot, assist)
    with qtbot.waitSignal(desk.shelf.ended):
        one.hear((0.0, "早上好。"))
    assert desk.recordings.question is None
    assert listed(desk) == ["会议.mp3"]


def test_with_nobody_to_hear_it_the_file_is_read_as_ever(qtbot, desk, assist, recording):
    with qtbot.waitSignal(desk.shelf.ended):
        desk.add([recording])
    assert not assist.heard
    assert desk.bar.isVisible()


def test_other_documents_ask_nothing(qtbot, desk, assist, tmp_path):
    assist.hearing = ELSEWHERE
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    with qtbot.waitSignal(desk.shelf.ended):
        desk.add([tmp_path / "a.txt"])
    assert desk.recordings.question is None
    assert listed(desk) == ["a.txt"]


def test_recordings_in_a_folder_are_counted_in_the_question(qtbot, desk, assist, recording, tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "a.mp3").write_bytes(MP3)
    (folder / "b.mp3").write_bytes(MP3 + b"x")
    assist.hearing = ELSEWHERE
    desk.add([folder])
    box = question(qtbot, desk)
    assert "2" in box.text()
    answer(qtbot, box, "Send")
    for _ in range(2):
        qtbot.waitUntil(lambda: bool(assist.heard) and assist.heard[-1] is not None)
        count = len(assist.heard)
        assist.heard[-1].hear((0.0, "Words."))
        qtbot.waitUntil(lambda count=count: len(assist.heard) > count or not desk.shelf.is_busy)
    assert listed(desk) == ["a.mp3", "b.mp3"]


def test_a_provider_that_refuses_the_key_is_said_for_that_file(qtbot, desk, assist, recording):
    assist.hearing = HearingModel("whisper-large", "vLLM", LOCAL)
    outcomes = []
    desk.shelf.stepped.connect(outcomes.append)
    desk.add([recording])
    with qtbot.waitSignal(desk.shelf.ended):
        heard(qtbot, assist).fail(KeyRefused(host="127.0.0.1"))
    assert isinstance(outcomes[-1].error, KeyRefused)


def test_cancelling_the_import_hangs_up(qtbot, desk, assist, recording):
    assist.hearing = HearingModel("whisper-large", "vLLM", LOCAL)
    desk.add([recording])
    one = heard(qtbot, assist)
    desk.shelf.cancel()
    qtbot.waitUntil(lambda: one.cancelled)


# On the request


def give(widget, *files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    enter = QDragEnterEvent(widget.rect().center(), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS))


def pinned(opened):
    return [pin.toolTip() for pin in opened.app.panel.context_bar.findChildren(QPushButton, "pinnedNote")]


def test_a_recording_dropped_on_the_request_is_heard_and_goes_along(qtbot, opened, desk, assist, recording):
    assist.hearing = ELSEWHERE
    give(opened.app.panel.findChild(RequestEdit).viewport(), recording)
    answer(qtbot, question(qtbot, desk), "Send")
    heard(qtbot, assist).hear((0.0, "Good morning."))
    qtbot.waitUntil(lambda: bool(pinned(opened)))
    assert "document://会议.mp3" in pinned(opened)[0]
    opened.app.panel.composer.set_text("What was decided?")
    assert opened.app.panel.drafting.draft().sources.notes == ("document://会议.mp3",)


def test_any_document_dropped_on_the_request_goes_along_once_it_is_read(qtbot, opened, desk, tmp_path):
    (tmp_path / "计划.txt").write_text("三月开放测试。", encoding="utf-8")
    give(opened.app.panel.composer, tmp_path / "计划.txt")
    qtbot.waitUntil(lambda: bool(pinned(opened)))
    assert "document://计划.txt" in pinned(opened)[0]
    assert opened.app.panel.composer.edit.toPlainText() == ""


def test_what_is_dropped_beside_the_request_is_not_pinned(qtbot, opened, desk, tmp_path):
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    outcomes = []
    desk.shelf.stepped.connect(outcomes.append)
    with qtbot.waitSignal(desk.shelf.ended):
        desk.add([tmp_path / "a.txt"])
    assert isinstance(outcomes[-1], Imported)
    assert pinned(opened) == []
