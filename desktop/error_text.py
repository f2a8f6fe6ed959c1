"""Words for errors: what happened, what to do, and which button helps.

Core raises types with details; nothing is ever matched on the text of an error. Where a type has no sentence
here its own English one is shown, so a new error is never silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from string import Formatter

from PySide6.QtCore import QCoreApplication

from core import errors
from desktop import document_errors, media_errors
from desktop.widgets.plain_text import sentences

CONTEXT = "error_text"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802
    """Mark a text for translation: `pyside6-lupdate` knows this name; PySide's own is typed as `object`."""
    return text


class Action(Enum):
    """The button beside an error."""

    NONE = auto()
    RETRY = auto()
    OPEN_SETTINGS = auto()


@dataclass(frozen=True, slots=True)
class Worded:
    """An error as it is shown: one plain sentence, what to do, and the button for it."""

    text: str
    hint: str
    action: Action

    @property
    def in_full(self) -> str:
        """What happened and what to do, where there is room for both."""
        return sentences(self.text, self.hint)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """English source texts; of several the first whose `{details}` core has given is used."""

    text: tuple[str, ...]
    hint: tuple[str, ...] = ()
    action: Action = Action.NONE


def word(error: Exception) -> Worded:
    """Return the translated words of an error, by its type and its details."""
    details = _details(error)
    for kind in type(error).__mro__:
        if kind in _WORDS:
            known = _BY_REASON.get((kind, details.get("reason", "")), _WORDS[kind])
            text = _first(known.text, details) or str(error)
            return Worded(text, _first(known.hint, details), known.action)
    if isinstance(error, errors.PilotfishError):
        return Worded(str(error), error.hint, Action.RETRY)
    return Worded(_first(_UNKNOWN.text, {}), _first(_UNKNOWN.hint, {}), _UNKNOWN.action)


def _details(error: Exception) -> dict[str, str]:
    """Return what core has said of an error, and how long a server asks to wait in words."""
    details = dict(error.details) if isinstance(error, errors.PilotfishError) else {}
    if (seconds := details.get("retry_after", "")).isdecimal():
        details["wait"] = _how_long(int(seconds))
    return details


_UNITS = (
    (2 * 3600, 3600, QT_TRANSLATE_NOOP("error_text", "{n} hours")),
    (120, 60, QT_TRANSLATE_NOOP("error_text", "{n} minutes")),
    (0, 1, QT_TRANSLATE_NOOP("error_text", "{n} seconds")),
)
"""From how many seconds on, and how many each is; there is never one of them."""


