"""Callbacks of widgets that are deleted before the answer is there."""

from functools import partial

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.gone import is_for_the_gone


class Page(QObject):
    """Notes what it is told."""

    def __init__(self):
        super().__init__()
        self.told = []

    def tell(self, *words):
        self.told.append(words)


@pytest.fixture
def page(qapp):
    return Page()


@pytest.mark.parametrize("call", [lambda page: page.tell, lambda page: partial(partial(page.tell, 1), 2)])
def test_a_method_is_for_the_gone_once_its_object_is_deleted(page, call):
    assert not is_for_the_gone(call(page))
    delete(page)
    assert is_for_the_gone(call(page))


@pytest.mark.parametrize("call", [print, lambda: None, [].append, partial(print, "中")])
def test_what_belongs_to_no_object_of_qt_is_never_for_the_gone(call):
    assert not is_for_the_gone(call)


def test_a_task_calls_back_nobody_who_has_gone(page, tasks):
    tasks.submit(lambda _token: "found", done=page.tell, failed=page.tell)
    delete(page)
    assert tasks.settle()
    assert page.told == []


def test_an_answer_of_the_engine_is_dropped_where_nobody_waits_for_it(page, link, qtbot):
    bridge = EngineBridge(link)
    heard = []
    bridge.list_models("http://x", "", done=page.tell, failed=page.tell)
    bridge.list_models("http://x", "", done=heard.append, failed=heard.append)
    delete(page)
    qtbot.waitUntil(lambda: heard == [[]])
    assert page.told == []
    bridge.close()
