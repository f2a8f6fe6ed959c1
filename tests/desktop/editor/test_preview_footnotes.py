"""Numbers, lists and ways back of footnotes."""

import pytest

from core.text.note_html import render_note
from desktop.editor.preview_footnotes import labels_in, listed, with_marks
from desktop.editor.preview_rendering import PreviewRendering

X = '<p>the\n"注" <em>&lt;x</em></p>\n'


def composed(text):
    rendering = PreviewRendering()
    lines = text.split("\n")
    rendering.look_at(lines, 0, len(lines), None)
    for _ in rendering.steps():
        pass
    return rendering.composed()


def test_labels_come_in_the_order_of_the_text():
    assert labels_in(render_note("a[^二] b^[*in* text] c[^1] d[^二]")) == ["二", "^*in* text", "1", "二"]


def test_a_mark_has_the_number_of_its_label_and_only_the_first_is_a_place():
    first, second = with_marks([render_note("a[^x]"), render_note("b[^y] c[^x]")], {"x": X, "y": "<p>y</p>"})
    shown = '<a class="mark" href="foot:1" title="the &quot;注&quot; &lt;x">1</a>'
    assert first == f'<p>a<a name="mark1"></a><sup>{shown}</sup></p>\n'
    assert 'name="mark1"' not in second
    assert second.index(">2<") < second.index(">1<")


def test_a_mark_that_leads_nowhere_is_shown_as_it_is_written():
    assert with_marks([render_note("a[^<b>]")], {}) == ["<p>a[^&lt;b&gt;]</p>\n"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("<p>a</p>\n", "a <a"),
        ("<p>a</p>\n<p>b</p>\n", "<p>a</p>\n<p>b <a"),
        ("<pre>a</pre>\n", "<pre>a</pre><p> <a"),
    ],
)
def test_the_way_back_stands_behind_the_last_words(text, item):
    assert f'<li><a name="foot1"></a>{item} class="mark" href="mark:1">↩</a>' in listed({1: text})


def test_a_note_without_footnotes_has_no_list():
    assert composed("a\n\nb") == [(0, "<p>a</p>\n"), (2, "<p>b</p>\n")]


def test_a_footnote_that_nobody_names_is_left_out():
    assert composed("a\n\n[^1]: b") == [(0, "<p>a</p>\n")]


def test_footnotes_that_name_footnotes_come_last_and_end():
    (_, text), (line, notes) = composed("a[^1] b[^2]\n\n[^1]: one[^3]\n[^2]: two\n[^3]: three[^1]")
    assert (line, text.count("<sup>")) == (2, 2)
    assert notes.startswith("<hr><ol")
    assert notes.index("</a>one") < notes.index("</a>two") < notes.index("</a>three")
    assert notes.count("<li>") == 3


def test_a_rule_before_them_is_not_doubled():
    assert composed("a[^1]\n\n---\n\n[^1]: b")[-1][1].startswith("<ol")


def test_the_list_stays_behind_the_text_where_the_footnote_is_not():
    assert [line for line, _ in composed("a[^1]\n\n[^1]: b\n\nc\n\nd")] == [0, 4, 6, 6]
