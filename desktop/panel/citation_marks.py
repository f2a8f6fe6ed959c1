"""What the numbers in an answer say when the pointer rests on them, and which are not to be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from core.assist.model import Citation
from core.search.model import Passage
from desktop.panel.places import place_name
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip

translate = QCoreApplication.translate


def show_marks(
    document: QTextDocument, citations: Sequence[Citation], passages: Sequence[Passage], theme: Theme
) -> None:
    """Give every mark its passage to show, and a wavy line where the program did not find its words there."""
    waiting: dict[int, list[Citation]] = defaultdict(list)
    for citation in sorted(citations, key=lambda citation: citation.offset):
        waiting[citation.n].append(citation)
    for cursor, number in list(_marks(document)):
        known = waiting[number]
        rests_on = (known.pop(0) if len(known) > 1 else known[0]) if known else None
        passage = passages[number - 1] if 0 < number <= len(passages) else None
        change = QTextCharFormat()
        change.setToolTip(tooltip(_told(rests_on, passage)))
        if rests_on is not None and not rests_on.verified:
            change.setForeground(theme.colour("warn"))
            change.setUnderlineColor(theme.colour("warn"))
            change.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        cursor.mergeCharFormat(change)


def _told(citation: Citation | None, passage: Passage | None) -> str:
    """Return where a mark leads, whether its words stand there, and what does."""
    lines = []
    if passage is not None:
        lines.append(place_name(passage.path, passage.heading_path))
    elif citation is not None and citation.path:
        lines.append(place_name(citation.path, citation.heading_path))
    if citation is not None:
        lines.append(
            translate("citation_marks", "Checked: these words stand there.")
            if citation.verified
            else translate("citation_marks", "Not checked: the program did not find these words there.")
        )
    words = passage.text if passage is not None else citation.quote if citation is not None else ""
    return "\n".join([*lines, "", words]).strip()


def _marks(document: QTextDocument) -> Iterator[tuple[QTextCursor, int]]:
    """Yield a cursor over each mark of the text, in order, and its number."""
    block = document.begin()
    while block.isValid():
        yield from _marks_of(block)
        block = block.next()


def _marks_of(block: QTextBlock) -> Iterator[tuple[QTextCursor, int]]:
    runs = block.begin()
    while not runs.atEnd():
        fragment = runs.fragment()
        runs += 1
        scheme, _, number = fragment.charFormat().anchorHref().partition(":")
        if scheme == "note" and number.isdecimal():
            cursor = QTextCursor(block)
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            yield cursor, int(number)
