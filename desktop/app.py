"""The composition root: builds every object behind the window and connects the parts to each other.

Order of a start: settings, window and first paint (`frame`), then this, then the vault, then the engine.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from core import settings as settings_file
from core.assist.model import NoteContext
from core.engine.model import Spent
from core.settings import Settings
from core.text.html import warm_up
from desktop.at_hand import AtHand
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.typing_hint import TypingHint
from desktop.bridge.vault_files import VaultFiles
from desktop.companion_desk import CompanionDesk
from desktop.document_desk import DocumentDesk
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_session import NoteSession
from desktop.editor.writing_aids import WritingAids
from desktop.error_text import word
from desktop.frame import APP_ID, Frame
from desktop.garbage import Garbage
from desktop.hotkey.hotkey import make_backend_for
from desktop.panel_desk import PanelDesk, Surroundings
from desktop.quick_desk import QuickDesk
from desktop.settings_desk import SettingsDesk
from desktop.theme.icons import load_app_icon
from desktop.vault_desk import VaultDesk
from desktop.windows.announcer import Announcer
from desktop.windows.finder import Finder
from desktop.windows.index_desk import IndexDesk
from desktop.windows.note_keeper import NoteKeeper
from desktop.windows.vault_opener import LinkFactory, VaultOpener

log = logging.getLogger(__name__)


class App(QObject):
    """One window on one vault, and everything behind it.

    Args:
        frame: the window, painted already.
        make_link: starts an engine; tests give a scripted one.
        base_dir: where all our files lie; None for the platform's folders.
    """

    def __init__(self, frame: Frame, make_link: LinkFactory, *, base_dir: Path | None = None) -> None:
        super().__init__()
        self._frame = frame
        self._is_closed = False
        self.settings = frame.settings
        self.state, self.theme, self.window = frame.state, frame.theme, frame.window
        self.page, self.pane = frame.page, frame.pane
        self._build(make_link, base_dir)
        self._connect()
        self._connect_vaults()
        self._connect_at_hand()
        self.window.add_panel(self.panel)
        frame.application.setWindowIcon(load_app_icon())
        self.garbage.start()

    def _build(self, make_link: LinkFactory, base_dir: Path | None) -> None:
        """Make all parts, each after those it is given."""
        self.tasks = TaskRunner(self)
        self.bridge = EngineBridge(parent=self)
        self._build_notes()
        self.opener = VaultOpener(self.bridge, make_link, self._frame.places, base_dir, self)
        self.vaults = VaultDesk(
            *(self._frame, self.opener, self.desk, self.keeper),
            tasks=self.tasks,
            home=base_dir or Path.home(),
            index=lambda: self.settings.index,
            parent=self,
        )
        self._build_answers()
        self.documents = DocumentDesk(
            self.window, self.desk, self.keeper, self.bridge, theme=self.theme, parent=self
        )
        self.documents.serve(self.panel)
        self.settings_desk = SettingsDesk(
            *(self.bridge, self.tasks, self.theme, self.at_hand.hotkey, self.settings.keys),
            places=self._frame.places,
            cost_today=lambda: self.state.cost_of(date.today()),
            parent=self.window,
        )
        self.index_desk = IndexDesk(self.window.status, self.bridge, self.theme, self)
        self.announcer = Announcer(self.page.notice, self)
        self.typing = TypingHint(self.bridge.person_acts, self)
        self.garbage = Garbage(self)

    def _build_notes(self) -> None:
        self.desk = NoteDesk(self.page.editor, self.tasks, self.theme, self)
        self.aids = WritingAids(
            self.page, self.desk, theme=self.theme, bridge=self.bridge, tasks=self.tasks, parent=self
        )
        self.aids.use(self.settings.ghost)
        self.aids.remember_in(self.state, self._frame.places.data, lambda: self.pane.tree.notes)
        self.window.status.insertPermanentWidget(1, self.aids.words)
        self.keeper = NoteKeeper(self.pane.tree, self.desk, self.tasks, self._ask_name, self)
        self.keeper.names = self.bridge
        self.finder = Finder(self.pane, self.bridge, lambda: self.pane.tree.notes, self._note_context, self)

    def _build_answers(self) -> None:
        """Make what asks the model: panel, companion, quick-ask."""
        around = Surroundings(
            *(self.bridge, self.page, self.desk, self.tasks),
            files=lambda: self.opener.files,
            notes=lambda: self.pane.tree.notes,
            memory=self.state,
        )
        self.seat = PanelDesk(around, self.theme, self)
        self.panel = self.seat.panel
        self.companion = CompanionDesk(
            self.seat, around, self.window, theme=self.theme, state=self.state, parent=self
        )
        self.quick = QuickDesk(around, self.theme, self._frame.places, self.panel.library, self)
        grab = make_backend_for(APP_ID, self.tr("Ask your notes"))
        self.at_hand = AtHand(self.quick, self.window, self.theme, self.bridge, make_hotkey=grab, parent=self)
        self.at_hand.use(self.settings.at_hand)

    def _connect(self) -> None:
        window, page, pane, desk = self.window, self.page, self.pane, self.desk
        window.closing.connect(self.close)
        window.settings_requested.connect(self.show_settings)
        window.back_requested.connect(desk.back)
        window.forward_requested.connect(desk.forward)
        window.save_requested.connect(desk.save)
        window.status.settings_requested.connect(self.show_settings)
        window.status.pause_requested.connect(self.bridge.set_paused)
        self.index_desk.open_requested.connect(desk.open)
        page.editor.textChanged.connect(self.typing.note)
        pane.open_requested.connect(desk.open)
        pane.search_requested.connect(self.finder.search)
        pane.tree.note_requested.connect(self.keeper.new_note)
        pane.tree.rename_requested.connect(self.keeper.rename)
        pane.tree.trash_requested.connect(self.keeper.trash)
        page.editor.link_activated.connect(self.keeper.follow)
        page.editor.context_changed.connect(self.finder.context_changed)
        page.comparison_requested.connect(self._compare)
        self.seat.settings_requested.connect(self.show_settings)
        desk.opened.connect(self._note_opened)
        desk.open_failed.connect(self._open_failed)
        desk.saved.connect(self.bridge.note_saved)
        desk.changed.connect(self._note_changed)
        for part in (self.keeper, self.aids, self.documents, self.vaults):
            part.failed.connect(self.announcer.failed)
        self.keeper.missing.connect(lambda path: self.announcer.offer_to_create(path, self.keeper.create))
        self.opener.engine_started.connect(self._engine_started)
        self.opener.engine_started.connect(self.panel.engine_started)
        self.opener.engine_started.connect(self.companion.begin)
        self.opener.engine_failed.connect(self._engine_failed)
        self.bridge.progressed.connect(window.status.show_progress)
        self.bridge.progressed.connect(self.finder.index_progressed)
        self.bridge.notes_changed.connect(self.keeper.files_changed)
        self.bridge.notes_changed.connect(desk.files_changed)
        self.bridge.notes_changed.connect(lambda _event: self.vaults.go_on())
        self.bridge.model_changed.connect(window.status.show_model)
        self.bridge.failed.connect(self._engine_failed)
        self.bridge.spent.connect(self._spent)
        application = self._frame.application
        application.commitDataRequest.connect(desk.save)
        application.applicationStateChanged.connect(desk.save)

    def _connect_vaults(self) -> None:
        vaults, window, places = self.vaults, self.window, self._frame.places
        window.folder_requested.connect(vaults.choose)
        window.header.vault_chosen.connect(vaults.switch)
        self.seat.folder_requested.connect(vaults.choose)
        vaults.left.connect(self.finder.forget)
        vaults.left.connect(self.pane.field.clear)
        vaults.left.connect(self.panel.clear)
        vaults.left.connect(self.quick.forget)
        vaults.entered.connect(self._vault_entered)
        vaults.opened.connect(lambda files: self.documents.use(places.documents_of(files.vault)))
        vaults.read.connect(self._vault_read)
        vaults.none.connect(lambda: self.panel.show_vault(False))

    def _connect_at_hand(self) -> None:
        self.at_hand.open_requested.connect(self.desk.open)
        self.at_hand.companion_requested.connect(self.companion.open)
        self.at_hand.settings_requested.connect(self.show_settings)
        self.settings_desk.changed.connect(self._settings_changed)
        self.settings_desk.vault_requested.connect(self.vaults.switch)
        self.settings_desk.folder_requested.connect(self.vaults.choose)
        self.settings_desk.forget_requested.connect(self.quick.forget_questions)
        shortcuts = self.settings_desk.shortcuts
        shortcuts.include_when(self.quick.made, self.companion.made)
        shortcuts.tell_again_when(self.panel.library.changed, self.panel.requests.card_added)

    # From the first vault to the end

    def start(self, vault: str = "") -> None:
        """Open this vault or the last one, else offer the choice."""
        self.window.status.show_cost(self.state.cost_of(date.today()))
        if self._frame.look.problem is not None:
            self.announcer.failed(self._frame.look.problem)
        self.vaults.start(vault or self.settings.last_vault)
        self.companion.restore()

    def raise_window(self, vault: str) -> None:
        """Come to the front for a second start, with the vault that it named."""
        self.window.come_to_front()
        self.vaults.switch(vault)

    def close(self) -> None:
        """Save, remember, end the engine: everything a quit needs, in a bounded time."""
        if self._is_closed:
            return
        self._is_closed = True
        self.companion.shut_down()
        self.window.remember(self.state)
        self.vaults.put_away()
        self.finder.forget()
        self.at_hand.close()
        self.state.write()
        self.panel.stop()
        self.documents.close()
        self.opener.shutdown()
        self.tasks.shutdown()
        self.garbage.stop()

    def _vault_entered(self, files: VaultFiles) -> None:
        self.panel.show_vault(True)
        self.aids.open_vault(files.vault)
        self.window.show_place(files.vault.name, "")
        self.window.status.show_starting()

    def _vault_read(self, vault: Path) -> None:
        """Remember it as the last one, and offer the others in the head."""
        others = tuple(known for known in self.settings.vaults if known != str(vault))
        vaults = (str(vault), *others)
        if (self.settings.last_vault, self.settings.vaults) != (str(vault), vaults):
            self.keep_settings(replace(self.settings, last_vault=str(vault), vaults=vaults))
        self.window.header.show_vaults(vaults)

    # The engine

    def _engine_started(self) -> None:
        if path := self.page.editor.path:
            self.bridge.note_opened(path)
        self.finder.context_changed()
        # The parser of answers costs 60 ms to import: now and off this thread, not at the first word.
        self.tasks.submit(
            lambda _token: warm_up(),
            done=lambda _none: None,
            failed=lambda error: log.warning("the parser of answers could not be imported: %s", error),
        )

    def _engine_failed(self, error: Exception) -> None:
        self.window.status.show_stopped(word(error).text)

    def _spent(self, spent: Spent) -> None:
        """Show what the day has cost so far: answers, ghost text, recordings, whoever asked for them."""
        self.state.keep_cost(date.today(), spent.today_usd)
        self.window.status.show_cost(spent.today_usd)

    # The note

    def _note_context(self) -> NoteContext | None:
        found = self.page.editor.context()
        return found[0] if found else None

    def _note_opened(self, path: str) -> None:
        vault = self.opener.vault
        self.window.show_place(vault.name if vault else "", path)
        self.page.show_editor(bool(path))
        if path:
            self.pane.tree.show_current(path)
            self.page.editor.setFocus()
            self.bridge.note_opened(path)
        else:
            self.vaults.go_on()

    def _note_changed(self) -> None:
        history, session = self.desk.history, self.desk.current
        self.window.show_history(can_go_back=history.can_go_back, can_go_forward=history.can_go_forward)
        self.page.show_session(session)
        self.window.header.show_saved(session is None or not session.is_dirty)

    def _open_failed(self, path: str, error: Exception) -> None:
        self.desk.history.forget(path)
        self.announcer.failed(error)

    # Settings and dialogs

    def show_settings(self, page: str = "") -> None:
        """Show the settings, on a page where one is named."""
        self.settings_desk.show(self.settings, page)

    def keep_settings(self, settings: Settings) -> None:
        """Follow settings that were not made in the dialog, and write them."""
        self._settings_changed(settings)
        self.tasks.submit(
            lambda _token: settings_file.save(settings, self._frame.places.settings_file),
            done=lambda _none: None,
            failed=lambda error: log.warning("the settings could not be saved: %s", error),
        )

    def _settings_changed(self, settings: Settings) -> None:
        before, self.settings = self.settings, settings
        if settings.index != before.index:
            self.vaults.scan()
        self.theme.set_preference(settings.appearance.theme)
        self.at_hand.use(settings.at_hand)
        self.aids.use(settings.ghost)
        self.bridge.reload_settings()

    def _compare(self, session: NoteSession) -> None:
        from desktop.windows.comparison import Comparison

        if session.conflict is not None:
            dialog = Comparison(session, session.conflict, self.theme, self.window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _ask_name(self, name: str) -> str | None:
        new, accepted = QInputDialog.getText(self.window, self.tr("Rename"), self.tr("New name"), text=name)
        return new if accepted else None
