"""Every error that core raises on purpose.

    PilotfishError
    ├── UsageError              the call itself makes no sense (exit status 2)
    │   └── ImageRefused        an image that cannot go along with a question
    ├── VaultError              VaultMissing, VaultNotAFolder, VaultUnreadable
    ├── NoteError               NoteMissing, NoteNotText, NoteTooLarge, NoteUnreadable,
    │                           NoteChangedElsewhere, NoteNotSaved, NoteLeftOut, AttachmentMissing
    ├── DocumentError           DocumentUnreadable, DocumentUnsupported, DocumentLocked, DocumentDamaged,
    │                           DocumentUnsafe, DocumentTooLarge, DocumentTooSlow, DocumentWithoutText,
    │                           DocumentMissing, DocumentNotStored
    ├── IndexDamaged            the index cannot be read; it is rebuilt from the notes
    ├── IndexUnavailable        the index is whole but cannot be used now (disk full, no permission, busy)
    ├── NotesNotRead            the vault is being read for the first time; nothing was found so far
    ├── EmbeddingUnavailable    the embedding model cannot be prepared or has died
    │   └── TextNotEmbedded     one text that the model cannot take; the others are fine
    ├── ModelError              ModelUnreachable, ModelTimedOut, ModelUnknown, ProviderFailed,
    │   │                       AnswerMalformed, AnswerWithheld, AnswerEmpty, OfflineMode, AddressNotSecure,
    │   │                       CapReached, RecordingTooLarge, NotAgreed
    │   ├── KeyRefused          AccessRefused
    │   ├── NoModel             NoVisionModel
    │   ├── RateLimited         CreditUsedUp
    │   └── RequestRefused      PicturesNotSeen, RequestTooLong
    ├── PromptError             PromptMissing, PromptBroken (at `details["file"]` and `details["line"]`)
    ├── SessionsUnavailable     the file of sessions and traces cannot be used
    ├── SessionMissing          there is no such session or message
    ├── SettingsDamaged         the settings file cannot be read; it was set aside
    └── EngineStopped           the engine process ended

`str(error)` is one plain sentence, shown where desktop has no translation for the type; `hint` says what
to do. `details` carries the values that a translated sentence needs. All of it survives pickling, because
errors cross from the engine process to the window.
"""

from __future__ import annotations


class PilotfishError(Exception):
    """Base class of everything core raises on purpose."""

    hint = ""

    def __init__(self, message: str = "", **details: str) -> None:
        super().__init__(message or (type(self).__doc__ or "").splitlines()[0])
        self.details = details


class UsageError(PilotfishError):
    """The command or its options make no sense together."""


class ImageRefused(UsageError):
    """The image cannot go along with a question."""


class VaultError(PilotfishError):
    """The vault cannot be used."""

    hint = "Choose another folder."


class VaultMissing(VaultError):
    """There is no such folder."""


class VaultNotAFolder(VaultError):
    """The vault must be a folder; this is a file."""


class VaultUnreadable(VaultError):
    """The folder may not be read."""

    hint = "Check the folder's permissions, or choose another one."


class NoteError(PilotfishError):
    """A note cannot be read or written."""


class NoteMissing(NoteError):
    """There is no such note."""


class AttachmentMissing(NoteError):
    """A note links to a file that is not in the vault."""

    hint = "Put the file into the vault, or correct the link."


class NoteNotText(NoteError):
    """The file is not text in any encoding that could be told."""

    hint = "It is left as it is. Open it in the program that made it."


class NoteTooLarge(NoteError):
    """The note is too large to be opened or indexed."""

    hint = "It is left as it is. Split it, or exclude it under Settings > Index."


class NoteLeftOut(NoteError):
    """The person's rules leave the note out, so it goes to no model."""

    hint = "Rules are kept under Settings > Index > Left out, and in .pilotfishignore."


class NoteUnreadable(NoteError):
    """The file may not be read."""

    hint = "Check the file's permissions."


class NoteChangedElsewhere(NoteError):
    """The file on disk is no longer the one that was read."""

    hint = "Nothing was written. Compare the two versions and save again."


class NoteNotSaved(NoteError):
    """The note could not be written; the old file is whole and the new text is still in the editor."""

    hint = "Free some space or choose another place, then save again."


class DocumentError(PilotfishError):
    """A document could not be imported; the file itself is never touched."""

    hint = "The others are imported all the same."


class DocumentUnreadable(DocumentError):
    """There is no such file, or it may not be read."""

    hint = "Check its name and permissions, then import it again."


class DocumentUnsupported(DocumentError):
    """It is no kind of document that can be read."""

    hint = "Save it as PDF, DOCX, HTML or plain text, and import that."


class DocumentLocked(DocumentError):
    """It is protected by a password, so nothing of it was read."""

    hint = "Save a copy without the password in the program that made it, and import the copy."


class DocumentDamaged(DocumentError):
    """It is damaged or incomplete, so nothing of it was read."""

    hint = "Fetch it again from where it came, and import it anew."


class DocumentUnsafe(DocumentError):
    """It is built like an attack on the program that opens it, so it was not opened."""

    hint = "Delete it if you do not know where it came from."


class DocumentTooLarge(DocumentError):
    """It is too large to be read safely."""

    hint = "Split it, or export the part you need, and import that."


