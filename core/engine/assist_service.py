"""Prompts, candidates, sessions, cost and checks of one vault: what the engine serves as `AssistLink`."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.assist import answers, facts, form, writing
from core.assist.earlier import Earlier, Sighted, read_earlier, with_earlier
from core.assist.evaluating import evaluated
from core.assist.images import check_sees, read_images, wanted
from core.assist.material import language_for
from core.assist.model import (
    AskEvent,
    AskRequest,
    CheckDone,
    CheckEvent,
    CheckRequest,
    NoteContext,
    Preview,
    WriteEvent,
    WriteRequest,
    Written,
)
from core.assist.places import with_places
from core.assist.preview import preview
from core.assist.sources import Search, SourcedSearch, seen_of, sendable
from core.documents.library import Library as DocumentLibrary
from core.documents.naming import is_document
from core.engine.background import Background
from core.engine.conversations import Conversations
from core.engine.model import OnEngineEvent, PromptsChanged, Spent
from core.engine.recordings import Recordings
from core.engine.seeing import Blind, Seeing
from core.errors import NoModel, PilotfishError, PromptError
from core.files import resolve
from core.index.model import Embedder
from core.llm.chat import ChatModel, Image, ModelRole, Tier
from core.llm.prices import OwnPrice, Prices
from core.llm.providers import Models
from core.paths import Places
from core.prompts.evaluation import Scored
from core.prompts.library import Library
from core.prompts.model import Case, Prompt, PromptList, Scene, SceneList
from core.prompts.naming import prompt_names
from core.prompts.scenes import Scenes
from core.session.archive import FILE_NAME, Archive
from core.session.metering import Meter
from core.session.model import Ledger, ModelScore, Outcome, Sent
from core.session.traces import Traces
from core.settings import Settings
from core.text.matching import Terms
from core.vault import notes
from core.vault.left_out import LeftOut

if TYPE_CHECKING:
    from core.engine.process import Methods

log = logging.getLogger(__name__)

LOOK_S = 2.0
"""How often the person's own prompts are looked at; a handful of file stamps."""
REMEMBERED = 50


