"""The parent's side: what the child says, does not say, or says too late."""

import json
import os
import threading
import time

import pytest

from core.concurrency import Cancelled, CancelToken
from core.documents import child, process
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark, from_json, to_json
from core.documents.opening import read_file
from core.documents.process import read
from core.errors import (
    DocumentDamaged,
    DocumentError,
    DocumentTooLarge,
    DocumentTooSlow,
    DocumentUnreadable,
    DocumentUnsafe,
)
from core.files import content_hash
from tests.core.documents.made import docx, pdf, run, words


@pytest.fixture
def file(tmp_path):
    def file(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return file


# The targets below stand in for a child that was taken over or went wrong.


def _silent(connection, path, name):
    time.sleep(60)


def _gone(connection, path, name):
    os._exit(3)


def _killed(connection, path, name):
    os.kill(os.getpid(), 9)


def _out_of_processor(connection, path, name):
    import signal

    os.kill(os.getpid(), signal.SIGXCPU)


def _nonsense(connection, path, name):
    connection.send_bytes(b"not json")


def _pickle(connection, path, name):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (path + ".pwned",)

    import pickle

    connection.send_bytes(pickle.dumps(Evil.__reduce__(Evil())))


def _endless(connection, path, name):
    from core.documents import limits

    connection.send_bytes(b"x" * (limits.REPLY_BYTES + 1))


def _other_shape(connection, path, name):
    connection.send_bytes(json.dumps([1, 2]).encode())


def _bad_digest(connection, path, name):
    reply = {"hash": "../../../etc/passwd", "size": 1, "document": to_json(Converted(()))}
    connection.send_bytes(json.dumps(reply).encode())


def _foreign_error(connection, path, name):
    connection.send_bytes(
        json.dumps({"error": "UsageError", "message": "x" * 999, "details": {"a": 1}}).encode()
    )


@pytest.fixture
def child_is(monkeypatch):
    return lambda target: monkeypatch.setattr(child, "main", target)


def test_a_document_is_read_with_the_digest_of_its_bytes(file):
    data = pdf(words("Hello"), title="T")
    reading = read(file("a.pdf", data))
    assert reading.document.parts == (Part("Hello", "p. 1"),)
    assert (reading.content_hash, reading.size) == (content_hash(data), len(data))


def test_a_refusal_comes_back_as_itself(file):
    with pytest.raises(DocumentUnsafe, match="entities"):
        read(file("a.docx", docx(run("x"), **{"word/x.xml": '<!ENTITY a "b">'})))


def test_a_child_that_takes_too_long_is_killed(file, child_is):
    child_is(_silent)
    with pytest.raises(DocumentTooSlow, match="1 seconds"):
        read(file("a.txt", b"x"), seconds=1)


def test_a_cancelled_child_is_killed_at_once(file, child_is):
    child_is(_silent)
    token = CancelToken()
    threading.Timer(0.3, token.cancel).start()
    with pytest.raises(Cancelled):
        read(file("a.txt", b"x"), cancel=token)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (_gone, DocumentDamaged),
        (_killed, DocumentTooLarge),
        (_out_of_processor, DocumentTooSlow),
        (_nonsense, DocumentDamaged),
        (_pickle, DocumentDamaged),
        (_endless, DocumentDamaged),
        (_other_shape, DocumentDamaged),
        (_bad_digest, DocumentDamaged),
        (_foreign_error, DocumentDamaged),
    ],
)
def test_whatever_a_child_does_the_parent_gets_a_worded_error(file, child_is, target, kind):
    child_is(target)
    path = file("a.txt", b"x")
    with pytest.raises(kind) as caught:
        read(path)
    assert 0 < len(str(caught.value)) <= 200
    assert not path.with_name("a.txt.pwned").exists()


def test_no_child_is_left_behind(file, child_is):
    import multiprocessing

    child_is(_silent)
    with pytest.raises(DocumentTooSlow):
        read(file("a.txt", b"x"), seconds=0.2)
    assert multiprocessing.active_children() == []


def test_a_crash_of_the_converter_is_told_as_damage(file, monkeypatch):
    def broken(_source):
        raise ZeroDivisionError

    from core.documents import convert, sandbox

    monkeypatch.setattr(sandbox, "enter", lambda: None)
    monkeypatch.setattr(convert, "convert_bytes", broken)
    reply = child.answer(str(file("a.txt", b"x")), "a.txt")
    assert (reply["error"], reply["details"]) == ("DocumentDamaged", {"reason": "ZeroDivisionError"})


def test_running_out_of_memory_is_told_as_too_large(file, monkeypatch):
    from core.documents import convert, sandbox

    def greedy(_source):
        raise MemoryError

    monkeypatch.setattr(sandbox, "enter", lambda: None)
    monkeypatch.setattr(convert, "convert_bytes", greedy)
    assert child.answer(str(file("a.txt", b"x")), "a.txt")["error"] == "DocumentTooLarge"


def test_what_crosses_the_border_comes_back_equal():
    made = Converted(
        (Part("文字\n\n", "p. 1"), Part("", "")),
        title="T",
        kind="pdf",
        pages=2,
        hidden=(Hidden(HiddenKind.TINY, "order", "p. 1", kept=True),),
        remarks=(Remark.OCR, Remark.CUT),
    )
    assert from_json(json.loads(json.dumps(to_json(made)))) == made


# Opening files


def test_a_file_that_is_not_there_or_is_no_file_is_unreadable(tmp_path):
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(DocumentUnreadable):
            read_file(str(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentUnreadable):
        read_file(str(tmp_path / "pipe"))


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    from core.documents import limits

    with (tmp_path / "large").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(DocumentTooLarge):
        read_file(str(tmp_path / "large"))


def test_a_process_that_cannot_be_started_is_told(file, monkeypatch):
    def refuse(_self):
        raise OSError(12, "no memory")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    with pytest.raises(DocumentError):
        process.read(file("a.txt", b"x"))
