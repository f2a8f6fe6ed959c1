"""Which words of a rich text file a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.formats.rtf_hidden import part
from core.documents.model import HiddenKind

COLOURS = rb"{\colortbl;\red255\green255\blue255;\red9\green9\blue9;\red250\green251\blue252;}"


def rtf(body):
    return b"{\\rtf1\\ansi" + COLOURS + b"{\\stylesheet{\\s1\\cf1 Ghost;}}" + body + b"}"


def text_of(converted):
    return "\n".join(part.text for part in converted.parts)


HIDDEN = {
    "in a group within the group": (rb"seen {\v {\b order}}", HiddenKind.NOT_DISPLAYED),
    "over the end of a group": (rb"seen {\v {\i or}der\par}", HiddenKind.NOT_DISPLAYED),
    "white by a style that is repeated": (rb"seen\par\pard\plain\s1\cf1 order\par", HiddenKind.COLOUR),
    "almost white": (rb"seen {\cf3 order}", HiddenKind.COLOUR),
    "black on black": (rb"seen {\cf2\chcbpat2 order}", HiddenKind.COLOUR),
    "dark on a dark highlight": (rb"seen {\highlight2\cf2 order}", HiddenKind.COLOUR),
    "dark in a dark paragraph": (rb"seen\par\pard\cbpat2\cf2 order\par", HiddenKind.COLOUR),
    "tiny without a group": (rb"seen \fs1 order\fs24 ", HiddenKind.TINY),
    "tiny Chinese": (rb"seen {\rtlch\afs22\ltrch\dbch\afs2 order}", HiddenKind.TINY),
    "white letters in escapes": (rb"seen {\cf1 \'6frd\u101?r}", HiddenKind.COLOUR),
}


@pytest.mark.parametrize(("body", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_words_that_nobody_can_see_are_reported_and_left_out(convert, body, kind):
    made = convert(rtf(body), "a.rtf")
    assert text_of(made).split() == ["seen"]
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(kind, "order")]


SEEN = {
    "hidden no longer": rb"\v0 words",
    "after plain": rb"\v\plain words",
    "after the end of the group": rb"{\v}words",
    "white on a dark highlight": rb"{\cf1\highlight2 words}",
    "white in a dark paragraph": rb"\pard\cbpat2\cf1 words",
    "white in a table with shaded cells": rb"\trowd\clcbpat2\cellx900\pard\intbl\cf1 words\cell\row",
    "in a colour that the table has not": rb"{\cf9 words}",
    "Latin beside tiny Chinese": rb"{\dbch\afs2\loch words}",
    "small": rb"{\fs14 words}",
}


@pytest.mark.parametrize("body", SEEN.values(), ids=SEEN)
def test_words_that_can_be_seen_stay(convert, body):
    made = convert(rtf(body), "a.rtf")
    assert ("words" in text_of(made), made.hidden) == (True, ())


def test_hidden_chinese_is_one_report_though_it_is_written_in_pieces(convert):
    pieces = rb"{\v\dbch \u38544?\u34255?}{\v\loch  order}\par {\cf2 seen}"
    made = convert(rtf(pieces), "a.rtf")
    assert (text_of(made).split(), [hidden.sample for hidden in made.hidden]) == (["seen"], ["隐藏 order"])


def test_what_was_crossed_out_is_neither_text_nor_hidden(convert):
    made = convert(rtf(rb"{\deleted {\b forty} }{\revised fifty}"), "a.rtf")
    assert (text_of(made).split(), made.hidden) == (["fifty"], ())


@given(
    st.lists(
        st.sampled_from([r"\b ", r"\fs20 ", r"\par ", "{", "}", "word", r"\'e9", r"\u29256?", r"\s1 ", "\n"])
    )
)
def test_nothing_is_taken_from_a_file_that_hides_nothing(tokens):
    raw = "".join(tokens)
    assert (part(raw).seen, part(raw).hidden) == (raw, ())


@given(st.text(alphabet="{}\\vfscf01 ab'*u-", max_size=60))
def test_no_file_is_too_strange(raw):
    found = part(raw)
    assert len(found.seen) + sum(len(piece) for _, piece in found.hidden) <= len(raw)