def _how_long(seconds: int) -> str:
    size, words = next((size, words) for least, size, words in _UNITS if seconds >= least)
    return QCoreApplication.translate(CONTEXT, words).format(n=max(2, -(-seconds // size)))


def _first(sentences: tuple[str, ...], details: Mapping[str, str]) -> str:
    given = {name: value for name, value in details.items() if value}
    for sentence in sentences:
        wanted = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
        if wanted <= given.keys():
            return QCoreApplication.translate(CONTEXT, sentence).format_map(given)
    return ""


_UNKNOWN = _Sentences(
    (QT_TRANSLATE_NOOP("error_text", "Something went wrong inside Pilotfish."),),
    (QT_TRANSLATE_NOOP("error_text", "Your notes are untouched. The log says more."),),
    Action.RETRY,
)

_WORDS: Mapping[type, _Sentences] = {
    errors.VaultMissing: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "There is no folder {path}."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another folder."),),
    ),
    errors.VaultNotAFolder: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "{path} is a file, not a folder."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another folder."),),
    ),
    errors.VaultUnreadable: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The folder {path} may not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Check its permissions, or choose another folder."),),
    ),
    errors.NoteMissing: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is no longer there."),),
        (QT_TRANSLATE_NOOP("error_text", "It was deleted or moved elsewhere."),),
    ),
    errors.AttachmentMissing: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The file “{path}” is not in the vault."),
            QT_TRANSLATE_NOOP("error_text", "The file is not in the vault."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Put it there, or correct the link."),),
    ),
    errors.NoteNotText: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is not a text file."),),
        (QT_TRANSLATE_NOOP("error_text", "It is left as it is. Open it in the program that made it."),),
    ),
    errors.NoteTooLarge: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is too large to be opened here."),),
        (QT_TRANSLATE_NOOP("error_text", "It is left as it is. Splitting it would help."),),
    ),
    errors.NoteLeftOut: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is left out by your rules: nothing of it is sent."),),
        (QT_TRANSLATE_NOOP("error_text", "Rules are kept under Settings > Index, and in .pilotfishignore."),),
        Action.OPEN_SETTINGS,
    ),
    errors.NoteUnreadable: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” may not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Check the file's permissions."),),
    ),
    errors.NoteChangedElsewhere: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” was changed by another program."),),
        (QT_TRANSLATE_NOOP("error_text", "Nothing was written. Compare the two versions and save again."),),
    ),
    errors.NoteNotSaved: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved."),
            QT_TRANSLATE_NOOP("error_text", "The note could not be saved."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "The old file is whole, and your text is still in the editor."),),
    ),
    errors.IndexDamaged: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The index could not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "It is being rebuilt from your notes, which are untouched."),),
    ),
    errors.NotesNotRead: _Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Your notes are being read for the first time; so far nothing speaks to this.",
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Ask again in a moment."),),
        Action.RETRY,
    ),
    errors.IndexUnavailable: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The index cannot be kept on this disk."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Your notes are untouched. Free some space, or check its permissions."
            ),
        ),
        Action.RETRY,
    ),
    errors.EmbeddingUnavailable: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "Search by meaning is not available; search by words works."),),
        (QT_TRANSLATE_NOOP("error_text", "Run “pilotfish doctor” to see why."),),
    ),
    errors.ModelUnreachable: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Nothing answers at {host}."),
            QT_TRANSLATE_NOOP("error_text", "The model does not answer."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Start the model server, or choose another model in the settings."
            ),
        ),
        Action.RETRY,
    ),
    errors.ModelTimedOut: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} stopped answering."),
            QT_TRANSLATE_NOOP("error_text", "The model stopped answering."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.KeyRefused: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} refused the key."),
            QT_TRANSLATE_NOOP("error_text", "The provider refused the key."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Check the key in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.AccessRefused: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} does not allow this: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} does not allow this with your key."),
            QT_TRANSLATE_NOOP("error_text", "The provider does not allow this with your key."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Check your account there, or choose another provider."),),
        Action.OPEN_SETTINGS,
    ),
    errors.ModelUnknown: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} does not know the model “{model}”."),
            QT_TRANSLATE_NOOP("error_text", "The provider does not know this model."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose another model in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.RateLimited: _Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "{host} asks to wait: too many requests, or the quota is used up."
            ),
            QT_TRANSLATE_NOOP("error_text", "Too many requests, or the quota is used up."),
        ),
        (
            QT_TRANSLATE_NOOP("error_text", "Try again in {wait}, or choose another model."),
            QT_TRANSLATE_NOOP("error_text", "Wait a moment and try again, or choose another model."),
        ),
        Action.RETRY,
    ),
    errors.CreditUsedUp: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Your account at {host} has no credit left."),
            QT_TRANSLATE_NOOP("error_text", "Your account at the provider has no credit left."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Add credit there, or choose another model in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.RequestRefused: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} refused the request: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} refused the request."),
            QT_TRANSLATE_NOOP("error_text", "The provider refused the request."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Change the request, or choose another model."),),
        Action.RETRY,
    ),
    errors.RequestTooLong: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "This is more than the model “{model}” can take in."),
            QT_TRANSLATE_NOOP("error_text", "This is more than the model can take in."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Take some of what goes along out, or choose a model that takes in more."
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.AnswerWithheld: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The content filter of {host} stopped this."),
            QT_TRANSLATE_NOOP("error_text", "The provider's content filter stopped this."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Put the request differently, or choose another model."),),
        Action.RETRY,
    ),
    errors.AnswerEmpty: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The model “{model}” ended without a word."),
            QT_TRANSLATE_NOOP("error_text", "The model ended without a word."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.ProviderFailed: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} had a fault of its own: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} had a fault of its own."),
            QT_TRANSLATE_NOOP("error_text", "The provider had a fault of its own."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.AnswerMalformed: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "What {host} sent is not a model's answer."),
            QT_TRANSLATE_NOOP("error_text", "What came back is not a model's answer."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Check the address: a login page or another service may be answering there."
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.NoModel: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "No model is set up."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Questions are answered with quotes from your notes. To have text written, connect a model.",
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.OfflineMode: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Pilotfish is set to stay offline: nothing was sent to {host}."),
            QT_TRANSLATE_NOOP("error_text", "Pilotfish is set to stay offline: nothing was sent."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose a model on this machine, or unset PILOTFISH_OFFLINE."),),
        Action.OPEN_SETTINGS,
    ),
    errors.AddressNotSecure: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Nothing was sent to {host}: its address is not encrypted."),
            QT_TRANSLATE_NOOP("error_text", "Nothing was sent: the address is not encrypted."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Use an address that starts with https://."),),
        Action.OPEN_SETTINGS,
    ),
    errors.CapReached: _Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "This month's limit of {cap} USD is reached, so nothing was sent."
            ),
            QT_TRANSLATE_NOOP("error_text", "This month's spending limit is reached, so nothing was sent."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Raise the limit, or use a model on this machine."),),
        Action.OPEN_SETTINGS,
    ),
    errors.PromptError: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The prompt or scene could not be saved."),),
        (QT_TRANSLATE_NOOP("error_text", "Is the disk full, or may the vault not be written?"),),
        Action.RETRY,
    ),
    errors.PromptMissing: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "There is no prompt “{id}” any more."),
            QT_TRANSLATE_NOOP("error_text", "This prompt is no longer there."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose another one from the list."),),
    ),
    errors.PromptBroken: _Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{file}, line {line}: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "The prompt cannot be read."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Mend that line and save; the file is read again at once."),),
    ),
    errors.SessionsUnavailable: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The conversations cannot be read or written at the moment."),),
        (QT_TRANSLATE_NOOP("error_text", "Your notes are untouched. Is the disk full or read-only?"),),
        Action.RETRY,
    ),
    errors.SessionMissing: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "This conversation is no longer there."),),
    ),
    errors.SettingsDamaged: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The settings could not be read."),),
        (
            QT_TRANSLATE_NOOP("error_text", "The file is kept as {kept}; the defaults are used."),
            QT_TRANSLATE_NOOP("error_text", "The defaults are used."),
        ),
    ),
    errors.EngineStopped: _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The part of Pilotfish that reads your notes has stopped."),),
        (QT_TRANSLATE_NOOP("error_text", "It is being started again. Your notes are untouched."),),
        Action.RETRY,
    ),
    **{kind: _Sentences(*words) for kind, words in document_errors.WORDS.items()},
    **{kind: _Sentences(*words) for kind, words in media_errors.OF_FILES.items()},
    **{kind: _Sentences(*words, Action.OPEN_SETTINGS) for kind, words in media_errors.OF_MODELS.items()},
}

