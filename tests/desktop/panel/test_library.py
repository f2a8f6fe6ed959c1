"""The library holds what the engine said last, and says when it is something else."""

import pytest

from core import errors
from core.engine.model import NotesChanged, PromptsChanged
from core.prompts.model import Problem, PromptList, Scene, SceneList, Titles
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel.library import FIRST_SCENES, Library, asks
from tests.desktop.fake_assist import DRAFT, POLISH, SCENES


@pytest.fixture
def library(bridge):
    return Library(bridge)


@pytest.fixture
def loaded(qtbot, library):
    library.load()
    qtbot.waitUntil(lambda: bool(library.prompts) and len(library.scenes) == len(SCENES))
    return library


def test_before_the_engine_has_spoken_two_scenes_serve(library):
    assert library.scenes == FIRST_SCENES
    assert library.prompts == ()


def test_without_an_engine_loading_does_nothing(qapp):
    bridge = EngineBridge()
    Library(bridge).load()
    bridge.close()


def test_prompts_are_found_by_id_and_by_scene_in_its_order(loaded):
    assert loaded.prompt("polish") is POLISH
    assert loaded.prompt("unknown") is None
    assert loaded.of(SCENES[0]) == [DRAFT, POLISH]


def test_a_scene_that_names_a_prompt_nobody_has_goes_without_it(loaded):
    assert loaded.of(Scene("x", Titles("X"), ("gone", "polish"))) == [POLISH]


def test_problems_of_prompts_and_scenes_are_told_together(qtbot, library, link):
    one, two = Problem("a.md", 1, "x"), Problem("b.toml", 2, "y")
    link.assist.library = PromptList((POLISH,), (one,))
    link.assist.scene_list = SceneList(SCENES, (two,))
    library.load()
    qtbot.waitUntil(lambda: len(library.problems) == 2)
    assert list(library.problems) == [one, two]


def test_no_scenes_at_all_leaves_the_first_two(loaded):
    loaded.take_scenes(SceneList(()))
    assert loaded.scenes == FIRST_SCENES


def test_a_failure_is_told_and_what_was_known_stays(qtbot, loaded, link, monkeypatch):
    monkeypatch.setattr(link.assist, "prompts", lambda _language: link.future(errors.EngineStopped()))
    with qtbot.waitSignal(loaded.failed):
        loaded.load()
    assert loaded.prompt("polish") is POLISH


def test_only_a_change_of_prompts_or_scenes_makes_it_ask_again(qtbot, loaded, link, bridge):
    count = len(link.assist.calls)
    bridge.handle_event(NotesChanged(("journals/2026.md",), ("old.md",)))
    assert len(link.assist.calls) == count
    with qtbot.waitSignal(loaded.changed):
        bridge.handle_event(PromptsChanged())


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (Scene("ask", Titles("A"), ("explain",)), True),
        (Scene("study", Titles("S"), ("quiz",)), True),
        (Scene("write", Titles("W")), False),
        (Scene("polish", Titles("P"), ("polish",)), False),
        (Scene("mine", Titles("M")), True),
    ],
)
def test_free_words_are_a_question_or_an_instruction_by_scene(scene, expected):
    assert asks(scene) is expected
