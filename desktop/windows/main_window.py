"""The window: notes on the left, the open note in the middle, the side panel on the right.

It lays out what `app` has built, and owns the actions that concern the window as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from desktop.editor.note_page import NotePage
from desktop.theme.theme import Theme
from desktop.widgets.room import take_room
from desktop.windows.note_header import NoteHeader
from desktop.windows.side_panes import SidePanes, make_splitter
from desktop.windows.status_bar import StatusBar
from desktop.windows.vault_pane import VaultPane
from desktop.windows.window_state import WindowState

SIZE = QSize(1280, 820)
LEAST = (640, 420)
WIDEST_PANEL = 480


class MainWindow(QMainWindow):
    """Frame, panes and menu.

    Signals:
        painted: The window has been on the screen once, without the side panel; the rest may come now.
        folder_requested: The person wants to open another vault.
        settings_requested: The person wants to see the settings.
        back_requested: The person wants to return to the place before this one.
        forward_requested: The person wants to go on again.
        save_requested: The person wants everything saved now.
        closing: The window is about to close.
    """

    painted = Signal()
    folder_requested = Signal()
    settings_requested = Signal()
    back_requested = Signal()
    forward_requested = Signal()
    save_requested = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, pane: VaultPane, page: NotePage) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Pilotfish")
        self.setMinimumSize(*LEAST)
        take_room(self, SIZE)
        self.vault_pane = pane
        self.page = page
        self.panel = QWidget()
        self.header = NoteHeader(theme, self)
        self._was_painted = False
        self.hides_on_close = False
        """Whether closing leaves the program running, to be reached from the tray."""
        self.has_company = False
        """Whether another window of ours goes on without this one."""
        self._lay_out()
        self._make_actions()
        self._fill_header()
        self.status = StatusBar(theme, self)  # last: Tab begins in what is made first, so among the notes
        self.setStatusBar(self.status)

    def add_panel(self, panel: QWidget) -> None:
        """Put the side panel into the room that was kept for it, and its actions into the menu."""
        self._menu.insertActions(
            self.settings_action, [action for action in panel.actions() if action.text()]
        )
        self._menu.insertSeparator(self.settings_action)
        panel.setMaximumWidth(WIDEST_PANEL)
        self._put_in_room(panel).deleteLater()

    def take_panel(self, stand_in: QWidget) -> QWidget:
        """Hand the side panel out; its room is folded away, and another widget stands in it."""
        stand_in.setMaximumWidth(WIDEST_PANEL)
        panel = self._put_in_room(stand_in)
        panel.setParent(None)
        self.panes.show("right", False)
        return panel

    def put_panel(self, panel: QWidget) -> None:
        """Take the side panel back into its room, in sight."""
        self._put_in_room(panel).setParent(None)
        self.panes.show("right")

    def add_documents(self, actions: Sequence[QAction], section: QWidget, bar: QWidget) -> None:
        """Give documents their place: in the menu, below the tree, and above the note while they are read."""
        self._menu.insertActions(self.save_action, list(actions))
        self.addActions(list(actions))
        self.vault_pane.add_section(section)
        self._column.insertWidget(1, bar)

    def restore(self, state: WindowState) -> None:
        """Take size, place and folds from the last time."""
        if not state.geometry.isEmpty():
            self.restoreGeometry(state.geometry)
        self.panes.restore(state)

    def remember(self, state: WindowState) -> None:
        """Hand them over for the next time."""
        state.geometry = self.saveGeometry()
        self.panes.remember(state)

    def show_place(self, vault: str, path: str) -> None:
        """Name vault and note in the title and above the note."""
        self.header.show_place(path)
        name = path.rsplit("/", 1)[-1].removesuffix(".md")
        self.setWindowTitle(" – ".join(part for part in (name, vault, "Pilotfish") if part))

    def show_history(self, *, can_go_back: bool, can_go_forward: bool) -> None:
        """Enable the two arrows."""
        self.back_action.setEnabled(can_go_back)
        self.forward_action.setEnabled(can_go_forward)

    def quit(self) -> None:
        """Close for good, whether closing would only hide it or not."""
        self.hides_on_close = self.has_company = False
        self.show()  # a hidden window would not end the program
        self.close()

    def come_to_front(self) -> None:
        """Show the window above the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _put_in_room(self, panel: QWidget) -> QWidget:
        """Show this in the room of the side panel, as far as that is shown, and return what was there."""
        before, self.panel = self.panel, panel
        panel.setVisible(not before.isHidden())
        self._splitter.replaceWidget(2, panel)
        return before

    def _lay_out(self) -> None:
        centre = QWidget(self)
        centre.setObjectName("notePane")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.page, 1)
        self._column = column
        self._splitter = make_splitter(self.vault_pane, centre, self.panel, self)
        self.panes = SidePanes(self._splitter, self)
        self.setCentralWidget(self._splitter)

    def _make_actions(self) -> None:
        tree = self.vault_pane.tree
        fold = self.panes.toggle
        self.left_action = self._action(self.tr("Notes pane"), ["F9"], lambda: fold("left"))
        self.right_action = self._action(self.tr("Side panel"), ["Shift+F9"], lambda: fold("right"))
        self.back_action = self._action(self.tr("Back"), ["Alt+Left"], self.back_requested.emit)
        self.forward_action = self._action(self.tr("Forward"), ["Alt+Right"], self.forward_requested.emit)
        self.save_action = self._action(self.tr("Save"), ["Ctrl+S"], self.save_requested.emit)
        self.folder_action = self._action(self.tr("Open a folder …"), ["Ctrl+O"], self.folder_requested.emit)
        self.settings_action = self._action(self.tr("Settings …"), ["Ctrl+,"], self.settings_requested.emit)
        self.settings_action.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit_action = self._action(self.tr("Quit"), ["Ctrl+Q"], self.quit)
        self.quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        self.next_pane_action = self._action(self.tr("Next pane"), ["F6"], lambda: self._go_round(1))
        self.last_pane_action = self._action(self.tr("Pane before"), ["Shift+F6"], lambda: self._go_round(-1))
        self.menu_action = self._action(self.tr("Menu"), ["F10"], self._show_menu)
        self.find_action = self.vault_pane.find_action
        self.find_action.triggered.connect(lambda: self.panes.show("left"))
        self.addAction(self.find_action)
        self.new_action = tree.new_action
        self.addAction(self.new_action)
        self.show_history(can_go_back=False, can_go_forward=False)

    def _action(self, text: str, keys: list[str], call: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: call())
        self.addAction(action)
        return action

    def _fill_header(self) -> None:
        menu = self._menu = QMenu(self)
        groups = (
            (self.new_action, self.folder_action, self.save_action),
            (self.page.headings_action, self.page.notes_action, self.page.close_action),
            (
                self.page.find_action,
                self.page.replace_action,
                self.page.align_action,
                self.page.spelling_action,
            ),
            (self.find_action, self.back_action, self.forward_action),
            (self.left_action, self.right_action, self.page.preview_action, self.next_pane_action),
            (self.settings_action, self.quit_action),
        )
        for group in groups:
            menu.addActions(list(group))
            menu.addSeparator()
        left = {self.left_action: "sidebar-left", self.back_action: "back", self.forward_action: "forward"}
        right = {self.page.preview_action: "preview", self.right_action: "sidebar-right"}
        self.header.lay_out(left, right, menu)

    def _show_menu(self) -> None:
        self.header.menu_button.showMenu()

    def _go_round(self, step: int) -> None:
        """Move the focus to the next pane that is in sight: notes, note, panel."""
        panes = [self.vault_pane, self.page, self.panel]
        here = next((n for n, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget())), 1)
        targets: list[QWidget | None] = [self.vault_pane.tree, self.page.editor, self._first_in_panel()]
        for turn in range(1, len(panes) + 1):
            target = targets[(here + step * turn) % len(panes)]
            if target is not None and target.isVisible():
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _first_in_panel(self) -> QWidget | None:
        composer = self.panel.findChild(QWidget, "composer")
        if composer is None:
            return None
        inner = composer.focusProxy() or composer.nextInFocusChain()
        return inner if composer.focusPolicy() == Qt.FocusPolicy.NoFocus else composer

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Notice the first paint; the children are painted in the same go."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everybody put their things away first, unless the program is to go on without its window."""
        if self.hides_on_close or self.has_company:
            event.ignore()
            self.save_requested.emit()
            self.hide()
            return
        self.closing.emit()
        super().closeEvent(event)
