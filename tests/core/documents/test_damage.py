"""Real files with a few wrong bytes: read or refused in words, never anything else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import errors
from core.documents import child, sandbox
from core.documents.formats.doc import _piece_table, _pieces, _plain
from core.documents.formats.doc_hidden import Hiding
from core.documents.model import from_json
from core.errors import DocumentDamaged, DocumentError

FILES = (
    "zh-git.docx",
    "test.pptx",
    "test.xlsx",
    "zh-git.epub",
    "text_document_01.odt",
    "legacy_sample.doc",
    "test_outlook_msg.msg",
    "crazyones.pdf",
    "eml_with_attachment.eml",
    "test_notebook.ipynb",
    "zh-git-gbk.html",
)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """The fence would hold for good; here it is what the converters do that counts."""
    monkeypatch.setattr(sandbox, "enter", lambda: None)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused_in_words(real, tmp_path, name, data):
    original = bytearray((real / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / name).write_bytes(original)
    reply = child.answer(str(tmp_path / name), name)
    if "error" in reply:
        assert issubclass(getattr(errors, reply["error"]), DocumentError)
        assert reply["message"]
    else:
        assert from_json(reply["document"]).kind


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_that_was_cut_short_is_read_or_refused_in_words(real, tmp_path, name, share):
    whole = (real / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * share)])
    reply = child.answer(str(tmp_path / name), name)
    assert reply.get("message") or reply["document"]["kind"]


def test_the_pieces_of_an_old_word_file_are_put_together():
    stream = b"....Latin\xe9" + "汉字".encode("utf-16-le")
    ends = (0, 6, 8)
    table = b"".join(end.to_bytes(4, "little") for end in ends)
    for where in (0x40000000 | 4 * 2, 10):
        table += b"\0\0" + where.to_bytes(4, "little") + b"\0\0"
    clx = b"\x02" + len(table).to_bytes(4, "little") + table
    nothing_hidden = Hiding(bytes(512), b"")
    pieces = list(_pieces(stream, _piece_table(b"\x01\x02\x00ab" + clx), nothing_hidden))
    assert pieces == [("Latiné", None), ("汉字", None)]


def test_a_piece_table_that_is_none_is_damaged():
    with pytest.raises(DocumentDamaged):
        _piece_table(b"\x07nonsense")


def test_fields_of_an_old_word_file_are_what_they_show():
    assert _plain("See \x13 HYPERLINK \x14the page\x15 and \x13PAGE\x15.\r") == "See the page and .\n\n"
    assert _plain("a\x07b\x07\x07c") == "a | b\n\nc"
