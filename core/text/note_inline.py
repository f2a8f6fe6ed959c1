"""What Obsidian and Logseq write within a line: rules of the parser of `core.text.note_html`.

Every rule makes tokens of usual HTML; nothing of a note gets through that the allow-list does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WIKI = re.compile(r"(?P<mark>[!#]?)\[\[(?P<target>[^\[\]\n|]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]")
_HIDDEN = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_BLOCK = r"\(\((?P<block>[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})\)\)"
_BLOCK_LINK = re.compile(rf"\[(?P<words>[^\[\]\n]*)\]\({_BLOCK}\)")
_MACRO = re.compile(r"\{\{(?P<name>[\w-]+)(?:[ \t]+(?P<rest>[^{}\n]*))?\}\}")
_ADDRESS = r"https?://[^\s<>\"'）】」，。；]*[^\s<>\"'）】」，。；.,;:!?)\]]"
_SPANS = re.compile(
    rf"(?P<url>{_ADDRESS})|==(?P<lit>[^=\n]+)==|(?P<tag>(?<![\w#/&])#(?=[\w/-]*[^\W\d_])[\w/-]+)"
    rf"|{_BLOCK}|(?P<quiet>(?:SCHEDULED|DEADLINE): <[^<>\n]*>|\[#[A-C]\](?= ))"
)
_SCHEME = re.compile(r"(?!foot:)[A-Za-z][A-Za-z0-9+.-]+:")
"""`foot:` is for marks of footnotes alone, see `core.text.note_marks`."""
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif)$", re.IGNORECASE)
_WIDTH = re.compile(r"(?P<width>[1-9]\d{0,3})(?:x\d+)?$")


_HTML = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z]+)(?:\s[^<>\n]*)?/?>")
_ELEMENTS = {
    **{name: name for name in ("em", "strong", "s", "sub", "sup", "br")},
    **{"i": "em", "b": "strong", "del": "s", "kbd": "code", "mark": "mark"},
    **dict.fromkeys(("span", "font", "u", "small", "center", "big"), ""),
}
"""What simple HTML in a note is to us; an empty name for what only dresses its words."""

MOST_HTML = 300
"""Elements of one paragraph: Qt takes the square of the depth to which they are nested."""


def use(parser: MarkdownIt) -> None:
    """Add the rules of this module to a parser."""
    parser.inline.ruler.before("link", "wiki", _wiki)
    parser.inline.ruler.before("link", "block_link", _block_link)
    parser.inline.ruler.before("link", "macro", _macro)
    parser.inline.ruler.before("escape", "hidden", _hide)
    parser.inline.ruler.before("autolink", "simple_html", _simple_html)
    parser.core.ruler.push("note_spans", _spans)


def within(element: str, attributes: Mapping[str, str], tokens: Sequence[Token], like: Token) -> list[Token]:
    """Return the tokens within an element; `like` says at which level they stand."""
    opening = like.copy(type=f"{element}_open", tag=element, nesting=1, content="", attrs=dict(attributes))
    closing = like.copy(type=f"{element}_close", tag=element, nesting=-1, content="", attrs={})
    return [opening, *tokens, closing]


def _hide(state: StateInline, silent: bool) -> bool:
    """Leave out comments."""
    found = _HIDDEN.match(state.src, state.pos) if state.src[state.pos] in "%<" else None
    if found is None:
        return False
    state.pos = found.end()
    return True


def _simple_html(state: StateInline, silent: bool) -> bool:
    """`<b>`, `<br>` and their like are what they say, without attributes; all other HTML stays text."""
    found = _HTML.match(state.src, state.pos) if state.src[state.pos] == "<" else None
    if found is None or (element := _ELEMENTS.get(found["name"].lower())) is None:
        return False
    if element and state.src.count("<") > MOST_HTML:
        return False
    if not silent and element:
        opening = '<span class="lit">' if element == "mark" else f"<{element}>"
        closing = "</span>" if element == "mark" else f"</{element}>"
        state.push("html_inline", "", 0).content = closing if found["end"] else opening
    state.pos = found.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """`[[Note#heading|words]]` is a link, `#[[two words]]` a tag, `![[picture.png|300]]` a picture."""
    found = _WIKI.match(state.src, state.pos) if state.src[state.pos] in "[!#" else None
    if found is None:
        return False
    if not silent:
        target = found["target"].strip()
        if found["mark"] == "!" and _PICTURE.search(target):
            _push_picture(state, target, found["words"] or "")
        else:
            sign = "#" if found["mark"] == "#" else ""
            _push_link(state, "wiki:" + quote(target), sign + (found["words"] or target))
    state.pos = found.end()
    return True


def _block_link(state: StateInline, silent: bool) -> bool:
    """`[words](((id)))` leads to a block."""
    found = _BLOCK_LINK.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if found is None:
        return False
    if not silent:
        _push_link(state, "wiki:" + quote(f"#{found['block']}"), found["words"])
    state.pos = found.end()
    return True


def _macro(state: StateInline, silent: bool) -> bool:
    """`{{embed [[Note]]}}` and `{{video https://..}}` are what they name; other macros are code."""
    found = _MACRO.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    if not silent:
        rest = (found["rest"] or "").strip()
        if found["name"] == "embed" and (wiki := _WIKI.fullmatch(rest)):
            _push_link(state, "wiki:" + quote(wiki["target"].strip()), wiki["words"] or wiki["target"])
        elif found["name"] == "embed" and re.fullmatch(_BLOCK, rest):
            state.push("text", "", 0).content = rest  # as it would be without the macro
        elif re.fullmatch(_ADDRESS, rest):
            _push_link(state, rest, rest)
        else:
            state.push("code_inline", "code", 0).content = found[0]
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
    """Find addresses, lit words, tags and references to blocks in running text; make relative links ours."""
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _spanned(block.children, state.env.get("blocks", {}))


def _spanned(tokens: list[Token], blocks: Mapping[str, str]) -> list[Token]:
    result: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "link_open" and not _SCHEME.match(str(token.attrs["href"])):
            token.attrs["href"] = "path:" + quote(unquote(str(token.attrs["href"])))
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        result += [token] if token.type != "text" or depth else _cut(token, blocks)
    return result


def _cut(token: Token, blocks: Mapping[str, str]) -> list[Token]:
    result, done = [], 0
    for found in _SPANS.finditer(token.content):
        result.append(token.copy(content=token.content[done : found.start()]))
        words, element, attributes = _span(found, blocks)
        result += within(element, attributes, [token.copy(content=words)], token)
        done = found.end()
    return [*result, token.copy(content=token.content[done:])]


def _span(found: re.Match[str], blocks: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return the words, the element around them and its attributes."""
    if found["url"]:
        return found["url"], "a", {"href": found["url"]}
    if block := found["block"]:
        if words := blocks.get(block.lower()):
            return words, "a", {"href": "wiki:" + quote(f"#{block}")}
        return f"(({block[:8]}…))", "span", {"class": "quiet"}
    kind = str(found.lastgroup)
    return found[kind], "span", {"class": kind}
