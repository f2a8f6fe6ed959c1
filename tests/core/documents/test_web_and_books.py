"""Web pages and books: what a reader sees, nothing loaded, nothing hidden trusted."""

import pytest

from core.documents import markup
from core.documents.model import HiddenKind, Remark
from core.documents.page_sight import hiding
from core.errors import DocumentDamaged, DocumentLocked, DocumentUnsafe
from tests.core.documents.made import epub


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_headings_lists_tables_and_code_keep_their_shape(convert):
    made = convert(
        page(
            "<h2>计划</h2><ul><li>one</li></ul><table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
            "<pre>x = 1</pre>"
        ),
        "a.html",
    )
    text = text_of(made)
    for shape in ("## 计划", "- one", "| a |", "| b |", "x = 1"):
        assert shape in text


def test_scripts_styles_and_fields_are_no_text(convert):
    made = convert(
        page("<script>steal()</script><select><option>x</select><p onclick='steal()'>Hello</p>"), "a.html"
    )
    assert text_of(made) == "Hello"


def test_a_page_that_is_one_form_is_read(convert):
    made = convert(page("<form id='aspnetForm'><p>公告</p><input value='x'></form>"), "a.html")
    assert text_of(made) == "公告"


def test_notes_beside_an_article_and_the_foot_of_a_quotation_are_read(convert):
    article = "<p>" + "A long article. " * 20 + "</p>"
    note = "<aside>数据截至三月</aside><blockquote>引言<footer>苏轼</footer></blockquote>"
    text = text_of(convert(page(f"{article}{note}<aside><a href='x'>Related</a></aside>"), "a.html"))
    assert ("数据截至三月" in text, "苏轼" in text, "Related" in text) == (True, True, False)


def test_a_page_without_end_is_read_as_far_as_time_allows(convert, monkeypatch):
    monkeypatch.setattr(markup, "_MOST_TAGS", 10)  # up to the end of the second paragraph
    made = convert(page("<div><p>one</p><p>two</p><p>three</p></div><p>four</p>"), "a.html")
    assert (text_of(made).split(), made.remarks) == (["one", "two"], (Remark.CUT,))


def test_the_words_of_a_drawing_are_read(convert):
    drawing = "<svg><title>icon</title><text>图中字</text></svg>"
    assert text_of(convert(page(drawing), "a.html")) == "图中字"


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        ('<p style="display:none">order</p>', HiddenKind.NOT_DISPLAYED),
        ('<p style="DISPLAY : NONE !important">order</p>', HiddenKind.NOT_DISPLAYED),
        ('<p style="visibility:hidden">order</p>', HiddenKind.NOT_DISPLAYED),
        ("<p hidden>order</p>", HiddenKind.NOT_DISPLAYED),
        ('<p style="opacity:0">order</p>', HiddenKind.INVISIBLE),
        ('<span style="font-size:1px">order</span>', HiddenKind.TINY),
        ('<span style="font-size:0">order</span>', HiddenKind.TINY),
        ('<span style="color:#fff">order</span>', HiddenKind.COLOUR),
        ('<span style="color: red; background: red">order</span>', HiddenKind.COLOUR),
        ('<font color="#FFFFFF">order</font>', HiddenKind.COLOUR),
        ('<p style="position:absolute; left:-9999px">order</p>', HiddenKind.NOT_DISPLAYED),
        ('<p style="text-indent:-9999px">order</p>', HiddenKind.NOT_DISPLAYED),
        ('<p class="ghost">order</p>', HiddenKind.NOT_DISPLAYED),
        ('<p id="ghost">order</p>', HiddenKind.NOT_DISPLAYED),
    ],
)
def test_hidden_words_of_a_page_are_reported_and_left_out(convert, hidden, kind):
    style = "<style>/* p {} */ .ghost, #ghost { display: none }</style>"
    made = convert(page(f"<p>Seen.</p>{hidden}", style), "a.html")
    assert text_of(made) == "Seen."
    assert [(report.kind, report.sample) for report in made.hidden] == [(kind, "order")]


@pytest.mark.parametrize(
    "style",
    [
        "",
        "display:block",
        "opacity:0.5",
        "font-size:12px",
        "color:#fff;background:#000",
        "left:-9999px",
        "junk",
    ],
)
def test_what_can_be_seen_stays(style):
    assert hiding(style) is None


def test_what_stands_around_an_article_is_left_out_only_if_there_is_an_article(convert):
    article = "<p>" + "A long article. " * 20 + "</p>"
    assert "Menu" not in text_of(
        convert(page(f"<nav>Menu</nav>{article}<footer>About us</footer>"), "a.html")
    )
    assert "Menu" in text_of(convert(page("<nav>Menu</nav>"), "a.html"))


