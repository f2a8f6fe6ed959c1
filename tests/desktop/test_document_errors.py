"""Every way in which a document is refused has a sentence, in English and in Chinese."""

import inspect
import re
from pathlib import Path

import pytest

import core.documents
from core import errors
from desktop import document_errors
from desktop.error_text import word

KINDS = [
    kind
    for _name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.DocumentError)
]
PLAIN = {  # reasons that the general sentence of their kind covers
    "incomplete", "missing", "permission", "special", "disk", "file", "memory", "process", "crash", "reply",
    "encryption",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_says_what_happened_and_what_to_do(kind):
    worded = word(kind())
    assert worded.text.endswith(".")
    assert worded.hint.endswith(".")
    assert kind.__doc__.splitlines()[0] == str(kind())
    assert kind.hint.endswith(".")


def test_every_reason_that_core_gives_has_a_sentence_or_is_covered():
    sources = Path(core.documents.__file__).parent.rglob("*.py")
    given = {reason for file in sources for reason in re.findall(r'reason="(\w+)"', file.read_text("utf-8"))}
    known = {reason for _kind, reason in document_errors.BY_REASON}
    assert given - known <= PLAIN
    assert known <= given | {"disk_full"}


@pytest.mark.parametrize(("kind", "reason"), document_errors.BY_REASON)
def test_a_reason_says_more_than_its_kind(kind, reason):
    assert word(kind(reason=reason)).text != word(kind()).text


def test_a_name_stands_in_the_sentence():
    assert "“report.pdf”" in word(errors.DocumentMissing(name="report.pdf")).text
