"""The view of an answer: the same however it was cut, and nothing is ever loaded."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.panel.document_copy import InertDocument
from desktop.panel.markdown_view import MarkdownView
from tests.core.text.carriers import ADDRESSES, CARRIERS

TEXT = """# 标题 Title

One paragraph with **bold**, `code` and a mark [1].

- a
- b
  - c 中文

1. x
2. y

> quote 引用

| a | b |
|---|---|
| 1 | 2 |

After the table.

| c |
|---|
| 3 |

```python
def f(x):
    return "值"
```

---

Last *one*
"""


class Recording(MarkdownView):
    """Remembers what the document wanted to load."""

    def __init__(self, theme):
        self.wanted = []
        super().__init__(theme)

    def loadResource(self, kind, name):
        self.wanted.append(name)
        return super().loadResource(kind, name)


@pytest.fixture
def view(qtbot, theme):
    view = Recording(theme)
    qtbot.addWidget(view)
    view.resize(320, 200)
    view.show()
    qtbot.waitExposed(view)
    return view


def look(view):
    """All that is seen of a document: each block's words, shape, list and table."""
    seen = []
    block = view.document().begin()
    while block.isValid():
        form, items = block.blockFormat(), block.textList()
        seen.append(
            (
                block.text(),
                form.headingLevel(),
                (items.format().style(), items.format().indent(), items.itemNumber(block)) if items else None,
                (form.topMargin(), form.bottomMargin(), form.leftMargin(), form.lineHeight()),
                block.charFormat().fontWeight(),
                QTextCursor(block).currentTable() is not None,
            )
        )
        block = block.next()
    return seen


def stream(view, pieces, *, citations=1):
    view.begin(citations=citations)
    for piece in pieces:
        view.feed(piece)
        view._pace.stop()  # every piece is rendered on its own
    view.finish()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, len(TEXT) - 1), max_size=40))
def test_a_streamed_answer_looks_like_the_whole_one(view, places):
    view.show_markdown(TEXT, citations=1)
    whole, height = look(view), view.height()
    bounds = [0, *sorted(places), len(TEXT)]
    stream(view, [TEXT[a:b] for a, b in itertools.pairwise(bounds)])
    assert look(view) == whole
    assert view.height() == height > 300
    assert view.markdown == TEXT


def test_what_is_shown_while_it_streams_is_the_text_so_far(view):
    view.begin(citations=1)
    for cut in range(7, len(TEXT), 7):
        view.feed(TEXT[cut - 7 : cut])
        view._pace.stop()
        assert view.toPlainText().replace("\ufdd0", "").count("标题") == 1
    assert "After the table." in view.toPlainText()


def test_pieces_that_come_too_fast_are_shown_together(view):
    view.begin()
    view.feed("one ")
    view._pace.start(60_000)
    view.feed("two ")
    view.feed("three")
    assert view.toPlainText() == "one"
    view.finish()
    assert view.toPlainText() == "one two three"


def test_pieces_held_back_come_by_themselves(view, qtbot):
    view.begin()
    view.feed("one ")
    view.feed("two")
    qtbot.waitUntil(lambda: view.toPlainText() == "one two")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_makes_the_view_ask_for_anything(view, address, monkeypatch):
    of_pieces = []
    monkeypatch.setattr(InertDocument, "loadResource", lambda _self, _kind, name: of_pieces.append(name))
    for carrier in CARRIERS:
        stream(view, [carrier.format(u=address)[:9], carrier.format(u=address)[9:]])
        view.grab()
    assert view.wanted == []
    assert of_pieces == []


def test_even_a_document_that_names_images_gets_none(view, tmp_path):
    picture = tmp_path / "p.png"
    picture.write_bytes(b"x")
    view.setHtml(f'<img src="{picture.as_uri()}"> <img src="//evil.example/x.png">')
    view.grab()
    assert view.wanted
    assert all(view.loadResource(2, QUrl(name)) is None for name in list(view.wanted))


def test_the_pieces_an_answer_is_made_of_load_nothing_either(qapp, tmp_path):
    picture = tmp_path / "p.png"
    picture.write_bytes(b"x")
    assert InertDocument().loadResource(2, QUrl(picture.as_uri())) is None


def click_link(view, text):
    """Click in the middle of the words `text`."""
    cursor = view.document().find(text)
    cursor.setPosition(cursor.selectionStart() + 1)
    view.anchorClicked.emit(QUrl(cursor.charFormat().anchorHref()))


def test_a_mark_says_which_passage_was_clicked(view, qtbot):
    view.show_markdown("Open in March [2].", citations=2)
    with qtbot.waitSignal(view.mark_clicked) as got:
        click_link(view, "[2]")
    assert got.args == [2]


def test_a_web_link_is_told_whole_and_not_opened(view, qtbot):
    view.show_markdown("See [here](https://a.example/ü?q=secret).")
    with qtbot.waitSignal(view.link_clicked) as got:
        click_link(view, "here")
    assert got.args == ["https://a.example/%C3%BC?q=secret"]
    assert view.openLinks() is False
    assert view.toPlainText() == "See here."


def test_the_view_is_as_high_as_its_text(view, qtbot):
    view.show_markdown("word " * 20)
    low = view.height()
    view.show_markdown("word " * 200)
    assert view.height() > 3 * low
    high = view.height()
    view.resize(640, high)
    qtbot.waitUntil(lambda: view.height() < 0.7 * high)


def test_long_code_and_long_words_stay_within_the_width(view):
    view.show_markdown(f"```\n{'x' * 400}\n```\n\n{'y' * 400}\n\n| {'z' * 100} | b |\n|---|---|\n| 1 | 2 |")
    QApplication.processEvents()
    assert view.horizontalScrollBar().maximum() == 0


def test_another_theme_colours_the_answer_anew(view, theme):
    view.show_markdown("`code`\n\n```python\ndef f(): pass\n```\n")
    light = view.document().toHtml()
    theme.set_preference("dark")
    assert view.document().toHtml() != light
    assert view.toPlainText() == "code\ndef f(): pass"
    theme.set_preference("light")
    assert view.document().toHtml() == light


def test_the_theme_may_change_while_an_answer_streams(view, theme):
    view.begin()
    view.feed("# One\n\ntwo")
    theme.set_preference("dark")
    view.feed(" three\n")
    view.finish()
    assert view.toPlainText() == "One\ntwo three"


def test_the_wheel_is_left_to_the_conversation(view):
    view.show_markdown("word " * 500)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)
    assert not event.isAccepted()
