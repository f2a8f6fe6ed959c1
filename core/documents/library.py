"""The imported documents of one vault: their text and what is known of each, as plain files of ours.

    documents/<vault>/
        <digest>.md    the text, as Markdown; called after the bytes that it was read from
        <id>.json      name, source, title, where its pages begin, what was hidden in it; written last
        library.lock

A document is there if its `.json` is, which names its text: so a document that is read anew is at every
moment the old one or the new one, whole. A text that no record names is what a killed import left, and is
swept away.
The index can be deleted at any time: it is filled again from here, without the original files.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import secrets
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from core.documents.model import Converted, Hidden, Remark, hidden_from_json, hidden_to_json
from core.documents.naming import folded, free_name, is_document, name_of, path_of
from core.errors import DocumentMissing, DocumentNotStored
from core.files import content_hash, write_atomically
from core.vault.model import FileStamp

log = logging.getLogger(__name__)

FORMAT = 1
_LOCK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Document:
    """An imported document."""

    id: str
    name: str
    """What it is called, after its file; unique among the documents of the vault."""
    source: str
    """Absolute path of the file it was read from, which may be gone."""
    content_hash: str
    """Digest of that file's bytes."""
    size: int
    title: str
    kind: str
    pages: int
    imported_at: float
    """Seconds since 1970."""
    marks: tuple[tuple[int, str], ...]
    """(line, label): from that line of the text on it is page, slide, row .. `label`; lines from 1."""
    hidden: tuple[Hidden, ...] = ()
    remarks: tuple[Remark, ...] = ()
    watched: str = field(default="")
    """The watched folder that it came from; empty where a person imported it."""

    @property
    def path(self) -> str:
        """Its path among the notes."""
        return path_of(self.name)

    def label_at(self, line: int) -> str:
        """The label of the page that a line of the text is on."""
        place = bisect_right([start for start, _ in self.marks], line)
        return self.marks[place - 1][1] if place else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was read from."""

    source: Path
    content_hash: str
    size: int
    watched: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was added."""

    document: Document
    was_known: bool = False
    """The very same bytes were imported before; nothing was written."""


