"""Front matter as a table to read."""

import pytest

from core.text.note_properties import MOST, render_properties


def rows(yaml):
    html = render_properties(f"---\n{yaml}\n---")
    return html.removeprefix('<table class="properties">').removesuffix("</table>")


@pytest.mark.parametrize(
    ("yaml", "shown"),
    [
        ("title: 计划", "计划"),
        ("tags: [甲, '#b']", '<span class="tag">#甲</span>, <span class="tag">#b</span>'),
        ("tags: a, b", '<span class="tag">#a</span>, <span class="tag">#b</span>'),
        ("date: 2026-11-22", "2026-11-22"),
        ("done: true", "☑"),
        ("see: '[[Plan#x|计划]] & more'", '<a href="wiki:Plan%23x">计划</a> &amp; more'),
        ("url: https://a.example/?a=1&b=2", '<a href="https://a.example/?a=1&amp;b=2">'),
        ("n: <b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_a_property_is_shown(yaml, shown):
    key = yaml.split(":")[0]
    assert rows(yaml).startswith(f'<tr><td class="key">{key}</td><td>{shown}')


@pytest.mark.parametrize("yaml", ["empty:", "empty: ''", "empty: []", ""])
def test_what_says_nothing_is_left_out(yaml):
    assert rows(yaml) == ""


def test_broken_front_matter_is_shown_as_it_is_written():
    text = "---\na: [<b\n---"
    assert render_properties(text) == "<pre>---\na: [&lt;b\n---</pre>"


def test_only_so_many_are_shown():
    assert rows("\n".join(f"k{n}: v" for n in range(MOST + 5))).count("<tr>") == MOST
