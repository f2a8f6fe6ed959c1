"""One vault's services behind asynchronous methods: what the engine process serves to the window."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from core import settings as settings_file
from core.assist.model import Answered, AskEvent, AskRequest, CheckEvent, CheckRequest, Finish, Work
from core.documents.naming import is_document
from core.engine.assist_service import AssistService
from core.engine.background import Background
from core.engine.completions import Completions
from core.engine.index_link import IndexDetails
from core.engine.model import (
    EngineConfig,
    EngineEvent,
    LocalEndpoint,
    ModelState,
    NotesChanged,
    OnEngineEvent,
)
from core.engine.upkeep import Upkeep
from core.errors import EngineStopped, IndexDamaged, NotesNotRead, PilotfishError, SettingsDamaged
from core.index.vocabulary import heading_names, note_names, tag_names
from core.llm.chat import ChatModel, ModelRole, Tier
from core.llm.discovery import find_local_servers
from core.llm.endpoint import Endpoint, is_offline
from core.llm.keys import Keys, system_keyring
from core.llm.offered import Offered
from core.llm.offering import offered
from core.llm.openai_chat import list_models
from core.llm.providers import Models
from core.paths import places
from core.search.model import Passage, SearchQuery
from core.settings import Settings
from core.text.diff import Part, diff
from core.text.matching import Terms
from core.text.words import word_spans
from core.vault.left_out import LeftOut

if TYPE_CHECKING:
    from core.engine.process import Methods

log = logging.getLogger(__name__)

READING_S = 8.0
"""How long a question waits for the first reading of a vault: about as long as that of 2 000 notes takes."""

P = ParamSpec("P")
T = TypeVar("T")


class Engine:
    """Keeps one vault's index current and answers searches and requests about it.

    All methods belong to one event loop; what blocks runs on its threads. Calls that come while the vault
    is being opened wait for it.
    """

    def __init__(self, config: EngineConfig, emit: OnEngineEvent) -> None:
        self._emit = emit
        self._where = places(config.base_dir)
        self._settings = self._load_settings()
        self._upkeep = Upkeep(config.vault, self._settings, self._where, self._noticed)
        self._left_out = LeftOut(config.vault, lambda: self._settings.index)
        self._completions = Completions(
            config.vault,
            self._settings.ghost,
            self._where.ghost_history,
            search=self.search,
            model=self._ghost_model,
            left_out=self._left_out,
        )
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="engine")
        self._opening: asyncio.Task[None] | None = None
        self._modelling: asyncio.Task[Models] | None = None
        self._background = Background()
        self._assist = AssistService(
            config.vault,
            self._where,
            self._settings,
            emit,
            search=self.search,
            models=self._models,
        )

    def methods(self) -> Methods:
        """What may be called from the other side of the pipe."""
        return {
            "search": self.search,
            "diff": self.diff,
            "ask": self.ask,
            "complete": self._completions.complete,
            "composing": self._completions.composing,
            "completion_outcome": self._completions.outcome,
            "note_opened": self.note_opened,
            "note_saved": self.note_saved,
            "set_paused": self.set_paused,
            "person_acts": self.person_acts,
            "index_details": self.index_details,
            "note_names": self.note_names,
            "tag_names": self.tag_names,
            "heading_names": self.heading_names,
            "rebuild_index": self.rebuild_index,
            "reload_settings": self.reload_settings,
            "find_local_endpoints": self.find_local_endpoints,
            "list_models": self.list_models,
            "offered_models": self.offered_models,
            "keep_key": self.keep_key,
            **self._assist.methods(),
            "check": self.check,
        }

    def start(self) -> None:
        """Open the vault and look up the models, both in the background."""
        self._opening = asyncio.ensure_future(self._in_thread(self._upkeep.open))
        self._modelling = asyncio.ensure_future(self._make_models())
        self._background.run(self._get_going())

    async def search(self, query: SearchQuery) -> list[Passage]:
        """Look up passages."""
        await self._open()
        self._upkeep.keeper.person_acts()
        try:
            return await self._in_thread(self._searched, query)
        except IndexDamaged:
            self._upkeep.keeper.want_mending(query)
            raise

    async def diff(self, old: str, new: str) -> tuple[Part, ...]:
        """Compare two texts, word by word; the dictionary that tells Chinese words apart is loaded here."""
        return await self._in_thread(partial(diff, old, new, word_spans=word_spans))

    async def ask(self, request: AskRequest) -> AsyncGenerator[AskEvent, None]:
        """Answer a request; see `core.assist.answers`."""
        await self._open()
        if request.work is Work.ASK and request.use_passages:
            await self._first_reading()
        embedder = self._upkeep.services.embedder
        async with aclosing(self._assist.ask(request, embedder)) as events:
            async for event in events:
                self._check_was_read(event)
                yield event

    async def check(self, request: CheckRequest) -> AsyncGenerator[CheckEvent, None]:
        """Check facts; see `core.assist.facts`. Notes that were not read yet are no witnesses."""
        await self._open()
        await self._first_reading()
        if not self._upkeep.services.index.scanned:
            raise NotesNotRead
        async with aclosing(self._assist.check(request)) as events:
            async for event in events:
                yield event

    async def note_opened(self, path: str) -> None:
        """Embed this note before the others."""
        await self._open()
        self._upkeep.keeper.prefer(path)

    async def note_saved(self, path: str) -> None:
        """Index this note now."""
        await self._open()
        self._upkeep.keeper.mark_dirty([path])

    async def set_paused(self, paused: bool) -> None:
        """Pause or resume indexing."""
        await self._open()
        self._upkeep.keeper.pause(paused)

    async def person_acts(self) -> None:
        """Let work that nobody waits for make room."""
        await self._open()
        self._upkeep.keeper.person_acts()

    async def index_details(self) -> IndexDetails:
        """How the index stands."""
        await self._open()
        return await self._in_thread(self._upkeep.details)

    async def note_names(self) -> Terms:
        """Every name a note goes by."""
        await self._open()
        return await self._in_thread(note_names, self._upkeep.services.index.catalog)

    async def tag_names(self) -> Terms:
        """Every tag."""
        await self._open()
        return await self._in_thread(tag_names, self._upkeep.services.index.catalog)

    async def heading_names(self, path: str) -> Terms:
        """The headings of one note."""
        await self._open()
        return await self._in_thread(heading_names, self._upkeep.services.index.catalog, path)

    async def rebuild_index(self) -> None:
        """Make the rows anew."""
        await self._open()
        self._upkeep.keeper.want_rebuild()

    async def reload_settings(self) -> None:
        """Read the settings file anew and act on what changed."""
        self._settings = self._load_settings()
        self._assist.change_settings(self._settings)
        self._completions.use(self._settings.ghost)
        await (await self._models()).reload(self._settings)
        await self._tell_models()
        self._background.run(self._in_thread(self._upkeep.change_settings, self._settings))

    async def find_local_endpoints(self) -> list[LocalEndpoint]:
        """Look for model servers on this machine."""
        found = await find_local_servers()
        return [LocalEndpoint(server.title, server.base_url, server.models) for server in found]

    async def offered_models(self) -> tuple[Offered, ...]:
        """Return which models each provider of the settings offers."""
        models = await self._models()
        return await offered(self._settings, models.keys, os.environ)

    async def list_models(self, base_url: str, key: str) -> list[str]:
        """Ask an endpoint for its models."""
        return await list_models(Endpoint("", base_url, key), offline=is_offline(os.environ))

    async def keep_key(self, base_url: str, key: str) -> None:
        """Use this key for the endpoint's origin until the engine ends."""
        models = await self._models()
        models.keys.remember(base_url, key)
        await models.reload(self._settings)

    async def close(self) -> None:
        """Finish the write under way and end everything that was started."""
        self._background.cancel()
        await self._in_thread(self._completions.close)
        await self._in_thread(self._upkeep.close)
        if self._modelling is not None and self._modelling.done() and not self._modelling.exception():
            await self._modelling.result().close()
        await asyncio.to_thread(self._assist.close)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _searched(self, query: SearchQuery) -> list[Passage]:
        """What is found, but for notes that are left out since they were indexed."""
        found = self._upkeep.services.recent.search(query)
        gone = self._left_out.among({hit.path for hit in found if not is_document(hit.path)})
        return [hit for hit in found if hit.path not in gone]

    async def _get_going(self) -> None:
        """Everything after the opening that nobody waits for."""
        try:
            await self._open()
        except PilotfishError as error:
            self._emit(error)
            return
        self._completions.start(self._upkeep.services.ignore())
        self._background.run(self._in_thread(self._upkeep.prepare_model))
        self._background.run(self._assist.watch_prompts())
        await self._tell_models()
        await (await self._models()).warm_up(Tier.FAST)

    async def _open(self) -> None:
        """Wait until the vault is open; raises what opening it raised."""
        if self._opening is None:
            raise EngineStopped("The engine was not started.")
        await asyncio.shield(self._opening)

    async def _first_reading(self) -> None:
        """Let a vault that was never read be read, within reason."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + READING_S
        while not self._upkeep.services.index.scanned and loop.time() < deadline:
            await asyncio.sleep(0.05)

    def _check_was_read(self, event: AskEvent) -> None:
        """That nothing was found says something only of notes that were read."""
        nothing = isinstance(event, Answered) and event.answer.finish is Finish.NOT_FOUND
        if nothing and not self._upkeep.services.index.scanned:
            raise NotesNotRead

    def _noticed(self, event: EngineEvent) -> None:
        """Pass on what the upkeep says, on its thread."""
        if isinstance(event, NotesChanged):
            self._completions.notes_changed(event.changed, event.removed)
        self._emit(event)

    async def _ghost_model(self) -> ChatModel | None:
        return await self._assist.model(ModelRole.COMPLETION)

    async def _models(self) -> Models:
        if self._modelling is None:
            raise EngineStopped("The engine was not started.")
        return await asyncio.shield(self._modelling)

    async def _make_models(self) -> Models:
        backend = await asyncio.to_thread(system_keyring)  # may wait for the desktop's keyring
        return Models(self._settings, Keys(backend), os.environ)

    async def _tell_models(self) -> None:
        models = await self._models()
        for tier in Tier:
            model = await models.get(tier)
            if model is None:
                self._emit(ModelState(tier, "", "", "", demonstration=False))
            else:
                self._emit(ModelState(tier, model.model, model.provider, model.place, model.demonstration))

    def _load_settings(self) -> Settings:
        try:
            return settings_file.load(self._where.settings_file)
        except SettingsDamaged as error:
            self._emit(error)
            return Settings()

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(work, *args, **kwargs))