class Library:
    """The documents of one vault; usable from any thread and by several processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cache: dict[str, tuple[FileStamp, Document]] = {}
        self._ids: dict[str, str] = {}
        self._guard = threading.Lock()

    def documents(self) -> list[Document]:
        """All documents, by name."""
        return sorted(
            (document for _, document in self._records().values()), key=lambda found: folded(found.name)
        )

    def stamps(self) -> dict[str, FileStamp]:
        """The stamp of each document by its path; another stamp means that it was imported anew."""
        return {document.path: stamp for stamp, document in self._records().values()}

    def document(self, path: str) -> Document:
        """The document at `path`.

        Raises:
            DocumentMissing: there is none.
        """
        return self.entry(path)[1]

    def entry(self, path: str) -> tuple[FileStamp, Document]:
        """The document at `path` with its stamp; raises as `document`."""
        wanted = folded(name_of(path)) if is_document(path) else ""
        for look in (self._remembered, self._looked_up):
            if found := look(wanted):
                return found
        raise DocumentMissing(f"There is no imported document {name_of(path)}.", name=name_of(path))

    def text(self, document: Document) -> str:
        """The text of a document.

        Raises:
            DocumentMissing: it was removed meanwhile.
        """
        try:
            return self._text_file(document).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DocumentMissing(f"The text of {document.name} is gone.", name=document.name) from error

    def label_at(self, path: str, line: int) -> str:
        """The page, slide .. that a line of the document at `path` is on; empty where it is not known."""
        try:
            return self.document(path).label_at(line)
        except DocumentMissing:
            return ""

    def known(self, digest: str) -> Document | None:
        """The document that was imported from the bytes of this digest, or None."""
        return next((known for known in self.documents() if known.content_hash == digest), None)

    def add(self, converted: Converted, origin: Origin, *, now: float) -> Added:
        """Keep a document; one that was read from the same file before is replaced, and keeps its name.

        Raises:
            DocumentNotStored: the disk does not allow it; whatever was there is still there.
        """
        with self._writing():
            if known := self.known(origin.content_hash):
                return Added(known, was_known=True)
            former = self._from(str(origin.source))
            text, marks = joined(converted)
            document = Document(
                id=former.id if former else secrets.token_hex(8),
                name=former.name if former else self._free_name(origin.source.name),
                source=str(origin.source),
                content_hash=origin.content_hash,
                size=origin.size,
                title=converted.title,
                kind=converted.kind,
                pages=converted.pages,
                imported_at=now,
                marks=marks,
                hidden=converted.hidden,
                remarks=converted.remarks,
                watched=origin.watched,
            )
            self._write(document, text)
            if former:
                self._text_file(former).unlink(missing_ok=True)
            return Added(document)

    def remove(self, path: str) -> Document:
        """Forget the document at `path`; the file it was read from is not touched.

        Raises:
            DocumentMissing: there is none.
            DocumentNotStored: the disk does not allow it.
        """
        with self._writing():
            document = self.document(path)
            self._record_file(document.id).unlink(missing_ok=True)
            self._text_file(document).unlink(missing_ok=True)
            return document

    def sweep(self) -> None:
        """Delete the texts that a killed import left without a record."""
        with self._writing():
            named = {document.content_hash for document in self.documents()}
            for text in self.folder.glob("*.md"):
                if text.stem not in named:
                    log.info("removing a text without a record")
                    text.unlink(missing_ok=True)

    def _write(self, document: Document, text: str) -> None:
        record = json.dumps(_to_json(document))  # ASCII: the source's name may hold bytes that are no text
        write_atomically(self._text_file(document), text.encode("utf-8", "replace"))
        write_atomically(self._record_file(document.id), record.encode())

    def _free_name(self, wanted: str) -> str:
        return free_name(wanted, {folded(document.name) for document in self.documents()})

    def _from(self, source: str) -> Document | None:
        return next((known for known in self.documents() if known.source == source), None)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "library.lock", timeout=_LOCK_SECONDS):
                yield
        except OSError as error:  # a lock that is not let go of raises one, too
            is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            reason = "The disk is full, so its text was not stored." if is_full else ""
            raise DocumentNotStored(reason, reason="disk_full" if is_full else "disk") from error

    def _remembered(self, wanted: str) -> tuple[FileStamp, Document] | None:
        """The document of that folded name if it is still where it was: one look at the disk."""
        with self._guard:
            known = self._ids.get(wanted)
            entry = self._record(self._record_file(known)) if known else None
        return entry if entry and folded(entry[1].name) == wanted else None

    def _looked_up(self, wanted: str) -> tuple[FileStamp, Document] | None:
        return next((entry for entry in self._records().values() if folded(entry[1].name) == wanted), None)

    def _records(self) -> dict[str, tuple[FileStamp, Document]]:
        """Every record that can be read, by id; only those that changed are read again."""
        with self._guard:
            found: dict[str, tuple[FileStamp, Document]] = {}
            for file in self.folder.glob("*.json"):
                if entry := self._record(file):
                    found[file.stem] = entry
            self._cache = found
            self._ids = {folded(document.name): document.id for _, document in found.values()}
            return found

    def _record(self, file: Path) -> tuple[FileStamp, Document] | None:
        try:
            status = file.stat()
            stamp = FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
            if (cached := self._cache.get(file.stem)) and cached[0] == stamp:
                return cached
            return stamp, _from_json(file.stem, json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None  # it was removed while we looked
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the record %s of a document cannot be read: %s", file.stem, type(error).__name__)
            return None

    def _text_file(self, document: Document) -> Path:
        return self.folder / f"{document.content_hash}.md"

    def _record_file(self, document_id: str) -> Path:
        return self.folder / f"{document_id}.json"


def joined(converted: Converted) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Return the parts as one text, a blank line between them, and the line at which each label begins."""
    texts: list[str] = []
    marks: list[tuple[int, str]] = []
    line = 1
    for part in converted.parts:
        if not part.text.strip():
            continue
        marks.append((line, part.label))
        texts.append(part.text)
        line += part.text.count("\n") + 2
    return "\n\n".join(texts) + ("\n" if texts else ""), tuple(marks)


def parts_of(text: str, marks: Sequence[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """Return (first line, label, text) of each part; the inverse of `joined`."""
    lines = text.split("\n")
    ends = [*(start - 2 for start, _ in marks[1:]), len(lines)]
    return [
        (start, label, "\n".join(lines[start - 1 : end]))
        for (start, label), end in zip(marks, ends, strict=False)  # without parts there is one end too many
    ]


def text_digest(document: Document, text: str) -> str:
    """Return a digest that is equal only where the text, its pages, its name and its title are."""
    parts = repr((document.name, document.title, document.marks, text))
    return content_hash(parts.encode("utf-8", "surrogatepass"))


def _to_json(document: Document) -> dict[str, Any]:
    return {
        **asdict(replace(document, hidden=(), remarks=())),
        "hidden": [hidden_to_json(hidden) for hidden in document.hidden],
        "remarks": [remark.name for remark in document.remarks],
        "format": FORMAT,
    }


def _from_json(document_id: str, record: dict[str, Any]) -> Document:
    if record["format"] != FORMAT:
        raise ValueError("another version wrote it")
    return Document(
        id=document_id,
        name=str(record["name"]),
        source=str(record["source"]),
        content_hash=str(record["content_hash"]),
        size=int(record["size"]),
        title=str(record["title"]),
        kind=str(record["kind"]),
        pages=int(record["pages"]),
        imported_at=float(record["imported_at"]),
        marks=tuple((int(line), str(label)) for line, label in record["marks"]),
        hidden=tuple(hidden_from_json(item) for item in record["hidden"]),
        remarks=tuple(Remark[name] for name in record["remarks"] if name in Remark.__members__),
        watched=str(record["watched"]),
    )
