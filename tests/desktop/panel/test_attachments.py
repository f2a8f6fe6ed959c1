"""Pictures on the composer: dropped, pasted, looked at, taken off, and sent along."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QPushButton

from core.assist.images import MOST_BYTES, MOST_IMAGES
from core.assist.model import ContextPart, PartKind
from core.errors import NoVisionModel
from core.llm.chat import Image, Message, Role
from core.session.model import Author, Conversation, Session, SessionMessage
from desktop.panel.composer import Composer
from desktop.panel.picture_line import PictureLine
from desktop.panel.sending import SendingDialog
from desktop.panel.sessions import pictures_of, request_of
from tests.desktop.fake_assist import POLISH, a_preview

_BUTTON, _KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def a_picture(file, width=40, height=30):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert image.save(str(file))
    return file


@pytest.fixture
def fish(tmp_path):
    return a_picture(tmp_path / "领航鱼.png")


@pytest.fixture
def composer(qtbot, theme):
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.resize(340, 80)
    composer.show()
    qtbot.waitExposed(composer)
    return composer


def chips(widget):
    return [chip for chip in widget.findChildren(QPushButton, "attachedPicture") if chip.isVisibleTo(widget)]


def given(*files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(widget, data):
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, _BUTTON, _KEYS)
        )
    return enter.isAccepted()


def test_without_pictures_there_is_nothing_in_the_way(composer):
    assert not composer.attachments.isVisible()
    assert composer.attachments.paths == ()


@pytest.mark.parametrize("part", ["field", "frame"])
def test_a_picture_is_dropped_anywhere_on_the_composer(composer, fish, part):
    assert drop(composer.edit.viewport() if part == "field" else composer, given(fish))
    assert composer.attachments.paths == (str(fish),)
    (chip,) = chips(composer)
    assert "领航鱼.png" in chip.text()
    assert not chip.icon().isNull()


def test_words_and_other_files_go_their_own_way(composer, tmp_path):
    others = []
    composer.files_given.connect(others.extend)
    assert drop(composer, given(tmp_path / "a.pdf", tmp_path / "会议.mp3"))
    assert others == [tmp_path / "a.pdf", tmp_path / "会议.mp3"]
    words = QMimeData()
    words.setText("plain words")
    composer.edit.insertFromMimeData(words)
    assert composer.edit.toPlainText() == "plain words"
    assert composer.attachments.paths == ()


def test_a_picture_is_pasted_from_the_clipboard(qtbot, composer):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    qtbot.keyClick(composer.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()
    (path,) = composer.attachments.paths
    assert QImage(path).size() == image.size()
    assert composer.edit.toPlainText() == ""


def test_a_pasted_picture_is_no_larger_than_models_look_at(composer):
    data = QMimeData()
    data.setImageData(QImage(5000, 1000, QImage.Format.Format_Grayscale8))
    composer.attachments.take(data)
    assert QImage(composer.attachments.paths[0]).width() == 2048


def test_pictures_and_other_files_are_told_apart(composer, fish, tmp_path):
    others = []
    composer.files_given.connect(others.extend)
    drop(composer.edit.viewport(), given(tmp_path / "a.pdf", fish))
    assert (others, composer.attachments.paths) == ([tmp_path / "a.pdf"], (str(fish),))
    assert composer.edit.toPlainText() == ""


def test_the_same_file_goes_along_once(composer, fish):
    composer.attachments.add([fish, fish])
    composer.attachments.add([fish])
    assert len(chips(composer)) == 1


@pytest.mark.parametrize("way", ["click", "key"])
def test_a_picture_is_taken_off_again_by_mouse_or_key(qtbot, composer, fish, tmp_path, way):
    composer.attachments.add([a_picture(tmp_path / "other.png"), fish])
    first, second = chips(composer)
    if way == "click":
        qtbot.mouseClick(first, _BUTTON)
    else:
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Space)
        qtbot.waitUntil(second.hasFocus)
    assert composer.attachments.paths == (str(fish),)


def test_after_the_last_one_the_keyboard_is_in_the_field(qtbot, composer, fish):
    composer.attachments.add([fish])
    (chip,) = chips(composer)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(composer.edit.hasFocus)
    assert not composer.attachments.isVisible()


@pytest.mark.parametrize(("kind", "words"), [("svg", "no picture that models see"), ("png", "8 MiB")])
def test_a_file_that_cannot_go_along_says_why_and_the_others_go(composer, fish, tmp_path, kind, words):
    bad = tmp_path / f"bad.{kind}"
    bad.write_bytes(b"<svg/>" if kind == "svg" else b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES)
    composer.attachments.add([bad, fish])
    assert composer.attachments.paths == (str(fish),)
    assert words in composer.attachments.problem
    assert f"bad.{kind}" in composer.attachments.problem
    composer.attachments.add([fish])
    assert composer.attachments.problem == ""


def test_more_than_a_request_takes_are_refused(composer, tmp_path):
    composer.attachments.add([a_picture(tmp_path / f"{n}.png") for n in range(MOST_IMAGES + 1)])
    assert len(composer.attachments.paths) == MOST_IMAGES
    assert str(MOST_IMAGES) in composer.attachments.problem


def test_the_colours_of_the_theme_reach_the_chips(composer, fish, theme):
    composer.attachments.add([fish])
    (chip,) = chips(composer)
    before = chip.icon().cacheKey()
    theme.set_preference("dark")
    assert chip.icon().cacheKey() != before


def test_a_file_that_qt_cannot_show_still_goes_along(composer, tmp_path):
    odd = tmp_path / "odd.png"
    odd.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    composer.attachments.add([odd])
    assert composer.attachments.paths == (str(odd),)


# In the panel


def test_a_question_takes_the_pictures_along_and_leaves_none_behind(qtbot, panel, ask, fish):
    panel.composer.attachments.add([fish])
    asking = ask("这是什么鱼?")
    assert asking.request.images == (str(fish),)
    assert panel.composer.attachments.paths == ()
    assert "领航鱼.png" in panel.conversation.cards[-1].findChild(PictureLine).whole_text()
    asking.end("A pilot fish.")
    qtbot.waitUntil(lambda: not panel.requests.runner.is_busy)
    assert ask("and why?").request.images == ()


def test_pictures_alone_ask_what_is_in_them(qtbot, panel, link, fish):
    assert not panel.composer.send_button.isEnabled()
    panel.composer.attachments.add([fish])
    assert panel.composer.send_button.isEnabled()
    qtbot.mouseClick(panel.composer.send_button, _BUTTON)
    assert link.asked[-1].request.text == "What is in the picture?"


def test_a_prompt_takes_them_along_too(panel, link, fish):
    panel.composer.attachments.add([fish])
    panel.drafting.run_or_ask(POLISH)
    assert link.assist.written[-1].request.images == (str(fish),)
    assert panel.composer.attachments.paths == ()


def test_the_estimate_is_asked_for_with_the_pictures(qtbot, panel, link, fish):
    panel.composer.attachments.add([fish])
    qtbot.waitUntil(lambda: bool(link.assist.previewed))
    assert link.assist.previewed[-1].images == (str(fish),)


def test_without_a_model_that_sees_the_way_to_the_settings_is_offered_before_sending(
    qtbot, panel, link, fish
):
    link.assist.answer = NoVisionModel()
    panel.composer.attachments.add([fish])
    button = panel.composer.attachments.findChild(QPushButton, "attachmentSettings")
    qtbot.waitUntil(button.isVisible)
    assert "No model that sees pictures" in panel.composer.attachments.problem
    with qtbot.waitSignal(panel.settings_requested):
        qtbot.mouseClick(button, _BUTTON)
    link.assist.answer = a_preview()
    panel.composer.set_text("changed")
    qtbot.waitUntil(lambda: panel.composer.attachments.problem == "")


def test_another_vault_begins_without_the_pictures_of_this_one(panel, fish):
    panel.composer.attachments.add([fish])
    panel.clear()
    assert panel.composer.attachments.paths == ()


def test_a_kept_question_is_asked_again_with_its_pictures():
    asked = [("What is this?", {"images": ["a.png"]}), ("And this?", {})]
    messages = tuple(SessionMessage(t, "s", Author.PERSON, t, 0.0, extra) for t, extra in asked)
    pictures = pictures_of(Conversation(Session("s", "", "", 0.0, 0.0), messages))
    assert request_of("What is this?", "s", pictures.get("What is this?", ())).images == ("a.png",)
    assert "And this?" not in pictures


def test_the_page_of_what_will_be_sent_lists_the_picture_to_be_left_out(qtbot, theme, panel):
    picture = ContextPart(PartKind.IMAGE, "image:a.png", "a.png", 765, "a.png")
    seen = Message(Role.USER, "What?", (Image("image/png", b"", "a.png"),))
    preview = replace(a_preview(), parts=(picture,), messages=(seen,))
    dialog = SendingDialog(theme, preview, frozenset(), panel)
    (box,) = dialog.findChildren(QCheckBox, "partBox")
    with qtbot.waitSignal(dialog.left_out) as left:
        box.click()
    assert left.args == [frozenset(["image:a.png"])]
    assert box.text() == "Picture – a.png: 765 tokens"
    assert "[picture: a.png]" in dialog.findChild(QPlainTextEdit).toPlainText()
    dialog.deleteLater()
