"""Formulas and footnotes of a note: addresses that say what is meant, for whoever shows the HTML.

A formula becomes a picture `math:$x$`, the mark of a footnote a link `foot:label`, or `foot:^words` where the
note stands in the text itself. A note is rendered in pieces, so footnotes get their numbers only
when the pieces are put together.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST_FORMULA = 4_000
MOST_INLINE_FOOTNOTES = 50
"""In one paragraph."""
_MARK = re.compile(r"\[\^[^\]\s]{1,200}\]")
_DEFINITION = re.compile(r"[ ]{0,3}(?:[-*+][ ]+)?\[\^(?P<label>[^\]\s]+)\]:")


def use(parser: MarkdownIt) -> None:
    """Add the rules of this module to a parser."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True)
    parser.inline.ruler.at("footnote_inline", _inline_footnote)
    parser.inline.ruler.at("footnote_ref", _footnote_mark)
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    for kind in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(kind, _render_formula)
    parser.add_render_rule("footnote_ref", _render_mark)
    for kind in ("footnote_reference_open", "footnote_reference_close"):
        parser.add_render_rule(kind, _render_nothing)


def _inline_footnote(state: StateInline, silent: bool) -> bool:
    """The plug-in's rule, for text as people write it: thousands of openings cost it the square of that."""
    from mdit_py_plugins.footnote.index import footnote_inline

    if not state.src.startswith("^[", state.pos) or state.src.count("^[") > MOST_INLINE_FOOTNOTES:
        return False
    return bool(footnote_inline(state, silent))


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """The plug-in's rule, which by itself looks for the end of a label to the end of the text."""
    from mdit_py_plugins.footnote.index import footnote_ref

    return bool(_MARK.match(state.src, state.pos) and footnote_ref(state, silent, always_match=True))


def footnote_label(line: str) -> str:
    """Return the label of the footnote whose text begins with a line; empty where none does."""
    found = _DEFINITION.match(line) if "[^" in line else None
    return found["label"] if found else ""


def _render_formula(
    _self: RendererProtocol, tokens: list[Token], at: int, _options: object, _env: object
) -> str:
    token = tokens[at]
    source = token.content.strip()
    signs = "$" if token.type == "math_inline" else "$$"
    if not source or len(source) > LONGEST_FORMULA:
        shown = f"<code>{escape(signs + source + signs)}</code>"
    else:
        shown = f'<img src="math:{quote(signs + source + signs)}" />'
    if not token.block:
        return shown
    return f'<p align="center">{shown}</p>\n' if token.level == 0 else f"<p>{shown}</p>\n"


def _render_mark(
    _self: RendererProtocol, tokens: list[Token], at: int, _options: object, env: dict[str, Any]
) -> str:
    meta = tokens[at].meta
    label = meta.get("label") or "^" + env["footnotes"]["list"][meta["id"]]["content"]
    return f'<a href="foot:{quote(label)}">{escape(label)}</a>'


def _render_nothing(*_any: object) -> str:
    return ""
