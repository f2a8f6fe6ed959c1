"""Text goes into a file at its place: whole, byte for byte around it, and never over somebody's change."""

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import NoteChangedElsewhere, NoteMissing, NoteNotSaved
from core.vault import notes
from core.vault.backups import Backups
from core.vault.changed_block import Lines
from core.vault.place import Place
from core.vault.writing_at import Differs, PlaceWriter, Written, apart, goes_on

TEXT = "# 计划\n\n三月开放。\n\n- 一\n- 二\n\nLast words.\n"
MIB = 1024 * 1024


@pytest.fixture
def backups(tmp_path, vault):
    return Backups(tmp_path / "backups", vault)


@pytest.fixture
def writer(vault, backups):
    return PlaceWriter(vault, backups, max_bytes=MIB)


def put(vault, text=TEXT, *, encoding="utf-8", newline="\n", bom=b"", name="计划.md"):
    (vault / name).write_bytes(bom + text.replace("\n", newline).encode(encoding))
    return notes.read(vault, name)


def place_of(note, words):
    lines, wanted = note.text.split("\n"), words.split("\n")
    start = next(n for n in range(len(lines)) if lines[n : n + len(wanted)] == wanted)
    return Place(note.path, note.text, Lines(start, start + len(wanted)))


def test_a_block_is_replaced_and_a_copy_is_kept_first(vault, writer, backups):
    note = put(vault)
    done = writer.replace(place_of(note, "三月开放。"), "四月开放。\n\n真的。\n")
    assert isinstance(done, Written)
    assert (vault / "计划.md").read_text(encoding="utf-8") == TEXT.replace(
        "三月开放。", "四月开放。\n\n真的。"
    )
    assert done.place.words == "四月开放。\n\n真的。"
    assert [copy.read() for copy in backups.list("计划.md")] == [TEXT.encode()]


@pytest.mark.parametrize(
    ("encoding", "newline", "bom"),
    [
        ("utf-8", "\r\n", b""),
        ("utf-8", "\n", codecs.BOM_UTF8),
        ("gbk", "\r\n", b""),
        ("utf-16-le", "\r\n", codecs.BOM_UTF16_LE),
        ("big5", "\n", b""),
    ],
)
def test_encoding_mark_and_line_ends_stay(vault, writer, encoding, newline, bom):
    text = (
        (TEXT + "今天我們討論了計劃的內容和時間安排\n")
        if encoding == "big5"
        else TEXT + "今天我们讨论了计划的内容。\n"
    )
    text = text if encoding != "big5" else text.replace("计划", "計劃").replace("开放", "開放")
    note = put(vault, text, encoding=encoding, newline=newline, bom=bom)
    old = text.split("\n")[2]
    done = writer.replace(
        place_of(note, old), "新的一句\n两行".replace("两", "兩") if encoding == "big5" else "新的一句\n两行"
    )
    assert isinstance(done, Written)
    expected = text.replace(old, done.place.words).replace("\n", newline).encode(encoding)
    assert (vault / "计划.md").read_bytes() == bom + expected


def test_a_sign_that_the_notes_encoding_has_not_is_refused_in_words_and_nothing_changes(vault, writer):
    note = put(vault, TEXT + "今天我们讨论了计划的内容。\n", encoding="gbk")
    before = (vault / "计划.md").read_bytes()
    with pytest.raises(NoteNotSaved) as refused:
        writer.replace(place_of(note, "三月开放。"), "三月开放 🎉")
    assert refused.value.details["reason"] == "encoding"
    assert (vault / "计划.md").read_bytes() == before


def test_the_place_is_followed_through_what_another_editor_wrote(vault, writer):
    note = put(vault)
    place = place_of(note, "三月开放。")
    put(vault, "先写一段。\n\n" + TEXT)
    done = writer.replace(place, "四月。")
    assert isinstance(done, Written)
    assert (vault / "计划.md").read_text(encoding="utf-8") == "先写一段。\n\n" + TEXT.replace(
        "三月开放。", "四月。"
    )


def test_where_the_place_reads_otherwise_nothing_is_written_and_both_texts_come_back(vault, writer):
    note = put(vault)
    place = place_of(note, "三月开放。")
    theirs = put(vault, TEXT.replace("三月开放。", "三月底开放。"))
    differs = writer.replace(place, "四月开放。")
    assert isinstance(differs, Differs)
    assert (differs.place.words, differs.wanted) == ("三月底开放。", "四月开放。")
    assert notes.read(vault, "计划.md").content_hash == theirs.content_hash
    assert isinstance(writer.replace(differs.place, differs.wanted), Written)


