"""Light Markdown highlighting by role, line by line as lines come into sight.

A line that nobody sees is not styled: a note of 20 000 lines opens as fast as one of 20, and nothing goes on
behind the person's back afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextFormat

from desktop.editor.document_text import document_text
from desktop.editor.line_marks import LineMarks, Tokens
from desktop.editor.markdown_tokens import Kind, Token, in_fence, states, tokens
from desktop.editor.positions import is_plain, to_units
from desktop.theme.fonts import EDITOR_PIXELS
from desktop.theme.theme import Theme

Stretch = tuple[int, int, QTextCharFormat]
"""Where a look begins and ends in a line, in UTF-16 units, and the look."""

_HEADING_PIXELS = {Kind.HEADING_1: 23, Kind.HEADING_2: 19, Kind.HEADING_3: 17, Kind.HEADING: 15}


class MarkdownHighlighter(QSyntaxHighlighter):
    """Styles the lines of one document that it is asked for, and those that are edited.

    It belongs to a document that is still empty and is filled with its signals blocked: otherwise Qt would
    call `highlightBlock` for every line.
    """

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        self._code = LineMarks()
        self._spelling = LineMarks()
        self._count = document.blockCount()
        # Before Qt's own: lines have to have moved when `highlightBlock` asks for what they hold.
        document.contentsChange.connect(self._changing)
        super().__init__(document)
        self._theme = theme
        self._formats: dict[tuple[Kind, ...], QTextCharFormat] = {}
        self._styled: dict[int, int] = {}
        """The state that each styled line goes on from; if that is another one, it is styled anew."""
        self._is_styling = False
        theme.changed.connect(self._restyle)

    @property
    def is_styling(self) -> bool:
        """Whether the change that Qt tells of at this moment is one of looks, not of text."""
        return self._is_styling

    def begin(self) -> None:
        """Find out which lines lie in code, comments and the like; call when the text is there."""
        document = self.document()
        for number, state in states(document_text(document).split("\n")).items():
            document.findBlockByNumber(number).setUserState(state)
        self._count = document.blockCount()

    def style(self, first: int, last: int) -> bool:
        """Style the lines from `first` to `last`, from 0, that are not styled yet; False if all were."""
        if self._is_styling:  # to style a line is a change, after which the editor asks for what is in sight
            return False
        self._is_styling = True
        block, did = self.document().findBlockByNumber(first), False
        for number in range(first, last + 1):
            if self._styled.get(number) != block.previous().userState():
                self.rehighlightBlock(block)
                did = True
            block = block.next()
        self._is_styling = False
        return did

    def colour(self, first: int, lines: Sequence[str], tokens: Sequence[Tokens]) -> None:
        """Take what is known of lines of code from `first` on, from 0; `style` is what shows it."""
        for number, (line, found) in enumerate(zip(lines, tokens, strict=True), start=first):
            if self._code.tell(number, line, found):
                self._styled.pop(number, None)

    def mark_spelling(self, number: int, line: str, misspelt: Tokens) -> None:
        """Take which words of a line are misspelt; `style` is what shows it."""
        if self._spelling.tell(number, line, misspelt):
            self._styled.pop(number, None)

    def misspelt(self, number: int, line: str) -> Tokens:
        """Return the words of a line that are marked as misspelt."""
        return self._spelling.of(number, line)

    def forget_spelling(self) -> None:
        """Take all words for right."""
        self._spelling = LineMarks()
        self._styled.clear()

    def styled(
        self, text: str, state: int, *, is_first: bool = False, number: int | None = None
    ) -> tuple[list[Stretch], int]:
        """Return how a line behind one of that state looks, in order, and its own state.

        Args:
            number: which line of the document it is, from 0, if it is one; only then what takes its time to
                find out is known of it.
        """
        is_code = in_fence(state)
        found, state = tokens(text, state, is_first=is_first)
        if number is not None:
            found += (self._code if is_code else self._spelling).of(number, text)
        plain = is_plain(text)
        stretches = []
        for start, end, kinds in _stretches(found):
            if not plain:
                start, end = to_units(text, start), to_units(text, end)  # noqa: PLW2901
            stretches.append((start, end, self._format(kinds)))
        return stretches, state

    def highlightBlock(self, text: str) -> None:
        """Style one line; called by Qt whenever the line changes."""
        is_first = self.currentBlock().position() == 0
        number = self.currentBlock().blockNumber()
        before = self._styled[number] = self.previousBlockState()
        stretches, state = self.styled(text, before, is_first=is_first, number=number)
        self.setCurrentBlockState(state)
        for start, end, style in stretches:
            self.setFormat(start, end - start, style)

    def _changing(self, position: int, _removed: int, _added: int) -> None:
        if (came := self.document().blockCount() - self._count) != 0:
            self._count += came
            first = self.document().findBlock(position).blockNumber()
            for marks in (self._code, self._spelling):
                marks.lines_came(first, came)
            self._styled = moved_lines(self._styled, first, came)

    def _restyle(self) -> None:
        self._formats.clear()
        self._styled.clear()

    def _format(self, kinds: tuple[Kind, ...]) -> QTextCharFormat:
        if kinds not in self._formats:
            merged = QTextCharFormat()
            for kind in kinds:
                merged.merge(self._plain_format(kind))
            self._formats[kinds] = merged
        return self._formats[kinds]

    def _scale(self) -> float:
        return self._theme.text_pixels / EDITOR_PIXELS

    def _plain_format(self, kind: Kind) -> QTextCharFormat:
        result = QTextCharFormat()
        if kind in _HEADING_PIXELS:
            result.setFontWeight(QFont.Weight.Bold)
            result.setProperty(
                QTextFormat.Property.FontPixelSize, round(_HEADING_PIXELS[kind] * self._scale())
            )
        elif kind in (Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.TABLE):
            mono = self._theme.editor_mono_font
            result.setFontFamilies(mono.families())
            result.setProperty(QTextFormat.Property.FontPixelSize, mono.pixelSize() - 1)
        elif kind is Kind.BOLD:
            result.setFontWeight(QFont.Weight.Bold)
        elif kind is Kind.ITALIC:
            result.setFontItalic(True)
        elif kind is Kind.HIGHLIGHT:
            result.setBackground(self._theme.colour("selection"))
        elif kind is Kind.MISSPELT:
            result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            result.setUnderlineColor(self._theme.colour("error"))
        elif kind in (Kind.STRIKE, Kind.DONE):
            result.setFontStrikeOut(True)
        if role := _ROLES.get(kind):
            result.setForeground(self._theme.colour(role))
        return result


def moved_lines(lines: dict[int, int], first: int, came: int) -> dict[int, int]:
    """Return what is known of lines, by number, once `came` lines came behind line `first`.

    They went where `came` is below 0. Of them, and of the first line itself, nothing is known any more.
    """
    kept = {number: known for number, known in lines.items() if number < first}
    behind = {number + came: known for number, known in lines.items() if number + min(came, 0) > first}
    return kept | behind


_ROLES = {
    Kind.MARK: "ghost",
    Kind.LINK: "accent",
    Kind.TAG: "accent",
    Kind.QUOTE: "quiet",
    Kind.DONE: "quiet",
    Kind.COMMENT: "ghost",
    Kind.FRONT_MATTER: "quiet",
    Kind.CODE_WORD: "code_word",
    Kind.CODE_NAME: "code_name",
    Kind.CODE_TEXT: "code_text",
    Kind.CODE_NUMBER: "code_number",
    Kind.CODE_REMARK: "quiet",
}


def _stretches(found: list[Token]) -> list[tuple[int, int, tuple[Kind, ...]]]:
    """Cut overlapping tokens into stretches that have one set of kinds each, later tokens last."""
    if len(found) == 1:
        return [(found[0].start, found[0].end, (found[0].kind,))]
    edges = [
        (token.start, 1, place, token.kind) for place, token in enumerate(found) if token.end > token.start
    ]
    edges += [
        (token.end, 0, place, token.kind) for place, token in enumerate(found) if token.end > token.start
    ]
    result: list[tuple[int, int, tuple[Kind, ...]]] = []
    active: dict[int, Kind] = {}
    since = 0
    for position, group in groupby(sorted(edges, key=itemgetter(0, 1, 2)), key=itemgetter(0)):
        if active and position > since:
            result.append(
                (since, position, tuple(kind for _, kind in sorted(active.items(), key=itemgetter(0))))
            )
        for _, opens, place, kind in group:
            if opens:
                active[place] = kind
            else:
                del active[place]
        since = position
    return result
