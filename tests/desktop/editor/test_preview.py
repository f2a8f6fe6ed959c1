"""The rendered note beside the editor."""

from html import escape

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest

from desktop.editor.links import LinkTarget
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_page import NotePage
from desktop.editor.preview import Preview
from desktop.editor.preview_parts import pictures_in, with_pictures

NOTE = "---\na: b\n---\n# 标题\n\n看 [[Plan#Time|计划]] 与 [b](../b.md)。\n\n![[鱼.png]]\n"
LONG = "\n\n".join(f"第 {n} 段 paragraph" for n in range(600))


class Memory:
    shows_preview = False


class Previewing:
    """A page with its preview, and short words for what is seen."""

    def __init__(self, page, preview, theme, qtbot):
        self.page, self.preview, self._theme, self._qtbot = page, preview, theme, qtbot

    @property
    def editor(self):
        return self.page.editor

    @property
    def text(self):
        view = self.preview.view
        return "" if view is None else view.toPlainText()

    def open(self, text, path="n.md"):
        self.editor.show_note(path, NoteDocument(text, self._theme, self.editor))
        self.editor.setReadOnly(False)

    def show(self, shown=True):
        self.page.preview_action.setChecked(shown)

    def wait_for(self, words):
        self._qtbot.waitUntil(lambda: words in self.text, timeout=20_000)  # formulas start a process


@pytest.fixture
def previewing(qtbot, theme, tasks, vault):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show_editor(True)
    preview = Preview(page, tasks, theme, page)
    preview.open_vault(vault)
    with qtbot.waitExposed(page):
        page.show()
    yield Previewing(page, preview, theme, qtbot)
    page.editor.show_nothing()
    preview.close()


def test_the_note_stands_beside_the_editor_while_it_is_wanted(previewing):
    previewing.open(NOTE)
    assert previewing.preview.view is None
    previewing.show()
    previewing.wait_for("标题")
    assert "---" not in previewing.text
    assert previewing.preview.view.isVisible()
    assert previewing.editor.isVisible()
    previewing.show(False)
    assert not previewing.preview.view.isVisible()


def test_it_follows_what_is_typed_at_the_pause(previewing):
    previewing.open("# one\n\ntwo")
    previewing.show()
    previewing.wait_for("two")
    previewing.editor.go_to(3, 3)
    QTest.keyClicks(previewing.editor, " more")
    assert "more" not in previewing.text
    previewing.wait_for("two more")


def test_another_note_takes_its_place(previewing):
    previewing.show()
    previewing.open("first")
    previewing.wait_for("first")
    previewing.open("第二")
    previewing.wait_for("第二")
    assert "first" not in previewing.text


def test_only_what_changed_is_rendered_anew(previewing, monkeypatch):
    previewing.open("# one\n\ntwo\n\nthree")
    previewing.show()
    previewing.wait_for("three")
    rendered = []
    parts = previewing.preview._rendering._parts
    render = parts.render
    monkeypatch.setattr(parts, "render", lambda part: (rendered.append(part.piece.text), render(part)))
    previewing.editor.go_to(3)
    QTest.keyClicks(previewing.editor, "x")
    previewing.wait_for("xtwo")
    assert rendered == ["xtwo"]


def test_links_lead_where_they_do_in_the_editor(previewing):
    previewing.open(NOTE)
    previewing.show()
    previewing.wait_for("计划")
    followed = []
    previewing.editor.link_activated.connect(followed.append)
    click = previewing.preview.view.anchorClicked.emit
    click(QUrl("wiki:Plan%23Time"))
    click(QUrl("path:../b%20c.md%23d"))
    click(QUrl("https://a.example/x?y=1"))
    assert followed == [
        LinkTarget(note="Plan", anchor="Time"),
        LinkTarget(note="../b c.md", anchor="d", is_path=True),
        LinkTarget(address="https://a.example/x?y=1"),
    ]


def test_pictures_of_the_vault_are_shown_and_missing_ones_named(previewing, vault, qtbot):
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    image.save(str(vault / "鱼.png"))
    previewing.open("![[鱼.png]] ![[没有.png]]")
    previewing.show()
    previewing.wait_for("没有.png")
    html = previewing.preview.view.toHtml()
    assert 'width="40" height="20"' in html
    view = previewing.preview.view
    kind = QTextDocument.ResourceType.ImageResource.value
    assert view.loadResource(kind, QUrl("image:%E9%B1%BC.png")).width() == 40


