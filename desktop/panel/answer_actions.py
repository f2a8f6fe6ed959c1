"""What can be done with an answer: words for the usual ways, icons for the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.panel.flow_layout import FlowLayout
from desktop.theme.theme import Theme
from desktop.widgets.dressing import icon_button, show_as

INSERT, REPLACE, APPEND, NEW_NOTE = "insertButton", "replaceButton", "appendButton", "newNoteButton"
_ICONS = {
    "polishButton": "spark",
    APPEND: "append",
    NEW_NOTE: "note-new",
    "copyButton": "copy",
    "branchButton": "merge",
    "sentButton": "eye",
    "goodButton": "thumb-up",
    "badButton": "thumb-down",
}


class AnswerActions(QWidget):
    """The buttons under an answer; their room is kept from the start, so that nothing jumps.

    Args:
        has_selection: something was selected that an answer could replace.
        prefers: name of the button that is the primary one where it is possible, else insert is.
        polishes: whether a result can be worked on further.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        has_selection: bool,
        prefers: str = INSERT,
        polishes: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._prefers = prefers if has_selection or prefers != REPLACE else INSERT
        self._primary = False
        self.insert_button = self._worded(INSERT, self.tr("Insert"))
        self.replace_button = self._worded(REPLACE, self.tr("Replace"))
        self.more_button = self._worded("moreButton", self.tr("More"))
        self.polish_button = icon_button("polishButton", self.tr("Polish further"), self)
        self.append_button = icon_button(APPEND, self.tr("Append to the note"), self)
        self.note_button = icon_button(NEW_NOTE, self.tr("Make it a new note"), self)
        self.copy_button = icon_button("copyButton", self.tr("Copy"), self)
        self.branch_button = icon_button(
            "branchButton", self.tr("Go on from here in a new conversation"), self
        )
        self.branch_button.hide()
        self.sent_button = icon_button("sentButton", self.tr("What was sent"), self)
        self.good_button = icon_button("goodButton", self.tr("Good answer"), self)
        self.bad_button = icon_button("badButton", self.tr("Bad answer"), self)
        for button in (self.good_button, self.bad_button):
            button.setCheckable(True)
        self.replace_button.setVisible(has_selection)
        self.polish_button.setVisible(polishes)
        self._lay_out()
        self._explain()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def prefers_replace(self) -> bool:
        """Whether putting the text in the place of the selection is what it is for."""
        return self._prefers == REPLACE

    @property
    def _takers(self) -> Sequence[QAbstractButton]:
        """The buttons that need a text."""
        return (self.insert_button, self.append_button, self.note_button, self.copy_button)

    def set_primary(self, primary: bool) -> None:
        """Give the row its one primary button, or none."""
        self._primary = primary
        self._mark_primary()

    def enable(self, *, insert: bool, replace: bool, again: bool, judge: bool = False) -> None:
        """Say what is possible now."""
        for button in (*self._takers, self.polish_button):
            button.setEnabled(insert)
        self.replace_button.setEnabled(replace)
        self.more_button.setEnabled(again)
        for thumb in (self.good_button, self.bad_button, self.sent_button):
            thumb.setEnabled(judge)
        self._mark_primary()

    def allow_branch(self, allowed: bool) -> None:
        """Say whether the answer is a message of a conversation, from which another can go on."""
        self.branch_button.setEnabled(allowed)

    def explain_insert(self, extra: str) -> None:
        """Say more about what becomes of the text when it is inserted."""
        self.insert_button.setToolTip(f"{self.tr('Insert at the cursor (Ctrl+Enter)')}\n{extra}")

    def show_vote(self, good: bool | None) -> None:
        """Show which thumb was given, if any."""
        self.good_button.setChecked(good is True)
        self.bad_button.setChecked(good is False)

    def _mark_primary(self) -> None:
        """The preferred button, unless what it does is impossible and inserting is not."""
        insert_only = self.insert_button.isEnabled() and not self.replace_button.isEnabled()
        chosen = REPLACE if self._prefers == REPLACE and not insert_only else INSERT
        for button in (self.insert_button, self.replace_button):
            is_primary = self._primary and button.objectName() == chosen
            show_as(button, "primary", is_primary)

    def _worded(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _lay_out(self) -> None:
        words, icons = QWidget(self), QWidget(self)
        left, right = QHBoxLayout(words), QHBoxLayout(icons)
        for button in (self.insert_button, self.replace_button, self.more_button):
            left.addWidget(button)
        drawn = (self.polish_button, self.append_button, self.note_button, self.copy_button,
                 self.branch_button, self.sent_button, self.good_button, self.bad_button)  # fmt: skip
        for tool in drawn:
            right.addWidget(tool)
        for row, gap in ((left, 6), (right, 2)):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
        flow = FlowLayout(self, gap=6, spread=True)
        flow.addWidget(words)
        flow.addWidget(icons)

    def _explain(self) -> None:
        self.insert_button.setToolTip(self.tr("Insert at the cursor (Ctrl+Enter)"))
        self.replace_button.setToolTip(self.tr("Replace what was selected when you asked (Ctrl+Shift+Enter)"))
        self.more_button.setToolTip(self.tr("Ask the same again for another answer"))
        self.copy_button.setToolTip(self.tr("Copy as Markdown, as it would be inserted"))
        self.polish_button.setToolTip(self.tr("Polish this one further: say what should be different"))

    def _dress(self) -> None:
        for name, icon in _ICONS.items():
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(self._theme.icon(icon))
