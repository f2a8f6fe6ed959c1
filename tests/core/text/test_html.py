import itertools
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.html import StreamRenderer, is_safe_link, render
from tests.core.text.carriers import ADDRESSES, CARRIERS

ALLOWED = re.compile(r"(https?://[^/\\\s]|mailto:|note:\d)", re.IGNORECASE)

PIECES = st.sampled_from(
    [
        *(
            "词",
            "word ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "* ",
            "# ",
            "#",
            "```",
            "~~~",
            "`",
            "> ",
            "    ",
            "\t",
            "|",
        ),
        *("a | b", "|---|", "---", "===", "***", "**", "_", "[1]", "[2]", "[x](https://a.example)", "\r\n"),
        *("\r", "<b>", "&amp;", "\\", "  ", "2) ", "+", "[r]: https://a.example", "[r]", "~~", ":-:"),
        *("\x00", "\u2028", "\x0b", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\u202e"),
    ]
)


class Page(HTMLParser):
    """What a viewer of the HTML could ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.sources: list[tuple[str, str]] = []
        self.feed(html)

    @classmethod
    def text_of(cls, html: str) -> str:
        """Return the words that the HTML shows."""
        page = cls(html)
        return "".join(page.words)

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            elif name in {"src", "background", "poster", "data"} or "url(" in (value or ""):
                self.sources.append((tag, value or ""))


def streamed(pieces, **options):
    renderer = StreamRenderer(**options)
    steps = [renderer.feed(piece) for piece in pieces] + [renderer.close()]
    return "".join(step.closed for step in steps), steps


def cut(text, places):
    bounds = [0, *sorted({min(place, len(text)) for place in places}), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(bounds)]


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.lists(st.integers(0, 120), max_size=12))
def test_a_stream_ends_as_the_whole_text_renders_wherever_it_was_cut(text, places):
    html, _steps = streamed(cut(text, places), citations=3)
    assert html == render(text.replace("\r\n", "\n").replace("\r", "\n"), citations=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.integers(0, 120))
def test_what_is_shown_on_the_way_is_what_the_text_so_far_renders(text, place):
    """No piece is shown twice and none is missing while the stream runs."""
    start = text[:place].removesuffix("\r")
    renderer = StreamRenderer(citations=3)
    steps = [renderer.feed(piece) for piece in cut(start, [place // 2])]
    shown = "".join(step.closed for step in steps) + steps[-1].open
    assert shown == render(start.replace("\r\n", "\n").replace("\r", "\n"), citations=3)


def test_closed_blocks_are_not_rendered_again():
    _html, steps = streamed(["# Title\n\nFirst para", "graph\n\nSecond", " one"])
    assert [step.closed for step in steps] == [
        "",
        "<h1>Title</h1>\n",
        "",
        "<p>First paragraph</p>\n<p>Second one</p>\n",
    ]
    assert steps[1].open == "<p>First paragraph</p>\n<p>Second</p>\n"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_carrier_leaves_a_request_or_an_unsafe_link(address, carrier):
    text = carrier.format(u=address)
    for html in (render(text, citations=3), streamed([text[:7], text[7:]], citations=3)[0]):
        page = Page(html)
        assert page.sources == []
        assert [link for link in page.links if not ALLOWED.match(link)] == []
        assert "<img" not in html


def test_marks_become_links_to_their_passage():
    html = render("Open in March [1], 三月[2] and [1][2].", citations=2)
    assert re.findall(r'href="(note:\d)" class="mark">(\[\d\])', html) == [
        ("note:1", "[1]"), ("note:2", "[2]"), ("note:1", "[1]"), ("note:2", "[2]")
    ]  # fmt: skip


def test_marks_without_a_passage_and_marks_in_code_stay_text():
    html = render("Year [2024], [3], `a[1]`, \\[1\\] and [1](https://a.example)", citations=2)
    assert "note:" not in html
    assert "[2024], [3]" in html


def test_a_model_cannot_name_another_place_of_the_vault_in_a_link():
    assert "href" not in render("[x](note:../../etc/passwd) [y](note:)", citations=2)


def test_code_is_coloured_only_where_a_style_is_named_and_the_language_known():
    code = "```python\ndef f(): return '<b>'\n```\n"
    assert "<span" not in render(code)
    assert "<span" in render(code, code_style="xcode")
    assert "&lt;b&gt;" in render(code, code_style="xcode")
    assert "<span" not in render("```nolang\nx\n```", code_style="xcode")


def test_a_remark_at_the_end_of_code_is_one():
    html = render("```bash\nls # 列出\n```\n", code_style="xcode")
    assert re.search(r"<span[^>]*># 列出</span></code>", html)


def test_code_is_coloured_when_its_block_closes():
    _html, steps = streamed(["```python\ndef f():", " pass\n```\n", "\nDone\n"], code_style="xcode")
    assert ["<span" in step.closed for step in steps] == [False, False, True, False]
    assert not any("<span" in step.open for step in steps)


def test_warmed_up_the_first_answer_imports_nothing_more():
    code = (
        "import sys; from core.text.html import StreamRenderer, warm_up; warm_up(); before = {*sys.modules};"
        "r = StreamRenderer(citations=1, code_style='xcode'); r.feed('a [1]\\n\\n- b\\n'); r.close();"
        "print(sorted(set(sys.modules) - before))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("tag", ["table", "th", "s", "ul", "ol", "blockquote", "h2", "em", "strong"])
def test_the_common_shapes_of_an_answer_are_there(tag):
    text = "## T\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- *x*\n  - **y**\n\n3. z\n\n> q ~~r~~\n"
    assert f"<{tag}" in render(text)


def test_cells_are_aligned_by_attribute():
    html = render("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n")
    assert re.findall(r"<t[hd](?: align=\"(\w+)\")?>", html) == ["left", "right", "center"] * 2
    assert "style" not in html


def test_safe_links_are_told_from_others():
    safe = ["https://a.example/x", "mailto:a@b.example", "note:1", "HTTP://a.example"]
    unsafe = ["//a.example", "https:a.example", "file:///etc", "note:x", "javascript:1", "", "https://\\a"]
    assert all(map(is_safe_link, safe))
    assert not any(map(is_safe_link, unsafe))


def test_the_parser_is_not_imported_before_it_is_needed():
    """The window imports this module before its first paint."""
    heavy = ("markdown_it", "nh3", "pygments")
    code = f"import sys, core.text.html; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "formula",
    [
        r"$a_1 * b_2 * c$",
        r"$$\int_0^\infty e^{-x^2}\,dx$$",
        r"\(a_i \times b_i\)",
        r"\[ \sum_{i=1}^{n} p_i \]",
        r"$\text{命中率} = \frac{1}{2}$",
    ],
)
def test_a_formula_keeps_every_character(formula):
    shown = Page.text_of(render(f"It is {formula}, 所以成立。", citations=1))
    assert formula in shown


def test_a_formula_over_several_lines_is_one():
    assert "<code>$$ a \\\\ b $$</code>" in render("$$\na \\\\\nb\n$$")


@pytest.mark.parametrize(
    "text", ["It costs $5 a month, or $50 a year.", "$ 5 and $ 6", "US$100-US$200", "a \\$b$"]
)
def test_prices_are_no_formulas(text):
    assert "<code>" not in render(text)


def test_a_mark_in_a_formula_is_part_of_it():
    assert "note:1" not in render("$x[1]$", citations=1)


def test_an_answer_cannot_turn_its_words_round():
    assert render("safe\u202egpj.exe\u202c \u2066x\u2069") == "<p>safegpj.exe x</p>\n"


@pytest.mark.parametrize("opening", ["$$", "$a", "\\(", "\\[", "\\(a "])
def test_many_openings_without_end_stay_words(opening):
    letter = opening.strip()[-1]
    shown = Page.text_of(render(opening * 2_000))
    assert shown.count(letter) == 2_000 * opening.count(letter)