def test_nothing_else_is_ever_loaded(previewing, tmp_path):
    secret = tmp_path / "x.png"
    secret.write_bytes(b"x")
    previewing.open(f'![a](file://{secret}) ![b](https://a.example/x.png) <img src="{secret}">')
    previewing.show()
    previewing.wait_for("b")
    view = previewing.preview.view
    assert "image:" not in view.toHtml()
    for address in (
        QUrl.fromLocalFile(str(secret)),
        QUrl("https://a.example/x.png"),
        QUrl("image:other.png"),
    ):
        assert view.loadResource(QTextDocument.ResourceType.ImageResource.value, address) is None
        assert view.loadResource(QTextDocument.ResourceType.HtmlResource.value, address) is None


def test_it_scrolls_along_with_the_caret_and_the_note(previewing, qtbot):
    previewing.open(LONG[: LONG.index("第 100 段")])
    previewing.show()
    previewing.wait_for("第 99 段")
    bar = previewing.preview.view.verticalScrollBar()
    previewing.editor.go_to(199)
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    previewing.editor.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: bar.value() < 10)


def scroll_by_hand(previewing, share):
    """Scroll the preview as a wheel does: to a share of what it shows."""
    bar = previewing.preview.view.verticalScrollBar()
    bar.setSliderPosition(round(bar.maximum() * share))
    bar.actionTriggered.emit(bar.SliderAction.SliderMove.value)


def test_it_takes_the_editor_along_where_the_person_scrolls_it(previewing, qtbot):
    previewing.open(LONG[: LONG.index("第 100 段")])
    previewing.show()
    previewing.wait_for("第 99 段")
    bar = previewing.preview.view.verticalScrollBar()
    scroll_by_hand(previewing, 0.5)
    qtbot.waitUntil(lambda: 60 < previewing.editor.firstVisibleBlock().blockNumber() < 130)
    assert bar.value() == round(bar.maximum() * 0.5)
    assert previewing.editor.line() == 1


def test_scrolling_a_long_note_by_its_preview_goes_on_to_the_end(previewing):
    previewing.open(LONG)
    previewing.show()
    previewing.wait_for("第 10 段")
    for wanted in ("第 200 段", "第 300 段", "第 400 段", "第 599 段"):
        scroll_by_hand(previewing, 1.0)
        previewing.wait_for(wanted)


def test_of_a_long_note_the_part_in_sight_is_shown(previewing):
    previewing.open(LONG)
    previewing.show()
    previewing.wait_for("第 10 段")
    assert "第 500 段" not in previewing.text
    previewing.editor.go_to(1001)
    previewing.wait_for("第 500 段")
    assert "第 10 段" not in previewing.text


def test_a_part_never_begins_within_a_fence(previewing):
    previewing.open(LONG + "\n\n```py\n" + "x = 1\n" * 400 + "# no heading\n```\n\nend")
    previewing.show()
    previewing.editor.go_to(1590)
    previewing.wait_for("# no heading")


def test_whether_it_is_shown_is_remembered(previewing):
    memory = Memory()
    memory.shows_preview = True
    previewing.preview.remember_in(memory)
    assert previewing.page.preview_action.isChecked()
    previewing.show(False)
    assert memory.shows_preview is False


def test_in_a_narrow_page_it_stands_below(previewing, qtbot):
    previewing.show()
    assert previewing.page.sheet.orientation() is Qt.Orientation.Horizontal
    previewing.page.resize(600, 600)
    qtbot.waitUntil(lambda: previewing.page.sheet.orientation() is Qt.Orientation.Vertical)


def test_another_theme_dresses_it_anew(previewing, theme, qtbot):
    previewing.open("[[link]]")
    previewing.show()
    previewing.wait_for("link")
    theme.set_preference("dark")
    qtbot.waitUntil(lambda: theme.colour("accent").name() in previewing.preview.view.toHtml())


NOTES = "\n\n".join(
    [
        "甲[^一] 乙[^2] 丙[^一] ^[行内 *note*] [^none]",
        *(f"第 {n} 段" for n in range(80)),
        "[^2]: second",
        "[^一]: 第一",
    ]
)


def test_footnotes_are_numbered_and_listed_at_the_end(previewing):
    previewing.open(NOTES)
    previewing.show()
    previewing.wait_for("第一")
    assert previewing.text.startswith("甲1 乙2 丙1 3 [^none]")
    assert previewing.text.endswith("第一 ↩\nsecond ↩\n行内 note ↩")