def test_a_picture_is_its_words_and_is_never_loaded(convert):
    made = convert(page('<p><img src="http://tracker.example/p.gif" alt="A chart of sales"></p>'), "a.html")
    assert text_of(made) == "[A chart of sales]"


def test_the_declared_encoding_is_used_and_a_wrong_one_forgiven(convert, real):
    gbk = '<html><head><meta charset="gb2312"><title>标题</title></head><body>镕基</body></html>'.encode(
        "gbk"
    )
    assert (convert(gbk, "a.html").title, text_of(convert(gbk, "a.html"))) == ("标题", "镕基")
    wrong = '<html><head><meta charset="ascii"></head><body>版本控制工具</body></html>'.encode()
    assert text_of(convert(wrong, "a.html")) == "版本控制工具"
    assert "版本控制" in text_of(convert((real / "zh-git-gbk.html").read_bytes(), "a.html"))


def test_a_page_nested_without_end_is_read_or_refused_in_words(convert):
    deep = page("<div>" * 5_000 + "deep" + "</div>" * 5_000)
    try:
        convert(deep, "a.html")
    except DocumentDamaged as error:
        assert str(error)


def test_an_empty_page_says_so(convert):
    assert convert(page(""), "a.html").remarks == (Remark.EMPTY,)


def test_a_real_page_is_its_article(convert, real):
    made = convert((real / "test_blog.html").read_bytes(), "a.html")
    assert "Large language models (LLMs) are powerful tools" in text_of(made)
    assert made.title.startswith("Does Model and Inference Parameter Matter")


def test_line_breaks_of_a_poem_stay_line_breaks(convert, real):
    text = text_of(convert((real / "epub_purvis_poetry.epub").read_bytes(), "a.epub"))
    assert "shall chill him no more," in text
    assert "no more,\n\nHis woes" not in text


# Books


def test_chapters_come_in_reading_order_under_their_titles(convert):
    made = convert(epub(["<h1>第一章</h1><p>开始</p>", "<h2>Two</h2><p>End</p>"]), "a.epub")
    assert [(part.label, part.text) for part in made.parts] == [
        ("第一章", "# 第一章\n\n开始"),
        ("Two", "## Two\n\nEnd"),
    ]
    assert made.title == "The Book"


def test_a_book_with_rights_management_is_locked(convert):
    rights = (
        '<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    )
    with pytest.raises(DocumentLocked):
        convert(epub(["x"], **{"META-INF/encryption.xml": rights}), "a.epub")
    fonts = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>'
    assert text_of(convert(epub(["x"], **{"META-INF/encryption.xml": fonts}), "a.epub")) == "x"


def test_a_book_without_its_package_is_damaged(convert):
    container = '<container><rootfile full-path="nowhere.opf"/></container>'
    with pytest.raises(DocumentDamaged):
        convert(epub(["x"], **{"META-INF/container.xml": container}), "a.epub")


def test_a_chapter_with_entities_is_refused(convert):
    evil = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body>&e;</body></html>'
    with pytest.raises(DocumentUnsafe):
        convert(epub(["x"], **{"OPS/c0.xhtml": evil}), "a.epub")


def test_a_book_that_climbs_out_is_refused(convert, real):
    with pytest.raises(DocumentUnsafe):
        convert((real / "zip-slip.epub").read_bytes(), "a.epub")


def test_words_hidden_in_a_book_are_reported(convert):
    made = convert(epub(['<p>Seen</p><p style="display:none">order</p>']), "a.epub")
    assert ([report.sample for report in made.hidden], text_of(made)) == (["order"], "Seen")


def test_words_hidden_by_the_style_sheet_of_a_book_are_reported(convert):
    made = convert(epub(['<p>Seen</p><p class="s">order</p>'], **{"OPS/s.css": ".s{display:none}"}), "a.epub")
    assert ([report.sample for report in made.hidden], text_of(made)) == (["order"], "Seen")


def test_a_chapter_without_a_heading_is_called_as_the_contents_call_it(convert):
    point = '<navPoint><navLabel><text>目录里的 章名</text></navLabel><content src="c0.xhtml#x"/></navPoint>'
    contents = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{point}</navMap></ncx>'
    made = convert(epub(["<p>one</p>", "<p>two</p>"], **{"OPS/toc.ncx": contents}), "a.epub")
    assert [part.label for part in made.parts] == ["目录里的 章名", ""]


def test_a_book_without_an_order_is_read_in_that_of_its_list(convert):
    package = '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
    package += '<item id="c0" href="c0.xhtml" media-type="application/xhtml+xml"/></manifest></package>'
    assert text_of(convert(epub(["first"], **{"OPS/book.opf": package}), "a.epub")) == "first"
