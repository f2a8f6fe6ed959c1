"""Pictures into the vault: where they go, names that are taken, links, files that cannot be had."""

import json

import pytest

from core.errors import NoteNotSaved
from desktop.bridge import pictures


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "outside" / "截图 1.png"
    file.parent.mkdir()
    file.write_bytes(b"\x89PNG one")
    return file


def obsidian(vault, folder):
    (vault / ".obsidian").mkdir(exist_ok=True)
    (vault / ".obsidian" / "app.json").write_text(json.dumps({"attachmentFolderPath": folder}))


def test_a_picture_goes_beside_its_note_and_the_link_is_relative(vault, picture):
    (vault / "项目").mkdir()
    assert pictures.take_in(vault, "项目/Plan.md", picture) == "![截图 1](%E6%88%AA%E5%9B%BE%201.png)"
    assert (vault / "项目" / "截图 1.png").read_bytes() == picture.read_bytes()


@pytest.mark.parametrize(
    ("setting", "place", "address"),
    [
        ("/", "截图 1.png", "../%E6%88%AA%E5%9B%BE%201.png"),
        ("files/pics", "files/pics/截图 1.png", "../files/pics/%E6%88%AA%E5%9B%BE%201.png"),
        ("./media", "a/media/截图 1.png", "media/%E6%88%AA%E5%9B%BE%201.png"),
        ("../../etc", "etc/截图 1.png", "../etc/%E6%88%AA%E5%9B%BE%201.png"),
    ],
)
def test_obsidians_setting_says_where(vault, picture, setting, place, address):
    obsidian(vault, setting)
    assert pictures.take_in(vault, "a/note.md", picture) == f"![截图 1]({address})"
    assert (vault / place).is_file()


def test_logseq_keeps_them_in_assets(vault, picture):
    (vault / "logseq").mkdir()
    (vault / "logseq" / "config.edn").write_text("{}")
    assert pictures.take_in(vault, "pages/x.md", picture).endswith("(../assets/%E6%88%AA%E5%9B%BE%201.png)")


def test_settings_that_make_no_sense_are_passed_over(vault, picture):
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "app.json").write_text("[1]")
    assert pictures.attachment_folder(vault, "a/note.md") == "a"


def test_a_name_that_is_taken_gets_a_number_and_the_same_picture_comes_once(vault, picture):
    (vault / "截图 1.png").write_bytes(b"another")
    first = pictures.take_in(vault, "note.md", picture)
    assert first == pictures.take_in(vault, "note.md", picture)
    assert (vault / "截图 1.png").read_bytes() == b"another"
    assert sorted(file.name for file in vault.iterdir()) == ["截图 1 1.png", "截图 1.png"]


def test_a_picture_of_the_vault_is_linked_to_where_it_is(vault):
    (vault / "pics").mkdir()
    (vault / "pics" / "a[1].png").write_bytes(b"x")
    assert pictures.take_in(vault, "n/x.md", vault / "pics" / "a[1].png") == "![a1](../pics/a%5B1%5D.png)"
    assert len(list(vault.rglob("*.png"))) == 1


def test_a_picture_that_is_gone_says_so(vault, tmp_path):
    with pytest.raises(NoteNotSaved):
        pictures.take_in(vault, "note.md", tmp_path / "gone.png")


def test_only_pictures_are_pictures(tmp_path):
    assert pictures.is_picture(tmp_path / "a.JPG")
    assert not pictures.is_picture(tmp_path / "a.pdf")