_STILL_THERE = QT_TRANSLATE_NOOP("error_text", "The old file is whole, and your text is still in the editor.")

_BY_REASON: Mapping[tuple[type, str], _Sentences] = {
    (errors.AnswerEmpty, "length"): _Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "The model used up the length of its answer before it said a word."
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again: it is given more room. Or choose another model."),),
        Action.RETRY,
    ),
    (errors.NoteNotSaved, "disk_full"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: the disk is full."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "The old file is whole, your text is still in the editor. Free some space and save again.",
            ),
        ),
    ),
    (errors.NoteNotSaved, "read_only"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: the disk is read-only."),),
        (_STILL_THERE,),
    ),
    (errors.NoteNotSaved, "denied"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: it may not be written."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Your text is still in the editor. Check the permissions of the file, then save again.",
            ),
        ),
    ),
    (errors.NoteNotSaved, "exists"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "There is already a file called “{path}”."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another name."),),
    ),
    (errors.NoteNotSaved, "bad_name"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is not a name that this disk allows."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another name."),),
    ),
    (errors.NoteNotSaved, "read_only_note"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” can be read but not changed here."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Saving would change more of the file than your words, so it is left as it is."
            ),
        ),
    ),
    (errors.NoteNotSaved, "encoding"): _Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "“{path}” could not be saved: its encoding {encoding} has no “{character}”."
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Save it as UTF-8, or take the character in line {line} out."),),
    ),
    (errors.NoteNotSaved, "backup"): _Sentences(
        (QT_TRANSLATE_NOOP("error_text", "No backup of “{path}” could be made, so nothing was changed."),),
        (QT_TRANSLATE_NOOP("error_text", "Free some space and try again."),),
    ),
    **{kind: _Sentences(*words) for kind, words in document_errors.BY_REASON.items()},
    **{kind: _Sentences(*words) for kind, words in media_errors.BY_REASON.items()},
}
