"""Zip containers that mean harm."""

import struct
import zipfile

import pytest

from core.documents import limits
from core.documents.archive import Archive, refuse_entities
from core.errors import DocumentDamaged, DocumentError, DocumentLocked, DocumentTooLarge, DocumentUnsafe
from tests.core.documents.made import archive


def test_members_are_read_by_name():
    opened = Archive(archive({"a.xml": "<a/>", "b/c.bin": b"\0\1"}))
    assert ("a.xml" in opened, opened.read("b/c.bin"), opened.xml("a.xml")) == (True, b"\0\1", b"<a/>")
    with pytest.raises(KeyError):
        opened.read("nothing")


def test_a_bomb_is_refused_before_a_byte_is_unpacked():
    with pytest.raises(DocumentUnsafe, match="zip bombs"):
        Archive(archive({"word/document.xml": b" " * (limits.RATIO_MATTERS_FROM + 1)}))


def test_many_parts_that_are_too_much_together_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    with pytest.raises(DocumentTooLarge):
        Archive(archive({f"{n}": b"x" * 300 for n in range(4)}))


def test_one_part_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MEMBER_BYTES", 100)
    with pytest.raises(DocumentTooLarge):
        Archive(archive({"a": b"x" * 101}))


def test_an_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MEMBERS", 3)
    with pytest.raises(DocumentTooLarge):
        Archive(archive({str(n): "" for n in range(4)}))


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b", "..\\up.txt", "C:\\Windows\\x"])
def test_a_name_that_climbs_out_is_refused(name):
    with pytest.raises(DocumentUnsafe, match="leads out"):
        Archive(archive({name: "x"}))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a [<!entity % b SYSTEM "file:///etc/passwd">]><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
    ],
)
def test_declared_entities_are_refused_in_every_encoding(xml):
    with pytest.raises(DocumentUnsafe, match="entities"):
        Archive(archive({"a.xml": xml})).check_xml()


def test_a_plain_doctype_is_no_crime():
    refuse_entities(b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"><html/>')


def test_encrypted_members_are_locked():
    data = bytearray(archive({"a": "x"}, compression=zipfile.ZIP_STORED))
    at = data.rindex(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(DocumentLocked):
        Archive(bytes(data))


def test_a_member_that_is_longer_than_promised_is_damaged():
    data = bytearray(archive({"a": b"x" * 500}, compression=zipfile.ZIP_STORED))
    at = data.rindex(b"PK\x01\x02") + 16
    data[at : at + 4] = b"\0\0\0\0"  # another checksum
    with pytest.raises(DocumentDamaged):
        Archive(bytes(data)).read("a")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, archive({"a": "b"})[:20]])
def test_what_is_no_archive_is_damaged(data):
    with pytest.raises(DocumentError):
        Archive(data)
