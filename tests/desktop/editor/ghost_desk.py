"""An editor in focus with ghost text: real keys and input events in, what was shown and reported out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from core.complete.model import Kind, Source, Suggestion
from desktop.editor.ghost_text import GhostText
from desktop.editor.typing_watch import TypingWatch

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def suggestion(text, kind=Kind.SENTENCE, words=()):
    return Suggestion(text, kind, Source.VAULT, 0.9, words)


class GhostDesk:
    """An editor in focus with ghost text, and what it reported."""

    def __init__(self, editor, theme):
        self.editor = editor
        self.watch = TypingWatch(editor)
        self.ghost = GhostText(editor, theme, self.watch)
        self.reports, self.accepted, self.refused, self.asked = [], [], [], []
        self.ghost.reported.connect(self.reports.append)
        self.ghost.accepted.connect(self.accepted.append)
        self.ghost.refused.connect(self.refused.append)
        self.ghost.asked.connect(lambda: self.asked.append(True))

    @property
    def text(self):
        return self.editor.document().text()

    @property
    def layout(self):
        return self.editor.textCursor().block().layout()

    @property
    def painted(self):
        """What stands in the preedit areas of all lines."""
        document = self.editor.document()
        blocks = (document.findBlockByNumber(number) for number in range(document.blockCount()))
        return "".join(block.layout().preeditAreaText() for block in blocks)

    @property
    def fates(self):
        return [report.fate for report in self.reports]

    def caret(self, position, end=None):
        cursor = self.editor.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position if end is None else end, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def offer(self, *texts):
        self.ghost.offer([text if isinstance(text, Suggestion) else suggestion(text) for text in texts])

    def key(self, key, modifier=NONE):
        QTest.keyClick(self.editor, key, modifier)

    def type(self, words):
        QTest.keyClicks(self.editor, words)

    def compose(self, preedit="", commit="", attributes=()):
        event = QInputMethodEvent(preedit, list(attributes))
        event.setCommitString(commit)
        heard = QSignalSpy(self.watch.composed)
        QApplication.sendEvent(self.editor, event)
        assert preedit or not commit or heard.wait(60_000)

    def give_up(self, key=Qt.Key.Key_Escape):
        """Take the letters away by a key, of which an input method lets the release through."""
        self.compose()
        heard = QSignalSpy(self.watch.composed)
        QTest.keyRelease(self.editor, key)
        assert heard.wait(60_000)

    def say_nothing(self):
        """Send the empty event that ibus and fcitx5 send after each word."""
        QApplication.sendEvent(self.editor, QInputMethodEvent())
