"""Looking at a rewrite before it takes the place of what was selected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.bridge.engine_bridge import EngineBridge
from desktop.theme.theme import Theme
from desktop.widgets.settle import settle_layout

if TYPE_CHECKING:
    from core.text.diff import Part
    from desktop.widgets.diff_view import DiffView

SMALL = 20
"""Characters of a single change, on either side, that need no second look."""


class Review(QWidget):
    """The place on a card where the changes of a rewrite are shown; takes no room otherwise.

    Signals:
        toggled: The changes appeared (True) or went away (False).
        decided: Carries the text to put in the place of the old one.
        refused: The person wants none of the changes.
    """

    toggled = Signal(bool)
    decided = Signal(str)
    refused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._diff: DiffView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether changes are shown."""
        return self._diff is not None

    def begin(self, parts: Sequence[Part]) -> None:
        """Show these changes and give them the keyboard."""
        from desktop.widgets.diff_view import DiffView

        self.end()
        diff = self._diff = DiffView(self._theme, self)
        self._column.addWidget(diff)
        diff.decided.connect(self._decide)
        diff.rejected.connect(self.refused)
        diff.dismissed.connect(self.end)
        self.show()
        diff.show_parts(parts)
        self.toggled.emit(True)
        settle_layout(diff)
        diff.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take every change that is not decided yet."""
        if self._diff is not None:
            self._diff.accept_rest()

    def end(self) -> None:
        """Show nothing any more."""
        if self._diff is None:
            return
        diff, self._diff = self._diff, None
        diff.hide()
        diff.deleteLater()
        self.hide()
        self.toggled.emit(False)
        settle_layout(self)

    def _decide(self, text: str) -> None:
        self.end()
        self.decided.emit(text)


class Reviewed(Protocol):
    """A card whose answer may replace a text."""

    review: Review

    def say_changed(self) -> None:
        """Say that the changes in sight are to what somebody else wrote there meanwhile."""

    def say_unchanged(self) -> None:
        """Say that both texts are the same."""


class Reviewer(QObject):
    """Lets a rewrite be looked at on its card, or goes ahead where there is little to see.

    Signals:
        decided: Carries the card and the text to put in the place of the old one.
    """

    decided = Signal(object, str)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked = object()

    def consider(self, card: Reviewed, old: str, new: str, *, always: bool = False) -> None:
        """Compare both texts in the engine, which knows the words; without it, character by character.

        Only the latest comparison counts: a second press means the same one, not another. With `always`
        even a small change is shown.
        """
        self.forget()
        if old == new:
            card.say_unchanged()
            return
        show = partial(self._show, card, self._asked, always)
        if self._bridge.attached:
            self._bridge.diff(old, new, done=show, failed=lambda _error: show(_plain_diff(old, new)))
        else:
            show(_plain_diff(old, new))

    def forget(self) -> None:
        """Let a comparison that is still to come change nothing: its card is of no interest any more."""
        self._asked = object()

    def _show(self, card: Reviewed, asked: object, always: bool, parts: tuple[Part, ...]) -> None:
        if asked is not self._asked:
            return
        self.forget()
        if is_small(parts) and not always:
            self.decided.emit(card, "".join(part.new for part in parts))
        else:
            card.review.begin(parts)
            if always:
                card.say_changed()


def is_small(parts: Sequence[Part]) -> bool:
    """Whether there is one short change only, with nothing in it that had to be looked at twice."""
    from core.text.unseen import findings

    old, new = "".join(part.old for part in parts), "".join(part.new for part in parts)
    changed = [part for part in parts if part.is_change]
    return len(changed) == 1 and _is_short(changed[0]) and not findings(new, known=old)


def _is_short(part: Part) -> bool:
    return max(len(part.old), len(part.new)) <= SMALL and "\n" not in part.old + part.new


def _plain_diff(old: str, new: str) -> tuple[Part, ...]:
    from core.text.diff import diff

    return diff(old, new)
