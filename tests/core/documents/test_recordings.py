"""Recordings among the documents: told by their bytes, cited by the minute, never heard twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.importer import Began, Imported, Refused, import_files
from core.documents.model import Part, Remark
from core.documents.process import read
from core.documents.recordings import as_reading, digest_of, is_recording
from core.documents.speech import as_document
from core.errors import DocumentWithoutText, EngineStopped, KeyRefused
from core.files import content_hash

MP3 = b"ID3\x04" + b"\0" * 40


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("会议.mp3", MP3, True),
        ("a.MP3", MP3, True),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", True),
        ("a.m4a", b"\0\0\0\x20ftypM4A ", True),
        ("a.ogg", b"OggS\0\0", True),
        ("a.mp3", b"plain text", False),
        ("a.mp3", b"", False),
        ("a.txt", MP3, False),
        ("a.pdf", b"%PDF-1.7", False),
    ],
)
def test_a_recording_is_known_by_name_and_bytes_together(tmp_path, name, data, expected):
    (tmp_path / name).write_bytes(data)
    assert is_recording(tmp_path / name) is expected


def test_what_is_not_there_is_no_recording_and_has_no_digest(tmp_path):
    assert not is_recording(tmp_path / "gone.mp3")
    assert digest_of(tmp_path / "gone.mp3") == ""


def test_words_are_put_together_by_the_minute():
    made = as_document([(61.0, "三月。"), (0.0, " Good morning. "), (59.9, "Then"), (30.0, "  ")])
    assert made.parts == (Part("Good morning. Then", "0:00"), Part("三月。", "1:00"))
    assert made.remarks == (Remark.TRANSCRIBED,)
    assert made.kind == "sound"


def test_silence_is_a_document_that_says_so():
    made = as_document([(0.0, "  ")], Remark.CUT)
    assert made.parts == (Part(""),)
    assert made.remarks == (Remark.NO_SPEECH, Remark.CUT)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.text("一二ab ", max_size=9))))
def test_no_words_are_lost_and_minutes_rise(pieces):
    parts = as_document(pieces).parts
    words = sorted(word for part in parts for word in part.text.split())
    assert words == sorted(word for _, text in pieces for word in text.split())
    minutes = [int(part.label.partition(":")[0]) for part in parts if part.label]
    assert minutes == sorted(set(minutes))


def test_what_was_heard_is_cleaned_like_any_foreign_text():
    reading = as_reading(MP3, [(0.0, "Good\u200b morning\U000e0041.")])
    assert reading.document.parts == (Part("Good morning.", "0:00"),)
    assert (reading.content_hash, reading.size) == (content_hash(MP3), len(MP3))


@pytest.fixture
def recording(tmp_path):
    file = tmp_path / "会议.mp3"
    file.write_bytes(MP3)
    return file


def hearing(calls, error=None):
    """A reader that hears the same in everything, and counts how often it is asked."""

    def hear(file, *, cancel):
        calls.append(file.name)
        if error is not None:
            raise error
        return as_reading(file.read_bytes(), [(0.0, "Good morning.")])

    return hear


def outcomes(*arguments, **options):
    return [one for one in import_files(*arguments, **options) if not isinstance(one, Began)]


def test_a_recording_is_heard_once_whatever_it_is_called(tmp_path, library, recording):
    (tmp_path / "copy.mp3").write_bytes(MP3)
    calls = []
    made = outcomes([recording, tmp_path / "copy.mp3"], library, reader=hearing(calls))
    assert calls == ["会议.mp3"]
    assert sorted(one.added.was_known for one in made) == [False, True]
    assert outcomes([recording], library, reader=hearing(calls))[0].added.was_known
    assert len(calls) == 1


@pytest.mark.parametrize("error", [KeyRefused(host="api.example.com"), EngineStopped()])
def test_one_that_cannot_be_heard_is_refused_for_that_reason_and_the_others_go_on(
    tmp_path, library, recording, error
):
    (tmp_path / "z.txt").write_text("words")

    def reader(file, *, cancel):
        return (hearing([], error) if is_recording(file) else read)(file, cancel=cancel)

    made = outcomes([recording, tmp_path / "z.txt"], library, reader=reader)
    assert [type(one) for one in made] == [Refused, Imported]
    assert made[0].error is error


def test_without_anybody_to_hear_it_a_recording_says_so(library, recording):
    (made,) = outcomes([recording], library)
    assert isinstance(made.error, DocumentWithoutText)
    assert made.error.details["reason"] == "speech"
