"""Where the panel's requests see a note, and where their results go: the editor, or the note's file."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.assist.model import NoteContext


class WritingPlace(QObject):
    """A note to work on. The anchor that goes with a context is opaque to everybody else.

    Signals:
        changed: `context` may say something else now.
        replaced: A replacement was made, in sight of the person.
        done: Something was put into a note that is not in sight; carries the sentence that says so.
        replace_refused: The text to be replaced is no longer what it was; nothing was changed.
        differs: What stands there is not what it was, so both are to be looked at; carries an anchor for what
            stands there now, its text, and the text that is wanted in its place.
        failed: Nothing was changed; carries why.
        note_made: A new note was written; carries its path.
    """

    changed = Signal()
    replaced = Signal()
    done = Signal(str)
    replace_refused = Signal()
    differs = Signal(object, str, str)
    failed = Signal(object)
    note_made = Signal(str)

    # Every place answers all of these. `abc` cannot say so: a QObject has a metaclass of its own.

    def context(self) -> tuple[NoteContext, object] | None:
        """Return what a request sees and the anchor of the place it belongs to; None without a note."""
        raise NotImplementedError

    def owns(self, anchor: object) -> bool:
        """Whether an anchor was given out here."""
        raise NotImplementedError

    def select_block(self) -> None:
        """Select the block that is worked in, where nothing is selected."""
        raise NotImplementedError

    def insert(self, anchor: object, text: str) -> None:
        """Insert at the anchor, or without one where the work is now."""
        raise NotImplementedError

    def append(self, text: str) -> None:
        """Add a paragraph at the end of the note."""
        raise NotImplementedError

    def replace(self, anchor: object, text: str) -> None:
        """Replace the anchor's text, unless it has changed."""
        raise NotImplementedError

    def new_note(self, title: str, text: str) -> None:
        """Write a note of its own beside this one, named by its title."""
        raise NotImplementedError
