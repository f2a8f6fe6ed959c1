"""Opening and closing a vault: which engine is there when, and that every one of them ends."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from core.errors import EngineStopped
from core.index.model import IndexProgress
from core.settings import IndexSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.windows.vault_opener import VaultOpener
from tests.desktop.fake_link import FakeLink


class Engines:
    """Makes scripted engines and keeps them."""

    def __init__(self):
        self.links, self.configs = [], []
        self.refuses = False

    def make(self, config, on_event):
        if self.refuses:
            raise EngineStopped
        self.configs.append(config)
        self.links.append(FakeLink(on_event=on_event))
        return self.links[-1]


@pytest.fixture
def engines():
    engines = Engines()
    yield engines
    for link in engines.links:
        link.close()


@pytest.fixture
def bridge(qapp):
    bridge = EngineBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def opener(bridge, engines, places, tmp_path):
    opener = VaultOpener(bridge, engines.make, places, tmp_path / "base")
    yield opener
    opener.shutdown()


@pytest.fixture
def other(tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


@pytest.fixture
def told(bridge):
    """Progress that reached the window."""
    told = []
    bridge.progressed.connect(told.append)
    return told


def started(opener, qtbot):
    with qtbot.waitSignal(opener.engine_started):
        opener.start_engine()


def test_the_files_are_there_at_once_the_engine_is_not(opener, bridge, engines, vault):
    (vault / "a.md").write_text("words")
    files = opener.open(vault, IndexSettings())
    assert files.read("a.md").text == "words"
    assert opener.vault == vault
    assert engines.links == []
    assert not bridge.attached


def test_the_settings_of_the_index_reach_the_files(opener, vault):
    (vault / "a.md").write_text("a")
    (vault / "drafts").mkdir()
    (vault / "drafts" / "b.md").write_text("b")
    files = opener.open(vault, IndexSettings(exclude=("drafts/",)))
    assert list(files.scan().notes) == ["a.md"]


def test_the_engine_is_started_on_the_vault_and_its_base(opener, engines, vault, tmp_path, qtbot):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    (config,) = engines.configs
    assert (config.vault, config.base_dir) == (vault, tmp_path / "base")


def test_without_a_vault_no_engine_is_started(opener, engines):
    opener.start_engine()
    opener.shutdown()
    assert engines.links == []


def test_asked_twice_one_engine_is_started(opener, engines, vault, qtbot):
    opener.open(vault, IndexSettings())
    opener.start_engine()
    started(opener, qtbot)
    opener.start_engine()
    assert len(engines.links) == 1


def test_closing_before_it_is_up_starts_none(opener, engines, vault, qtbot, bridge):
    opener.open(vault, IndexSettings())
    with qtbot.assertNotEmitted(opener.engine_started):
        opener.start_engine()
        opener.close()
        opener.shutdown()
        QCoreApplication.processEvents()
    assert engines.links == []
    assert (opener.vault, opener.files) == (None, None)


def test_closing_lets_the_engine_end_and_the_bridge_go_silent(opener, engines, vault, qtbot, bridge):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    opener.close()
    assert not bridge.attached
    qtbot.waitUntil(lambda: engines.links[0].closed)


def test_the_next_engine_starts_when_the_last_one_has_ended(opener, engines, vault, other, qtbot):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    may_end, ended = threading.Event(), []
    first, close = engines.links[0], engines.links[0].close

    def slowly():
        may_end.wait(60)
        ended.append(len(engines.links))
        close()

    first.close = slowly
    opener.open(other, IndexSettings())
    opener.start_engine()
    may_end.set()
    qtbot.waitUntil(lambda: len(engines.links) == 2)
    first.close = close
    assert ended == [1]
    assert engines.configs[1].vault == other


def test_an_engine_speaks_for_its_own_vault_alone(opener, engines, vault, qtbot, told):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    first = engines.links[0]
    first.emit(IndexProgress(1, 1, 1, 1))
    qtbot.waitUntil(lambda: len(told) == 1)
    late = first.on_event
    opener.open(vault.parent, IndexSettings())
    late(IndexProgress(9, 9, 9, 9))
    started(opener, qtbot)
    engines.links[1].emit(IndexProgress(2, 2, 2, 2))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [progress.notes_total for progress in told] == [1, 2]


def test_a_vault_opened_again_does_not_hear_its_old_engine(opener, engines, vault, qtbot, told):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    late = engines.links[0].on_event
    opener.close()
    opener.open(vault, IndexSettings())
    late(IndexProgress(9, 9, 9, 9))
    started(opener, qtbot)
    engines.links[1].emit(IndexProgress(2, 2, 2, 2))
    qtbot.waitUntil(lambda: bool(told) and told[-1].notes_total == 2)
    assert [progress.notes_total for progress in told] == [2]


def test_an_engine_that_cannot_be_made_is_told(opener, engines, vault, qtbot, bridge):
    engines.refuses = True
    opener.open(vault, IndexSettings())
    with qtbot.waitSignal(opener.engine_failed) as signal:
        opener.start_engine()
    assert isinstance(signal.args[0], EngineStopped)
    assert not bridge.attached


def test_after_a_failure_it_can_be_started_again(opener, engines, vault, qtbot, bridge):
    engines.refuses = True
    opener.open(vault, IndexSettings())
    with qtbot.waitSignal(opener.engine_failed):
        opener.start_engine()
    engines.refuses = False
    started(opener, qtbot)
    assert bridge.attached


def test_modules_that_cannot_be_imported_are_told(opener, vault, qtbot, monkeypatch):
    def broken(_token):
        raise ImportError("no engine here")

    monkeypatch.setattr("desktop.windows.vault_opener._import_engine", broken)
    opener.open(vault, IndexSettings())
    with qtbot.waitSignal(opener.engine_failed) as signal:
        opener.start_engine()
    assert isinstance(signal.args[0], ImportError)


def test_an_engine_that_fails_to_end_is_told_and_stops_nobody(opener, engines, vault, other, qtbot):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    link = engines.links[0]
    close, link.close = link.close, lambda: (_ for _ in ()).throw(OSError("stuck"))
    with qtbot.waitSignal(opener.engine_failed):
        opener.open(other, IndexSettings())
    link.close = close
    started(opener, qtbot)
    assert len(engines.links) == 2


def test_shutting_down_waits_for_the_engine_and_may_be_done_twice(opener, engines, vault, qtbot, bridge):
    opener.open(vault, IndexSettings())
    started(opener, qtbot)
    opener.shutdown()
    assert engines.links[0].closed
    assert not bridge.attached
    opener.shutdown()
