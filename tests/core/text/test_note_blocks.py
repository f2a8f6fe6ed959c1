"""Callouts, tasks, properties and Logseq's own lines as they are rendered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.note_blocks import blocks_in, blocks_of, prepared
from core.text.note_html import render_note

ID = "65a0b1c2-0000-4000-8000-00000000000a"


def flat(html):
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("kind", "role"),
    [("note", "accent"), ("whatever", "accent"), ("TIP", "ok"), ("bug", "error"), ("quote", "quiet")],
)
def test_a_callout_has_its_role(kind, role):
    html = render_note(f"> [!{kind}] 标题 *x*\n> 正文")
    assert html.startswith(f'<blockquote class="callout">\n<p><a name="quote-{role}"></a>')
    assert f'<strong><span class="{role}-title">标题 <em>x</em></span></strong><br>\n正文' in html


def test_a_callout_without_a_body_has_its_title():
    assert "<strong>" in render_note("> [!note]")
    assert "Note" in render_note("> [!note]")


def test_a_quote_is_known_as_one():
    assert render_note("> 引用") == '<blockquote>\n<p><a name="quote-plain"></a>引用</p>\n</blockquote>\n'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("TODO 买菜", '<li class="unchecked">买菜</li>'),
        ("DONE 跑步", '<li class="checked"><span class="done">跑步</span></li>'),
        ("DOING x", '<li class="unchecked"><span class="quiet">DOING </span>x</li>'),
        ("TODOS are none", "<li>TODOS are none</li>"),
        ("[x]none", "<li>[x]none</li>"),
        ("[ ]", '<li class="unchecked"></li>'),
    ],
)
def test_tasks_of_both_programs(written, shown):
    assert shown in flat(render_note(f"- {written}"))


def test_only_the_first_line_of_a_done_task_is_struck():
    assert '<span class="done">a</span><br>b' in flat(render_note("- [x] a\n  b"))


def test_properties_are_quiet():
    assert render_note("a:: b\nc:: [[D]]\ne f::") == (
        '<p><span class="quiet">a</span>\u2002b<br>\n<span class="quiet">c</span>\u2002'
        '<a href="wiki:D">D</a><br>\ne f::</p>\n'
    )


def test_a_logbook_is_left_out():
    note = "- DOING x\n  :LOGBOOK:\n  CLOCK: [2026-11-22 Sun 10:00:00]\n  :END:\n- y"
    assert prepared(note) == "- DOING x\n- y"


def test_org_blocks_become_callouts_and_quotes():
    assert prepared("- #+BEGIN_TIP\n  一\n  two\n  #+END_TIP") == "- > [!tip]\n  > 一\n  > two"
    assert prepared("#+begin_quote\nq\n#+end_quote\nx") == "> q\nx"
    assert prepared("#+BEGIN_QUOTE\n#+END_QUOTE") == "> "
    assert prepared("#+BEGIN_SRC py\nx\n#+END_SRC") == "#+BEGIN_SRC py\nx\n#+END_SRC"


def test_an_example_is_code():
    assert prepared("- #+BEGIN_EXAMPLE\n  a\n    b\n  #+END_EXAMPLE") == "- ```\n  a\n    b\n  ```"


def test_children_of_a_heading_without_a_point_are_a_list():
    assert prepared("## H\n\t- a\n\t\t- b\n\t  c") == "## H\n- a\n\t- b\n  c"
    assert prepared("text\n\n\tcode") == "text\n\n\tcode"
    assert prepared("- a\n\t- b") == "- a\n\t- b"


def test_nothing_is_left_out_of_code():
    code = "```\nid:: 1\n#+BEGIN_NOTE\n#+END_NOTE\n```"
    assert prepared(code) == code


def test_references_to_blocks_have_their_words():
    lines = ["- TODO **买** [[菜]]", f"  id:: {ID}", "- b", "  id:: broken"]
    blocks = blocks_of(lines)
    assert blocks == {ID: "买 菜"}
    assert blocks_in(f"see (({ID.upper()}))", blocks) == ((ID, "买 菜"),)
    assert blocks_in("see ((x))", blocks) == ()
    link = f'<a href="wiki:%23{ID}">买 菜</a>'
    assert render_note(f"see (({ID}))", blocks=blocks.items()) == f"<p>see {link}</p>\n"
    assert render_note(f"{{{{embed (({ID}))}}}}", blocks=blocks.items()) == f"<p>{link}</p>\n"


def test_a_reference_to_a_block_elsewhere_is_short():
    assert render_note(f"see (({ID}))") == '<p>see <span class="quiet">((65a0b1c2…))</span></p>\n'
    assert f'<a href="wiki:%23{ID}">其他</a>' in render_note(f"[其他]((({ID})))")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{embed [[页]]}}", '<a href="wiki:%E9%A1%B5">页</a>'),
        ("{{video https://a.example/v}}", '<a href="https://a.example/v">https://a.example/v</a>'),
        ("{{query (and [[a]])}}", "<code>{{query (and [[a]])}}</code>"),
        ("#tag #项目/甲 a#b #1", '<span class="tag">#tag</span> <span class="tag">#项目/甲</span> a#b #1'),
        ("#[[two words]]", '<a href="wiki:two%20words">#two words</a>'),
        ("SCHEDULED: <2026-11-22 Sun>", '<span class="quiet">SCHEDULED: &lt;2026-11-22 Sun&gt;</span>'),
    ],
)
def test_what_stands_in_a_line(written, shown):
    assert render_note(written) == f"<p>{shown}</p>\n"


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "- ",
                    "  ",
                    "TODO ",
                    "[x] ",
                    "> ",
                    "[!note]",
                    "a:: ",
                    "id:: ",
                    f"(({ID}))",
                    "{{",
                    "}}",
                    "\n",
                ),
                *(
                    "#+BEGIN_NOTE\n",
                    "#+END_NOTE\n",
                    ":LOGBOOK:\n",
                    ":END:\n",
                    "#",
                    "词",
                    "[[",
                    "]]",
                    "$",
                    "[^1]",
                ),
            ]
        ),
        max_size=25,
    )
)
def test_any_of_it_renders(parts):
    text = "".join(parts)
    assert "词" in render_note(text + "\n\n词")
    blocks_of(text.split("\n"))