class DocumentTooSlow(DocumentError):
    """It took too long to read and was given up."""

    hint = "Split it, or export it as plain text, and import that."


class DocumentWithoutText(DocumentError):
    """There is nothing in it that can be searched."""

    hint = "Import a version that has text."


class DocumentMissing(DocumentError):
    """There is no such imported document."""

    hint = "Import the file again."


class DocumentNotStored(DocumentError):
    """Its text could not be stored."""

    hint = "Free some space, then import it again."


class IndexDamaged(PilotfishError):
    """The index cannot be read."""

    hint = "It is rebuilt from your notes, which are untouched."


class IndexUnavailable(PilotfishError):
    """The index cannot be used at the moment."""

    hint = "Your notes are untouched. Free some space or check the folder's permissions, then try again."


class NotesNotRead(PilotfishError):
    """The notes are still being read for the first time, and those read so far say nothing about this."""

    hint = "Ask again in a moment."


class EmbeddingUnavailable(PilotfishError):
    """The embedding model cannot be used, so search works by words alone."""

    hint = "Run `pilotfish doctor` to see why."


class TextNotEmbedded(EmbeddingUnavailable):
    """The embedding model cannot take this text, so it is found by its words alone."""

    hint = "The note is left as it is; the rest of the vault is not affected."


class ModelError(PilotfishError):
    """A language model did not answer as it should."""


class ModelUnreachable(ModelError):
    """Nothing answers at the configured address."""

    hint = "Start the model server, or change its address under Settings > Models."


class ModelTimedOut(ModelError):
    """The model server stopped answering."""

    hint = "Try again, or choose another model under Settings > Models."


class KeyRefused(ModelError):
    """The provider refused the key."""

    hint = "Check the key under Settings > Models."


class AccessRefused(KeyRefused):
    """The provider knows the key, but does not allow this with it."""

    hint = "Check the account at the provider, or choose another one under Settings > Models."


class ModelUnknown(ModelError):
    """The provider does not know this model."""

    hint = "Choose another model under Settings > Models."


class RateLimited(ModelError):
    """The provider asks to wait: too many requests, or the quota is used up."""

    hint = "Wait a moment and try again, or choose another model."


class CreditUsedUp(RateLimited):
    """The account at the provider has nothing left to pay with."""

    hint = "Add credit there, or choose another model under Settings > Models."


class RequestRefused(ModelError):
    """The provider refused the request."""

    hint = "Read what the provider says, and change the request or the model."


class RequestTooLong(RequestRefused):
    """The request is longer than the model can take in."""

    hint = "Send less along, or choose a model that takes in more."


class PicturesNotSeen(RequestRefused):
    """The provider refused a request with pictures; its model may not see any."""

    hint = "Choose a model that sees pictures under Settings > Models."


class ProviderFailed(ModelError):
    """The provider has a trouble of its own."""

    hint = "Try again in a moment, or choose another model."


class AnswerMalformed(ModelError):
    """What came back is not an answer of an OpenAI-compatible server."""

    hint = "Check the base URL: a login page or another service may be answering there."


class AnswerWithheld(ModelError):
    """The provider's content filter stopped the request or the answer."""

    hint = "Put the request differently, or choose another model."


class AnswerEmpty(ModelError):
    """The model ended without a word."""

    hint = "Try again, or choose another model."


class NoModel(ModelError):
    """No language model is set up."""

    hint = "Answers come as quotes from your notes. Set up a model under Settings > Models."


class NoVisionModel(NoModel):
    """No model that sees pictures is set up."""

    hint = "Choose one under Settings > Models, or leave the pictures out."


class OfflineMode(ModelError):
    """PILOTFISH_OFFLINE forbids connections that leave this machine."""

    hint = "Unset PILOTFISH_OFFLINE, or choose a model on this machine."


class AddressNotSecure(ModelError):
    """The address is not encrypted and leads to another machine."""

    hint = "Use an https:// address, or allow plain http for this provider under Settings > Models."


class CapReached(ModelError):
    """The month's spending limit is reached."""

    hint = "Raise the limit under Settings > Cost, or use a model on this machine."


class RecordingTooLarge(ModelError):
    """The recording is larger than providers take."""

    hint = "Split it, or save it smaller, as MP3 or Opus."


class NotAgreed(ModelError):
    """A recording would go to a provider, and nobody has agreed to that."""

    hint = "Agree to it, or use a model on this machine."


class PromptError(PilotfishError):
    """A prompt or scene cannot be used."""


class PromptMissing(PromptError):
    """There is no such prompt or scene."""

    hint = "`pilotfish prompts list` names them all."


class PromptBroken(PromptError):
    """The file of a prompt or scene cannot be read."""

    hint = "Mend the line that is named; the file is read again when it is saved."


class SessionsUnavailable(PilotfishError):
    """The file of sessions and traces cannot be used at the moment."""

    hint = "Your notes are untouched. Free some space or check the folder's permissions, then try again."


class SessionMissing(PilotfishError):
    """There is no such session or message."""


class SettingsDamaged(PilotfishError):
    """The settings file cannot be read; it was set aside and the defaults are used."""


class EngineStopped(PilotfishError):
    """The engine process ended; it is started again."""
