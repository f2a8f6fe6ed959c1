"""The footnotes of a note: numbered as its pieces are put together, listed behind the last of them.

A piece names footnotes by their labels (`core.text.note_marks`); which number one has depends on all that
stands before it. A note that names another in its own text comes after those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import unquote

_MARK = re.compile(r'<a href="foot:(?P<label>[^"]*)">[^<]*</a>')
_TAG = re.compile(r"<[^>]*>")
LONGEST_TIP = 400
INLINE = "^"
"""What the label of a footnote begins with whose text stands where it is named."""


def labels_in(html: str) -> list[str]:
    """Return the labels that some HTML names, in their order."""
    return [unquote(found["label"]) for found in _MARK.finditer(html)] if "foot:" in html else []


def with_marks(htmls: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    """Return the HTML with small numbers for marks; one that leads nowhere is shown as it is written.

    Args:
        texts: the HTML of the footnotes by their labels, in the order of their numbers; where the mouse rests
            on a mark, the words of its footnote are shown.
    """
    numbers = {label: number for number, label in enumerate(texts, start=1)}
    tips = {label: _tip(html) for label, html in texts.items()}
    named: set[int] = set()

    def mark(found: re.Match[str]) -> str:
        label = unquote(found["label"])
        if (number := numbers.get(label)) is None:
            return escape(f"[^{label}]")
        place = "" if number in named else f'<a name="mark{number}"></a>'
        named.add(number)
        return f'{place}<sup><a class="mark" href="foot:{number}" title="{tips[label]}">{number}</a></sup>'

    return [_MARK.sub(mark, html) if "foot:" in html else html for html in htmls]


def _tip(html: str) -> str:
    words = " ".join(_TAG.sub(" ", html).split())
    return words[:LONGEST_TIP].replace('"', "&quot;")


def listed(texts: Mapping[int, str]) -> str:
    """Return the list of footnotes, by number, each with the way back to where it is first named."""
    items = "".join(
        f'<li><a name="foot{number}"></a>{_with_way_back(text, number)}</li>'
        for number, text in texts.items()
    )
    return f'<ol class="footnotes">{items}</ol>'


def _with_way_back(html: str, number: int) -> str:
    back = f' <a class="mark" href="mark:{number}">↩</a>'
    body = html.strip()
    if body.startswith("<p>") and body.count("<p>") == 1 and body.endswith("</p>"):
        return body.removeprefix("<p>").removesuffix("</p>") + back  # a short list has no room between
    return body.removesuffix("</p>") + back + "</p>" if body.endswith("</p>") else f"{body}<p>{back}</p>"
