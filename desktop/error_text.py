"""Words for errors: what happened, what to do, and which button helps.

Core raises types with details; nothing is ever matched on the text of an error. Where a type has no sentence
here its own English one is shown, so a new error is never silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from PySide6.QtCore import QCoreApplication

from core import errors
from desktop import document_errors, media_errors, model_errors
from desktop.error_sentences import Action, Sentences
from desktop.theme.translation import QT_TRANSLATE_NOOP
from desktop.widgets.plain_text import sentences

CONTEXT = "error_text"


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


def _first(texts: tuple[str, ...], details: Mapping[str, str]) -> str:
    given = {name: value for name, value in details.items() if value}
    for text in texts:
        wanted = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
        if wanted <= given.keys():
            return QCoreApplication.translate(CONTEXT, text).format_map(given)
    return ""


_UNKNOWN = Sentences(
    (QT_TRANSLATE_NOOP("error_text", "Something went wrong inside Pilotfish."),),
    (QT_TRANSLATE_NOOP("error_text", "Your notes are untouched. The log says more."),),
    Action.RETRY,
)

_STILL_THERE = QT_TRANSLATE_NOOP("error_text", "The old file is whole, and your text is still in the editor.")

_WORDS: Mapping[type, Sentences] = {
    errors.VaultMissing: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "There is no folder {path}."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another folder."),),
    ),
    errors.VaultNotAFolder: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "{path} is a file, not a folder."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another folder."),),
    ),
    errors.VaultUnreadable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The folder {path} may not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Check its permissions, or choose another folder."),),
    ),
    errors.NoteMissing: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is no longer there."),),
        (QT_TRANSLATE_NOOP("error_text", "It was deleted or moved elsewhere."),),
    ),
    errors.AttachmentMissing: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The file “{path}” is not in the vault."),
            QT_TRANSLATE_NOOP("error_text", "The file is not in the vault."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Put it there, or correct the link."),),
    ),
    errors.NoteNotText: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is not a text file."),),
        (QT_TRANSLATE_NOOP("error_text", "It is left as it is. Open it in the program that made it."),),
    ),
    errors.NoteTooLarge: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is too large to be opened here."),),
        (QT_TRANSLATE_NOOP("error_text", "It is left as it is. Splitting it would help."),),
    ),
    errors.NoteLeftOut: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is left out by your rules: nothing of it is sent."),),
        (QT_TRANSLATE_NOOP("error_text", "Rules are kept under Settings > Index, and in .pilotfishignore."),),
        Action.OPEN_SETTINGS,
    ),
    errors.NoteUnreadable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” may not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Check the file's permissions."),),
    ),
    errors.NoteChangedElsewhere: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” was changed by another program."),),
        (QT_TRANSLATE_NOOP("error_text", "Nothing was written. Compare the two versions and save again."),),
    ),
    errors.NoteNotSaved: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved."),
            QT_TRANSLATE_NOOP("error_text", "The note could not be saved."),
        ),
        (_STILL_THERE,),
    ),
    errors.IndexDamaged: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The index could not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "It is being rebuilt from your notes, which are untouched."),),
    ),
    errors.NotesNotRead: Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Your notes are being read for the first time; so far nothing speaks to this.",
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Ask again in a moment."),),
        Action.RETRY,
    ),
    errors.IndexUnavailable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The index cannot be kept on this disk."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Your notes are untouched. Free some space, or check its permissions."
            ),
        ),
        Action.RETRY,
    ),
    errors.EmbeddingUnavailable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "Search by meaning is not available; search by words works."),),
        (QT_TRANSLATE_NOOP("error_text", "Run “pilotfish doctor” to see why."),),
    ),
    errors.PromptError: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The prompt or scene could not be saved."),),
        (QT_TRANSLATE_NOOP("error_text", "Is the disk full, or may the vault not be written?"),),
        Action.RETRY,
    ),
    errors.PromptMissing: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "There is no prompt “{id}” any more."),
            QT_TRANSLATE_NOOP("error_text", "This prompt is no longer there."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose another one from the list."),),
    ),
    errors.PromptBroken: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{file}, line {line}: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "The prompt cannot be read."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Mend that line and save; the file is read again at once."),),
    ),
    errors.SessionsUnavailable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The conversations cannot be read or written at the moment."),),
        (QT_TRANSLATE_NOOP("error_text", "Your notes are untouched. Is the disk full or read-only?"),),
        Action.RETRY,
    ),
    errors.SessionMissing: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "This conversation is no longer there."),),
    ),
    errors.SettingsDamaged: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The settings could not be read."),),
        (
            QT_TRANSLATE_NOOP("error_text", "The file is kept as {kept}; the defaults are used."),
            QT_TRANSLATE_NOOP("error_text", "The defaults are used."),
        ),
    ),
    errors.EngineStopped: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The part of Pilotfish that reads your notes has stopped."),),
        (QT_TRANSLATE_NOOP("error_text", "It is being started again. Your notes are untouched."),),
        Action.RETRY,
    ),
    **document_errors.WORDS,
    **media_errors.WORDS,
    **model_errors.WORDS,
}

_BY_REASON: Mapping[tuple[type, str], Sentences] = {
    (errors.NoteNotSaved, "disk_full"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: the disk is full."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "The old file is whole, your text is still in the editor. Free some space and save again.",
            ),
        ),
    ),
    (errors.NoteNotSaved, "read_only"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: the disk is read-only."),),
        (_STILL_THERE,),
    ),
    (errors.NoteNotSaved, "denied"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” could not be saved: it may not be written."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Your text is still in the editor. Check the permissions of the file, then save again.",
            ),
        ),
    ),
    (errors.NoteNotSaved, "exists"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "There is already a file called “{path}”."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another name."),),
    ),
    (errors.NoteNotSaved, "bad_name"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” is not a name that this disk allows."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose another name."),),
    ),
    (errors.NoteNotSaved, "read_only_note"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{path}” can be read but not changed here."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Saving would change more of the file than your words, so it is left as it is."
            ),
        ),
    ),
    (errors.NoteNotSaved, "encoding"): Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "“{path}” could not be saved: its encoding {encoding} has no “{character}”."
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Save it as UTF-8, or take the character in line {line} out."),),
    ),
    (errors.NoteNotSaved, "backup"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "No backup of “{path}” could be made, so nothing was changed."),),
        (QT_TRANSLATE_NOOP("error_text", "Free some space and try again."),),
    ),
    **document_errors.BY_REASON,
    **media_errors.BY_REASON,
    **model_errors.BY_REASON,
}
