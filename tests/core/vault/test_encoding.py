"""Bytes to text and back."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoteNotText
from core.vault.encoding import (
    decode,
    encode,
    fold_newlines,
    follow_newlines,
    unfold_newlines,
)

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
RAW = st.lists(st.tuples(TEXTS, LINE_ENDS), max_size=8).map(lambda pairs: "".join(a + b for a, b in pairs))


def round_trip(data: bytes) -> bytes:
    decoded = decode(data)
    return encode(decoded.text, encoding=decoded.encoding, bom=decoded.bom, newlines=decoded.newlines)


@given(raw=RAW, bom=st.sampled_from([b"", codecs.BOM_UTF8]))
def test_utf8_comes_back_byte_for_byte_whatever_the_line_ends(raw, bom):
    data = bom + raw.encode()
    assert round_trip(data) == data


@given(raw=RAW, encoding=st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_wide_encodings_with_a_mark_come_back_byte_for_byte(raw, encoding):
    data = "\ufeff".encode(encoding) + raw.encode(encoding)
    assert round_trip(data) == data


@given(data=st.binary(max_size=200))
def test_any_bytes_either_come_back_or_are_read_only_or_no_text(data):
    try:
        decoded = decode(data)
    except NoteNotText:
        return
    assert decoded.read_only_reason or round_trip(data) == data


def test_a_byte_order_mark_is_not_part_of_the_text():
    decoded = decode(codecs.BOM_UTF8 + b"---\r\ntitle: x\r\n---\r\n")
    assert decoded.text == "---\ntitle: x\n---\n"
    assert (decoded.bom, decoded.newlines) == (codecs.BOM_UTF8, ("\r\n",))


def test_an_empty_note_is_text():
    assert decode(b"").text == ""


def test_mixed_line_ends_are_kept_one_by_one():
    text, newlines = fold_newlines("a\r\nb\nc\rd")
    assert (text, newlines) == ("a\nb\nc\nd", ("\r\n", "\n", "\r"))
    assert unfold_newlines(text, newlines) == "a\r\nb\nc\rd"


def test_a_text_without_line_ends_has_none():
    assert fold_newlines("one line") == ("one line", ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("你好", "gbk"),
        ("中", "gbk"),
        ("今天天气不错", "gbk"),
        ("# 标题 one\n\n- 资源\n", "gbk"),
        ("《论语》", "gbk"),
        ("a｜b", "gbk"),
        ("繁體中文筆記", "big5hkscs"),
        ("你好，世界", "big5hkscs"),
        ("測試一下這個編碼的判斷", "big5hkscs"),
        ("日本語テスト", "cp932"),
        ("Grüße aus München", "cp1252"),
        ("Müller", "cp1252"),
        ("“quoted” – text", "cp1252"),
        ("£5 © 2026", "cp1252"),
        ("naïve café à la carte", "cp1252"),
    ],
)
def test_text_of_older_programs_is_recognised_even_when_short(text, encoding):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.read_only_reason) == (text, encoding, "")


def test_what_gbk_cannot_hold_is_taken_for_its_successor():
    decoded = decode("测试€ 𠀀".encode("gb18030"))
    assert (decoded.text, decoded.encoding) == ("测试€ 𠀀", "gb18030")


def test_a_long_note_is_judged_by_its_first_part_and_has_to_fit_as_a_whole():
    text = "这是一个很长的笔记。\n" * 6000
    assert decode(text.encode("gbk")).text == text


def test_one_long_line_of_gbk_is_recognised():
    text = "这是没有换行的一行" * 6000
    assert decode(text.encode("gbk")).encoding == "gbk"


def test_utf8_with_a_few_broken_bytes_is_shown_but_never_written():
    decoded = decode("大部分都是好的".encode() + b"\xe4\xb8" + "，最后也是。".encode())
    assert decoded.encoding == "utf-8"
    assert "大部分都是好的" in decoded.text
    assert "UTF-8" in decoded.read_only_reason


def test_utf16_cut_in_half_a_character_is_shown_but_never_written():
    decoded = decode(codecs.BOM_UTF16_LE + "笔记".encode("utf-16-le")[:-1])
    assert decoded.text.startswith("笔")
    assert decoded.read_only_reason


def test_a_stray_control_character_is_no_reason_to_refuse_a_note():
    data = ("一篇正常的笔记，只是混进了一个怪字符。\n" * 20 + "\x00").encode()
    assert round_trip(data) == data


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 64, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(200)), bytes(range(1, 32)) * 4],
    ids=["zeros", "png", "controls"],
)
def test_binary_files_are_no_text(data):
    with pytest.raises(NoteNotText):
        decode(data)


def test_bytes_that_fit_no_encoding_are_no_text():
    with pytest.raises(NoteNotText):
        decode(b"\xff\x81\x8d\xff\xff\x9d\x81" * 20)


def test_untouched_lines_keep_their_line_ends_and_new_lines_do_as_the_line_above():
    text, newlines = fold_newlines("a\r\nb\nc\r\nd")
    new = "a\nneu\nb\nc\nd\n"
    assert unfold_newlines(new, follow_newlines(text, newlines, new)) == "a\r\nneu\r\nb\nc\r\nd\r\n"


def test_line_ends_that_become_equal_are_stored_once():
    text, newlines = fold_newlines("a\r\nb\nc")
    assert follow_newlines(text, newlines, "a\nc") == ("\r\n",)


def test_two_line_ends_that_meet_do_not_become_one():
    text, newlines = fold_newlines("\rwords\n")
    ends = follow_newlines(text, newlines, "\n\n")
    assert fold_newlines(unfold_newlines("\n\n", ends))[0] == "\n\n"


@given(raw=RAW, new=st.lists(TEXTS, max_size=8).map("\n".join))
def test_any_edit_of_mixed_line_ends_stays_writable(raw, new):
    text, newlines = fold_newlines(raw)
    folded_new = fold_newlines(new)[0]
    written = unfold_newlines(folded_new, follow_newlines(text, newlines, folded_new))
    assert fold_newlines(written)[0] == folded_new


@given(raw=RAW)
def test_an_edit_that_changes_nothing_changes_no_line_end(raw):
    text, newlines = fold_newlines(raw)
    assert unfold_newlines(text, follow_newlines(text, newlines, text)) == raw


def test_real_files_of_many_encodings_come_back_byte_for_byte(shared_data):
    names = ["zh-git-gb18030.md", "zh-git-gbk.txt", "zh-git-utf16le-bom.txt", "zh-git-utf16be-bom.txt"]
    names += ["zh-git-utf8-bom-crlf.md", "zh-git-nul.md", "test_mskanji.csv", "long-line.md"]
    for name in names:
        data = (shared_data / "documents" / name).read_bytes()
        assert round_trip(data) == data, name


def test_every_note_of_the_real_vaults_comes_back_byte_for_byte(shared_data):
    notes = list((shared_data / "vaults").rglob("*.md"))
    assert len(notes) > 500
    assert [note for note in notes if round_trip(note.read_bytes()) != note.read_bytes()] == []
