"""The whole window on a vault, with a scripted engine behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from desktop.app import App
from desktop.frame import Frame
from desktop.look import Look
from desktop.windows.main_window import SIZE
from tests.desktop.fake_link import FakeLink


class Opened:
    """One run of the program without its event loop."""

    def __init__(self, qapp, places, base_dir: Path) -> None:
        self.links: list[FakeLink] = []
        self.configs = []
        self._is_closed = False
        self.frame = Frame(Look(qapp, places))
        self.app = App(self.frame, self._make_link, base_dir=base_dir)

    @property
    def link(self) -> FakeLink:
        """The engine that runs now."""
        return self.links[-1]

    def start(self, vault: Path | str = "") -> None:
        """Show the window and open the vault, as `desktop.start` does after the first paint."""
        if self.frame.state.geometry.isEmpty():
            self.frame.window.resize(SIZE)  # the screen of the tests has no room for all three panes
        self.frame.show(expects_note=bool(vault))
        self.app.start(str(vault))

    def close(self) -> None:
        """Quit."""
        if self._is_closed:
            return
        self._is_closed = True
        self.frame.window.quit()
        for part in (self.app, self.frame.window, self.frame):
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _make_link(self, config, on_event) -> FakeLink:
        self.configs.append(config)
        self.links.append(FakeLink(on_event=on_event))
        return self.links[-1]


@contextmanager
def starting(qapp, qtbot, places, base_dir: Path) -> Iterator[Callable[..., Opened]]:
    """Give a function that starts the program on a vault; every one started is closed in the end."""
    made = []

    def start(vault: Path | str = "") -> Opened:
        opened = Opened(qapp, places, base_dir)
        made.append(opened)
        with qtbot.waitExposed(opened.frame.window):
            opened.start(vault)
        return opened

    yield start
    for opened in made:
        opened.close()
    qapp.setStyleSheet("")
