"""Prompts, scenes, candidates and sessions as a test wants them; see `FakeLink.assist`."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.assist.model import (
    AskRequest,
    Candidate,
    CandidateAdded,
    CandidateDone,
    ContextPart,
    Finish,
    PartKind,
    Preview,
    WriteEvent,
    WriteRequest,
    Written,
)
from core.documents.recordings import as_reading
from core.engine.assist_model import HearingModel
from core.errors import PilotfishError
from core.llm.chat import Message, Role, Tier, Usage
from core.prompts.model import (
    Placement,
    Prompt,
    PromptList,
    Retrieval,
    Scene,
    SceneList,
    Titles,
    Variable,
    VariableKind,
)
from core.prompts.naming import prompt_names
from core.session.model import Conversation, ModelScore, Outcome, Sent, Session
from core.text.matching import Terms

if TYPE_CHECKING:
    from tests.desktop.fake_link import FakeLink

POLISH = Prompt(
    "polish",
    1,
    Titles("Polish", "润色"),
    "",
    about=Titles("Clearer and smoother", "更清楚、更通顺"),
    candidates=3,
    placement=Placement.REPLACE,
    variables=(Variable("focus", VariableKind.TEXT, Titles("Look out for", "特别注意")),),
)
DRAFT = Prompt(
    "draft",
    2,
    Titles("Draft", "起草"),
    "",
    candidates=2,
    variables=(
        Variable("kind", VariableKind.TEXT, Titles("What to write", "要写什么"), required=True),
        Variable("points", VariableKind.LONG, Titles("Must be in it", "必须写到")),
        Variable("tone", VariableKind.CHOICE, Titles("Tone", "语气"), "formal", ("formal", "friendly")),
        Variable("brief", VariableKind.SWITCH, Titles("Briefly", "简短")),
    ),
)
FREE = Prompt(
    "free",
    1,
    Titles("Free request", "自由要求"),
    "",
    candidates=2,
    variables=(Variable("request", VariableKind.LONG, Titles("What", "什么"), required=True),),
)
SCENES = (
    Scene("write", Titles("Write", "写作"), ("draft", "polish"), temperature=0.7),
    Scene("polish", Titles("Polish", "润色"), ("polish",), retrieval=Retrieval.NONE),
    Scene("ask", Titles("Ask", "提问"), (), icon="search", temperature=0.2),
    Scene("study", Titles("Study", "学习"), ("polish",), tier=Tier.PRECISE, retrieval=Retrieval.NOTE),
)


class FakeWriting:
    """One run of a prompt; the test sends its events."""

    def __init__(self, link: FakeLink, request: WriteRequest, on_event: Any, on_failed: Any) -> None:
        self.request = request
        self.cancelled = False
        self._link, self._on_event, self._on_failed = link, on_event, on_failed

    def cancel(self) -> None:
        self.cancelled = True

    def send(self, *events: WriteEvent | PilotfishError) -> None:
        """Deliver events from the link's thread, in order."""
        for event in events:
            call = self._on_failed if isinstance(event, PilotfishError) else self._on_event
            self._link.run(call, event)

    def write(self, *texts: str) -> None:
        """Stream these candidates and end."""
        found = []
        for n, text in enumerate(texts, start=self.request.first):
            found.append(Candidate(n, text, Finish.COMPLETE))
            self.send(CandidateAdded(n, text), CandidateDone(found[-1]))
        self.send(written(*found, prompt_id=self.request.prompt_id))


class FakeHearing:
    """One recording on its way; the test says what was heard."""

    def __init__(self, link: FakeLink, path: str, agreed: str, on_heard: Any, on_failed: Any) -> None:
        self.path, self.agreed = path, agreed
        self.cancelled = False
        self._link, self._on_heard, self._on_failed = link, on_heard, on_failed

    def cancel(self) -> None:
        self.cancelled = True

    def hear(self, *pieces: tuple[float, str]) -> None:
        """Deliver what was said at which second."""
        reading = as_reading(Path(self.path).read_bytes(), pieces)
        self._link.run(self._on_heard, reading)

    def fail(self, error: PilotfishError) -> None:
        """Deliver why nothing was heard."""
        self._link.run(self._on_failed, error)


