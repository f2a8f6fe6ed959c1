"""What a streamed answer of 32 KB costs the window: each update of the panel, painted, and the marks at its
end.

Times are of the GUI thread's processor, so that another program's work is not counted. The text is that of
real notes, in pieces as models send them; `--seed N` draws others.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Iterator

from tests.bench.report import percentile, publish
from tests.bench.vaults import REAL, WELCOME

SIZE = 32 * 1024
"""Bytes of UTF-8."""
VAULTS = {"en": "foam-docs-en", "zh": "itnotes-zh"}


def answer(language: str, chance: random.Random) -> str:
    """Return paragraphs of real notes, with citations, as long as a very long answer."""
    folder = REAL / VAULTS[language] if REAL.is_dir() else WELCOME
    notes = sorted(folder.rglob("*.md"))
    text = ""
    while len(text.encode()) < SIZE:
        paragraphs = chance.choice(notes).read_text(encoding="utf-8", errors="replace").split("\n\n")
        text += "\n\n".join(f"{p} [{chance.randint(1, 8)}]" for p in paragraphs if "```" not in p) + "\n\n"
    return text.encode()[:SIZE].decode(errors="ignore")


def pieces(text: str, chance: random.Random) -> Iterator[str]:
    """Yield the text in pieces of about 30 ms of a quick model: the bridge hands over no smaller ones."""
    at = 0
    while at < len(text):
        size = chance.randint(10, 40)
        yield text[at : at + size]
        at += size


def measured(language: str, chance: random.Random, *, following: bool) -> dict[str, float]:
    """Stream one answer into a card and return what its updates took, in ms.

    With `following` the person stays at the end, so that every new line scrolls all that is in sight.
    """
    from PySide6.QtWidgets import QApplication

    from core.assist.claims import claims_of
    from core.assist.model import AskRequest
    from desktop.panel.answer_card import AnswerCard
    from desktop.panel.conversation import Conversation
    from desktop.theme.theme import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme("light")
    conversation = Conversation(theme)
    conversation.resize(360, 700)
    conversation.show()
    card = AnswerCard(theme, AskRequest("?"), parent=conversation)
    conversation.add(card)
    if following:
        conversation.scroll_to_end()
    view = card.view
    text = answer(language, chance)
    updates = []
    view.begin(citations=8)
    for piece in pieces(text, chance):
        start = time.thread_time()
        view._pace.stop()  # each piece by itself; the view would wait four times as long as one took
        card.add_text(piece)
        app.processEvents()
        updates.append((time.thread_time() - start) * 1000)
    view.finish()
    start = time.thread_time()
    view.explain_marks((), (), [claim.text for claim in claims_of(text)][::3])
    app.processEvents()
    marks = (time.thread_time() - start) * 1000
    return {
        "update_ms_p50": round(statistics.median(updates), 2),
        "update_ms_p95": round(percentile(updates, 0.95), 2),
        "update_ms_max": round(max(updates), 2),
        "marks_ms": round(marks, 1),
        "updates": len(updates),
    }


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    found = {
        f"{language}{'_following' * following}": measured(language, random.Random(seed), following=following)
        for language in VAULTS
        for following in (False, True)
    }
    publish({f"{language}_{key}": value for language, part in found.items() for key, value in part.items()})


if __name__ == "__main__":
    main()
