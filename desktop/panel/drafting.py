"""The next request, put together from scene, form, composer and context bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from core.assist.model import AskRequest, CheckRequest, NoteContext, PartKind, Work, WriteRequest
from core.prompts.model import Placement, Prompt, Scope
from desktop.bridge.engine_bridge import EngineBridge
from desktop.error_text import word
from desktop.panel.composer import COMMAND_MARKS
from desktop.panel.requests import Context, PromptRun

if TYPE_CHECKING:
    from desktop.panel.side_panel import SidePanel


FREE, REQUEST = "free", "request"
"""The prompt that does what free words say in a scene of writing, and its variable for them."""


class FormMemory(Protocol):
    """Where the values of forms are kept from one start to the next."""

    def form_values(self, prompt_id: str) -> dict[str, str]:
        """Return what was given last."""

    def keep_form_values(self, prompt_id: str, values: dict[str, str]) -> None:
        """Remember it."""


class _NoMemory:
    """Values of this session only."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, str]] = {}

    def form_values(self, prompt_id: str) -> dict[str, str]:
        """Return what was given last."""
        return dict(self._values.get(prompt_id, {}))

    def keep_form_values(self, prompt_id: str, values: dict[str, str]) -> None:
        """Remember it."""
        self._values[prompt_id] = dict(values)


