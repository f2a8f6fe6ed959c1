"""Why a file is not indexed, and why changes show up late, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.vault.model import SkipKind, Skipped, WatchTrouble
from desktop.theme.translation import QT_TRANSLATE_NOOP

CONTEXT = "skip_words"


_WORDS = {
    SkipKind.ORG: QT_TRANSLATE_NOOP("skip_words", "An Org file; only Markdown is read"),
    SkipKind.LINK_OUT: QT_TRANSLATE_NOOP("skip_words", "A link that leads out of the vault or nowhere"),
    SkipKind.LINK_IN: QT_TRANSLATE_NOOP("skip_words", "A link to a note that is read in its own place"),
    SkipKind.NAME: QT_TRANSLATE_NOOP("skip_words", "Its name is not valid Unicode; rename it"),
    SkipKind.SIZE: QT_TRANSLATE_NOOP("skip_words", "Too large; split it, or raise the limit in the settings"),
    SkipKind.UNREADABLE: QT_TRANSLATE_NOOP("skip_words", "It may not be read; check its permissions"),
    SkipKind.FOLDER: QT_TRANSLATE_NOOP("skip_words", "A folder that may not be read; check its permissions"),
    SkipKind.NOT_TEXT: QT_TRANSLATE_NOOP("skip_words", "Not a text file, whatever its name says"),
    SkipKind.TAG: QT_TRANSLATE_NOOP("skip_words", "It carries a tag that you leave out"),
    SkipKind.POISON: QT_TRANSLATE_NOOP("skip_words", "Something in it trips up Pilotfish; the log says more"),
}


_TROUBLES = {
    WatchTrouble.GONE: QT_TRANSLATE_NOOP("skip_words", "The folder is not there at the moment."),
    WatchTrouble.REMOTE: QT_TRANSLATE_NOOP(
        "skip_words", "This is a network folder; what others change shows up within 30 seconds."
    ),
    WatchTrouble.LIMIT: QT_TRANSLATE_NOOP(
        "skip_words",
        "The system watches only some of the folders, so changes may show up 30 seconds late. "
        "Raise fs.inotify.max_user_watches.",
    ),
    WatchTrouble.REFUSED: QT_TRANSLATE_NOOP(
        "skip_words", "The system cannot watch this folder; it is looked at every 30 seconds instead."
    ),
}


def word_trouble(trouble: WatchTrouble) -> str:
    """Return why changes may be noticed late, translated; empty where they are not."""
    return QCoreApplication.translate(CONTEXT, _TROUBLES[trouble]) if trouble in _TROUBLES else ""


def is_by_rule(skipped: Skipped) -> bool:
    """Whether nothing is wrong with the file: of its kind none is indexed."""
    return skipped.kind in (SkipKind.ORG, SkipKind.TAG, SkipKind.LINK_IN)


def word_skip(skipped: Skipped) -> str:
    """Return the reason, translated where its kind is known, else as core worded it."""
    if skipped.kind not in _WORDS:
        return skipped.reason
    return QCoreApplication.translate(CONTEXT, _WORDS[skipped.kind])
