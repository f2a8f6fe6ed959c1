"""Pygments, asked for a little at a time: which words of some code are of which kind.

Pygments is imported at the first use, which takes 60 ms with the first language: `find_lexer` belongs on
another thread. The lexing itself is cut into slices for the thread that has the window, because a thread
of its own would hold Python's lock against it for longer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from desktop.editor.markdown_tokens import Kind, Token
from desktop.theme.code_roles import CODE_ROLES

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

log = logging.getLogger(__name__)

MOST_CHARS = 40_000
_MOST_AT_ONCE = 4_000
"""Lexers that ask other lexers work on the whole before they say a word: 10 ms for so many characters."""

_KINDS = {
    "code_word": Kind.CODE_WORD,
    "code_name": Kind.CODE_NAME,
    "code_text": Kind.CODE_TEXT,
    "code_number": Kind.CODE_NUMBER,
    "quiet": Kind.CODE_REMARK,
}


def find_lexer(language: str) -> Lexer | None:
    """Return what knows the language, warmed up, None where nobody does; takes its time."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    try:
        list(lexer.get_tokens_unprocessed("x = 1\n"))
    except Exception:  # noqa: BLE001 -- five hundred lexers by as many people: one that fails colours nothing
        log.info("the lexer for %s does not work", language)
        return None
    return lexer


class Lexing:
    """One piece of code on its way through a lexer."""

    def __init__(self, lexer: Lexer, code: str) -> None:
        self.tokens: list[Token] = []
        """What was found so far, in order and apart; columns count from the beginning of the code."""
        self._pieces = _pieces(lexer, code)

    def go_on(self, slice_s: float) -> bool:
        """Work for so many seconds and a token more; True where the code is at its end."""
        until = time.perf_counter() + slice_s
        for token in self._pieces:
            if token is not None:
                self._add(token)
            if time.perf_counter() > until:
                return False
        return True

    def _add(self, token: Token) -> None:
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.kind is token.kind and last.end == token.start:
            self.tokens[-1] = Token(last.start, token.end, token.kind)
        else:
            self.tokens.append(token)


def _pieces(lexer: Lexer, code: str) -> Iterator[Token | None]:
    """Yield what each token of Pygments is; None for plain code."""
    from pygments.lexer import DelegatingLexer

    most = _MOST_AT_ONCE if isinstance(lexer, DelegatingLexer) else MOST_CHARS
    end = 0
    try:
        # Many a language knows the end of a remark only by the end of its line.
        for start, kind, text in lexer.get_tokens_unprocessed(code[:most] + "\n"):
            found = kind_of(kind)
            is_new = found is not None and text and start >= end  # some lexers say a place twice
            end = max(end, start + len(text))
            yield Token(start, end, found) if is_new and found is not None else None
    except Exception:  # noqa: BLE001 -- a lexer that fails on this code: what it said before still holds
        log.info("a lexer failed: %s", type(lexer).__name__)


@cache
def kind_of(token: _TokenType) -> Kind | None:
    """Return what a token of Pygments is to us; None for plain code."""
    name = ".".join(token)
    while name and name not in CODE_ROLES:
        name = name.rpartition(".")[0]
    return _KINDS[CODE_ROLES[name]] if name else None
