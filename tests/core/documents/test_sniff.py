"""The content tells the kind, whatever the name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.sniff import Kind, sniff
from core.errors import DocumentDamaged, DocumentError, DocumentLocked, DocumentUnsupported
from tests.core.documents.made import archive, docx, epub, mail, odf, pdf, run


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(""), Kind.PDF),
        (b"junk before\n" + pdf(""), Kind.PDF),
        (docx(run("x")), Kind.DOCX),
        (epub(["x"]), Kind.EPUB),
        (odf("<office:text/>"), Kind.ODF),
        (b"{\\rtf1 x}", Kind.RTF),
        (b"\x89PNG\r\n\x1a\n....", Kind.PICTURE),
        (b"RIFF....WEBPVP8 ", Kind.PICTURE),
        (b"RIFF....WAVEfmt ", Kind.SOUND),
        (b"ID3\x04....", Kind.SOUND),
        (b"<!DOCTYPE html><p>x", Kind.HTML),
        ("\ufeff<html>页".encode("utf-16-le"), Kind.HTML),
        (mail("x"), Kind.EML),
        ("只是文字".encode("gb18030"), Kind.TEXT),
    ],
)
def test_the_content_decides(data, kind):
    assert sniff(data, "whatever") is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", Kind.CSV),
        ("a.tsv", Kind.CSV),
        ("a.json", Kind.JSON),
        ("a.ipynb", Kind.IPYNB),
        ("a.MD", Kind.TEXT),
    ],
)
def test_of_plain_text_the_name_decides(name, kind):
    assert sniff(b"a,b\n1,2\n", name) is kind


def test_a_markdown_note_that_quotes_a_mail_stays_a_note():
    assert sniff(mail("x"), "note.md") is Kind.TEXT


def test_an_empty_text_is_a_text_and_an_empty_pdf_is_damaged():
    assert sniff(b"", "a.md") is Kind.TEXT
    with pytest.raises(DocumentDamaged):
        sniff(b"", "a.pdf")


def test_text_that_is_called_pdf_is_damaged():
    with pytest.raises(DocumentDamaged):
        sniff(b"just words", "a.pdf")


@pytest.mark.parametrize("data", [archive({"a.txt": "x"}), b"Rar!\x1a\x07\x00....", b"\x1f\x8b\x08...."])
def test_a_packed_archive_is_said_to_be_one(data):
    with pytest.raises(DocumentUnsupported) as caught:
        sniff(data, "a.zip")
    assert caught.value.details["reason"] == "archive"


def test_half_an_archive_is_damaged():
    with pytest.raises(DocumentDamaged):
        sniff(docx(run("x"))[:300], "a.docx")


def test_noise_is_no_document():
    with pytest.raises(DocumentUnsupported):
        sniff(bytes(range(256)) * 4, "random.bin")


def test_a_locked_office_file_is_told_from_a_damaged_one(monkeypatch):
    import olefile

    class Container:
        def __init__(self, _file):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def listdir(self):
            return [["EncryptedPackage"], ["EncryptionInfo"]]

    monkeypatch.setattr(olefile, "OleFileIO", Container)
    with pytest.raises(DocumentLocked):
        sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.docx")


@given(
    st.binary(max_size=400), st.sampled_from(["a", "a.pdf", "a.docx", "a.msg", "a.txt", "a.html", "a.png"])
)
def test_any_bytes_have_a_kind_or_a_worded_refusal(data, name):
    try:
        assert isinstance(sniff(data, name), Kind)
    except DocumentError as error:
        assert str(error)


@given(st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary(max_size=900))
def test_a_broken_container_is_refused_in_words(mark, rest):
    with pytest.raises(DocumentError):
        sniff(mark + rest, "a.docx")