class FakeAssist:
    """Implements `core.engine.assist_model.AssistLink` as far as the panel's tests need it."""

    def __init__(self, link: FakeLink) -> None:
        self._link = link
        self.library = PromptList((DRAFT, POLISH))
        self.scene_list = SceneList(SCENES)
        self.keeps_scenes: bool | Exception = True
        self.written: list[FakeWriting] = []
        self.checked: list[FakeWriting] = []
        self.previewed: list[AskRequest | WriteRequest] = []
        self.answer: Preview | Exception = a_preview()
        self.proposed: dict[str, str] | Exception = {}
        self.bytes_sent: tuple[Sent, ...] = ()
        self.hearing: HearingModel | None = None
        self.heard: list[FakeHearing] = []
        self.outcomes: list[tuple[str, Outcome]] = []
        self.session_list: list[Session] = []
        self.model_scores: tuple[ModelScore, ...] = ()
        self.conversations: dict[str, Conversation] = {}
        self.calls: list[tuple[str, tuple[object, ...]]] = []

    def scores(self) -> Future[tuple[ModelScore, ...]]:
        return self._link.future(self.model_scores)

    def prompts(self, language: str) -> Future[PromptList]:
        self.calls.append(("prompts", (language,)))
        return self._link.future(self.library)

    def prompt_names(self, language: str) -> Future[Terms]:
        self.calls.append(("prompt_names", (language,)))
        return self._link.future(prompt_names(self.library.prompts))

    def scenes(self) -> Future[SceneList]:
        return self._link.future(self.scene_list)

    def save_scene(self, scene: Scene) -> Future[SceneList]:
        if isinstance(self.keeps_scenes, Exception):
            return self._link.future(self.keeps_scenes)
        kept = {one.id: one for one in self.scene_list.scenes} | {scene.id: scene}
        self.scene_list = SceneList(tuple(kept.values()))
        return self._link.future(self.scene_list)

    def delete_scene(self, scene_id: str) -> Future[SceneList]:
        left = tuple(one for one in self.scene_list.scenes if one.id != scene_id)
        self.scene_list = SceneList(left)
        return self._link.future(self.scene_list)

    def write(self, request: WriteRequest, *, on_event: Any, on_failed: Any) -> FakeWriting:
        self.written.append(FakeWriting(self._link, request, on_event, on_failed))
        return self.written[-1]

    def check(self, request: Any, *, on_event: Any, on_failed: Any) -> FakeWriting:
        self.checked.append(FakeWriting(self._link, request, on_event, on_failed))
        return self.checked[-1]

    def preview(self, request: AskRequest | WriteRequest) -> Future[Preview]:
        self.previewed.append(request)
        return self._link.future(self.answer)

    def hearing_model(self) -> Future[HearingModel | None]:
        return self._link.future(self.hearing)

    def transcribe(self, path: str, agreed: str, *, on_heard: Any, on_failed: Any) -> FakeHearing:
        self.heard.append(FakeHearing(self._link, path, agreed, on_heard, on_failed))
        return self.heard[-1]

    def fill(self, prompt_id: str, note: object) -> Future[dict[str, str]]:
        self.calls.append(("fill", (prompt_id, note)))
        return self._link.future(self.proposed)

    def sent(self, trace_id: str) -> Future[tuple[Sent, ...]]:
        self.calls.append(("sent", (trace_id,)))
        return self._link.future(self.bytes_sent)

    def outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        self.outcomes.append((trace_id, outcome))

    def copy_prompt(self, prompt_id: str, language: str) -> Future[str]:
        self.calls.append(("copy_prompt", (prompt_id, language)))
        return self._link.future(f".pilotfish/prompts/{prompt_id}.md")

    def sessions(self, query: str = "", note: str | None = None) -> Future[tuple[Session, ...]]:
        self.calls.append(("sessions", (query, note)))
        found = [one for one in self.session_list if query.casefold() in one.title.casefold()]
        return self._link.future(tuple(found))

    def new_session(self, note: str = "") -> Future[Session]:
        session = Session(f"s{len(self.session_list) + 1}", "", note, 0.0, 0.0)
        self.session_list.insert(0, session)
        return self._link.future(session)

    def conversation(self, session_id: str) -> Future[Conversation]:
        return self._link.future(self.conversations[session_id])

    def rename_session(self, session_id: str, title: str) -> Future[Session]:
        self.calls.append(("rename_session", (session_id, title)))
        return self._link.future(Session(session_id, title, "", 0.0, 0.0, named_by_person=True))

    def branch_session(self, session_id: str, message_id: str) -> Future[Session]:
        self.calls.append(("branch_session", (session_id, message_id)))
        return self._link.future(Session("branch", "Branch", "", 0.0, 0.0, branched_from=session_id))

    def delete_session(self, session_id: str) -> Future[None]:
        self.calls.append(("delete_session", (session_id,)))
        self.session_list = [one for one in self.session_list if one.id != session_id]
        return self._link.future(None)

    def export_session(self, session_id: str) -> Future[str]:
        self.calls.append(("export_session", (session_id,)))
        return self._link.future("Conversation.md")


def written(*candidates: Candidate, prompt_id: str = "polish") -> Written:
    return Written(candidates, prompt_id, 1, "m", "ollama", Tier.FAST, Usage(), None, 1.0, 2.0, "trace-w")


def a_preview(tokens: int = 321, *, cost: float | None = 0.0123, place: str = "api.example.com") -> Preview:
    parts = (
        ContextPart(PartKind.INSTRUCTION, "rules", "", 120, removable=False),
        ContextPart(PartKind.PASSAGE, "passage:1", "Pilot review", 80, "Pilot review.md", 14),
    )
    messages = (Message(Role.SYSTEM, "You write."), Message(Role.USER, "三月开放 <b>"))
    return Preview(messages, parts, tokens, 400, cost, "gpt", "openai", place)
