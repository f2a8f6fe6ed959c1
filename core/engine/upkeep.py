"""Services, keeper and watcher of one vault as one thing that can be opened, changed and closed.

Every method blocks and belongs on a worker thread; only one of them runs at a time.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from core.concurrency import Cancelled, CancelToken
from core.engine.index_link import IndexDetails
from core.engine.keeper import Emit, IndexKeeper
from core.engine.manners import Manners
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable, EngineStopped
from core.index.embedding import preparation
from core.index.embedding.stages import Stage
from core.index.model import IndexProgress
from core.index.store_address import without_options
from core.paths import Places, models_dir
from core.search.glossary import building
from core.settings import Settings
from core.vault.model import Dirty, WatchTrouble
from core.vault.watch import VaultWatcher

log = logging.getLogger(__name__)

STOP_S = 4.0


class Upkeep:
    """Keeps the index of one vault current from `open` to `close`."""

    def __init__(self, vault: Path, settings: Settings, where: Places, emit: Emit) -> None:
        self._vault = vault
        self._settings = settings
        self._where = where
        self._emit = emit
        self._closing = CancelToken()
        self._lock = threading.RLock()
        self._services: VaultServices | None = None
        self._keeper: IndexKeeper | None = None
        self._watcher: VaultWatcher | None = None

    @property
    def services(self) -> VaultServices:
        """What searches; raises `EngineStopped` before `open` and after `close`."""
        if self._services is None:
            raise EngineStopped("The vault is not open.")
        return self._services

    @property
    def keeper(self) -> IndexKeeper:
        """What indexes; raises as `services`. Waits while the index is being opened anew."""
        with self._lock:
            if self._keeper is None:
                raise EngineStopped("The vault is not open.")
            return self._keeper

    def open(self) -> None:
        """Open the index and begin to keep it current; words are found from here on.

        Raises:
            VaultError: the vault cannot be used.
        """
        with self._lock:
            self._closing.raise_if_cancelled()
            self._services = self._opened_services()
            self._keeper = IndexKeeper(
                self._services,
                self._emit,
                manners=Manners(pause_on_battery=self._settings.index.pause_on_battery),
                on_model_missing=self._prepare_in_background,
            )
            self._watcher = VaultWatcher(self._services.vault, self._noticed, ignore=self._services.ignore())
            self._watcher.start()
            self._keeper.start()

    def prepare_model(self) -> None:
        """Prepare the wanted embedding model if need be, load it, and let the vectors follow."""
        try:
            self._prepare(self._settings.index.embedder)
            self.services.embedder.start()
            self.keeper.want_vectors()
            building.build(models_dir(self._where), token=self._closing)
        except (Cancelled, EngineStopped):
            return
        except EmbeddingUnavailable as error:
            log.warning("no embedding model: %s", error)
            self._emit(error)
        except building.GlossaryUnavailable as error:
            log.warning("no glossary: %s", error)

    def details(self) -> IndexDetails:
        """How the index stands; raises as `services`."""
        services, watcher = self.services, self._watcher
        totals = services.index.catalog.totals()
        return IndexDetails(
            notes=totals.notes,
            passages=totals.chunks,
            waiting=totals.waiting,
            model=services.embedder.name,
            sent_to=services.embedder.sent_to,
            place=without_options(services.index.store.address),
            skipped=(*services.snapshot.skipped, *services.index.catalog.problems()),
            conflicts=services.snapshot.conflicts,
            trouble=watcher.trouble if watcher else WatchTrouble.NONE,
            hold=self.keeper.manners.hold,
        )

    def change_settings(self, settings: Settings) -> None:
        """Use other settings; another embedding model or other exclusions open the index anew."""
        with self._lock:
            changed = settings.index != self._settings.index
            self._settings = settings
            if not changed or self._services is None:
                return
            self._open_anew()
        self.prepare_model()

    def close(self) -> None:
        """Stop watching and indexing, end the embedding process; a write under way is finished."""
        self._closing.cancel()
        with self._lock:
            self._close_all()

    def _prepare_in_background(self) -> None:
        threading.Thread(target=self.prepare_model, name="prepare-model", daemon=True).start()

    def _prepare(self, model: str) -> None:
        folder = models_dir(self._where)
        if not preparation.is_prepared(model, folder):
            preparation.prepare(model, folder, on_stage=self._tell_stage, token=self._closing)
        with self._lock:
            if model and self.services.embedder.name != preparation.model_folder(model, folder).name:
                self._open_anew()  # until now the built-in model served

    def _opened_services(self) -> VaultServices:
        """The wanted model's services, or the built-in one's while the wanted one is not prepared."""
        try:
            return VaultServices(self._vault, self._settings, self._where)
        except EmbeddingUnavailable:
            if not self._settings.index.embedder:
                raise
            return VaultServices(self._vault, self._settings, self._where, model="")

    def _open_anew(self) -> None:
        """Open the index by other settings; the old one is searched until the new one can be."""
        old = self._services
        self._stop_keeping()
        self.open()
        if old is not None:
            old.close()

    def _close_all(self) -> None:
        self._stop_keeping()
        if self._services is not None:
            self._services.close()
        self._services = None

    def _stop_keeping(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
        if self._keeper is not None:
            self._keeper.stop(STOP_S)
        self._watcher = self._keeper = None

    def _noticed(self, dirty: Dirty) -> None:
        if self._keeper is None:
            return
        if dirty.rescan:
            self._keeper.want_rescan()
        self._keeper.mark_dirty(dirty.paths)

    def _tell_stage(self, stage: Stage) -> None:
        self._emit(IndexProgress(0, 0, 0, 0, preparing=stage.value))
