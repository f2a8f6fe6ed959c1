"""Text that passed through an editor's widget, without what the widget did to lines nobody touched.

Qt's plain text editor gives back U+2028 and U+2029 as line ends and a no-break space as a space. Saved as
they come, such lines would change in the file although nobody edited them.
"""

from __future__ import annotations

import re

from core.vault.merge import matching_lines

_WIDGET_LINE_END = re.compile("([\n\u2028\u2029\ufdd0\ufdd1])")
"""What `QTextDocument.toPlainText` turns into LF, LF itself included."""


def keep_untouched(loaded: str, shown: str, edited: str) -> str:
    """Return the edited text with every untouched line as it stood in the file.

    Args:
        loaded: the note's text as `core.vault.notes.read` returned it.
        shown: what the widget gave back for it before anybody typed.
        edited: what the widget gives back now.
    """
    if shown in (loaded, edited):
        return edited if shown == loaded else loaded
    pieces = _WIDGET_LINE_END.split(loaded)
    lines, ends = pieces[::2], [*pieces[1::2], ""]
    shown_lines, edited_lines = shown.split("\n"), edited.split("\n")
    if len(lines) != len(
        shown_lines
    ):  # a widget that does more than we know of: its text is the best there is
        return edited
    origin = matching_lines(edited_lines, shown_lines)
    text = []
    for number, line in enumerate(edited_lines):
        source = origin.get(number)
        is_inner = source is not None and origin.get(number + 1) == source + 1
        end = "" if number == len(edited_lines) - 1 else "\n"
        text.append(line if source is None else lines[source])
        text.append(ends[source] if source is not None and is_inner else end)
    return "".join(text)
