"""The companion in this program: the panel goes into a window of its own, and comes back.

While it is out, the panel works on the note that was saved last by whatever editor, not on the one in ours.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence

from core.engine.model import NotesChanged
from desktop.companion.docking import DockMemory
from desktop.panel_desk import PanelDesk, Surroundings
from desktop.theme.theme import Theme
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.key_places import KeyPlace, note_place
from desktop.widgets.message_bar import Choice
from desktop.windows.main_window import MainWindow
from desktop.windows.window_state import WindowState

if TYPE_CHECKING:
    from desktop.companion.file_place import FilePlace
    from desktop.companion.follower import Follower
    from desktop.companion.window import Companion


class CompanionDesk(QObject):
    """Takes the panel out of the main window and puts it back.

    Everything of the companion is made when it is first opened. For somebody who has used it before, saves
    are followed from the start: what was written just before it is opened is what it begins with.

    Signals:
        made: There is a window; carries it.
    """

    made = Signal(object)

    def __init__(
        self,
        seat: PanelDesk,
        around: Surroundings,
        window: MainWindow,
        *,
        theme: Theme,
        state: WindowState,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat, self._around, self._main, self._theme = seat, around, window, theme
        self._memory = DockMemory(state)
        self._parts: _Parts | None = None
        self.is_open = False
        self._take_back = QAction(self.tr("Take back"), window)  # to be given another key before there is one
        self._take_back.setShortcut(QKeySequence("Ctrl+Alt+Z"))
        note_place(self._take_back, KeyPlace.COMPANION)
        seat.panel.detach_requested.connect(self.toggle)
        panel = seat.panel
        for elsewhere in (panel.open_requested, panel.settings_requested, panel.folder_requested):
            elsewhere.connect(self._show_main)

    @property
    def window(self) -> Companion:
        """The companion's window, made at the first call."""
        return self._made.window

    @property
    def follower(self) -> Follower:
        """What says which note is worked on."""
        return self._made.follower

    @property
    def place(self) -> FilePlace:
        """Where results go while the companion is open."""
        return self._made.place

    def restore(self) -> None:
        """Open the companion where it was open at the end of the last run."""
        if self._memory.is_open:
            self.open()

    def begin(self) -> None:
        """A vault is open and its engine has started; one that is followed already goes on being followed."""
        if self._parts is not None and self._parts.follower.files is self._around.files():
            return
        self._forget()
        if self.is_open or self._memory.was_used:
            self._follow()

    @Slot()
    def toggle(self) -> None:
        """Open the companion, or put the panel back into the main window and show that."""
        if self.is_open:
            self._leave()
            self._main.come_to_front()
        else:
            self.open()

    @Slot()
    def open(self) -> None:
        """Show the companion with the panel in it; in front, where it is open already."""
        parts = self._made
        if not self.is_open:
            self.is_open = self._memory.is_open = self._main.has_company = True
            panel = self._main.take_panel(parts.stand_in)
            parts.window.hold(panel)
            self._seat.panel.show_detached(True)
            parts.follower.is_resting = False
            if parts.follower.files is None:
                self._follow()
            self._seat.use(parts.place)
        parts.window.come_up(self._main.screen())
        self._seat.panel.focus_composer()

    @Slot()
    def close(self) -> None:
        """Put the panel back; where that was the last window of the program, the program ends."""
        if self.is_open:
            self._leave()
            if not self._main.isVisible() and not self._main.hides_on_close:
                self._main.quit()

    def shut_down(self) -> None:
        """Leave the screen for good; the next start opens the companion again if it is open now."""
        if self.is_open:
            self._put_back()
        if self._parts is not None:
            self._parts.follower.stop()
            self._parts.window.deleteLater()
            self._parts.stand_in.deleteLater()

    def _leave(self) -> None:
        self._memory.is_open = False
        self._put_back()

    def _put_back(self) -> None:
        parts = self._made
        self.is_open = self._main.has_company = False
        panel = parts.window.release()
        if panel is not None:
            self._main.put_panel(panel)
        self._seat.panel.show_detached(False)
        self._seat.use_editor()
        parts.follower.is_resting = True

    @property
    def _made(self) -> _Parts:
        if self._parts is None:
            self._parts = self._make()
            self._dress_stand_in()
        return self._parts

    def _make(self) -> _Parts:
        from desktop.companion.file_place import FilePlace
        from desktop.companion.follower import Follower
        from desktop.companion.window import Companion

        around = self._around
        window = Companion(self._theme, self._memory)
        follower = Follower(around.tasks, self)
        follower.is_resting = True
        place = FilePlace(follower, around.files, around.tasks, around.desk.save)
        parts = _Parts(window, follower, place, self._make_stand_in())
        window.addActions([self._main.quit_action, self._take_back])
        self._take_back.triggered.connect(window.head.take_back_button.click)
        window.closed.connect(self.close)
        window.head.take_back_requested.connect(place.take_back)
        place.take_back_changed.connect(self._show_note)
        place.take_back_refused.connect(self._say_refused)
        place.saved.connect(self._saved)
        place.done.connect(self._go_on)
        follower.changed.connect(self._show_note)
        around.bridge.notes_changed.connect(follower.notes_changed)
        around.desk.saved.connect(follower.note_saved)
        self.made.emit(window)
        return parts

    def _make_stand_in(self) -> EmptyState:
        page = EmptyState()
        page.setObjectName("companionStandIn")
        self._theme.changed.connect(self._dress_stand_in)
        return page

    def _dress_stand_in(self) -> None:
        self._made.stand_in.say(
            self._theme.icon("detach", role="quiet"),
            self.tr("The panel has a window of its own"),
            self.tr("It stays beside whatever you write in, and follows the note you save."),
            Choice(self.tr("Bring it back"), self.toggle),
        )

    def _follow(self) -> None:
        files = self._around.files()
        if files is not None:
            self._made.follower.start(files)

    def _forget(self) -> None:
        if self._parts is not None:
            self._parts.place.forget()
            self._parts.follower.stop()

    def _show_note(self) -> None:
        parts = self._made
        current, head = parts.follower.current, parts.window.head
        name = PurePosixPath(current.place.path).stem if current is not None else ""
        head.show_note(name, current.place.words if current is not None else "")
        head.show_take_back(parts.place.can_take_back)

    def _say_refused(self) -> None:
        self._seat.panel.done(self.tr("The note was changed since, so nothing was taken back."))

    def _saved(self, path: str) -> None:
        """The file was written: an editor of ours with it open takes it in, and the index as well."""
        self._around.desk.files_changed(NotesChanged((path,), ()))
        self._around.bridge.note_saved(path)

    def _go_on(self, _words: str) -> None:
        """What was looked at is gone, and the keyboard with it: it goes where the next request is typed."""
        if self.window.isActiveWindow():
            self._seat.panel.focus_composer()

    def _show_main(self) -> None:
        """Show the main window, where what the panel leads to is: a cited note, the settings."""
        if self.is_open:
            self._main.come_to_front()


class _Parts:
    """What is made at the first opening."""

    def __init__(self, window: Companion, follower: Follower, place: FilePlace, stand_in: EmptyState) -> None:
        self.window = window
        self.follower = follower
        self.place = place
        self.stand_in = stand_in
