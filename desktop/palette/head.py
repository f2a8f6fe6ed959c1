"""The upper part of quick-ask: the question, who answers, and what goes along with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.engine.model import ModelState
from core.llm.chat import LOCAL, Tier
from desktop.palette.pins import Pins
from desktop.palette.question_field import QuestionField
from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.plain_text import button_text, tooltip

_EXCERPT = 60


class Head(QWidget):
    """Takes a question and its circumstances.

    Signals:
        ask_requested: The button asks, or stops what is under way.
        take_requested: The person wants what is selected elsewhere to go along, or no longer.
        prompt_dropped: The person does not want the prompt that is chosen.
    """

    ask_requested = Signal()
    take_requested = Signal()
    prompt_dropped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._models: dict[Tier, ModelState] = {}
        self._busy = False
        self.told: Callable[[str], str] = str
        """Puts the keys that are in force into words that mention those that ship."""
        self.taken = ""
        """The text from elsewhere that goes along; empty for none."""
        self._glass = QLabel(self)
        self.prompt_chip = QPushButton(self)
        self.prompt_chip.setObjectName("quickPrompt")
        self.prompt_chip.setProperty("pill", True)
        self.prompt_chip.setCheckable(True)
        self.prompt_chip.hide()
        self.field = QuestionField(self)
        self.tier_button = QPushButton(self)
        self.tier_button.setObjectName("quickTier")
        self.tier_button.setProperty("pill", True)
        self.tier_button.setCheckable(True)
        self.ask_button = QToolButton(self)
        self.ask_button.setObjectName("quickSend")
        self.ask_button.setProperty("flat", True)
        self.ask_button.setIconSize(QSize(20, 20))
        self.take_button = QPushButton(self)
        self.take_button.setObjectName("quickContext")
        self.take_button.setProperty("chip", True)
        self.take_button.setCheckable(True)
        self.pins = Pins(theme, self)
        self._model = ElidedLabel(self)
        self._model.setProperty("quiet", True)
        self._model.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.tier_button.toggled.connect(self.refresh)
        self.ask_button.clicked.connect(self.ask_requested)
        self.take_button.clicked.connect(self.take_requested)
        self.prompt_chip.clicked.connect(self.prompt_dropped)
        theme.changed.connect(self.refresh)
        self.refresh()

    @property
    def tier(self) -> Tier:
        """Which of the two models is asked."""
        return Tier.PRECISE if self.tier_button.isChecked() else Tier.FAST

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self._models[state.tier] = state
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Let the button stop the answer, or ask."""
        self._busy = busy
        self.refresh()

    def take(self, text: str) -> None:
        """Let this text go along; "" for none."""
        self.taken = text
        self.refresh()

    def show_prompt(self, title: str) -> None:
        """Show which prompt will be run; "" for a question."""
        self.prompt_chip.setVisible(bool(title))
        self.prompt_chip.setChecked(True)
        self.prompt_chip.setText(button_text(title))
        self.prompt_chip.setAccessibleName(self.tr("Prompt: {name}").format(name=title))
        self.field.show_prompt(title)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._glass)
        line.addWidget(self.prompt_chip)
        line.addWidget(self.field, 1)
        line.addWidget(self.tier_button)
        line.addWidget(self.ask_button)
        along = QHBoxLayout()
        along.setSpacing(12)
        along.addStrut(self.pins.sizeHint().height())  # a note that is taken along moves nothing
        along.addWidget(self.take_button)
        along.addWidget(self.pins, 2)
        along.addWidget(self._model, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(along)

    def refresh(self) -> None:
        """Show everything as it is."""
        self._glass.setPixmap(self._theme.icon("search", role="quiet").pixmap(20, 20))
        precise = self.tier_button.isChecked()
        self.tier_button.setText(self.tr("More precise") if precise else self.tr("Faster"))
        self.tier_button.setAccessibleName(self.tr("Model: {tier}").format(tier=self.tier_button.text()))
        self.tier_button.setToolTip(self.told(self.tr("Switch the model (Ctrl+Shift+M)")))
        self.prompt_chip.setToolTip(self.told(self.tr("Ask a question instead (Esc)")))
        self.ask_button.setIcon(self._theme.icon("stop" if self._busy else "send", role="accent"))
        name = self.tr("Stop") if self._busy else self.tr("Ask")
        self.ask_button.setAccessibleName(name)
        self.ask_button.setToolTip(name if self._busy else self.tr("Ask (Enter)"))
        self._show_taken()
        self._show_model()

    def _show_taken(self) -> None:
        self.take_button.setChecked(bool(self.taken))
        excerpt = " ".join(self.taken.split())
        if len(excerpt) > _EXCERPT:
            excerpt = excerpt[:_EXCERPT].rstrip() + "…"
        with_it = self.tr("With “{text}”").format(text=excerpt)
        text = with_it if self.taken else self.told(self.tr("Take the selection along (Ctrl+T)"))
        self.take_button.setText(button_text(text))
        self.take_button.setAccessibleName(text)
        hint = self.tr("What is selected or copied in the other program goes along with the question")
        self.take_button.setToolTip(tooltip(self.taken[:1000]) if self.taken else hint)

    def _show_model(self) -> None:
        state = self._models.get(self.tier)
        if state is None:
            self._model.setText("")
        elif state.demonstration:
            self._model.setText(self.tr("Demonstration model, on this machine"))
        elif not state.place:
            self._model.setText(self.tr("No model: answers in quotes"))
        elif state.place == LOCAL:
            self._model.setText(self.tr("{model}, on this machine").format(model=state.model))
        else:
            self._model.setText(self.tr("{model}, at {host}").format(model=state.model, host=state.place))
