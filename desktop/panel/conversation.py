"""The column of answers. It grows downwards and never scrolls by itself, with two exceptions the person asks
for: a new request is brought to the top, and whoever has scrolled to the end stays there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.panel.card import Card
from desktop.theme.theme import Theme

_MARGIN = 8
GUTTER = 12
"""Room right of the cards, where the scroll bar stands: the text keeps its width when the bar appears."""


class Conversation(QScrollArea):
    """Scrolls the answer cards of this session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[Card] = []
        self._pinned: Card | None = None
        self._following = False
        self.setObjectName("conversation")
        self.setAccessibleName(self.tr("Answers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._content = QWidget(self)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, GUTTER, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self._column.addStretch()
        self.setWidget(self._content)
        self._jump = self._jump_button()
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._update_jump)
        bar.actionTriggered.connect(self._scrolled_by_person)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def cards(self) -> list[Card]:
        """The cards, oldest first."""
        return list(self._cards)

    def add(self, card: Card) -> None:
        """Put a card at the end and bring it to the top of the view, with room below for its answer."""
        for other in self._cards:
            other.set_latest(False)
        card.set_latest(True)
        self._cards.append(card)
        self._column.insertWidget(self._column.count() - 1, card)
        card.installEventFilter(self)
        card.show()
        self._following, self._pinned = False, card
        self._column.activate()
        self._settle()

    def clear(self) -> None:
        """Remove every card."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards.clear()
        self._pinned, self._following = None, False
        self._content.setMinimumHeight(0)

    def scroll_to_end(self) -> None:
        """Show the end of the last answer, and stay there while it grows."""
        self._following, self._pinned = True, None
        self._settle()

    def _settle(self) -> None:
        """Keep a screenful below the head of the last card, so that its growth moves nothing, and stand
        where the person wants to be: at a new request, at the end, or wherever they scrolled to."""
        bar = self.verticalScrollBar()
        if self._cards:
            self._content.setMinimumHeight(self._cards[-1].y() + self.viewport().height())
        if self._following:
            bar.setValue(bar.maximum())
        elif self._pinned is not None:
            bar.setValue(self._pinned.y())
        self._update_jump()

    def _scrolled_by_person(self, _action: int = 0) -> None:
        """From now on the view stays where it is, or at the end if that is where they went."""
        bar = self.verticalScrollBar()
        self._pinned = None
        self._following = bar.sliderPosition() >= bar.maximum()

    def _range_changed(self, _least: int, most: int) -> None:
        right = GUTTER - (self.verticalScrollBar().sizeHint().width() if most > 0 else 0)
        self._column.setContentsMargins(0, 0, right, _MARGIN)
        self._settle()

    def _jump_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("jumpButton")
        button.setAccessibleName(self.tr("Go to the end"))
        button.setToolTip(self.tr("Go to the end"))
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(self.scroll_to_end)
        button.hide()
        return button

    def _update_jump(self) -> None:
        hidden_below = 0
        if self._cards:
            last = self._cards[-1]
            hidden_below = (
                last.y() + last.height() - self.verticalScrollBar().value() - self.viewport().height()
            )
        self._jump.setVisible(hidden_below > _MARGIN and not self._following)
        size = self._jump.sizeHint()
        self._jump.move(
            self.width() - size.width() - GUTTER - _MARGIN, self.height() - size.height() - _MARGIN
        )

    def _dress(self) -> None:
        self._jump.setIcon(self._theme.icon("chevron-down"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again at what is where when a card has grown or moved."""
        if watched in self._cards and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._settle()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel upwards leaves the end; turning it down at the end stays there."""
        super().wheelEvent(event)
        bar = self.verticalScrollBar()
        self._pinned = None
        self._following = event.angleDelta().y() < 0 and bar.value() >= bar.maximum()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the reserved room in step with the view."""
        super().resizeEvent(event)
        self._settle()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab scrolls to what it reaches: stay there."""
        self._pinned, self._following = None, False
        return super().focusNextPrevChild(forward)