def test_an_insertion_below_a_block_that_changed_is_to_be_looked_at_as_well(vault, writer):
    note = put(vault)
    place = place_of(note, "三月开放。")
    put(vault, TEXT.replace("三月开放。", "三月底开放。"))
    differs = writer.insert(place, "还有一句。")
    assert isinstance(differs, Differs)
    assert differs.wanted == "三月底开放。\n\n还有一句。"


def test_an_insertion_is_a_block_of_its_own(vault, writer):
    note = put(vault)
    done = writer.insert(place_of(note, "三月开放。"), "\n\n还有一句。\n")
    assert isinstance(done, Written)
    assert done.place.words == "还有一句。"
    assert notes.read(vault, "计划.md").text == TEXT.replace("三月开放。", "三月开放。\n\n还有一句。")


@pytest.mark.parametrize(
    ("words", "text", "result"),
    [
        ("We open in March because", "the list is long.", "We open in March because the list is long."),
        ("We open in March because", " the list\nis long.", "We open in March because the list\nis long."),
        ("候补名单已经超过两千人，", "所以三月开放。", "候补名单已经超过两千人，所以三月开放。"),
        ("我们三月开放", "，不再推迟。", "我们三月开放，不再推迟。"),
    ],
)
def test_a_sentence_that_breaks_off_goes_on_in_its_line(vault, writer, words, text, result):
    note = put(vault, f"# T\n\n{words}\n\nLast.\n")
    done = writer.insert(place_of(note, words), text)
    assert isinstance(done, Written)
    assert notes.read(vault, "计划.md").text == f"# T\n\n{result}\n\nLast.\n"
    assert done.place.words == result


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("We open in March.", "the list is long."),
        ("We open in March", "The list is long."),
        ("我们三月开放", "候补名单很长。"),
        ("He said: “March.”", "and left."),
        ("What we need:", "much."),
        ("| a | b |", "cells"),
        ("```", "words"),
        ("- item,", "- another"),
        ("We open in March because", "\n\nthe list is long."),
        ("words,", "# Heading"),
    ],
)
def test_everything_else_stands_on_its_own(words, text):
    assert not goes_on(words, text)


def test_items_join_their_list_and_prose_stands_apart_from_it(vault, writer):
    note = put(vault)
    done = writer.insert(place_of(note, "- 一"), "- 一点五")
    assert isinstance(done, Written)
    assert "- 一\n- 一点五\n- 二\n" in done.after.text
    again = writer.insert(place_of(done.after, "Last words."), "- 末")
    assert isinstance(again, Written)
    assert again.after.text.endswith("Last words.\n\n- 末\n")


def test_below_an_items_children_an_item_needs_no_blank_line():
    lines = ["- a", "\t- b", "\t  more", "- c"]
    assert apart(lines, Lines(0, 3), ["- new"]) == ["- new"]
    assert apart(lines, Lines(0, 3), ["prose"]) == ["", "prose", ""]


@pytest.mark.parametrize(
    ("end", "result"),
    [("", "words\n\n末。"), ("\n", "words\n\n末。\n"), ("\n\n\n", "words\n\n末。\n")],
)
def test_an_appended_text_stands_at_the_very_end(vault, writer, end, result):
    put(vault, "words" + end)
    writer.append("计划.md", "末。\n")
    assert notes.read(vault, "计划.md").text == result


def test_an_empty_note_gets_no_blank_line_above(vault, writer):
    put(vault, "")
    assert writer.append("计划.md", "首。").after.text == "首。\n"


def test_a_change_is_taken_back_to_the_byte(vault, writer):
    mixed = TEXT.replace("\n", "\r\n", 3)
    note = put(vault, mixed)
    before = (vault / "计划.md").read_bytes()
    done = writer.replace(place_of(note, "三月开放。"), "一\n二\n三\n四")
    assert isinstance(done, Written)
    back = writer.take_back(done)
    assert (vault / "计划.md").read_bytes() == before
    assert back.place.words == "三月开放。"


def test_nothing_is_taken_back_once_somebody_wrote_on(vault, writer):
    note = put(vault)
    done = writer.replace(place_of(note, "三月开放。"), "四月。")
    assert isinstance(done, Written)
    after = done.after.text + "and more\n"
    put(vault, after)
    with pytest.raises(NoteChangedElsewhere):
        writer.take_back(done)
    assert notes.read(vault, "计划.md").text == after


