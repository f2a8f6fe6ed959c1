"""Searching from the window: what the search field wants, and what is related to the open note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QObject, QTimer

from core.assist.model import NoteContext
from core.documents.naming import is_document
from core.index.model import IndexProgress, Scope
from core.search.model import Passage, SearchMode, SearchQuery
from desktop.bridge.engine_bridge import EngineBridge
from desktop.widgets.document_place import document_place
from desktop.widgets.folder_names import folder_names
from desktop.widgets.hit_list import Hit
from desktop.windows.search_query import names_for, parse_search
from desktop.windows.snippets import best_line
from desktop.windows.vault_pane import VaultPane

NAMES = 8
PASSAGES = 20
RELATED = 5
RELATED_PAUSE_MS = 900
"""Long enough that nobody who types asks the index for anything."""
SHORTEST_BLOCK = 12

GetContext = Callable[[], NoteContext | None]


class Finder(QObject):
    """Asks the engine and fills the left pane; an answer that comes late is dropped."""

    def __init__(
        self,
        pane: VaultPane,
        bridge: EngineBridge,
        notes: Callable[[], Iterable[str]],
        context: GetContext,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pane = pane
        self._bridge = bridge
        self._notes = notes
        self._context = context
        self._asked = ""
        self._related_to = ""
        self._pause = QTimer(self, interval=RELATED_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look_for_related)

    def search(self, text: str) -> None:
        """Show names at once and passages as soon as the engine has them."""
        self._asked = text
        if not text:
            self._pane.show_tree()
            return
        query = parse_search(text, limit=PASSAGES)
        names = [_name_hit(path) for path in names_for(query, self._notes(), limit=NAMES)]
        asks = self._bridge.attached and bool(query.text or query.scope.tag)
        self._pane.show_hits(names, more_coming=asks)
        if asks:
            self._bridge.search(
                query,
                done=lambda found: self._found(text, names, found),
                # The names stay; the status bar says what is wrong with the index.
                failed=lambda _error: self._found(text, names, []),
            )

    def context_changed(self) -> None:
        """Look for related notes once the person pauses."""
        self._pause.start()

    def index_progressed(self, progress: IndexProgress) -> None:
        """Look again once the index is current: notes may have come, gone, or been left out."""
        if progress.idle:
            self._related_to = ""
            self._pause.start()

    def forget(self) -> None:
        """Another vault is open: nothing is related to anything yet."""
        self._pause.stop()
        self._related_to = ""
        self._pane.show_related(())

    def _found(self, text: str, names: list[Hit], found: list[Passage]) -> None:
        if text == self._asked:
            words, called = parse_search(text, limit=PASSAGES).text, _names_of(found)
            self._pane.show_hits([*names, *(_passage_hit(passage, words, called) for passage in found)])

    def _look_for_related(self) -> None:
        context = self._context()
        if context is None:
            self.forget()
            return
        words = context.selection or context.block
        if len(words.strip()) < SHORTEST_BLOCK:
            words = f"{context.title} {words}"
        if not self._bridge.attached or f"{context.path}\n{words}" == self._related_to:
            return
        self._related_to = f"{context.path}\n{words}"
        scope = Scope(exclude_path=context.path)
        query = SearchQuery(words[:600], limit=RELATED * 3, mode=SearchMode.HYBRID, rerank=False, scope=scope)
        key = self._related_to
        self._bridge.search(
            query, done=lambda found: self._show_related(key, found), failed=lambda _error: self._give_up(key)
        )

    def _give_up(self, key: str) -> None:
        """What could not be looked up now is looked up when the caret rests there again."""
        if key == self._related_to:
            self._related_to = ""

    def _show_related(self, key: str, found: list[Passage]) -> None:
        if key != self._related_to:
            return
        best: dict[str, Passage] = {}
        for passage in found:
            best.setdefault(passage.path, passage)
        shown = list(best.values())[:RELATED]
        called = _names_of(shown)
        self._pane.show_related([_related_hit(passage, called) for passage in shown])


def _name_hit(path: str) -> Hit:
    folder = str(PurePosixPath(path).parent)
    return Hit(path, 0, PurePosixPath(path).stem, "" if folder == "." else folder)


def _names_of(found: Sequence[Passage]) -> dict[str, str]:
    """Return what to call each note that was found: where two have one name, with the folder it lies in."""
    paths = list(dict.fromkeys(passage.path for passage in found))
    bare = [str(PurePosixPath(path).with_suffix("")) for path in paths]
    return dict(zip(paths, folder_names(bare), strict=True))


def _passage_hit(passage: Passage, words: str, called: Mapping[str, str]) -> Hit:
    line, shown = best_line(passage.text, words)
    return Hit(passage.path, passage.start_line + line, _place(passage, called), shown)


def _related_hit(passage: Passage, called: Mapping[str, str]) -> Hit:
    is_note = not is_document(passage.path)
    title = called[passage.path] if is_note else document_place(passage.path, passage.label)
    return Hit(passage.path, passage.start_line, title)


def _place(passage: Passage, called: Mapping[str, str]) -> str:
    """Return note and last heading, or document and page, for the title of a hit."""
    if is_document(passage.path):
        return document_place(passage.path, passage.label)
    name, heading = called[passage.path], passage.heading_path[-1] if passage.heading_path else ""
    return f"{name} › {heading}" if heading and heading != PurePosixPath(passage.path).stem else name
