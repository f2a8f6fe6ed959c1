"""Scenes: files, the person's own in place of shipped ones, and what a form writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PromptBroken, PromptMissing
from core.llm.chat import Tier
from core.prompts.library import Library
from core.prompts.model import GhostBehaviour, Retrieval, Scene, Titles
from core.prompts.scenes import OWN_FOLDER, Scenes, dump, parse

TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@pytest.fixture
def scenes(tmp_path):
    return Scenes(tmp_path)


def test_eight_scenes_ship_in_the_order_of_the_bar(scenes):
    found = scenes.scenes()
    assert found.problems == ()
    assert [scene.id for scene in found.scenes] == [
        "write",
        "polish",
        "ask",
        "study",
        "meeting",
        "short-video",
        "market",
        "translate",
    ]
    assert [scene.place for scene in found.scenes] == list(range(1, 9))


def test_every_prompt_and_icon_of_a_shipped_scene_exists(scenes):
    from core.paths import resources_dir

    known = {prompt.id for prompt in Library(None).prompts("en").prompts}
    for scene in scenes.scenes().scenes:
        assert set(scene.prompts) <= known
        assert (resources_dir() / "icons" / f"{scene.icon}.svg").is_file()
        assert scene.title.en and scene.title.zh and scene.about.zh


def test_an_own_scene_is_kept_and_found_again(scenes, tmp_path):
    made = Scene(
        "board", Titles("Board", "董事会"), ("shorten",), tier=Tier.PRECISE, temperature=0.2, place=9
    )
    found = scenes.save(made).scenes[-1]
    assert (found.id, found.own, found.file) == ("board", True, f"{OWN_FOLDER}/board.toml")
    assert (found.title, found.prompts, found.tier, found.temperature) == (
        made.title,
        made.prompts,
        made.tier,
        made.temperature,
    )
    assert (tmp_path / OWN_FOLDER / "board.toml").is_file()


def test_an_own_scene_replaces_a_shipped_one_until_it_is_deleted(scenes):
    scenes.save(Scene("ask", Titles("Mine"), place=3))
    assert [scene.title.en for scene in scenes.scenes().scenes if scene.id == "ask"] == ["Mine"]
    scenes.delete("ask")
    assert [scene.title.en for scene in scenes.scenes().scenes if scene.id == "ask"] == ["Ask"]
    assert len(scenes.delete("ask").scenes) == 8


@pytest.mark.parametrize("scene_id", ["", "../x", "a/b", ".hidden", "x" * 60])
def test_an_id_that_is_no_file_name_is_refused(scenes, tmp_path, scene_id):
    with pytest.raises(PromptBroken):
        scenes.save(Scene(scene_id, Titles("x")))
    assert not list(tmp_path.rglob("*.toml"))


def test_without_a_vault_nothing_is_kept():
    with pytest.raises(PromptMissing):
        Scenes(None).save(Scene("a", Titles("x")))
    assert len(Scenes(None).scenes().scenes) == 8


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('title = "a"\ntier = "cheap"\n', 2),
        ('title = "a"\n\nprompts = "polish"\n', 3),
        ("title = \n", 1),
        ('title = "a"\ncolour = "red"\n', 2),
        ('ghost = "sometimes"\n', 1),
        ("place = -1\n", 1),
    ],
)
def test_a_mistake_is_told_at_its_line(scenes, tmp_path, source, line):
    folder = tmp_path / OWN_FOLDER
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(source, encoding="utf-8")
    (problem,) = scenes.scenes().problems
    assert (problem.file, problem.line) == (f"{OWN_FOLDER}/mine.toml", line)
    assert len(scenes.scenes().scenes) == 8


@given(
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=4),
    st.tuples(
        st.none() | st.sampled_from(Tier),
        st.none() | st.floats(0, 2),
        st.sampled_from(Retrieval),
        st.sampled_from(GhostBehaviour),
    ),
)
def test_what_is_written_is_read_back(en, zh, prompts, behaviour):
    scene = Scene("mine", Titles(en, zh), tuple(prompts), Titles(zh), "", *behaviour, 7)
    assert parse(dump(scene), stem="mine") == scene
