"""How a note becomes chunks: what stays together, what is cut where, and what is embedded."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings

from core.text import tokens
from core.text.chunks import CONTEXT_TOKENS, MAX_TOKENS, TARGET_TOKENS, chunk, embedding_text, text_hash
from core.text.markdown import parse
from core.text.model import Chunk
from tests.core.text import made
from tests.core.text.real import VAULTS, needs_data, notes, real_tokens

SENTENCE = "领航鱼陪着大鱼一起游，从不离开。The pilot fish swims beside something bigger than itself. "


def chunks_of(text: str, **sizes: int) -> list[Chunk]:
    return chunk(parse(text), title="T", **sizes)


def visible(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def check(text: str) -> None:
    """Each visible character is in one chunk, in order; lines are exact; no chunk is too long."""
    lines = text.split("\n")
    made_chunks = chunks_of(text)
    place = 0
    for piece in made_chunks:
        assert piece.text.strip()
        assert piece.text in "\n".join(lines[piece.start_line - 1 : piece.end_line])
        assert piece.text.split("\n")[0] in lines[piece.start_line - 1]
        assert piece.text.split("\n")[-1] in lines[piece.end_line - 1]
        found = text.index(piece.text, place)
        assert not text[place:found].strip()
        place = found + len(piece.text)
        assert tokens.count(embedding_text("T", piece.heading_path, piece.text)) <= MAX_TOKENS
        assert piece.text_hash == text_hash("T", piece.heading_path, piece.text)
    assert not text[place:].strip()


@given(made.NOTES)
@settings(max_examples=150)
def test_nothing_of_any_note_is_lost(text: str) -> None:
    check(text)


@given(made.LONG_NOTES)
@settings(max_examples=60, deadline=None)
def test_nothing_of_a_long_note_is_lost(text: str) -> None:
    check(text)


@needs_data
@pytest.mark.parametrize("folder", [f"vaults/{vault}" for vault in VAULTS] + ["documents"])
def test_nothing_of_real_notes_is_lost(folder: str) -> None:
    for path, text in notes(folder):
        try:
            check(text)
        except AssertionError as error:
            raise AssertionError(f"{path}: {error}") from error


@needs_data
@pytest.mark.parametrize("folder", ["vaults/itnotes-zh", "vaults/foam-docs-en", "documents"])
def test_the_embedding_model_reads_every_chunk_whole(folder: str) -> None:
    longest = max(
        real_tokens(embedding_text(path.stem, piece.heading_path, piece.text))
        for path, text in list(notes(folder))[::3]
        for piece in chunk(parse(text), title=path.stem)
    )
    assert longest < 480


def test_a_short_note_is_one_chunk() -> None:
    text = "---\ntags: [a]\n---\n\n# H\n\npara\n\n## Sub\n\n- item\n"
    (only,) = chunks_of(text)
    assert (only.start_line, only.end_line, only.heading_path) == (1, 11, ("H",))
    assert only.text == text.rstrip("\n")


def test_a_note_without_visible_text_has_no_chunk() -> None:
    assert chunks_of("") == []
    assert chunks_of("\n \t\n") == []


def test_sections_worth_a_chunk_keep_to_themselves() -> None:
    text = "# H\n\n" + "\n\n".join(f"## S{n}\n\n{SENTENCE * 6}" for n in range(4))
    paths = [piece.heading_path for piece in chunks_of(text)]
    assert paths == [("H", "S0"), ("H", "S1"), ("H", "S2"), ("H", "S3")]


def test_a_heading_goes_with_what_follows_it() -> None:
    text = "# H\n\n## One\n\n" + SENTENCE * 8 + "\n\n## Two\n\n" + SENTENCE * 8
    assert [piece.text.split("\n")[0] for piece in chunks_of(text)] == ["# H", "## Two"]


def test_tiny_sections_of_one_parent_share_a_chunk_under_its_path() -> None:
    tiny = "\n\n".join(f"### t{n}\n\nshort {n}" for n in range(12))
    text = f"# H\n\n{SENTENCE * 9}\n\n## P\n\n{tiny}\n\n## Q\n\n{SENTENCE * 9}"
    paths = [piece.heading_path for piece in chunks_of(text)]
    assert ("H", "P") in paths
    assert len(paths) <= 4


def test_tiny_sections_of_different_parents_stay_apart() -> None:
    text = f"# A\n\n{SENTENCE * 9}\n\n## a\n\nshort\n\n# B\n\n{SENTENCE * 9}"
    assert not any("# B" in piece.text and "short" in piece.text for piece in chunks_of(text))


def test_a_long_section_is_cut_between_blocks() -> None:
    paragraphs = [f"P{n}. " + SENTENCE * 3 for n in range(12)]
    pieces = chunks_of("# H\n\n" + "\n\n".join(paragraphs))
    assert len(pieces) > 2
    assert all(re.match(r"# H|P\d+\. ", piece.text) for piece in pieces)
    assert {piece.heading_path for piece in pieces} == {("H",)}


def test_an_outline_is_cut_between_items() -> None:
    items = "".join(f"- parent {n} {SENTENCE}\n" + f"\t- child {SENTENCE}\n" * 3 for n in range(6))
    for piece in chunks_of(items):
        assert re.match(r"\t?- (parent|child)", piece.text)


def test_sections_of_a_logseq_outline_have_their_heading_path() -> None:
    text = "".join(f"- ## S{n}\n" + f"\t- {SENTENCE}\n" * 8 for n in range(3))
    assert [piece.heading_path for piece in chunks_of(text)] == [("S0",), ("S1",), ("S2",)]


def test_items_of_a_long_outline_are_filed_under_the_items_above_them() -> None:
    text = f"# H\n\n- [ ] **Pricing** plan\n\t- {SENTENCE * 9}\n\t- Tiers\n" + f"\t\t- {SENTENCE * 5}\n" * 3
    assert [piece.heading_path for piece in chunks_of(text)] == [
        ("H", "Pricing plan"),
        ("H", "Pricing plan", "Tiers"),
        ("H", "Pricing plan", "Tiers"),
    ]


def test_a_short_end_of_a_section_does_not_stand_alone() -> None:
    text = "# H\n\n" + f"{SENTENCE * 5}\n\n" * 2 + "A last word.\n\n# I\n\n" + SENTENCE * 9
    assert next(piece.text[-12:] for piece in chunks_of(text)) == "A last word."


def test_a_fence_that_fits_is_never_cut() -> None:
    fence = "```python\n" + "print('hello, world')  # a line of code\n" * 14 + "```"
    text = f"# H\n\n{SENTENCE * 7}\n\n{fence}\n\n{SENTENCE * 7}"
    assert any(fence in piece.text for piece in chunks_of(text))


def test_a_long_fence_is_cut_between_lines() -> None:
    lines = [f"value_{n} = compute({n})" for n in range(120)]
    pieces = chunks_of("```\n" + "\n".join(lines) + "\n```")
    assert len(pieces) > 2
    assert all(re.match(r"```|value_\d+ = compute", piece.text) for piece in pieces)


def test_a_long_chinese_line_is_cut_at_sentences() -> None:
    pieces = chunks_of("领航鱼陪着大鱼一起游，从不离开，也从不打扰。" * 60)
    assert len(pieces) > 2
    assert all(piece.text.endswith("。") for piece in pieces)
    assert {(piece.start_line, piece.end_line) for piece in pieces} == {(1, 1)}


def test_a_line_without_any_border_is_cut_between_characters() -> None:
    family = "👨\u200d👩\u200d👧"
    pieces = chunks_of(family * 400)
    assert len(pieces) > 2
    assert all(not piece.text.replace(family, "") for piece in pieces)


def test_pieces_of_a_long_block_are_about_equal() -> None:
    sizes = [tokens.count(piece.text) for piece in chunks_of(SENTENCE * 30)]
    assert len(sizes) > 2
    assert min(sizes) > max(sizes) / 2


def test_sizes_are_the_callers_choice() -> None:
    text = "\n\n".join([SENTENCE * 2] * 10)
    small = chunks_of(text, target_tokens=80, max_tokens=200)
    assert len(small) > len(chunks_of(text)) > 1
    assert max(tokens.count(piece.text) for piece in small) <= 200 - CONTEXT_TOKENS
    assert TARGET_TOKENS < MAX_TOKENS


def test_front_matter_is_chunked_so_that_its_values_are_found() -> None:
    text = f"---\ntitle: 领航\ndescription: about pilot fish\n---\n\n# H\n\n{SENTENCE * 30}"
    first = chunks_of(text)[0]
    assert "about pilot fish" in first.text
    assert "# H" in first.text
    assert first.heading_path == ("H",)


def test_huge_front_matter_is_cut_like_any_text() -> None:
    text = "---\nkeys:\n" + "".join(f"  - some value number {n}\n" for n in range(300)) + "---\ntext\n"
    pieces = chunks_of(text)
    assert len(pieces) > 3
    assert sum((visible(piece.text) for piece in pieces), Counter()) == visible(text)


def test_language_is_told_for_each_chunk() -> None:
    text = (
        "# 一\n\n" + "领航鱼陪着大鱼一起游。" * 30 + "\n\n# Two\n\n" + "The pilot fish swims beside it. " * 40
    )
    assert [piece.lang for piece in chunks_of(text)] == ["zh", "en"]


def test_what_is_embedded_says_title_and_headings_once() -> None:
    assert embedding_text("Note", ("H", "S"), "text") == "Note › H › S\ntext"
    assert embedding_text("Note", ("Note", "S"), "text") == "Note › S\ntext"
    assert embedding_text("Note", ("H",), "# H\n\ntext") == "Note › H\ntext"
    assert embedding_text("Note", ("H", "S"), "## S ##\ntext") == "Note › H › S\ntext"
    assert embedding_text("Note", ("H",), "## Other\ntext") == "Note › H\n## Other\ntext"
    assert embedding_text("", (), "text") == "text"


def test_what_is_embedded_leaves_out_addresses_and_html_but_no_words() -> None:
    assert (
        embedding_text("", (), "see [the docs](https://x.y/z) and [n](../n.md)") == "see [the docs] and [n]"
    )
    assert embedding_text("", (), '<span id="x">JDK</span> List<String>') == "JDK List<String>"
    assert embedding_text("", (), "call(x)[0](y)") == "call(x)[0]"
    assert embedding_text("", (), "<br>") == "<br>"
    assert embedding_text("", (), "[[note|alias]] **bold** `code`") == "[[note|alias]] **bold** `code`"


def test_endless_titles_leave_room_for_the_text() -> None:
    long = "很长的标题 with many words " * 50
    text = embedding_text(long, (long, long, "S"), "the text itself")
    assert text.endswith("› S\nthe text itself")
    assert tokens.count(text) < 110


def test_the_hash_tells_title_path_and_text_apart() -> None:
    hashes = {
        text_hash("a", ("b",), "c"),
        text_hash("a", (), "b\0c"),
        text_hash("a\0b", (), "c"),
        text_hash("a", ("b", "c"), ""),
        text_hash("", ("a", "b"), "c"),
    }
    assert len(hashes) == 5
    assert text_hash("a", ("b",), "c") == text_hash("a", ("b",), "c")