class AssistService:
    """Belongs to the engine's event loop; what blocks runs in threads."""

    def __init__(
        self,
        vault: Path,
        where: Places,
        settings: Settings,
        emit: OnEngineEvent,
        *,
        search: Search,
        models: Callable[[], Awaitable[Models]],
    ) -> None:
        self._vault = vault = resolve(vault)
        self._settings = settings
        self._emit = emit
        self._search = search
        self._models = models
        self._library = Library(vault)
        self._documents = DocumentLibrary(where.documents_of(vault))
        self._left_out = LeftOut(vault, lambda: self._settings.index)
        self._scenes = Scenes(vault)
        self._archive = Archive(where.data / FILE_NAME)
        self._meter = Meter(
            Traces(self._archive), Prices(), on_spent=lambda: self._background.run(self._tell_spent())
        )
        self._written: OrderedDict[str, str] = OrderedDict()
        self._blind = Blind()
        self._lock = asyncio.Lock()
        self._background = Background()
        self.recordings = Recordings(models, self._meter)
        self.conversations = Conversations(self._archive, vault)
        self.change_settings(settings)

    def methods(self) -> Methods:
        """What may be called from the other side of the pipe."""
        return {
            "prompts": self.prompts,
            "prompt_names": self.prompt_names,
            "copy_prompt": self.copy_prompt,
            "scenes": self.scenes,
            "save_scene": self.save_scene,
            "delete_scene": self.delete_scene,
            "write": self.write,
            "preview": self.preview,
            "fill": self.fill,
            "sent": self.sent,
            "outcome": self.outcome,
            "ledger": self.ledger,
            "scores": self.scores,
            **self.conversations.methods(),
            **self.recordings.methods(),
        }

    def change_settings(self, settings: Settings) -> None:
        """Use other prices and another cap from now on."""
        self._settings = settings
        self._meter.prices = prices_of(settings)
        self._meter.cap_usd = settings.cost.monthly_cap_usd

    async def watch_prompts(self) -> None:
        """Tell when the person's own prompts or scenes change; runs until cancelled."""
        before = await asyncio.to_thread(self._stamps)
        while True:
            await asyncio.sleep(LOOK_S)
            stamps = await asyncio.to_thread(self._stamps)
            if stamps != before:
                before = stamps
                self._emit(PromptsChanged())

    def close(self) -> None:
        """Close the file of sessions."""
        self._archive.close()

    async def model(self, tier: Tier | ModelRole, name: str = "") -> ChatModel | None:
        """Return the tier's or role's model, or `provider/model`, with everything it does written down."""
        models = await self._models()
        found = await models.named(name) if name else await models.get(tier)
        return self._meter.watch(found) if found is not None else None

    async def ask(self, request: AskRequest, embedder: Embedder | None) -> AsyncGenerator[AskEvent, None]:
        """Answer a request within its session; see `core.assist.answers`."""
        images = await self._images(request)
        seeing = await self._seeing(request, images)
        check_sees(seeing.model, images)
        request = await asyncio.to_thread(sendable, request, self._left_out)
        history, told = await self.conversations.history(request, seeing.history, seeing.model)
        if told is not None:
            yield told
        model = Sighted(seeing.model) if seeing.model is not None and seeing.earlier.shown else seeing.model
        events = answers.answer(
            request,
            search=self._sourced(request),
            model=model,
            embedder=embedder,
            history=history,
            images=images,
            prices=self._meter.prices,
        )
        pinned, label_at = any(map(is_document, request.sources.notes)), self._documents.label_at
        async with aclosing(events):
            async for found in events:
                event = await asyncio.to_thread(with_places, found, label_at) if pinned else found
                event = self._blind.told(event, seeing, model)
                await self.conversations.keep_answer(request, event)
                yield event

    async def write(self, request: WriteRequest) -> AsyncGenerator[WriteEvent, None]:
        """Run a prompt; see `core.assist.writing`."""
        prompt = await self.prompt(request)
        images = await self._images(request)
        model = await self._writer(request, prompt, images)
        check_sees(model, images)
        small = model is not None and model.demonstration
        job = await writing.prepare(
            request, prompt, search=self._sourced(request), small=small, images=images
        )
        async with aclosing(writing.write(job, model=model, prices=self._meter.prices)) as events:
            async for event in events:
                if isinstance(event, Written):
                    self._remember(event)
                    await self.conversations.keep_written(request, prompt, event)
                yield event

    async def check(self, request: CheckRequest) -> AsyncGenerator[CheckEvent, None]:
        """Check facts; see `core.assist.facts`."""
        is_private = await asyncio.to_thread(self._left_out.holds, request.note, request.text)
        model = await self.model(request.tier) if request.use_model and not is_private else None
        async with aclosing(facts.check(request, search=self._search, model=model)) as events:
            async for event in events:
                yield await self._priced(event) if isinstance(event, CheckDone) else event

    async def preview(self, request: AskRequest | WriteRequest) -> Preview:
        """Return what a request would send."""
        if isinstance(request, WriteRequest):
            return await self._preview_writing(request)
        images = await self._images(request)
        seeing = await self._seeing(request, images)
        model = _required(seeing.model)
        check_sees(model, images)
        request = await asyncio.to_thread(sendable, request, self._left_out)
        history, _ = await self.conversations.history(request, seeing.history, None)
        chat, passages = await answers.prepared(
            request, search=self._sourced(request), history=history, images=images
        )
        shown = await asyncio.to_thread(
            partial(preview, history=history, earlier=seeing.earlier),
            *(request, chat, passages, model, self._meter.prices),
        )
        return replace(shown, sees_earlier=not seeing.unseen)

    async def fill(self, prompt_id: str, note: NoteContext) -> Mapping[str, str]:
        """Propose the values of a form."""
        prompt = await self.prompt(WriteRequest(prompt_id, note))
        model = _required(await self.model(Tier.FAST))
        return await form.proposed_values(prompt, note, model, request_id=uuid.uuid4().hex)

    async def prompts(self, language: str) -> PromptList:
        """Return the library."""
        async with self._lock:
            return await asyncio.to_thread(self._library.prompts, language)

    async def prompt_names(self, language: str) -> Terms:
        """Return what the prompts are called."""
        found = await self.prompts(language)
        return await asyncio.to_thread(prompt_names, found.prompts)

    async def copy_prompt(self, prompt_id: str, language: str) -> str:
        """Copy a shipped prompt into the vault."""
        async with self._lock:
            try:
                file = await asyncio.to_thread(self._library.copy, prompt_id, language)
            except OSError as error:
                raise PromptError(f"The prompt could not be copied: {error.strerror}.") from error
        return file.relative_to(self._vault).as_posix()

    async def scenes(self) -> SceneList:
        """Return the scenes."""
        return await self._with_scenes(self._scenes.scenes)

    async def save_scene(self, scene: Scene) -> SceneList:
        """Keep an own scene."""
        return await self._with_scenes(partial(self._scenes.save, scene))

    async def delete_scene(self, scene_id: str) -> SceneList:
        """Delete an own scene."""
        return await self._with_scenes(partial(self._scenes.delete, scene_id))

    async def sent(self, trace_id: str) -> tuple[Sent, ...]:
        """Return what a request sent."""
        return self._meter.sent(trace_id)

    async def outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        """Note what the person did with a result."""
        answer = text or self._written.get(trace_id, "")
        asked = self._meter.asked(trace_id)
        await asyncio.to_thread(
            self._meter.traces.note_outcome, trace_id, outcome, asked=asked, answer=answer
        )

    async def ledger(self) -> Ledger:
        """Return what was spent."""
        return await asyncio.to_thread(self._meter.traces.ledger, self._meter.cap_usd)

    async def scores(self) -> tuple[ModelScore, ...]:
        """Return how the models fared."""
        return await asyncio.to_thread(self._meter.traces.scores)

    async def evaluate(self, prompt: Prompt, cases: Sequence[Case], tier: Tier | None) -> list[Scored]:
        """Return how a prompt does on its cases with the tier's model, or the prompt's own."""
        model = _required(await self.model(tier or prompt.tier))
        found = evaluated(prompt, cases, search=self._search, model=model, prices=self._meter.prices)
        return [scored async for scored in found]

    async def _priced(self, event: CheckDone) -> CheckDone:
        """Return the end of a check with what its calls cost, None where a price is not known."""
        calls = await asyncio.to_thread(self._meter.traces.of_request, event.trace_id)
        costs = [call.cost_usd for call in calls]
        known = [cost for cost in costs if cost is not None]
        return replace(event, cost_usd=sum(known) if len(known) == len(costs) else None)

    async def _preview_writing(self, request: WriteRequest) -> Preview:
        prompt = await self.prompt(request)
        images = await self._images(request)
        model = _required(await self._writer(request, prompt, images))
        check_sees(model, images)
        job = await writing.prepare(
            request, prompt, search=self._sourced(request), small=model.demonstration, images=images
        )
        chat = job.chat_request(0, small=model.demonstration)
        return await asyncio.to_thread(
            preview, job.request, chat, job.passages, model, self._meter.prices, times=job.count
        )

    async def prompt(self, request: WriteRequest) -> Prompt:
        """Return the prompt that a request means, in the language of its text.

        Raises:
            PromptMissing: there is none of that id.
            NoteLeftOut: it would be run on a note that goes to no model.
        """
        path = request.note.path if request.note else ""
        await asyncio.to_thread(self._left_out.check, path, seen_of(request.note))
        language = language_for(request)
        async with self._lock:
            return await asyncio.to_thread(self._library.get, request.prompt_id, language)

    async def _images(self, request: AskRequest | WriteRequest) -> tuple[Image, ...]:
        return await asyncio.to_thread(read_images, wanted(request), self._vault)

    async def _writer(
        self, request: WriteRequest, prompt: Prompt, images: Sequence[Image]
    ) -> ChatModel | None:
        """Return who writes; what has pictures goes to the vision model."""
        return await self.model(ModelRole.VISION if images else request.tier or prompt.tier, request.model)

    async def _seeing(self, request: AskRequest, images: Sequence[Image]) -> Seeing:
        """Return who is asked and what of the session goes along; pictures go to the vision model."""
        history = await self.conversations.kept(request)
        earlier = await asyncio.to_thread(read_earlier, history, request, self._vault)
        eyes = bool(images or earlier.shown)
        model = await self.model(ModelRole.VISION if eyes else request.tier, request.model)
        if not earlier.shown or not self._blind.is_blind(model):
            return Seeing(model, with_earlier(history, earlier), earlier)
        if not images:
            model = await self.model(request.tier, request.model)
        return Seeing(model, history, Earlier(count=earlier.count), unseen=len(earlier.shown))

    async def _with_scenes(self, call: Callable[[], SceneList]) -> SceneList:
        async with self._lock:
            try:
                return await asyncio.to_thread(call)
            except OSError as error:
                raise PromptError(f"The scene could not be written: {error.strerror}.") from error

    def _sourced(self, request: AskRequest | WriteRequest) -> SourcedSearch:
        return SourcedSearch(
            self._search,
            request.sources,
            read_note=self._text_of_note,
            open_note=request.note.path if request.note else "",
        )

    def _text_of_note(self, path: str) -> str:
        """Return the text of a note, or of a document that is pinned like one."""
        if not is_document(path):
            self._left_out.check(path)
            return notes.read(self._vault, path).text
        return self._documents.text(self._documents.document(path))

    def _remember(self, event: Written) -> None:
        self._written[event.trace_id] = event.candidates[0].text if event.candidates else ""
        while len(self._written) > REMEMBERED:
            self._written.popitem(last=False)

    def _stamps(self) -> object:
        return self._library.stamps(), self._scenes.stamps()

    async def _tell_spent(self) -> None:
        try:
            today, month = await asyncio.to_thread(self._meter.traces.spent_usd)
        except PilotfishError as error:
            log.warning("what was spent could not be read: %s", error)
        else:
            self._emit(Spent(today, month, self._meter.cap_usd))


def prices_of(settings: Settings) -> Prices:
    """Return the prices by which calls are reckoned: the person's own before the published ones."""
    own = settings.prices
    return Prices(OwnPrice(one.model, one.input_usd, one.output_usd, one.minute_usd) for one in own)


def _required(model: ChatModel | None) -> ChatModel:
    if model is None:
        raise NoModel("This needs a language model, and none is set up.")
    return model
