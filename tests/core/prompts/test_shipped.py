"""The prompts that ship: all can be used, both languages say the same, and each is written with care."""

import pytest

from core.prompts.library import GROUPS, LANGUAGES, Library
from core.prompts.model import Output, Prompt
from core.prompts.parsing import turns
from core.prompts.rendering import Given, render
from core.text.words import HAN

LIBRARY = Library(None)
IDS = [prompt.id for prompt in LIBRARY.prompts("en").prompts]
WANTED = (
    "continue polish rewrite shorten expand simplify translate tone grammar to-list to-table to-outline "
    "title summary outline key-points action-items minutes counter-arguments metaphors video-script ad-copy "
    "market-analysis email weekly-report quiz flashcards explain extract-json improve-prompt"
)


def both(prompt_id):
    return [LIBRARY.get(prompt_id, language) for language in LANGUAGES]


def test_some_forty_ship_and_all_that_were_promised_are_there():
    assert len(IDS) >= 40
    assert set(WANTED.split()) <= set(IDS)
    assert LIBRARY.prompts("zh").problems == ()


@pytest.mark.parametrize("prompt_id", IDS)
def test_both_languages_describe_the_same_prompt(prompt_id):
    english, chinese = both(prompt_id)
    assert (english.language, chinese.language) == LANGUAGES
    for name in ("version", "title", "about", "group", "scope", "tier", "temperature", "max_tokens"):
        assert getattr(english, name) == getattr(chinese, name), name
    for name in ("candidates", "output", "schema", "placement", "passages"):
        assert getattr(english, name) == getattr(chinese, name), name
    assert [(v.name, v.kind, v.title, v.required) for v in english.variables] == [
        (v.name, v.kind, v.title, v.required) for v in chinese.variables
    ]


@pytest.mark.parametrize("prompt_id", IDS)
def test_every_prompt_has_a_role_its_input_and_titles_in_both_languages(prompt_id):
    for prompt in both(prompt_id):
        roles = [turn.role.value for turn in turns(prompt.body)]
        assert roles == ["system", "user"]
        assert prompt.title.en and prompt.title.zh and prompt.about.en and prompt.about.zh
        assert any(HAN[0] <= char <= "鿿" for char in prompt.title.zh)
        assert prompt.group in GROUPS
        assert (prompt.output is Output.JSON) == (prompt.schema is not None)


@pytest.mark.parametrize("prompt_id", IDS)
def test_every_prompt_renders_with_everything_and_with_the_least(prompt_id):
    for prompt in both(prompt_id):
        whole = Given(
            "TEXT", "SEL", "BLOCK", "NOTE", "BEFORE", "AFTER", "PASSAGES", "TITLE", "p.md", "HEAD", "WISH"
        )
        full = {variable.name: f"<{variable.name}>" for variable in prompt.variables}
        said = render(prompt, whole, full)[-1].content
        for name, variable in zip(full, prompt.variables, strict=True):
            in_system = render(prompt, whole, full)[0].content
            assert f"<{name}>" in said + in_system or variable.kind == "switch", name
        least = {v.name: v.default or "x" for v in prompt.variables if v.required}
        assert render(prompt, Given(text="TEXT"), least)[-1].content


@pytest.mark.parametrize("prompt_id", IDS)
def test_a_chinese_prompt_is_chinese_throughout(prompt_id):
    chinese = LIBRARY.get(prompt_id, "zh")
    instruction = turns(chinese.body)[0].source
    latin = sum(char.isascii() and char.isalpha() for char in instruction)
    han = sum("㐀" <= char <= "鿿" for char in instruction)
    assert han > 1.5 * latin or prompt_id == "extract-json"
    assert "，" in instruction


@pytest.mark.parametrize("prompt_id", IDS)
def test_the_person_s_text_reaches_the_model(prompt_id):
    def reached(prompt: Prompt) -> str:
        least = {v.name: v.default or "x" for v in prompt.variables if v.required}
        given = Given(text="THE TEXT", before="THE TEXT", passages="THE TEXT")
        return render(prompt, given, least)[-1].content

    assert all("THE TEXT" in reached(prompt) for prompt in both(prompt_id))
