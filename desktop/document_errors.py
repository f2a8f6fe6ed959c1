"""Sentences for documents that could not be imported; `error_text` picks and translates them."""

from __future__ import annotations

from collections.abc import Mapping

from core import errors
from desktop.error_sentences import Sentences
from desktop.theme.translation import QT_TRANSLATE_NOOP

_GET_ANEW = QT_TRANSLATE_NOOP("error_text", "Fetch it again from where it came, and import it anew.")
_SPLIT = QT_TRANSLATE_NOOP("error_text", "Split it, or export the part you need, and import that.")
_SAVE_AS = QT_TRANSLATE_NOOP("error_text", "Save it as PDF, DOCX, HTML or plain text, and import that.")
_UNLOCK = QT_TRANSLATE_NOOP(
    "error_text", "Save a copy without the password in the program that made it, and import the copy."
)

WORDS: Mapping[type, Sentences] = {
    errors.DocumentError: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The document could not be imported."),),
        (QT_TRANSLATE_NOOP("error_text", "The file is untouched."),),
    ),
    errors.DocumentUnreadable: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The file is not there, or may not be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Check its name and permissions, then import it again."),),
    ),
    errors.DocumentUnsupported: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "This kind of file cannot be read, so nothing was imported."),),
        (_SAVE_AS,),
    ),
    errors.DocumentLocked: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is protected by a password, so nothing of it was read."),),
        (_UNLOCK,),
    ),
    errors.DocumentDamaged: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is damaged or incomplete, so nothing of it was read."),),
        (_GET_ANEW,),
    ),
    errors.DocumentUnsafe: Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "It is built like an attack on the program that opens it, so it was not opened."
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Delete it if you do not know where it came from."),),
    ),
    errors.DocumentTooLarge: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is too large to be read safely."),),
        (_SPLIT,),
    ),
    errors.DocumentTooSlow: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It took too long to read and was given up."),),
        (_SPLIT,),
    ),
    errors.DocumentWithoutText: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "There are no words in it that could be searched."),),
        (QT_TRANSLATE_NOOP("error_text", "Import a version that has text."),),
    ),
    errors.DocumentMissing: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "There is no imported document “{name}” any more."),
            QT_TRANSLATE_NOOP("error_text", "There is no such imported document any more."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Import the file again."),),
    ),
    errors.DocumentNotStored: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "Its text could not be stored on this disk."),),
        (QT_TRANSLATE_NOOP("error_text", "Check the disk, then import it again."),),
    ),
}

BY_REASON: Mapping[tuple[type, str], Sentences] = {
    (errors.DocumentUnsupported, "archive"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is a packed archive, so nothing was imported."),),
        (QT_TRANSLATE_NOOP("error_text", "Unpack it, and import the files inside."),),
    ),
    (errors.DocumentUnsupported, "old_office"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is in an old Office format that cannot be read."),),
        (QT_TRANSLATE_NOOP("error_text", "Save it in the present format (.xlsx, .pptx), and import that."),),
    ),
    (errors.DocumentDamaged, "empty"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The file is empty: there is nothing to read."),),
        (_GET_ANEW,),
    ),
    (errors.DocumentDamaged, "content"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It does not hold what its name says, so nothing of it was read."),),
        (_GET_ANEW,),
    ),
    (errors.DocumentLocked, "drm"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is protected against copying, so nothing of it was read."),),
        (QT_TRANSLATE_NOOP("error_text", "Import a copy without that protection."),),
    ),
    (errors.DocumentWithoutText, "scan"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is a picture, and no text recognition is installed."),),
        (QT_TRANSLATE_NOOP("error_text", "Install it with “pip install rapidocr”, then import it again."),),
    ),
    (errors.DocumentWithoutText, "picture"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is a picture, and no words were found in it."),),
        (QT_TRANSLATE_NOOP("error_text", "A sharper or larger picture may help."),),
    ),
    (errors.DocumentWithoutText, "speech"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "It is a recording, and no speech recognition is set up."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Choose a model for recordings in the settings, or import a transcript as text."
            ),
        ),
    ),
    (errors.DocumentNotStored, "disk_full"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "The disk is full, so its text was not stored."),),
        (QT_TRANSLATE_NOOP("error_text", "Free some space, then import it again."),),
    ),
}
