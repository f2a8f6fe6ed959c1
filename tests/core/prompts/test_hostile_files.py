"""Prompt and scene files from anybody: each is a prompt, or a sentence with a line, and never a crash."""

import json
import re

import pytest
import tomlkit
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.errors import PromptBroken
from core.prompts import scenes
from core.prompts.library import OWN_FOLDER, Library
from core.prompts.parsing import parse
from core.prompts.scenes import OWN_FOLDER as SCENES_FOLDER
from core.prompts.scenes import Scenes

KEYS = st.sampled_from(
    re.findall(
        r"\w+",
        """id version title about group language scope tier temperature length candidates output schema result
        passages variables cases name kind default choices required text values holds lacks shortest longest
        5 true 标题""",
    )
)
WORDS = st.sampled_from(["edit", "fast", "zh", "choice", "switch", "json", "a", "", "名字", "text", "no"])
SCALARS = st.none() | st.booleans() | st.integers(-5, 40_000) | st.floats(-3, 3) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
TOML_VALUES = st.recursive(
    st.booleans() | st.integers(-5, 2000) | st.floats(-3, 3) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def one_sentence_at_a_line(error, source):
    """Whether the error says where and what, in words for a person."""
    at, reason = int(error.details["line"]), error.details["reason"]
    assert 1 <= at <= source.count("\n") + 1
    assert reason.strip()
    assert "Traceback" not in reason


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_front_matter_is_a_prompt_or_a_sentence_with_a_line(values):
    source = f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\nShorten:\n{{{{ text }}}}\n"
    try:
        prompt = parse(source, stem="mine", own=True)
    except PromptBroken as error:
        one_sentence_at_a_line(error, source)
        return
    assert prompt.body == "Shorten:\n{{ text }}"
    assert source.split("\n")[prompt.body_line - 1] == "Shorten:"
    assert prompt.id and (prompt.title.en or prompt.title.zh)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_variable_is_a_field_of_the_form_or_a_sentence_with_a_line(entry):
    source = f"---\n{yaml.safe_dump({'variables': [{'name': 'tone', **entry}]})}---\n{{{{ text }}}}\n"
    try:
        prompt = parse(source, stem="mine")
    except PromptBroken as error:
        one_sentence_at_a_line(error, source)
        return
    (variable,) = prompt.variables
    assert isinstance(variable.default, str)
    assert all(isinstance(choice, str) for choice in variable.choices)


@given(st.text(max_size=120))
def test_any_text_at_all_is_a_prompt_or_a_sentence_with_a_line(source):
    try:
        prompt = parse(source, stem="mine")
    except PromptBroken as error:
        one_sentence_at_a_line(error, source)
    else:
        assert prompt.body.strip()


@given(
    st.dictionaries(KEYS | st.sampled_from(["icon", "prompts", "ghost", "place"]), TOML_VALUES, max_size=5)
)
def test_any_scene_file_is_a_scene_or_a_sentence_with_a_line(values):
    source = tomlkit.dumps(values)
    try:
        scene = scenes.parse(source, stem="mine")
    except PromptBroken as error:
        one_sentence_at_a_line(error, source)
        return
    assert 0 <= scene.place <= 1000
    assert scene.temperature is None or 0 <= scene.temperature <= 2
    assert all(isinstance(prompt, str) for prompt in scene.prompts)


@pytest.mark.parametrize("kind", ["[text]", "{a: b}", "[]", "null", "5"])
def test_a_kind_that_is_no_word_is_refused_in_words(kind):
    source = f"---\nvariables:\n  - name: tone\n    kind: {kind}\n---\n{{{{ text }}}}\n"
    with pytest.raises(PromptBroken, match="kind") as caught:
        parse(source, stem="x")
    assert caught.value.details["line"] == "4"


@pytest.mark.parametrize("key", ["holds", "lacks"])
def test_words_a_case_checks_for_stand_in_a_list_and_one_word_alone_is_not_taken_letter_by_letter(key):
    source = f"---\ncases:\n  - text: Anna pays.\n    {key}: Anna\n---\n{{{{ text }}}}\n"
    with pytest.raises(PromptBroken, match="lists"):
        parse(source, stem="x")


@pytest.fixture
def vault(tmp_path):
    (tmp_path / OWN_FOLDER).mkdir(parents=True)
    (tmp_path / SCENES_FOLDER).mkdir(parents=True)
    return tmp_path


def keep(vault, name, source="{{ text }}"):
    file = vault / OWN_FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return file


def own_ids(vault):
    return [prompt.id for prompt in Library(vault).prompts("en").prompts if prompt.own]


def test_a_link_to_nowhere_hides_no_other_prompt(vault):
    keep(vault, "aaa.md")
    (vault / OWN_FOLDER / "mmm.md").symlink_to(vault / "gone.md")
    keep(vault, "zzz.md")
    assert own_ids(vault) == ["aaa", "zzz"]


def test_a_link_that_leads_round_in_a_circle_hides_no_other_prompt(vault):
    loop = vault / OWN_FOLDER / "loop.md"
    loop.symlink_to(loop)
    keep(vault, "zzz.md")
    assert own_ids(vault) == ["zzz"]


def test_a_folder_that_is_called_like_a_prompt_is_a_problem_and_no_crash(vault):
    (vault / OWN_FOLDER / "folder.md").mkdir()
    keep(vault, "zzz.md")
    found = Library(vault).prompts("en")
    assert [problem.file for problem in found.problems] == [f"{OWN_FOLDER}/folder.md"]
    assert own_ids(vault) == ["zzz"]


def test_prompts_in_folders_of_the_person_s_own_are_found(vault):
    keep(vault, "会议/纪要.md", "整理纪要：\n{{ text }}")
    keep(vault, "work/deep/er.md")
    assert sorted(own_ids(vault)) == ["er", "纪要"]
    assert Library(vault).get("纪要", "zh").file == f"{OWN_FOLDER}/会议/纪要.md"


def test_a_file_from_windows_with_a_mark_at_its_head_is_read_like_any_other(vault):
    file = keep(vault, "win.md")
    file.write_bytes(
        b"\xef\xbb\xbf" + "---\r\ntitle: 润色\r\ntier: precise\r\n---\r\n润色：\r\n{{ text }}\r\n".encode()
    )
    prompt = Library(vault).get("win", "zh")
    assert (prompt.title.of("zh"), prompt.tier, prompt.body_line) == ("润色", "precise", 5)
    assert prompt.body == "润色：\n{{ text }}"


def test_a_mistake_in_a_file_from_windows_is_told_at_the_line_the_person_sees(vault):
    keep(vault, "win.md").write_bytes(b"---\r\nid: win\r\n---\r\n\r\nOne\r\n{{ nothing }}\r\n")
    (problem,) = Library(vault).prompts("en").problems
    assert (problem.line, "nothing" in problem.text) == (6, True)


def test_two_own_files_of_one_id_and_version_give_one_prompt(vault):
    keep(vault, "a/mine.md", "One {{ text }}")
    keep(vault, "b/mine.md", "Two {{ text }}")
    library = Library(vault)
    assert own_ids(vault) == ["mine"]
    assert library.get("mine", "en").body in ("One {{ text }}", "Two {{ text }}")


def test_a_broken_own_file_leaves_the_shipped_prompt_of_its_name_in_place(vault):
    shipped = Library(None).get("shorten", "en")
    keep(vault, "shorten.md", "{{ nothing }}")
    library = Library(vault)
    assert library.get("shorten", "en").body == shipped.body
    assert [problem.file for problem in library.prompts("en").problems] == [f"{OWN_FOLDER}/shorten.md"]


def test_a_problem_goes_away_once_its_file_was_mended(vault):
    file = keep(vault, "mine.md", "{{ nothing }}")
    library = Library(vault)
    assert len(library.prompts("en").problems) == 1
    file.write_text("Better now: {{ text }}", encoding="utf-8")
    assert library.prompts("en").problems == ()
    assert library.get("mine", "en").body == "Better now: {{ text }}"


def test_a_schema_may_be_written_as_json_in_a_string(vault):
    schema = {"type": "object", "required": ["标题"]}
    keep(vault, "out.md", f"---\noutput: json\nschema: '{json.dumps(schema)}'\n---\n{{{{ text }}}}")
    assert Library(vault).get("out", "en").schema == schema


def test_a_scene_that_is_a_link_to_nowhere_hides_no_other_scene(vault):
    (vault / SCENES_FOLDER / "aaa.toml").symlink_to(vault / "gone.toml")
    (vault / SCENES_FOLDER / "zzz.toml").write_text('title = "董事会"\nplace = 9\n', encoding="utf-8")
    found = Scenes(vault).scenes()
    assert [scene.id for scene in found.scenes if scene.own] == ["zzz"]
    assert len(found.scenes) == 9


def test_a_scene_written_by_another_program_meanwhile_is_seen_without_starting_again(vault):
    kept = Scenes(vault)
    before = kept.stamps()
    (vault / SCENES_FOLDER / "board.toml").write_text('title = "Board"\n', encoding="utf-8")
    assert kept.stamps() != before
    assert "board" in [scene.id for scene in kept.scenes().scenes]
