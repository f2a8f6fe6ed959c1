"""Which words of a Word 97 file a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.convert import convert_bytes
from core.documents.model import HiddenKind
from core.documents.source import Source
from core.errors import DocumentDamaged, PilotfishError
from tests.core.documents.word97 import IN_TABLE, VANISH, colour, old_colour, shading, size, word97

WHITE = colour(255, 255, 255)


def text_of(converted):
    return "\n".join(part.text for part in converted.parts)


def hidden_of(converted):
    return [(hidden.kind, hidden.sample) for hidden in converted.hidden]


HIDDEN = {
    "marked as hidden": (VANISH, HiddenKind.NOT_DISPLAYED),
    "tiny": (size(2), HiddenKind.TINY),
    "white": (WHITE, HiddenKind.COLOUR),
    "almost white": (colour(250, 251, 252), HiddenKind.COLOUR),
    "white of old": (old_colour(8), HiddenKind.COLOUR),
    "white on white": (WHITE + shading(0, 0, 0)[:3] + bytes(10), HiddenKind.COLOUR),
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("properties", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_words_that_nobody_can_see_are_reported_and_left_out(convert, properties, kind, narrow):
    made = convert(word97(("Seen. ", b""), ("order", properties), ("End.\r", b""), narrow=narrow), "a.doc")
    assert (text_of(made).strip(), hidden_of(made)) == ("Seen. End.", [(kind, "order")])


def test_chinese_words_are_told_as_well(convert):
    made = convert(word97(("正文", b""), ("隐藏指令", VANISH), ("结束\r", b"")), "a.doc")
    assert (text_of(made).strip(), hidden_of(made)) == ("正文结束", [(HiddenKind.NOT_DISPLAYED, "隐藏指令")])


SEEN = {
    "not hidden after all": (VANISH[:2] + b"\0", b""),
    "small type": (size(10), b""),
    "black": (colour(0, 0, 0), b""),
    "automatic": (WHITE[:-1] + b"\xff", b""),
    "white on a ground of their own": (WHITE + shading(0, 0, 128), b""),
    "white in a table, which may be shaded": (WHITE, IN_TABLE),
}


@pytest.mark.parametrize(("properties", "paragraph"), SEEN.values(), ids=SEEN)
def test_words_that_can_be_seen_stay(convert, properties, paragraph):
    made = convert(word97(("some ", b""), ("words\r", properties), paragraph=paragraph), "a.doc")
    assert (text_of(made).strip(), made.hidden) == ("some words", ())


def test_the_end_of_a_hidden_paragraph_still_parts_it_from_the_next(convert):
    made = convert(word97(("one\r", b""), ("order\r", VANISH), ("two\r", b"")), "a.doc")
    assert text_of(made).split() == ["one", "two"]


def test_a_real_file_hides_nothing(convert, real):
    assert convert((real / "legacy_sample.doc").read_bytes(), "a.doc").hidden == ()


@given(st.integers(0xC00, 0xFFF), st.binary(min_size=1, max_size=40))
def test_broken_looks_take_nothing_from_the_text(place, noise):
    """Pages of properties begin after the header of the container and its two sectors."""
    data = bytearray(word97(("Some words. ", b""), ("More of them.\r", size(20))))
    data[1536 + place : 1536 + place + len(noise)] = noise[: 0x1000 - place]
    try:
        made = convert_bytes(Source(bytes(data), "a.doc"))
    except PilotfishError as error:
        assert isinstance(error, DocumentDamaged)
    else:
        assert text_of(made) or made.hidden
