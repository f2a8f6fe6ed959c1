"""The line at the bottom: how far the index is, where the model runs, what today has cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStatusBar, QToolButton, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip

if TYPE_CHECKING:
    from core.engine.model import ModelState
    from core.index.model import IndexProgress
    from core.llm.chat import Tier


class StatusBar(QStatusBar):
    """Shows three facts, quietly.

    Signals:
        pause_requested: Indexing is to pause (True) or go on (False).
        details_requested: The person wants to know how the index stands.
        settings_requested: The person wants to see the models' settings.
    """

    pause_requested = Signal(bool)
    details_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_paused: bool | None = False  # None: perhaps, so that every wish is passed on
        self._states: dict[Tier, ModelState] = {}
        self._icons: dict[QToolButton, tuple[str, str]] = {}
        self.setSizeGripEnabled(False)
        self.index = self._item("indexStatus", self.tr("Index"))
        self.model = self._item("modelStatus", self.tr("Model"))
        self.cost = self._item("costStatus", self.tr("Cost today"))
        self.addWidget(self.index)
        self.addPermanentWidget(self.model)
        self.addPermanentWidget(self.cost)
        self.index.clicked.connect(self.details_requested)
        self.model.clicked.connect(self.settings_requested)
        self.cost.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._tint)
        self.show_no_vault()

    def show_no_vault(self) -> None:
        """Show that there is nothing to say yet."""
        self._states.clear()
        self._is_paused = False
        self._say(self.index, "layers", self.tr("No vault open"))
        self._say(self.model, "computer", "")
        self.show_cost(0.0)

    def show_starting(self) -> None:
        """Show that the engine is on its way; no engine starts paused."""
        self._is_paused = False
        self._say(self.index, "layers", self.tr("Reading your notes …"))

    def show_progress(self, progress: IndexProgress) -> None:
        """Show how far the index is: words first, meaning follows."""
        from core.index.model import Hold  # see `_special`

        self._is_paused = True if progress.hold is Hold.PAUSED else None  # the tray pauses too
        role = "warn" if progress.problem else "quiet"
        self._say(self.index, "warning" if progress.problem else "layers", self._words(progress), role=role)
        self.index.setToolTip(tooltip(progress.problem or progress.preparing or progress.current))

    def show_paused(self, paused: bool) -> None:
        """Pause or resume indexing, from wherever that is asked; told once to everybody."""
        if paused != self._is_paused:
            self._is_paused = paused
            self.pause_requested.emit(paused)

    def show_stopped(self, text: str) -> None:
        """Show that the engine has a problem."""
        self._say(self.index, "warning", text, role="warn")

    def show_model(self, state: ModelState) -> None:
        """Show where the models run: this machine, or the host that sees the text."""
        self._states[state.tier] = state
        hosts = sorted({s.place for s in self._states.values() if s.place not in ("", "local")})
        if hosts:
            self._say(self.model, "cloud", ", ".join(hosts))
        elif any(s.place and not s.demonstration for s in self._states.values()):
            self._say(self.model, "computer", self.tr("Local model"))
        elif any(s.place for s in self._states.values()):
            self._say(self.model, "computer", self.tr("Demonstration model"))
        else:
            self._say(self.model, "computer", self.tr("No model"))
        names = {s.model for s in self._states.values() if s.model}
        self.model.setToolTip(tooltip(", ".join(sorted(names)) or self.tr("Set up a model")))

    def show_cost(self, usd: float) -> None:
        """Show what today's answers cost, in US dollars."""
        self._say(self.cost, "coin", self.tr("Today: {cost} USD").format(cost=f"{usd:.2f}"))

    def _words(self, progress: IndexProgress) -> str:
        if progress.notes_done < progress.notes_total and not self._is_paused:
            return self.tr("Reading notes: {done} of {total}").format(
                done=progress.notes_done, total=progress.notes_total
            )
        if words := self._special(progress):
            return words
        if not progress.idle and progress.chunks_embedded < progress.chunks_total:
            return self.tr("Words are searchable; meaning: {done} of {total} passages").format(
                done=progress.chunks_embedded, total=progress.chunks_total
            )
        if not progress.idle:  # the notes of this run alone are counted until it is over
            return self.tr("Reading your notes …")
        return self.tr("Up to date: %n notes", "", progress.notes_total)

    def _special(self, progress: IndexProgress) -> str:
        """Why meaning does not follow now; empty where it does."""
        from core.index.model import Hold  # 8 ms with all that lies beside it, before the first paint

        if progress.problem:
            return self.tr("Search works by words only")
        if progress.preparing:
            return self.tr("Words are searchable; preparing search by meaning")
        if progress.hold is Hold.PAUSED:
            return self.tr("Indexing is paused")
        if progress.hold is Hold.BATTERY:
            return self.tr("Words are searchable; meaning waits for the plug")
        return ""

    def _item(self, name: str, spoken: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setProperty("status", True)
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleDescription(spoken)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _say(self, button: QToolButton, icon: str, text: str, *, role: str = "quiet") -> None:
        button.setText(text)
        button.setAccessibleName(f"{button.accessibleDescription()}: {text}")
        button.setVisible(bool(text))
        self._icons[button] = (icon, role)
        button.setIcon(self._theme.icon(icon, role=role))

    def _tint(self) -> None:
        for button, (icon, role) in self._icons.items():
            button.setIcon(self._theme.icon(icon, role=role))
