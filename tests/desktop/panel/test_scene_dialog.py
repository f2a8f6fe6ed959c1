"""Scenes of one's own, made and changed by a form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core import errors
from core.llm.chat import Tier
from core.prompts.model import GhostBehaviour, Retrieval
from desktop.panel.scene_dialog import SceneDialog, scene_id


@pytest.fixture
def stocked(qtbot, panel):
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("polish") is not None and len(panel.scenes.buttons) == 4)
    return panel


@pytest.fixture
def open_form(stocked, qapp):
    """Open the form through the menu of the bar."""

    def forms():
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, SceneDialog) and w.isVisible()]

    def open_it(text):
        for form in forms():
            form.reject()
        action = next(
            one for one in stocked.scenes.findChildren(type(stocked.commands.ask)) if one.text() == text
        )
        action.trigger()
        return forms()[-1]

    yield open_it
    for form in forms():
        form.reject()


def click(qtbot, dialog, name):
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def check(dialog, prompt_id, *, on=True):
    for row in range(dialog.prompts.count()):
        item = dialog.prompts.item(row)
        if item.data(Qt.ItemDataRole.UserRole) == prompt_id:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_a_new_scene_is_kept_and_in_force(qtbot, stocked, open_form, link):
    form = open_form("New scene …")
    form.title.setText("周报 Weekly")
    check(form, "draft")
    form.tier.setCurrentIndex(form.tier.findData(Tier.PRECISE))
    form.retrieval.setCurrentIndex(form.retrieval.findData(Retrieval.FOLDER))
    form.ghost.setCurrentIndex(form.ghost.findData(GhostBehaviour.OFF))
    click(qtbot, form, "saveScene")
    qtbot.waitUntil(lambda: stocked.scenes.scene.id == "周报-weekly")
    made = stocked.scenes.scene
    assert made.prompts == ("draft",)
    assert (made.tier, made.retrieval, made.ghost) == (Tier.PRECISE, Retrieval.FOLDER, GhostBehaviour.OFF)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, SceneDialog) and w.isVisible()]


def test_changing_a_scene_starts_from_what_it_is(qtbot, stocked, open_form, link):
    stocked.scenes.choose(1)
    form = open_form("Change this scene …")
    assert form.title.text() == "Write"
    assert form.scene().prompts == ("draft", "polish")
    check(form, "draft", on=False)
    click(qtbot, form, "saveScene")
    qtbot.waitUntil(lambda: stocked.scenes.scene.prompts == ("polish",))
    assert stocked.scenes.scene.title.zh == "写作"  # the other language's name stays
    assert stocked.scenes.scene.temperature == 0.7


def test_a_scene_needs_a_name(qtbot, open_form, link):
    form = open_form("New scene …")
    before = link.assist.scene_list
    click(qtbot, form, "saveScene")
    assert any("name" in label.text() for label in form.findChildren(QLabel) if label.property("problem"))
    assert link.assist.scene_list is before


def test_a_scene_that_cannot_be_kept_says_why_and_stays_in_the_form(qtbot, open_form, link):
    link.assist.keeps_scenes = errors.PromptMissing()
    form = open_form("New scene …")
    form.title.setText("x")
    click(qtbot, form, "saveScene")
    qtbot.waitUntil(
        lambda: any(label.text() for label in form.findChildren(QLabel) if label.property("problem"))
    )
    assert form.isVisible()


def test_an_own_scene_can_be_deleted_and_a_shipped_one_not(qtbot, stocked, open_form):
    assert open_form("Change this scene …").findChild(QPushButton, "deleteScene") is None
    form = open_form("New scene …")
    form.title.setText("mine")
    click(qtbot, form, "saveScene")
    qtbot.waitUntil(lambda: stocked.scenes.scene.id == "mine")
    click(qtbot, open_form("Change this scene …"), "deleteScene")
    qtbot.waitUntil(lambda: stocked.scenes.scene.id != "mine")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("周报 Weekly!", "周报-weekly"), ("a/b:c", "a-b-c"), ("…", "scene"), ("x" * 99, "x" * 40)],
)
def test_any_name_becomes_an_id(name, expected):
    assert scene_id(name) == expected
