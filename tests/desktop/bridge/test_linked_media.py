"""Which files a piece of a note links to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bridge.linked_media import MOST, media_in, names_media


@pytest.fixture
def notes(vault):
    for path in (
        "a.png",
        "img/b c.jpg",
        "项目/会议.m4a",
        "assets/logseq.webp",
        "项目/note.md",
        "list.mp3.txt",
    ):
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        (vault / path).write_bytes(b"x")
    return vault


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![](../a.png)", "a.png"),
        ("see ![[a.png]] here", "a.png"),
        ("![[a.png|300]]", "a.png"),
        ("![[会议.m4a#t=10]]", "项目/会议.m4a"),
        ("![x](../img/b%20c.jpg)", "img/b c.jpg"),
        ("![x](<../img/b c.jpg>)", "img/b c.jpg"),
        ('![x](../a.png "A title")', "a.png"),
        ("[listen](会议.m4a)", "项目/会议.m4a"),
        ("![](img/b%20c.jpg)", "img/b c.jpg"),
        ("![[A.PNG]] ![[a.png]]", "a.png"),
        ("![[logseq.webp]]", "assets/logseq.webp"),
    ],
)
def test_links_of_obsidian_and_markdown_are_followed(notes, text, found):
    assert names_media(text)
    assert media_in(notes, "项目/note.md", text) == [(notes / found).resolve()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.png in words",
        "[[note]]",
        "![[gone.png]]",
        "![](https://example.com/a.png)",
        "![](/etc/a.png)",
        "![](../../../../etc/a.png)",
        "[x](list.mp3.txt)",
    ],
)
def test_what_is_no_file_of_the_vault_is_not_offered(notes, text):
    assert media_in(notes, "项目/note.md", text) == []


def test_an_attachment_folder_of_the_vault_is_looked_in(notes):
    (notes / ".obsidian").mkdir()
    (notes / ".obsidian" / "app.json").write_text('{"attachmentFolderPath": "img"}')
    assert media_in(notes, "项目/note.md", "![[b c.jpg]]") == [(notes / "img/b c.jpg").resolve()]


def test_a_link_out_of_the_vault_is_no_way_out(notes, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    (notes / "way.png").symlink_to(tmp_path / "secret.png")
    assert media_in(notes, "note.md", "![[way.png]]") == []


def test_a_gallery_offers_only_some_each_once(notes):
    for n in range(9):
        (notes / f"{n}.png").write_bytes(b"x")
    text = " ".join(f"![[{n}.png]] ![[{n}.png]]" for n in range(9))
    found = media_in(notes, "note.md", text)
    assert [file.name for file in found] == [f"{n}.png" for n in range(MOST)]


@given(st.text("[]()!<>|#. /apng图\n", max_size=80))
def test_no_text_whatever_raises(text):
    names_media(text)
