"""Quick-ask on a scripted engine, with a focus that only remembers."""

import pytest

from core.assist.model import NoteContext
from core.text.matching import Term, make_terms
from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.offers import Offers
from desktop.palette.quick_ask import QuickAsk
from desktop.palette.recent import RecentQuestions
from desktop.panel.answer_card import AnswerCard
from desktop.panel.library import Library
from desktop.panel.prompt_form import PromptForm

NOTES = ("Projects/Launch plan.md", "启动计划.md", "Meetings/Launch review.md")
LAUNCH = NoteContext("Projects/Launch plan.md", "Launch plan", block="We open in March.")


class KeptForms:
    """Forms of the side panel, and what was given in them."""

    language = "en"

    def __init__(self, theme):
        self._theme = theme
        self.kept = {}

    def make(self):
        return PromptForm(self._theme, brief=True)

    def last_values(self, prompt):
        return prompt.values(self.kept.get(prompt.id, {}))

    def keep_values(self, prompt_id, values):
        self.kept[prompt_id] = values


class FakeFocus:
    """Notes what it was asked to do."""

    def __init__(self):
        self.calls = []

    def remember(self):
        self.calls.append("remember")

    def give_back(self):
        self.calls.append("give back")


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


@pytest.fixture
def focus():
    return FakeFocus()


@pytest.fixture
def recent(tmp_path):
    return RecentQuestions(tmp_path / "state" / "questions.json")


@pytest.fixture
def library(bridge, link, qtbot):
    """Two prompts, as the engine tells them."""
    link.index.names["notes"] = make_terms(
        Term(path.rsplit("/")[-1].removesuffix(".md"), path) for path in NOTES
    )
    library = Library(bridge)
    library.load()
    qtbot.waitUntil(lambda: len(library.prompts) == 2)
    return library


@pytest.fixture
def forms(theme):
    return KeptForms(theme)


@pytest.fixture
def open_note():
    """What the editor has open: a list with one context, or none."""
    return [LAUNCH]


@pytest.fixture
def quick(qtbot, bridge, theme, recent, *, focus, library, forms, open_note):
    """The window, not shown yet."""
    window = QuickAsk(
        bridge,
        theme,
        recent,
        lambda request: AnswerCard(theme, request, framed=False),
        offers=Offers(bridge, library),
        forms=forms,
        open_note=lambda: next(iter(open_note), None),
        focus=focus,
    )
    yield window
    window.asker.stop()
    window.close()
    window.deleteLater()


@pytest.fixture
def up(quick, qtbot):
    """The window on the screen."""
    with qtbot.waitExposed(quick):
        quick.come_up()
    qtbot.waitUntil(quick.isActiveWindow)
    return quick
