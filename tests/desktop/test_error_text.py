"""Every error of core has words, by its type, in the window's language."""

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTranslator

from core import errors
from core.vault import notes
from desktop.error_sentences import Action
from desktop.error_text import _BY_REASON, CONTEXT, Worded, word

KINDS = [
    kind
    for _name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.PilotfishError) and kind.__module__ == errors.__name__
]
ABSTRACT = {errors.PilotfishError, errors.VaultError, errors.NoteError, errors.ModelError, errors.UsageError}
DETAILS = dict.fromkeys(("path", "host", "model", "reason", "kept", "retry_after", "status"), "VALUE")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("details", [{}, DETAILS], ids=["bare", "with details"])
def test_every_error_becomes_a_sentence_and_a_next_step(kind, details):
    worded = word(kind("The technical half.", **details))
    assert worded.text.strip()
    assert "{" not in worded.text + worded.hint
    assert isinstance(worded.action, Action)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - ABSTRACT, key=lambda k: k.__name__))
def test_a_known_error_is_worded_here_and_not_by_core(kind):
    assert "The technical half." not in word(kind("The technical half.", **DETAILS)).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("1", "2 seconds"),
        ("119", "119 seconds"),
        ("121", "3 minutes"),
        ("7201", "3 hours"),
        ("Sun, 22 Nov 2026 18:00:00 GMT", "a moment"),
    ],
)
def test_how_long_a_server_asks_to_wait_is_said_in_words(asked, said):
    assert said in word(errors.RateLimited("x", host="api.test", retry_after=asked)).hint


def test_nobody_is_told_to_start_a_server_that_runs_elsewhere():
    assert "Start the model server" in word(errors.ModelUnreachable("x", host="127.0.0.1", remote="")).hint
    away = word(errors.ModelUnreachable("x", host="api.test", remote="api.test"))
    assert "reaches api.test" in away.hint


def test_a_model_that_thought_for_too_long_is_told_from_one_that_is_silent():
    thought = word(errors.AnswerEmpty("x", model="o5", reason="length"))
    assert "used up" in thought.text
    assert "o5" in word(errors.AnswerEmpty("x", model="o5", reason="stop")).text


def test_details_stand_in_the_sentence():
    worded = word(errors.ModelUnknown("x", host="localhost", model="qwen9"))
    assert worded == Worded(
        "localhost does not know the model “qwen9”.",
        "Choose another model in the settings.",
        Action.OPEN_SETTINGS,
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("disk_full", "full"),
        ("read_only", "read-only"),
        ("denied", "may not be written"),
        ("encoding", "GBK"),
    ],
)
def test_a_note_that_could_not_be_saved_says_why(reason, words):
    error = errors.NoteNotSaved("x", path="a.md", reason=reason, encoding="GBK", character="é", line="3")
    assert words in word(error).text
    assert "a.md" in word(error).text


def test_every_reason_core_gives_for_not_saving_is_known_here():
    source = Path(notes.__file__).read_text(encoding="utf-8")
    given = set(re.findall(r'reason="(\w+)"', source)) | {
        reason for reason, _words in notes._REASONS.values()
    }
    assert {(errors.NoteNotSaved, reason) for reason in given} <= set(_BY_REASON)


def test_a_detail_that_core_could_not_give_is_not_missed():
    assert word(errors.RequestRefused("x", host="h", reason="")).text == "h refused the request."
    assert word(errors.RequestRefused()).text == "The provider refused the request."


@given(st.text(max_size=50))
def test_what_a_server_said_is_shown_as_it_said_it(reason):
    text = word(errors.RequestRefused("x", host="h", reason=reason)).text
    assert text == (f"h refused the request: {reason}" if reason else "h refused the request.")


def test_a_subclass_is_worded_as_its_parent():
    class Special(errors.KeyRefused):
        """A kind that the window has never heard of."""

    assert word(Special(host="h")).text == "h refused the key."


def test_an_unknown_error_of_core_says_itself_and_can_be_tried_again():
    class Odd(errors.PilotfishError):
        """Odd."""

        hint = "Do this."

    assert word(Odd("It rained.")) == Worded("It rained.", "Do this.", Action.RETRY)


def test_a_fault_of_ours_says_that_the_notes_are_untouched():
    worded = word(KeyError("secret"))
    assert "notes are untouched" in worded.hint
    assert "secret" not in worded.text + worded.hint


def test_the_sentences_are_translated_when_they_are_shown(qapp):
    class Shouting(QTranslator):
        def translate(self, context, source, disambiguation=None, n=-1):
            return source.upper().replace("{HOST}", "{host}") if context == CONTEXT else None

    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        assert word(errors.KeyRefused(host="h")).text == "h REFUSED THE KEY."
    finally:
        QCoreApplication.removeTranslator(translator)
    assert word(errors.KeyRefused(host="h")).text == "h refused the key."
