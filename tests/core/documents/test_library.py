"""The documents of a vault as files: added, told apart by content, replaced, removed, whatever is killed."""

import errno
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import library as module
from core.documents.library import Library, Origin, joined, parts_of, text_digest
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.naming import cited, free_name, is_document, name_of, path_of, place
from core.errors import DocumentMissing, DocumentNotStored

TWO_PAGES = Converted((Part("First\npage", "p. 1"), Part("第二页", "p. 2")), title="T", kind="pdf", pages=2)


def origin(path="/files/report.pdf", digest="a" * 32):
    return Origin(Path(path), digest, 10)


def test_what_was_added_is_found_by_path_name_and_content(library):
    document = library.add(TWO_PAGES, origin(), now=5.0).document
    assert document.path == "document://report.pdf"
    assert library.document("document://report.pdf") == document
    assert library.known("a" * 32) == document
    assert [found.name for found in library.documents()] == ["report.pdf"]
    assert library.text(document) == "First\npage\n\n第二页\n"
    assert list(library.stamps()) == [document.path]


def test_a_line_tells_its_page(library):
    document = library.add(TWO_PAGES, origin(), now=5.0).document
    assert [document.label_at(line) for line in (0, 1, 2, 3, 4, 9)] == [
        "", "p. 1", "p. 1", "p. 1", "p. 2", "p. 2",
    ]  # fmt: skip
    assert library.label_at(document.path, 4) == "p. 2"
    assert library.label_at("document://nothing", 4) == ""


def test_another_program_reads_the_same(library):
    made = replace(TWO_PAGES, hidden=(Hidden(HiddenKind.TINY, "order", "p. 1"),), remarks=(Remark.OCR,))
    document = library.add(made, origin(), now=5.0).document
    assert Library(library.folder).document(document.path) == document


def test_the_same_bytes_are_the_same_document_whatever_they_are_called(library):
    first = library.add(TWO_PAGES, origin(), now=5.0)
    again = library.add(TWO_PAGES, origin("/elsewhere/copy.pdf"), now=6.0)
    assert (first.was_known, again.was_known) == (False, True)
    assert again.document == first.document
    assert len(library.documents()) == 1


def test_a_file_that_changed_takes_the_place_of_what_it_was(library):
    old = library.add(TWO_PAGES, origin(), now=5.0).document
    new = library.add(replace(TWO_PAGES, parts=(Part("New"),)), origin(digest="b" * 32), now=6.0).document
    assert (new.id, new.name) == (old.id, old.name)
    assert library.text(library.document(old.path)) == "New\n"
    assert len(list(library.folder.glob("*.md"))) == 1


def test_two_files_of_one_name_are_two_documents(library):
    library.add(TWO_PAGES, origin(), now=5.0)
    library.add(TWO_PAGES, origin("/other/Report.PDF", "b" * 32), now=6.0)
    assert sorted(found.name for found in library.documents()) == ["Report (2).PDF", "report.pdf"]


def test_names_are_found_however_they_are_composed(library):
    library.add(TWO_PAGES, origin("/f/cafe\u0301-ガイド.md"), now=5.0)
    assert library.document("document://CAFÉ-ガイド.md").name == "café-ガイド.md"


def test_a_removed_document_is_gone_and_so_is_its_text(library):
    document = library.add(TWO_PAGES, origin(), now=5.0).document
    assert library.remove(document.path) == document
    assert library.documents() == []
    assert list(library.folder.glob("*.md")) == []
    for ask in (library.document, library.remove):
        with pytest.raises(DocumentMissing):
            ask(document.path)
    with pytest.raises(DocumentMissing):
        library.text(document)


def test_removing_one_leaves_the_others(library):
    library.add(TWO_PAGES, origin(), now=5.0)
    other = library.add(TWO_PAGES, origin("/f/other.pdf", "b" * 32), now=5.0).document
    library.remove("document://report.pdf")
    assert Library(library.folder).documents() == [other]


def test_a_note_of_that_name_is_no_document(library):
    library.add(TWO_PAGES, origin(), now=5.0)
    with pytest.raises(DocumentMissing):
        library.document("report.pdf")


