"""The library: languages, own prompts, versions, and files that change while it is open."""

import os

import pytest

from core.errors import PromptMissing
from core.prompts.folder import MOST_BYTES
from core.prompts.library import OWN_FOLDER, Library

EN = "---\ntitle: {en: Polish, zh: 润色}\ngroup: edit\n---\nPolish:\n{{ text }}\n"
ZH = "---\ntitle: {en: Polish, zh: 润色}\ngroup: edit\n---\n润色：\n{{ text }}\n"


@pytest.fixture
def shipped(tmp_path):
    folder = tmp_path / "resources" / "prompts"
    for language, source in (("en", EN), ("zh", ZH)):
        (folder / language).mkdir(parents=True)
        (folder / language / "polish.md").write_text(source, encoding="utf-8")
    (folder / "en" / "only.md").write_text("Only English:\n{{ text }}", encoding="utf-8")
    return folder


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / OWN_FOLDER).mkdir(parents=True)
    return folder


@pytest.fixture
def library(vault, shipped):
    return Library(vault, shipped)


def own(vault, name, source):
    file = vault / OWN_FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return file


def ids(library, language="en"):
    return [prompt.id for prompt in library.prompts(language).prompts]


def test_there_is_one_prompt_an_id_in_the_language_asked_for(library):
    assert ids(library) == ["polish", "only"]
    assert library.get("polish", "zh_CN").body.startswith("润色")
    assert library.get("polish", "en").body.startswith("Polish")


def test_a_prompt_in_another_language_is_better_than_none(library):
    assert library.get("only", "zh").language == "en"


def test_an_own_prompt_replaces_the_shipped_one_in_both_languages(library, vault):
    own(vault, "polish.md", "改得像鲁迅：\n{{ text }}")
    assert library.get("polish", "en").own
    assert ids(library) == ["polish", "only"]
    assert library.get("polish", "en").file == f"{OWN_FOLDER}/polish.md"


def test_own_prompts_stand_first(library, vault):
    own(vault, "zzz.md", "{{ text }}")
    assert ids(library)[0] == "zzz"


def test_a_file_that_changes_is_read_again(library, vault):
    file = own(vault, "mine.md", "One {{ text }}")
    before = library.stamps()
    assert library.get("mine", "en").body == "One {{ text }}"
    file.write_text("Two {{ text }}", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert library.stamps() != before
    assert library.get("mine", "en").body == "Two {{ text }}"
    file.unlink()
    with pytest.raises(PromptMissing):
        library.get("mine", "en")


def test_a_file_that_did_not_change_is_not_read_again(library, vault):
    file = own(vault, "mine.md", "One {{ text }}")
    first = library.get("mine", "en")
    stamp = file.stat()
    file.write_text("Two {{ text }}", encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert library.get("mine", "en") is first


def test_a_broken_file_is_a_problem_with_its_line_and_harms_no_other(library, vault):
    own(vault, "broken.md", "---\ntier: cheap\n---\n{{ text }}")
    own(vault, "binary.md", "x").write_bytes(b"\xff\xfe\x00")
    own(vault, "huge.md", "x" * (MOST_BYTES + 1))
    found = library.prompts("en")
    assert [problem.file for problem in found.problems] == [
        f"{OWN_FOLDER}/binary.md",
        f"{OWN_FOLDER}/broken.md",
        f"{OWN_FOLDER}/huge.md",
    ]
    assert found.problems[1].line == 2
    assert {prompt.id for prompt in found.prompts} == {"polish", "only"}


def test_the_newest_version_counts_and_older_ones_stay_reachable(library, vault):
    own(vault, "mine.md", "---\nversion: 2\n---\nNew {{ text }}")
    own(vault, "mine@1.md", "---\nversion: 1\n---\nOld {{ text }}")
    assert library.get("mine", "en").version == 2
    assert library.get("mine", "en", 1).body.startswith("Old")
    assert ids(library).count("mine") == 1
    with pytest.raises(PromptMissing, match="version 7"):
        library.get("mine", "en", 7)


def test_the_shipped_version_stays_reachable_under_an_own_one(library, vault):
    own(vault, "polish.md", "---\nversion: 2\n---\nMine {{ text }}")
    assert library.get("polish", "zh", 1).body.startswith("润色")


def test_a_copy_in_the_vault_is_the_file_word_for_word(library, vault):
    copied = library.copy("polish", "zh")
    assert copied == vault / OWN_FOLDER / "polish.md"
    assert copied.read_text(encoding="utf-8") == ZH
    copied.write_text("改过了 {{ text }}", encoding="utf-8")
    assert library.copy("polish", "zh") == copied
    assert "改过了" in copied.read_text(encoding="utf-8")


def test_without_a_vault_there_are_the_shipped_ones_and_nothing_to_copy_to(shipped):
    library = Library(None, shipped)
    assert ids(library, "zh") == ["only", "polish"] or ids(library, "zh") == ["polish", "only"]
    with pytest.raises(PromptMissing):
        library.copy("polish", "en")


def test_a_vault_without_own_prompts_is_no_trouble(tmp_path, shipped):
    assert Library(tmp_path / "none", shipped).prompts("en").problems == ()
