"""Markdown that a model wrote -> HTML that can ask for nothing, whole or while it streams.

What a model says is data. HTML in it stays text, images and reference links are no syntax here, and the
result passes an allow-list (nh3) that lets only `http`, `https`, `mailto` and our own `note:N` links
through: 450 known carriers of a hidden request make none. What happens on a click is the window's affair.

The parser costs 50 ms to import and some 3 ms a kilobyte, so it is imported at the first use, and a stream
is rendered block by block: see `StreamRenderer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from core.text import formulas
from core.text.citation_marks import MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from pygments.style import Style

CodeStyle: TypeAlias = "str | type[Style]"
"""A Pygments style or its name; empty for code without colours."""

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td", "a", "span"),
}
_ATTRIBUTES = {"a": {"href", "class"}, "span": {"style"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_NOTE_TAGS = _TAGS | {"img", "sub", "sup"}
_NOTE_ATTRIBUTES = {
    **_ATTRIBUTES,
    **{"a": {"href", "name"}, "p": {"align"}, "img": {"src", "width"}},
    **{"span": {"style", "class"}, "li": {"class"}, "blockquote": {"class"}},
}
_NOTE_NAMES = re.compile(
    r"span class (?:lit|tag|quiet|done|(?:accent|ok|warn|error|quiet)-title)|li class (?:un)?checked"
    r"|blockquote class callout|a name quote-(?:plain|accent|ok|warn|error|quiet)|p align center"
)
"""Element, attribute and value, where the value is a name that only we give."""
_NOTE_SCHEMES = {"wiki", "path", "image", "math", "foot"}
_SAFE_LINK = re.compile(r"^(https?://[^/\\\s]|mailto:[^\s]|note:\d{1,3}$)", re.IGNORECASE)
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the order of the words round, by which one text can look like another."""
_STYLES = {"color", "font-weight", "font-style"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One step of a stream: HTML to append for good, and HTML that replaces the former open block."""

    closed: str
    open: str


class StreamRenderer:
    """Renders a growing text so that each piece costs what the last block costs, not what the text costs.

    A top-level block is closed when a complete line begins the next one; nothing that follows can change it
    then, since reference links (the one thing that reaches back) are off. All `closed` parts joined, with
    that of `close`, equal `render` of the whole text wherever the stream was cut.
    """

    def __init__(self, *, citations: int = 0, code_style: CodeStyle = "") -> None:
        self._citations = citations
        self._code_style = code_style
        self._tail = ""
        self._held = ""

    def feed(self, delta: str) -> Rendered:
        """Take the next piece of the stream."""
        self._take(delta)
        closed = self._cut_closed() if "\n" in delta or "\r" in delta else ""
        return Rendered(self._html(closed, code_style=self._code_style), self._html(self._tail))

    def close(self) -> Rendered:
        """Say that the stream has ended; the last block is closed as it stands."""
        self._take("\n" if self._held else "")
        self._tail, rest = "", self._tail
        return Rendered(self._html(rest, code_style=self._code_style), "")

    def _take(self, delta: str) -> None:
        """Append with line ends folded; a final CR waits, for the LF of its pair may be in the next piece."""
        text = self._held + delta
        self._held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r")
        self._tail += text.replace("\r\n", "\n").replace("\r", "\n")

    def _cut_closed(self) -> str:
        complete = self._tail[: self._tail.rfind("\n") + 1]
        start = _last_block_line(complete)
        if not start:
            return ""
        lines = self._tail.split("\n")
        self._tail = "\n".join(lines[start:])
        return "\n".join(lines[:start]) + "\n"

    def _html(self, text: str, *, code_style: CodeStyle = "") -> str:
        return render(text, citations=self._citations, code_style=code_style) if text else ""


def render(text: str, *, citations: int = 0, code_style: CodeStyle = "") -> str:
    """Return safe HTML; marks from `[1]` to `[citations]` become links `note:1` and so on.

    Code is coloured where `code_style` names a Pygments style.
    """
    seen = text.translate(_TURNING)
    return clean(_parser().render(seen, {"citations": citations, "code_style": code_style}))


def warm_up() -> None:
    """Import and build what the first answer needs; safe on any thread, to be called before there is one."""
    render("`x` [1]\n\n```python\nx\n```\n", citations=1, code_style="default")
    _last_block_line("x\n")


def is_safe_link(address: str) -> bool:
    """Whether an address may stand in an answer at all; a click still has to be confirmed."""
    return _SAFE_LINK.match(address) is not None


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"]).disable(["image", "reference"])
    formulas.use(parser)
    parser.core.ruler.after("inline", "citation_marks", _link_marks)
    parser.core.ruler.push("cell_alignment", align_cells)
    parser.add_render_rule("fence", render_code)
    parser.add_render_rule("code_block", render_code)
    return parser


@lru_cache(maxsize=1)
def _outline_parser() -> MarkdownIt:
    """A parser that finds the same blocks and leaves what is inside them alone."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table"]).disable(["reference"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _last_block_line(text: str) -> int:
    """Return the line (from 0) at which the last top-level block begins; 0 where there is at most one."""
    tokens = _outline_parser().parse(text)
    return max((token.map[0] for token in tokens if token.level == 0 and token.map), default=0)


def clean(html: str, *, note: bool = False) -> str:
    """Return HTML with nothing but what the allow-list lets through.

    Args:
        note: the HTML is a note's, which may name what lies in the vault (see `core.text.note_html`).
    """
    import nh3

    return nh3.clean(
        html,
        tags=_NOTE_TAGS if note else _TAGS,
        attributes=_NOTE_ATTRIBUTES if note else _ATTRIBUTES,
        attribute_filter=_filtered_of_note if note else _filtered,
        url_schemes={"http", "https", "mailto"} | (_NOTE_SCHEMES if note else {"note"}),
        filter_style_properties=_STYLES,
        link_rel=None,
    )


def _filtered(tag: str, name: str, value: str) -> str | None:
    """Drop `//host`, `https:host`, backslashes and whatever else a browser would mend into an address."""
    return value if name != "href" or is_safe_link(value) else None


def _filtered_of_note(tag: str, name: str, value: str) -> str | None:
    """As `_filtered`; a picture is always one of the vault's or a formula, and names are those we give."""
    from core.text.note_html import is_address_of_ours

    if name == "src":
        return value if value.startswith(("image:", "math:")) and is_address_of_ours(value) else None
    if name in ("class", "name", "align") and tag not in ("td", "th"):
        return value if _NOTE_NAMES.fullmatch(f"{tag} {name} {value}") else None
    if name == "href" and value.startswith(("wiki:", "path:", "foot:")):
        return value if is_address_of_ours(value) else None
    return _filtered(tag, name, value)


def _link_marks(state: StateCore) -> None:
    """Turn marks in running text into links; those inside links and code are left alone."""
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_marks_linked(block.children, state.env.get("citations", 0)))


def align_cells(state: StateCore) -> None:
    """Put a cell's alignment into the attribute for it: Qt drops the borders of a cell with a style."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", "")):
            token.attrs["align"] = str(style).removeprefix("text-align:")


def _marks_linked(tokens: list[Token], count: int) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            yield from _split_at_marks(token, count)
        else:
            yield token


def _split_at_marks(token: Token, count: int) -> Iterator[Token]:
    done = 0
    for mark in MARK.finditer(token.content):
        if 0 < int(mark[1]) <= count:
            yield _text(token, token.content[done : mark.start()])
            yield from _mark_link(token, int(mark[1]))
            done = mark.end()
    yield _text(token, token.content[done:])


def _text(like: Token, content: str) -> Token:
    return like.copy(content=content)


def _mark_link(like: Token, n: int) -> Iterator[Token]:
    attributes: dict[str, str | int | float] = {"href": f"note:{n}", "class": "mark"}
    yield like.copy(type="link_open", tag="a", nesting=1, content="", attrs=attributes)
    yield _text(like, f"[{n}]")
    yield like.copy(type="link_close", tag="a", nesting=-1, content="", attrs={})


def render_code(_self: object, tokens: list[Token], at: int, _options: object, env: dict[str, Any]) -> str:
    """Render a block of code, coloured where the environment names a style: a rule for the parser."""
    from markdown_it.common.utils import escapeHtml

    token = tokens[at]
    language = token.info.split()[0] if token.info.split() else ""
    style = env.get("code_style", "")
    content = token.content.removesuffix("\n")
    code = _coloured(content, language, style) if style and language else ""
    return f"<pre><code>{code or escapeHtml(content)}</code></pre>\n"


def _coloured(code: str, language: str, style: CodeStyle) -> str:
    """Return Pygments' spans, or nothing where it does not know the language."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)  # many a remark ends only with its line
    except ClassNotFound:
        return ""
    formatter = HtmlFormatter(noclasses=True, nowrap=True, style=style)
    return highlight(code, lexer, formatter).removesuffix("\n")