def test_an_import_that_was_killed_leaves_the_old_document_whole(library, monkeypatch):
    old = library.add(TWO_PAGES, origin(), now=5.0).document
    real = module.write_atomically

    def killed_before_the_record(path, data):
        if path.suffix == ".json":
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(module, "write_atomically", killed_before_the_record)
    with pytest.raises(KeyboardInterrupt):
        library.add(replace(TWO_PAGES, parts=(Part("New"),)), origin(digest="b" * 32), now=6.0)
    monkeypatch.undo()
    survivor = Library(library.folder)
    assert survivor.text(survivor.document(old.path)) == "First\npage\n\n第二页\n"
    survivor.sweep()
    assert [file.stem for file in library.folder.glob("*.md")] == [old.content_hash]


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EACCES, "disk")]
)
def test_a_disk_that_does_not_allow_it_is_told_and_nothing_is_lost(library, monkeypatch, number, reason):
    library.add(TWO_PAGES, origin(), now=5.0)

    def refuse(_path, _data):
        raise OSError(number, "no")

    monkeypatch.setattr(module, "write_atomically", refuse)
    with pytest.raises(DocumentNotStored) as caught:
        library.add(TWO_PAGES, origin("/f/b.pdf", "b" * 32), now=6.0)
    assert caught.value.details["reason"] == reason
    assert len(library.documents()) == 1


def test_a_record_that_cannot_be_read_does_not_hide_the_others(library, caplog):
    library.add(TWO_PAGES, origin(), now=5.0)
    for name, text in (("broken", "{"), ("newer", '{"format": 99}'), ("empty", ""), ("list", "[]")):
        (library.folder / f"{name}.json").write_text(text)
    with caplog.at_level("ERROR"):
        assert [found.name for found in Library(library.folder).documents()] == ["report.pdf"]


def test_many_threads_add_without_taking_each_others_names(library):
    def add(number):
        library.add(TWO_PAGES, origin(f"/f{number}/report.pdf", f"{number:032}"), now=5.0)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({found.name for found in library.documents()}) == 8


def test_an_empty_library_needs_no_folder(library):
    assert library.documents() == []
    assert not library.folder.exists()


# Text and parts

LINES = st.text(alphabet="ab版 #\n", max_size=30).map(lambda text: text.strip("\n"))


@given(st.lists(st.tuples(LINES, st.sampled_from(["", "p. 1", "slide 2"])), max_size=8))
def test_joined_parts_can_be_taken_apart_again(pieces):
    parts = tuple(Part(text, label) for text, label in pieces)
    text, marks = joined(Converted(parts))
    kept = [part for part in parts if part.text.strip()]
    found = parts_of(text, marks)
    assert [label for _, label, _ in found] == [part.label for part in kept]
    assert [body.strip("\n") for _, _, body in found] == [part.text for part in kept]
    lines = text.split("\n")
    for (start, _, body), part in zip(found, kept, strict=True):
        assert lines[start - 1] == part.text.split("\n")[0] == body.split("\n")[0]


def test_the_digest_follows_text_pages_name_and_title(library):
    document = library.add(TWO_PAGES, origin(), now=5.0).document
    digest = text_digest(document, "text")
    assert text_digest(replace(document, imported_at=9.0), "text") == digest
    for other in (
        replace(document, name="other"), replace(document, title="other"), replace(document, marks=()),
    ):  # fmt: skip
        assert text_digest(other, "text") != digest
    assert text_digest(document, "other") != digest


# Names


def test_paths_of_documents_are_no_paths_of_notes():
    assert is_document(path_of("a.pdf"))
    assert not is_document("document:/a.pdf")
    assert name_of(path_of("a.pdf")) == "a.pdf"
    assert cited(path_of("a.pdf"), "p. 3") == place(path_of("a.pdf"), 7, "p. 3") == "a.pdf, p. 3"
    assert cited(path_of("a.pdf"), "") == "a.pdf"
    assert place("note.md", 7, "") == "note.md:7"


@given(st.text(max_size=300), st.integers(0, 3))
def test_a_free_name_is_free_and_fits_a_path(wanted, rounds):
    taken: set[str] = set()
    for _ in range(rounds + 1):
        name = free_name(wanted, taken)
        assert name.strip()
        assert "/" not in name
        assert "\n" not in name
        assert len(name) < 160
        name.encode()
        assert module.folded(name) not in taken
        taken.add(module.folded(name))