def test_a_save_that_comes_in_between_is_read_and_kept(vault, writer, monkeypatch):
    note = put(vault)
    real, saves = notes.write, iter(["先写一段。\n\n" + TEXT])

    def overtaken(where, *args, **kwargs):
        for text in saves:
            put(vault, text)
        return real(where, *args, **kwargs)

    monkeypatch.setattr(notes, "write", overtaken)
    assert isinstance(writer.replace(place_of(note, "三月开放。"), "四月。"), Written)
    assert notes.read(vault, "计划.md").text == "先写一段。\n\n" + TEXT.replace("三月开放。", "四月。")


def test_somebody_who_never_stops_saving_is_never_overwritten(vault, writer, monkeypatch):
    note, real, count = put(vault), notes.write, [0]

    def overtaken(where, *args, **kwargs):
        count[0] += 1
        put(vault, f"{count[0]}\n\n{TEXT}")
        return real(where, *args, **kwargs)

    monkeypatch.setattr(notes, "write", overtaken)
    with pytest.raises(NoteChangedElsewhere):
        writer.replace(place_of(note, "三月开放。"), "四月。")
    assert "三月开放。" in (vault / "计划.md").read_text(encoding="utf-8")


def test_without_a_copy_nothing_is_written(vault, writer, backups, monkeypatch):
    def full(path):
        raise NoteNotSaved("No room.", path=path, reason="backup")

    note = put(vault)
    monkeypatch.setattr(backups, "snapshot", full)
    with pytest.raises(NoteNotSaved):
        writer.replace(place_of(note, "三月开放。"), "四月。")
    assert notes.read(vault, "计划.md").text == TEXT


def test_a_note_that_is_gone_is_not_made_anew(vault, writer):
    note = put(vault)
    (vault / "计划.md").unlink()
    with pytest.raises(NoteMissing):
        writer.replace(place_of(note, "三月开放。"), "四月。")
    assert not (vault / "计划.md").exists()


BODY = st.lists(st.sampled_from(["", "一段中文。", "- item", "\ttab", "emoji 🎉", "trailing  "]), max_size=8)
NEW = st.sampled_from(["新", "两\n行", "- a\n- b"])
ENDS = st.lists(st.sampled_from(["\n", "\r\n"]), min_size=20, max_size=20)


@given(
    above=BODY,
    below=BODY,
    ends=ENDS,
    has_bom=st.booleans(),
    new=st.sampled_from(["新", "两\n行", "- a\n- b"]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_byte_outside_the_place_stays_and_a_change_can_be_taken_back(
    vault, writer, *, above, below, ends, has_bom, new
):
    lines = [*above, "独一无二", *below]
    head = "".join(line + end for line, end in zip(above, ends, strict=False)).encode()
    joints = [*ends[: len(lines) - 1], ""]
    raw = "".join(line + end for line, end in zip(lines, joints, strict=True)).encode()
    before = (codecs.BOM_UTF8 if has_bom else b"") + raw
    (vault / "a.md").write_bytes(before)
    note = notes.read(vault, "a.md")
    done = writer.replace(Place("a.md", note.text, Lines(len(above), len(above) + 1)), new)
    assert isinstance(done, Written)
    after = (vault / "a.md").read_bytes()
    tail = raw[len(head) + len("独一无二".encode()) :]
    assert after.startswith((codecs.BOM_UTF8 if has_bom else b"") + head)
    assert after.endswith(tail)
    assert done.place.words == new
    writer.take_back(done)
    assert (vault / "a.md").read_bytes() == before


PIECES = st.lists(st.sampled_from(["", "一段。", "- 项", "独一无二", "words", "\t子项"]), max_size=7)


@given(
    above=PIECES,
    below=PIECES,
    theirs=PIECES,
    newline=st.sampled_from(["\n", "\r\n"]),
    kind=st.sampled_from(
        [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("gb18030", b"")]
    ),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_another_editor_saved_meanwhile_is_kept_or_shown_and_never_lost(
    vault, writer, *, above, below, theirs, newline, kind
):
    encoding, bom = kind
    sample = "今天我们讨论了计划的内容和时间安排。"  # enough Chinese for its encoding to be told
    note = put(
        vault, "\n".join([sample, *above, "独一无二", *below]), encoding=encoding, newline=newline, bom=bom
    )
    place = Place(note.path, note.text, Lines(len(above) + 1, len(above) + 2))
    between = put(vault, "\n".join([sample, *theirs]), encoding=encoding, newline=newline, bom=bom)
    before = (vault / "计划.md").read_bytes()
    result = writer.replace(place, "换成这句")
    after = (vault / "计划.md").read_bytes()
    if isinstance(result, Differs):
        assert after == before
        assert result.place.text == between.text
    else:
        lines = between.text.split("\n")
        assert lines[result.place.lines.start] == "独一无二"
        lines[result.place.lines.start] = "换成这句"
        assert after == bom + newline.join(lines).encode(encoding)
