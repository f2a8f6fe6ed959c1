"""Sentences for pictures and recordings that a model was to see or hear; see `error_text`."""

from __future__ import annotations

from collections.abc import Mapping

from core import errors
from desktop.error_sentences import Action, Sentences
from desktop.theme.translation import QT_TRANSLATE_NOOP

_LEAVE_OUT = QT_TRANSLATE_NOOP("error_text", "Leave it out, or take another one.")

WORDS: Mapping[type, Sentences] = {
    errors.NoVisionModel: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "No model that sees pictures is set up."),),
        (QT_TRANSLATE_NOOP("error_text", "Choose one in the settings, or leave the pictures out."),),
        Action.OPEN_SETTINGS,
    ),
    errors.PicturesNotSeen: Sentences(
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
        Action.OPEN_SETTINGS,
    ),
    errors.NotAgreed: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "It was not sent to {host}: nobody has agreed to that."),
            QT_TRANSLATE_NOOP("error_text", "It was not sent: nobody has agreed to that."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Import it again and agree, or use a model on this machine."),),
        Action.OPEN_SETTINGS,
    ),
    errors.ImageRefused: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "“{name}” cannot go along."),
            QT_TRANSLATE_NOOP("error_text", "The picture cannot go along."),
        ),
        (_LEAVE_OUT,),
    ),
    errors.RecordingTooLarge: Sentences(
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
    (errors.ImageRefused, "size"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is larger than {most} MiB, which models do not take."),),
        (QT_TRANSLATE_NOOP("error_text", "Make it smaller, or take the part that matters."),),
    ),
    (errors.ImageRefused, "kind"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is no picture that models see: PNG, JPEG, GIF or WebP."),),
        (QT_TRANSLATE_NOOP("error_text", "Save it as one of these."),),
    ),
    (errors.ImageRefused, "unreadable"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "“{name}” is not there, or may not be read."),),
        (_LEAVE_OUT,),
    ),
    (errors.ImageRefused, "count"): Sentences(
        (QT_TRANSLATE_NOOP("error_text", "At most {most} pictures go along with a question."),),
        (QT_TRANSLATE_NOOP("error_text", "Take some out first."),),
    ),
}