class Drafting(QObject):
    """Knows what would be sent now, and sends it."""

    def __init__(self, panel: SidePanel, bridge: EngineBridge, context: Context) -> None:
        super().__init__(panel)
        self._panel = panel
        self._bridge = bridge
        self._context = context
        self.memory: FormMemory = _NoMemory()
        panel.form.fill_requested.connect(self._fill)
        panel.form.edit_requested.connect(self._edit)

    def draft(self) -> AskRequest | WriteRequest | None:
        """Return the request as it would be sent now; None while nothing is typed and no prompt chosen."""
        panel = self._panel
        form, text = panel.form, panel.composer.edit.toPlainText().strip()
        note, _ = self._context() or (None, None)
        note = panel.context_bar.applied(note)
        if form.prompt is not None:
            return self._write_request(self._run_of(form.prompt, text), note)
        if text.startswith(COMMAND_MARKS) or not (text or panel.composer.attachments.paths):
            return None
        if (free := self._free_run(text, note)) is not None:
            return self._write_request(free, note)
        return self._ask_request(text, note)

    def send(self, text: str) -> None:
        """Send what is typed, or run the prompt whose form is open."""
        prompt = self._panel.form.prompt
        if prompt is not None:
            if self._panel.form.check():
                self._run(self._run_of(prompt, text))
            else:
                self._panel.composer.set_text(text)  # not sent, so not lost either
            return
        note, anchor = self._context() or (None, None)
        note = self._panel.context_bar.applied(note)
        if (free := self._free_run(text, note)) is not None:
            self._run(free, title=text)
            return
        request = self._ask_request(text, note)
        self._panel.composer.attachments.clear()
        self._panel.requests.ask(request, anchor)

    def run_or_ask(self, prompt: Prompt) -> None:
        """Run a prompt with the values given last; ask for them first where one is needed and missing."""
        values = self._last_values(prompt)
        if any(variable.required and not values.get(variable.name) for variable in prompt.variables):
            self.open_form(prompt)
        else:
            self._run(PromptRun(prompt, values, count=prompt.candidates))

    def title_of_draft(self) -> str:
        """Return what the request is called that would be sent now; empty while there is none."""
        panel = self._panel
        request, text = self.draft(), panel.composer.edit.toPlainText().strip()
        if panel.form.prompt is not None:
            return self._title_of(self._run_of(panel.form.prompt, text))
        return request.text if isinstance(request, AskRequest) else text if request is not None else ""

    def compare(self, models: Sequence[str]) -> None:
        """Let these models, each named `provider/model`, do side by side what would be sent now."""
        panel, text = self._panel, self._panel.composer.edit.toPlainText().strip()
        title, prompt = self.title_of_draft(), self._panel.form.prompt
        note, anchor = self._context() or (None, None)
        note = panel.context_bar.applied(note)
        run = self._run_of(prompt, text) if prompt is not None else self._free_run(text, note)
        request: AskRequest | WriteRequest
        if run is not None:
            request, anchor = self._prepare(run, is_free=prompt is None)
        else:
            request = self._ask_request(text, note)
            panel.composer.attachments.clear()
        panel.requests.compare(request, models, anchor, title=title)

    def check_facts(self) -> bool:
        """Hold the selection, else the caret's block, against the notes; False with no words there."""
        found = self._context()
        text = (found[0].selection or found[0].block) if found else ""
        if found is None or not text.strip():
            return False
        self._panel.requests.check(
            CheckRequest(text=text, note=found[0].path, tier=self._panel.tiers.tier), found[1]
        )
        return True

    def open_form(self, prompt: Prompt) -> None:
        """Ask for what a prompt wants to know."""
        panel = self._panel
        panel.form.show_prompt(prompt, self._last_values(prompt), panel.library.language)
        panel.show_form(prompt)

    def _free_run(self, text: str, note: NoteContext | None) -> PromptRun | None:
        """Return the run that does what free words say; None where they are a question, or there is no prompt
        for it, as with an older library of the person's own."""
        prompt = self._panel.library.prompt(FREE)
        if prompt is None or not text or self._panel.scenes.work is not Work.WRITE:
            return None
        left_out = PartKind.SELECTION.value in self._panel.context_bar.without
        selected = note is not None and bool(note.selection) and not left_out
        placement = Placement.REPLACE if selected else Placement.INSERT
        return PromptRun(replace(prompt, placement=placement), {REQUEST: text}, count=prompt.candidates)

    def _run_of(self, prompt: Prompt, instruction: str) -> PromptRun:
        form = self._panel.form
        return PromptRun(prompt, form.values(), instruction, form.count.value())

    def _run(self, run: PromptRun, *, title: str = "") -> None:
        request, anchor = self._prepare(run, is_free=bool(title))
        card = self._panel.requests.write(run, title or self._title_of(run), request, anchor)
        card.candidates.setFocus()

    def _prepare(self, run: PromptRun, *, is_free: bool) -> tuple[WriteRequest, object]:
        """Leave the panel as a run leaves it; return its request and what its result replaces."""
        panel, prompt = self._panel, run.prompt
        if not is_free:
            self.memory.keep_form_values(prompt.id, dict(run.values))
        if self._works_on_block(prompt):
            panel.block_requested.emit()
        note, anchor = self._context() or (None, None)
        if panel.form.prompt is not None:
            panel.form.close_form()
        request = self._write_request(run, panel.context_bar.applied(note))
        panel.composer.attachments.clear()
        return request, anchor

    def _title_of(self, run: PromptRun) -> str:
        title = run.prompt.title.of(self._panel.library.language)
        return f"{title}: {run.instruction}" if run.instruction else title

    def _works_on_block(self, prompt: Prompt) -> bool:
        """Whether the block under the caret, with nothing selected, is what the result replaces."""
        found = self._context()
        is_edit = prompt.placement is Placement.REPLACE and prompt.scope in (Scope.SELECTION, Scope.BLOCK)
        return is_edit and found is not None and bool(found[0].block.strip()) and not found[0].selection

    def _ask_request(self, text: str, note: NoteContext | None) -> AskRequest:
        panel, scene = self._panel, self._panel.scenes.scene
        return AskRequest(
            text=text or self.tr("What is in the picture?"),
            work=panel.scenes.work,
            tier=panel.tiers.tier,
            note=note,
            use_passages=panel.context_bar.use_passages,
            session_id=panel.sessions.current if panel.scenes.work is Work.ASK else "",
            sources=panel.context_bar.sources(scene.retrieval),
            temperature=scene.temperature,
            images=panel.composer.attachments.paths,
        )

    def _write_request(self, run: PromptRun, note: NoteContext | None) -> WriteRequest:
        panel, scene = self._panel, self._panel.scenes.scene
        return WriteRequest(
            prompt_id=run.prompt.id,
            note=self._as_meant(note, run.prompt),
            values=dict(run.values),
            instruction=run.instruction,
            candidates=run.count,
            placement=run.prompt.placement,
            tier=panel.tiers.tier,
            temperature=scene.temperature,
            sources=panel.context_bar.sources(scene.retrieval),
            images=panel.composer.attachments.paths,
        )

    def _as_meant(self, note: NoteContext | None, prompt: Prompt) -> NoteContext | None:
        """A block that no hand selected leaves nothing out where the whole note is worked on."""
        if note is None or prompt.scope is not Scope.NOTE or not self._panel.is_detached:
            return note
        return replace(note, selection="", before=note.before + note.selection)

    def _last_values(self, prompt: Prompt) -> dict[str, str]:
        defaults = {variable.name: variable.default for variable in prompt.variables}
        kept = self.memory.form_values(prompt.id)
        return defaults | {name: value for name, value in kept.items() if name in defaults and value}

    def _fill(self) -> None:
        """Let the model propose the values; they are the person's to change."""
        form, found = self._panel.form, self._context()
        prompt = form.prompt
        if prompt is None or not self._bridge.attached:
            return
        if found is None:
            form.say(self.tr("Open a note first: the values are proposed from it."))
            return
        form.fill_button.setEnabled(False)
        self._bridge.assist.fill(
            prompt.id,
            found[0],
            done=lambda values: self._filled(prompt, values),
            failed=lambda error: self._filled(prompt, {}, error),
        )

    def _edit(self) -> None:
        """Open the prompt's file; a shipped one is copied into the vault first and counts from then on."""
        panel, prompt = self._panel, self._panel.form.prompt
        if prompt is None or not self._bridge.attached:
            return
        if prompt.own:
            panel.open_requested.emit(prompt.file, prompt.body_line)
            return
        self._bridge.assist.copy_prompt(
            prompt.id,
            panel.library.language,
            done=lambda path: panel.open_requested.emit(path, 0),
            failed=self._not_edited,
        )

    def _not_edited(self, error: Exception) -> None:
        self._panel.form.say(word(error).in_full)

    def _filled(self, prompt: Prompt, values: object, error: Exception | None = None) -> None:
        form = self._panel.form
        form.fill_button.setEnabled(True)
        if form.prompt is not prompt:
            return
        if error is not None:
            form.say(word(error).in_full)
        elif isinstance(values, dict):
            form.show_values(values)
