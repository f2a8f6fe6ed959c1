"""What a note looks like rendered, and what it can never ask for."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.note_html import LONGEST, definitions_in, definitions_of, is_address_of_ours, render_note
from core.text.note_inline import MOST_HTML
from tests.core.text.carriers import ADDRESSES, CARRIERS
from tests.core.text.test_html import PIECES, Page

ALLOWED = re.compile(r"(https?://[^/\\\s]|mailto:|wiki:|path:)", re.IGNORECASE)
OURS = ("math:", "image:")
"""What the viewer draws itself: formulas, and pictures of the vault."""


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_carrier_leaves_a_request_or_an_unsafe_link(address, carrier):
    page = Page(render_note(carrier.format(u=address)))
    assert page.sources == []
    assert [link for link in page.links if not ALLOWED.match(link)] == []


@given(st.lists(PIECES, max_size=30))
def test_any_text_renders_and_loads_nothing_from_elsewhere(parts):
    page = Page(render_note("".join(parts)))
    assert all(tag == "img" and source.startswith(OURS) for tag, source in page.sources)
    assert all(ALLOWED.match(link) for link in page.links)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[发布计划]]", '<a href="wiki:%E5%8F%91%E5%B8%83%E8%AE%A1%E5%88%92">发布计划</a>'),
        ("[[Plan#Time|the time]]", '<a href="wiki:Plan%23Time">the time</a>'),
        ("![[Plan]]", '<a href="wiki:Plan">Plan</a>'),
        ("[a](../b%20c.md#d)", '<a href="path:../b%20c.md%23d">a</a>'),
        ("![[鱼 1.png|300]]", '<img src="image:%E9%B1%BC%201.png" width="300">'),
        ("![[a.png|300x200]]", '<img src="image:a.png" width="300">'),
        ("![[a.png|caption]]", '<img src="image:a.png">'),
        ("![a](pics/b.png)", '<img src="image:pics/b.png">'),
        ("![a](https://a.example/b.png)", '<a href="https://a.example/b.png">a</a>'),
        ("see https://a.example/b.", 'see <a href="https://a.example/b">https://a.example/b</a>.'),
        ("==亮==", '<span class="lit">亮</span>'),
        ("a %%hidden%% b <!-- too --> c", "a  b  c"),
        ("`[[code]] ==x== %%y%%`", "<code>[[code]] ==x== %%y%%</code>"),
        ("~~gone~~", "<s>gone</s>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("<b class='x'>粗</b><BR/>H<sub>2</sub>O", "<strong>粗</strong><br>H<sub>2</sub>O"),
        ("<span style='x'>a</span> <mark>b</mark>", 'a <span class="lit">b</span>'),
        ("<kbd>Ctrl</kbd>", "<code>Ctrl</code>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<a href='x'>y</a>", "&lt;a href=’x’&gt;y&lt;/a&gt;".replace("’", "'")),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
    ],
)
def test_what_obsidian_and_logseq_write(text, html):
    assert render_note(text).strip() == f"<p>{html}</p>"


def test_tasks_have_their_boxes():
    assert words(render_note("- [ ] 做\n- [x] done\n- [y] else")).split("\n") == [
        "做",
        "done",
        "[y] else",
    ]
    html = render_note("- [ ] 做\n- [x] done\n- [y] else")
    assert [line[:21] for line in html.split("\n")[1:4]] == [
        '<li class="unchecked"',
        '<li class="checked"><',
        "<li>[y] else</li>",
    ]


def test_what_logseq_writes_for_itself_is_left_out():
    note = "- block\n  id:: 65a0-b\n  collapsed:: true\n  author:: 某人\n  more"
    assert words(render_note(note)) == "block\nauthor\u2002某人\nmore"
    assert "id:: x" in render_note("```\nid:: x\n```")


def test_callouts_have_a_title():
    assert '<strong><span class="warn-title">注意</span></strong>' in render_note("> [!warning] 注意\n> body")
    assert '<strong><span class="ok-title">Tip</span></strong>' in render_note("> [!tip]-\n> body")
    assert "[!note]" in render_note("[!note] is no callout here")


def test_simple_html_that_never_ends_stays_in_its_piece():
    assert words(render_note("</i><b>从不 ends")) == "从不 ends"
    assert render_note("<b>x").count("<strong>") == render_note("<b>x").count("</strong>")


def test_elements_without_end_are_text():
    assert "<strong>" not in render_note("<b>" * (MOST_HTML + 1))
    assert render_note("<b>x</b>" * (MOST_HTML // 2)).count("<strong>") == MOST_HTML // 2


def test_code_is_coloured_where_a_style_is_named():
    assert "<span style=" in render_note("```python\ndef f(): pass\n```", code_style="default")
    assert "<span" not in render_note("```python\ndef f(): pass\n```")


def test_reference_links_lead_where_the_note_says():
    note = ["[one]: https://a.example", "[^1]: a footnote", "    [no]: code", "[词]: b.md", "see [one]"]
    definitions = definitions_of(note)
    assert list(definitions) == ["one", "词"]
    assert definitions_in("see [One] or", definitions) == "[one]: https://a.example"
    assert definitions_in("see one", definitions) == ""
    html = render_note("see [One]", definitions=definitions_in("see [One]", definitions))
    assert '<a href="https://a.example">One</a>' in html


def test_pasted_data_stays_as_it_is():
    html = render_note("**a** <b>" * LONGEST)
    assert html.startswith("<pre>**a** &lt;b&gt;")


def test_a_line_that_is_endless_is_broken_where_it_is_shown():
    assert [len(line) for line in words(render_note("词" * (LONGEST + 1))).split("\n")] == [*[2_000] * 6, 1]
    assert words(render_note("x\n" * LONGEST)) == ("x\n" * LONGEST).strip()


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("wiki:Plan%23a", True),
        ("path:../b.md", True),
        ("image:a.png", True),
        ("image:a b", False),
        ("wiki:", False),
        ("http://a", False),
    ],
)
def test_addresses_of_ours_are_known(address, ours):
    assert is_address_of_ours(address) is ours


def test_an_address_of_ours_in_a_note_is_what_it_says():
    assert Page(render_note("[x](image:a.png)")).links == []
    assert Page(render_note("![x](image:a.png)")).sources == []
