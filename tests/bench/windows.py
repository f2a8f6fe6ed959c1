"""What opening and closing every window leaves behind: memory, threads, file descriptors, widgets, objects.

The real program with its real engine, each of its windows opened and closed 200 times. Each is opened a few
times before the count begins: what Qt and Python keep after a first time is no leak.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.app import App
from desktop.first_steps import FirstSteps
from desktop.windows.crash_window import CrashWindow
from tests.bench.driven_window import DrivenWindow
from tests.bench.report import publish

CYCLES = 200
BEFORE = 10
"""Opened this often before the count begins."""
VAULT = Path(__file__).parents[2] / "resources" / "vault"
NOTE = "Welcome.md"

Cycle = Callable[[], None]


def settle() -> None:
    """Let everything happen that is due, deletions too."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def dialog(open_it: Callable[[], object]) -> Cycle:
    """Return a cycle of something that Escape closes."""

    def cycle() -> None:
        open_it()
        settle()
        opened = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
        ]
        assert opened
        for one in opened:
            QTest.keyClick(one, Qt.Key.Key_Escape)
        settle()

    return cycle


def shown(open_it: Callable[[], QWidget], close_it: Callable[[], object]) -> Cycle:
    """Return a cycle of a window that a call puts away."""

    def cycle() -> None:
        window = open_it()
        settle()
        assert window.isVisible()
        close_it()
        settle()
        assert not window.isVisible()

    return cycle


def cycles_of(app: App) -> dict[str, Cycle]:
    """Return one cycle for each window of the program."""

    def main() -> QWidget:
        app.window.come_to_front()
        return app.window

    def quick() -> QWidget:
        app.at_hand.quick_ask()
        return app.quick.window

    def companion() -> QWidget:
        app.window.show()  # the program would end with the companion as its last window
        app.companion.open()
        return app.companion.window

    def crash() -> None:
        CrashWindow("# Crash\n" + "  File x, line 1\n" * 300, app.theme).show_at_once()

    session = app.desk.current
    assert session is not None
    new_scene = next(one for one in app.panel.scenes.findChildren(QAction) if one.text() == "New scene …")
    return {
        "main": shown(main, app.window.hide),
        "quick_ask": shown(quick, app.quick.window.go),
        "settings": dialog(app.show_settings),
        "about": dialog(lambda: app.show_settings("aboutPage")),
        "first_run": dialog(lambda: FirstSteps(app)),
        "scene": dialog(new_scene.trigger),
        "what_is_sent": dialog(lambda: app.panel.previewing.show_details(frozenset())),
        "import_results": dialog(app.documents.show_results),
        "comparison": dialog(lambda: app.page.comparison_requested.emit(session)),
        "compare_models": dialog(app.panel.compare),
        "crash_report": dialog(crash),
        "companion": shown(companion, app.companion.window.close),
    }


def change_on_both_sides(driven: DrivenWindow, file: Path) -> None:
    """Leave the person with two versions of the open note to decide between."""
    assert driven.app is not None
    driven.open(NOTE)
    session = driven.app.desk.current
    assert session is not None
    QTest.keyClicks(driven.app.page.editor, "Mine. ")
    file.write_text(f"Theirs. {file.read_text(encoding='utf-8')}", encoding="utf-8")
    session.look_at_disk()
    driven.wait(lambda: session.conflict is not None)


def held() -> dict[str, int]:
    """Return what this process holds; memory in KiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "kib": pages * os.sysconf("SC_PAGE_SIZE") // 1024,
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "fds": len(list(Path("/proc/self/fd").iterdir())),
        "widgets": len(QApplication.allWidgets()),
        "objects": len(gc.get_objects()),
    }


def left_by(cycle: Cycle, times: int) -> dict[str, int]:
    """Return by how much more is held after this many cycles."""
    for _ in range(BEFORE):
        cycle()
    settle()
    gc.collect()
    before = held()
    for _ in range(times):
        cycle()
    settle()
    gc.collect()
    after = held()
    return {name: after[name] - before[name] for name in after}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(shutil.copytree(VAULT, Path(folder) / "vault"))
        driven = DrivenWindow(vault, Path(folder) / "base")
        driven.wait(driven.indexed)
        assert driven.app is not None
        driven.app.window.resize(1200, 800)
        driven.app.panel.composer.set_text("When does the beta open?")
        driven.wait(driven.app.panel.context_bar.cost_button.isVisible)  # there is something to be shown
        change_on_both_sides(driven, vault / NOTE)
        figures: dict[str, float] = {}
        for name, cycle in cycles_of(driven.app).items():
            left = left_by(cycle, CYCLES)
            figures |= {f"{name}_{what}": value for what, value in left.items() if what != "kib"}
            figures[f"{name}_mib"] = round(left["kib"] / 1024, 1)
        figures["all_mib"] = round(sum(value for name, value in figures.items() if name.endswith("_mib")), 1)
        driven.app.window.show()
        driven.close()
    publish({"cycles": CYCLES, **figures})


if __name__ == "__main__":
    main()
