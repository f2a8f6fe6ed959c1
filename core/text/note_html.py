"""A piece of a note -> HTML to look at: what Obsidian and Logseq write, and nothing that loads or runs.

Notes come from anywhere (a shared vault, a web clipper), so HTML in them stays text and the result passes the
allow-list of `core.text.html`. Links within the vault become `wiki:` and `path:` addresses and pictures
`image:` ones, percent-encoded; what stands behind them is looked up by whoever shows the HTML. A picture
elsewhere on the web is a link. A line end is one, as both programs have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from core.text import html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 12_000
"""Characters of one piece; longer ones (40 ms) are pasted data and stay as they are written."""
LONGEST_COLOURED = 4_000

_OWN_PROPERTY = re.compile(r"^[ \t]*(?:id|collapsed|logseq\.[\w.-]+):: .*\n?", re.MULTILINE)
"""What Logseq writes for itself."""
_WIKI = re.compile(r"(?P<shown>!?)\[\[(?P<target>[^\[\]\n|]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]")
_HIDDEN = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_SPANS = re.compile(
    r"(?P<url>https?://[^\s<>\"'）】」，。；]*[^\s<>\"'）】」，。；.,;:!?)\]])|==(?P<lit>[^=\n]+)=="
)
_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>.*)")
_TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DEFINITION = re.compile(r" {0,3}\[(?P<label>(?!\^)[^\[\]]+)\]:[ \t]*\S")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif)$", re.IGNORECASE)
_OURS = re.compile(r"(?:wiki|path|image):[\w%./~-]+$")
_WIDTH = re.compile(r"(?P<width>[1-9]\d{0,3})(?:x\d+)?$")


def render_note(text: str, *, definitions: str = "", code_style: html.CodeStyle | None = None) -> str:
    """Return safe HTML for a piece of a note.

    Args:
        definitions: lines that say where reference links lead, from the whole note.
        code_style: the Pygments style for code; None for no colours.
    """
    if len(text) > LONGEST:
        return f"<pre>{_escaped(text)}</pre>"
    style = (code_style if len(text) <= LONGEST_COLOURED else None) or ""
    if "::" in text and "```" not in text:
        text = _OWN_PROPERTY.sub("", text)
    source = f"{text}\n\n{definitions}" if definitions else text
    return html.clean(_parser().render(source, {"code_style": style}), note=True)


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
    parser.inline.ruler.before("link", "wiki", _wiki)
    parser.inline.ruler.before("escape", "hidden", _hide)
    parser.core.ruler.push("note_spans", _spans)
    parser.core.ruler.push("cell_alignment", html.align_cells)
    parser.add_render_rule("fence", html.render_code)
    parser.add_render_rule("code_block", html.render_code)
    parser.add_render_rule("image", _render_image)
    return parser


def _hide(state: StateInline, silent: bool) -> bool:
    """Leave out comments."""
    found = _HIDDEN.match(state.src, state.pos) if state.src[state.pos] in "%<" else None
    if found is None:
        return False
    state.pos = found.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """`[[Note#heading|words]]` is a link, `![[picture.png|300]]` a picture."""
    found = _WIKI.match(state.src, state.pos) if state.src[state.pos] in "[!" else None
    if found is None:
        return False
    if not silent:
        target = found["target"].strip()
        if found["shown"] and _PICTURE.search(target):
            _push_picture(state, target, found["words"] or "")
        else:
            _push_link(state, "wiki:" + quote(target), found["words"] or target)
    state.pos = found.end()
    return True


def _push_link(state: StateInline, address: str, words: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _push_picture(state: StateInline, target: str, size: str) -> None:
    token = state.push("image", "img", 0)
    token.attrs = {"src": quote(target), "alt": target}
    if found := _WIDTH.match(size.strip()):
        token.attrs["width"] = found["width"]


def _spans(state: StateCore) -> None:
    """What stands in running text and at the beginning of items and quotes."""
    for place, block in enumerate(state.tokens):
        if block.type == "inline" and block.children:
            opening = state.tokens[place - 2].type if place > 1 else ""
            _begin(block.children, opening)
            block.children = _spanned(block.children)


def _begin(children: list[Token], opening: str) -> None:
    first = children[0]
    if first.type != "text":
        return
    if opening == "list_item_open" and (task := _TASK.match(first.content)):
        mark = "☐" if task["done"] == " " else "☑"
        first.content = f"{mark} {first.content[task.end() :]}"
    elif opening == "blockquote_open" and (callout := _CALLOUT.match(first.content)):
        title = callout["title"] or callout["kind"].capitalize()
        words = first.copy(content=title)
        children[:1] = [_tag(first, "strong", 1), words, _tag(first, "strong", -1)]


def _spanned(tokens: list[Token]) -> list[Token]:
    """Find addresses and lit words in text outside links; make relative links ours."""
    result: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "link_open" and not _SCHEME.match(str(token.attrs["href"])):
            token.attrs["href"] = "path:" + quote(unquote(str(token.attrs["href"])))
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        result += [token] if token.type != "text" or depth else _cut(token)
    return result


def _cut(token: Token) -> list[Token]:
    result, done = [], 0
    for found in _SPANS.finditer(token.content):
        result.append(token.copy(content=token.content[done : found.start()]))
        if found["url"]:
            words, tag, attributes = found["url"], "a", {"href": found["url"]}
        else:
            words, tag, attributes = found["lit"], "span", {"class": "lit"}
        opening = _tag(token, tag, 1)
        opening.attrs = dict(attributes)
        result += [opening, token.copy(content=words), _tag(token, tag, -1)]
        done = found.end()
    return [*result, token.copy(content=token.content[done:])]


def _tag(like: Token, tag: str, nesting: int) -> Token:
    kind = f"{tag}_{'open' if nesting > 0 else 'close'}"
    return like.copy(type=kind, tag=tag, nesting=nesting, content="", attrs={})


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
