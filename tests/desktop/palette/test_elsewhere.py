"""What goes along from another program."""

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.palette import elsewhere
from desktop.palette.elsewhere import LARGEST, selected_elsewhere


class Clipboard:
    """A desktop's clipboard, with or without a primary selection."""

    def __init__(self, copied="", selected=None):
        self._copied, self._selected = copied, selected

    def supportsSelection(self):  # noqa: N802
        return self._selected is not None

    def text(self, mode=QClipboard.Mode.Clipboard):
        return self._selected if mode is QClipboard.Mode.Selection else self._copied


@pytest.mark.parametrize(
    ("clipboard", "found"),
    [
        (Clipboard("copied"), "copied"),
        (Clipboard("copied", "选中的"), "选中的"),
        (Clipboard("copied", "  "), "copied"),
        (Clipboard("copied", "own question"), "copied"),
        (Clipboard(), ""),
        (Clipboard("x" * (LARGEST + 9)), "x" * LARGEST),
    ],
)
def test_the_selection_goes_before_the_clipboard(monkeypatch, clipboard, found):
    monkeypatch.setattr(elsewhere.QGuiApplication, "clipboard", lambda: clipboard)
    assert selected_elsewhere(but_not="our own question") == found


def test_the_real_clipboard_is_read(qapp):
    QGuiApplication.clipboard().setText(" words ")
    assert selected_elsewhere() == "words"
