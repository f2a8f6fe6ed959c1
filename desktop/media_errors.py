"""Sentences for pictures and recordings that a model was to see or hear; `error_text` picks and translates.

Each entry is (sentences, hints); of several the first whose `{details}` core has given is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from core import errors
from desktop.document_errors import QT_TRANSLATE_NOOP, Sentences

_LEAVE_OUT = QT_TRANSLATE_NOOP("error_text", "Leave it out, or take another one.")

OF_MODELS: Mapping[type, Sentences] = {
    errors.NoVisionModel: (
        (QT_TRANSLATE_NOOP("error_text", "No model that sees pictures is set up."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose one in the settings, or leave the pictures out."),),
    ),
    errors.PicturesNotSeen: (
        (
            QT_TRANSLATE_NOOP("error_text", "{host} refused the pictures: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} refused the pictures."),
            QT_TRANSLATE_NOOP("error_text", "The provider refused the pictures."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Its model “{model}” may not see any. Choose another for pictures in the settings.",
            ),
            QT_TRANSLATE_NOOP(
                "error_text", "Its model may not see any. Choose another for pictures in the settings."
            ),
        ),
    ),
    errors.NotAgreed: (
        (
            QT_TRANSLATE_NOOP("error_text", "It was not sent to {host}: nobody has agreed to that."),
            QT_TRANSLATE_NOOP("error_text", "It was not sent: nobody has agreed to that."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Import it again and agree, or use a model on this machine."),),
    ),
}
"""Those that the settings help with."""

OF_FILES: Mapping[type, Sentences] = {
    errors.ImageRefused: (
        (
            QT_TRANSLATE_NOOP("error_text", "“{name}” cannot go along."),
            QT_TRANSLATE_NOOP("error_text", "The picture cannot go along."),
        ),
        (_LEAVE_OUT,),
    ),
    errors.RecordingTooLarge: (
        (
            QT_TRANSLATE_NOOP(
                "error_text", "The recording is larger than the {most} MiB that providers take at most."
            ),
            QT_TRANSLATE_NOOP("error_text", "The recording is larger than providers take."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Split it, or save it smaller, as MP3 or Opus."),),
    ),
}

BY_REASON: Mapping[tuple[type, str], Sentences] = {
    (errors.ImageRefused, "size"): (
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is larger than {most} MiB, which models do not take."),),
        (QT_TRANSLATE_NOOP("error_text", "Make it smaller, or take the part that matters."),),
    ),
    (errors.ImageRefused, "kind"): (
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is no picture that models see: PNG, JPEG, GIF or WebP."),),
        (QT_TRANSLATE_NOOP("error_text", "Save it as one of these."),),
    ),
    (errors.ImageRefused, "unreadable"): (
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is not there, or may not be read."),),
        (_LEAVE_OUT,),
    ),
    (errors.ImageRefused, "count"): (
        (QT_TRANSLATE_NOOP("error_text", "At most {most} pictures go along with a question."),),
        (QT_TRANSLATE_NOOP("error_text", "Take some out first."),),
    ),
}
