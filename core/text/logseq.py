"""What Logseq writes into Markdown: `key:: value` properties and task words.

A page's own properties stand in its first block; older graphs wrap them in a list item of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PROPERTY = re.compile(r"(?P<key>[^\s:#\[\](){}`\"',;|<>*]+)::(?:[ \t]+(?P<value>.*))?$")
TASK_WORDS = "TODO|DOING|DONE|LATER|NOW|WAITING|WAIT|IN-PROGRESS|CANCELED|CANCELLED"
"""The words that a task may begin with, as part of a regular expression."""
_TASK = re.compile(rf"(?:\[(?P<box>[^\[\]\n])\](?=\s)|(?P<word>{TASK_WORDS})(?=\s|$))")
_PAGE_NAME = re.compile(r"#?\[\[([^\[\]]+)\]\]")


def properties(content: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line within `content` from 0, key in lower case, value) of every property line."""
    if "::" not in content:
        return
    for number, line in enumerate(content.split("\n")):
        if "::" in line and (match := PROPERTY.match(line.strip())):
            yield number, match["key"].lower(), (match["value"] or "").strip()


def is_only_properties(content: str) -> bool:
    """Whether every line is a property, so that the block describes its page."""
    return bool(content) and all(PROPERTY.match(line.strip()) for line in content.split("\n"))


def names(value: str) -> tuple[str, ...]:
    """Return the entries of `alias::` or `tags::`, without the brackets of page links."""
    linked = _PAGE_NAME.findall(value)
    plain = re.split("[,，]", _PAGE_NAME.sub(",", value))
    written = sorted((*linked, *(part.strip().removeprefix("#") for part in plain)), key=value.find)
    return tuple(name for name in written if name.strip())


def task_state(content: str) -> str:
    """Return what stands in the task's box, or Logseq's task word; empty where the item is no task."""
    match = _TASK.match(content)
    return "" if match is None else match["box"] or match["word"]
