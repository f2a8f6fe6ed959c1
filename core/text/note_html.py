"""A piece of a note -> HTML to look at: what Obsidian and Logseq write, and nothing that loads or runs.

Notes come from anywhere (a shared vault, a web clipper), so HTML in them stays text and the result passes the
allow-list of `core.text.html`. Links within the vault become `wiki:` and `path:` addresses and pictures
`image:` ones, percent-encoded; what stands behind them is looked up by whoever shows the HTML, as it is for
formulas and footnotes (`core.text.note_marks`). A picture elsewhere on the web is a link. A line end in the
source breaks the line, as it does in both programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from core.text import html, note_blocks, note_inline, note_marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token

LONGEST = 12_000
"""Characters of one piece; longer ones (40 ms) are pasted data and stay as they are written."""
LONGEST_COLOURED = 4_000
_LONG_LINE, _BROKEN = re.compile(r"[^\n]{2000}(?!\n)"), r"\g<0>\n"
"""Qt takes two seconds to lay out a line of 100 000 characters, and a hundredth of that for fifty lines."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>(?!\^)[^\[\]]+)\]:[ \t]*\S")
_OURS = re.compile(r"(?:wiki|path|image|math|foot):[\w%./~-]+$")


def render_note(
    text: str,
    *,
    definitions: str = "",
    blocks: Iterable[tuple[str, str]] = (),
    code_style: html.CodeStyle | None = None,
) -> str:
    """Return safe HTML for a piece of a note.

    Args:
        definitions: lines that say where reference links lead, from the whole note.
        blocks: the words of Logseq's blocks by their id, for references to them.
        code_style: the Pygments style for code; None for no colours.
    """
    if len(text) > LONGEST:
        return f"<pre>{_escaped(_LONG_LINE.sub(_BROKEN, text))}</pre>"
    style = (code_style if len(text) <= LONGEST_COLOURED else None) or ""
    text = note_blocks.prepared(text)
    source = f"{text}\n\n{definitions}" if definitions else text
    return html.clean(_parser().render(source, {"code_style": style, "blocks": dict(blocks)}), note=True)


def definitions_of(lines: Iterable[str]) -> dict[str, str]:
    """Return the lines of a note that say where its reference links lead, by their folded label."""
    found = (_DEFINITION.match(line) for line in lines if "]:" in line)
    return {match["label"].casefold(): match.string for match in found if match}


def definitions_in(text: str, definitions: Mapping[str, str]) -> str:
    """Return those that a piece of the note refers to."""
    folded = text.casefold() if definitions and "[" in text else ""
    return "\n".join(line for label, line in definitions.items() if f"[{label}]" in folded)


def is_address_of_ours(address: str) -> bool:
    """Whether this is an address that `render_note` makes up for something in the vault."""
    return _OURS.match(address) is not None


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"])
    note_inline.use(parser)
    note_marks.use(parser)
    note_blocks.use(parser)
    parser.core.ruler.push("cell_alignment", html.align_cells)
    parser.add_render_rule("fence", html.render_code)
    parser.add_render_rule("code_block", html.render_code)
    parser.add_render_rule("image", _render_image)
    return parser


def _render_image(self: RendererProtocol, tokens: list[Token], at: int, options: object, env: object) -> str:
    """A picture of the vault is a picture, one on the web a link, anything else its words."""
    token = tokens[at]
    source = str(token.attrs["src"])
    words = _escaped(token.content or str(token.attrs.get("alt", "")) or unquote(source))
    if source.startswith(("http://", "https://")):
        return f'<a href="{_escaped(source)}">{words}</a>'
    if _SCHEME.match(source) or source.startswith("//") or "\\" in unquote(source) or not source:
        return words
    width = f' width="{token.attrs["width"]}"' if "width" in token.attrs else ""
    return f'<img src="image:{quote(unquote(source))}"{width} />'


def _escaped(text: str) -> str:
    from markdown_it.common.utils import escapeHtml

    return escapeHtml(text)