def test_a_click_leads_to_the_footnote_and_back(previewing, qtbot):
    previewing.open(NOTES)
    previewing.show()
    previewing.wait_for("第一")
    bar = previewing.preview.view.verticalScrollBar()
    previewing.preview.view.anchorClicked.emit(QUrl("foot:2"))
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    assert previewing.editor.firstVisibleBlock().blockNumber() > 40
    previewing.preview.view.anchorClicked.emit(QUrl("mark:2"))
    qtbot.waitUntil(lambda: bar.value() < bar.maximum() // 10)
    assert previewing.editor.firstVisibleBlock().blockNumber() < 10


def test_formulas_are_drawn_and_broken_ones_shown_as_written(previewing):
    previewing.open("一 $x^2$ 二 $\\frac{1$ 三\n\n$$\n\\frac{a}{b}\n$$")
    previewing.show()
    previewing.wait_for("三")
    assert previewing.text.startswith("一 \ufffc 二 $\\frac{1$ 三")
    assert previewing.text.count("\ufffc") == 2


def test_formulas_are_copied_as_they_are_written(previewing):
    previewing.open("一 $x^2$ 与 $y$")
    previewing.show()
    previewing.wait_for("一")
    view = previewing.preview.view
    view.selectAll()
    assert view.createMimeDataFromSelection().text().rstrip() == "一 $x^2$ 与 $y$"
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.createMimeDataFromSelection().text() == ""


def tool_tips(previewing):
    """What formulas of the first paragraph say when the mouse rests on them."""
    cursor = QTextCursor(previewing.preview.view.document())
    found = []
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        found.append(cursor.charFormat().toolTip())
    return found


def test_a_formula_that_is_being_typed_does_not_take_the_rest_away(previewing, qtbot):
    previewing.open("一 $x$")
    previewing.show()
    previewing.wait_for("一")
    previewing.editor.go_to(1, 4)
    QTest.keyClicks(previewing.editor, "^2")
    qtbot.waitUntil(lambda: "$x^2$" in tool_tips(previewing), timeout=20_000)
    assert previewing.text.rstrip() == "一 \ufffc"


def test_bombs_stay_as_they_are_written_and_the_rest_is_drawn(previewing):
    deep = "{" * 1_900 + "}" * 1_900
    endless = r"\newcommand{\b}[2]\b?\b\color{red},\begin{tikzcd}\ket,\sqrt"
    previewing.open(f"一 ${deep}$\n\n二 ${endless}$\n\n${'x' * 13_000}$\n\n三 $y$")
    previewing.show()
    previewing.wait_for("三 \ufffc")
    assert f"${deep}$" in previewing.text
    assert f"${endless}$" in previewing.text
    assert "x" * 13_000 in previewing.text.replace("\n", "")


def test_front_matter_is_a_small_table(previewing):
    previewing.open("---\ntags: [数学, b]\nempty:\ndone: true\nsee: '[[Plan|计划]]'\n---\n文")
    previewing.show()
    previewing.wait_for("文")
    assert previewing.text.split() == ["tags", "#数学,", "#b", "done", "☑", "see", "计划", "文"]


def test_what_is_behind_the_words_is_painted(previewing, theme, qtbot):
    previewing.open("> [!warning] 小心\n> 正文\n\n```\ncode\n```\n\n- [x] done")
    previewing.show()
    previewing.wait_for("done")
    view = previewing.preview.view
    assert [(ground.role, ground.first.text()) for ground in view._grounds] == [
        ("warn", "小心\u2028正文"),
        ("code", "code"),
    ]
    assert [(box.block.text(), box.is_done) for box in view._boxes] == [("done", True)]
    shown = view.viewport().grab().toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(0, 40) for y in range(shown.height())}
    assert {theme.colour(role).name() for role in ("warn", "window", "accent")} <= colours


def test_a_picture_that_is_being_read_takes_no_room_and_a_wide_one_fits():
    html = '<p><img src="image:a.png"> <img src="image:b.png" width="900"> <img src="image:%3Cc%3E.png"></p>'
    wide = QImage(1000, 500, QImage.Format.Format_RGB32)
    assert pictures_in(html) == ["a.png", "b.png", "<c>.png"]
    shown = with_pictures(html, {"b.png": wide, "<c>.png": None}, 600)
    assert "a.png" not in shown
    assert '<img src="image:b.png" width="600" height="300">' in shown
    assert f"<em>{escape('<c>.png')}</em>" in shown


def test_formulas_have_the_colour_of_the_theme(previewing, theme, qtbot):
    def colours():
        return {QColor.fromRgba(look.colour).name() for look in previewing.preview.view._looks.values()}

    previewing.open("文 $x$ and [[link|words]]")
    previewing.show()
    previewing.wait_for("文 \ufffc")
    assert colours() == {theme.colour("text").name()}
    theme.set_preference("dark")
    qtbot.waitUntil(lambda: colours() == {theme.colour("text").name()})
