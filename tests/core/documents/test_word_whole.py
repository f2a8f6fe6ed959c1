"""Everything a reader sees in a Word file: boxes, fields, headers, comments, charts; and its colours."""

import pytest

from core.documents.formats import docx_whole
from core.documents.model import HiddenKind, Remark
from tests.core.documents.made import W, docx, run

SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def samples(converted):
    return [(hidden.kind, hidden.sample) for hidden in converted.hidden]


def part(name, inside):
    return f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>'


def box(inside, fill=""):
    shape = f"<wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
    return f"<w:drawing><wps:wsp>{shape}</wps:wsp></w:drawing>"


def boxed(content):
    return f"<w:p {SPACES}><w:r><w:t>before</w:t></w:r><w:r>{content}</w:r></w:p>"


def test_the_words_of_a_text_box_are_read_once(convert):
    old = f"<w:pict><v:textbox><w:txbxContent>{run('提示')}</w:txbxContent></v:textbox></w:pict>"
    both = f"<mc:Choice Requires='wps'>{box(run('提示'))}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    for content in (box(run("提示")), f"<mc:AlternateContent>{both}</mc:AlternateContent>"):
        assert text_of(convert(docx(boxed(content)), "a.docx")).split() == ["before", "提示"]


def test_white_words_in_a_coloured_box_are_seen_and_in_a_bare_one_reported_once(convert):
    white = run("order", '<w:color w:val="FFFFFF"/>')
    blue = '<a:solidFill><a:srgbClr val="102060"/></a:solidFill>'
    for fill in (blue, "<a:gradFill/>"):
        assert "order" in text_of(convert(docx(boxed(box(white, fill))), "a.docx"))
    assert samples(convert(docx(boxed(box(white))), "a.docx")) == [(HiddenKind.COLOUR, "order")]


def test_fields_and_ruby_are_read_by_what_they_show(convert):
    field = '<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Ada</w:t></w:r></w:fldSimple>'
    base = "<w:rubyBase><w:r><w:t>海</w:t></w:r></w:rubyBase>"
    ruby = f"<w:ruby><w:rt><w:r><w:t>hǎi</w:t></w:r></w:rt>{base}</w:ruby>"
    assert text_of(convert(docx(f"<w:p>{field}<w:r>{ruby}</w:r></w:p>"), "a.docx")) == "Ada海"


def test_headers_and_footers_follow_the_text_each_once(convert):
    members = {
        "word/header1.xml": part("hdr", run("合同编号 HX-7731")),
        "word/header2.xml": part("hdr", run("合同编号 HX-7731")),
        "word/footer1.xml": part("ftr", run("3")),
    }
    assert text_of(convert(docx(run("正文"), **members), "a.docx")).split("\n\n") == [
        "正文",
        "合同编号 HX-7731",
    ]


def test_hidden_words_of_a_header_are_reported(convert):
    header = part("hdr", run("order", "<w:vanish/>"))
    made = convert(docx(run("body"), **{"word/header1.xml": header}), "a.docx")
    assert (text_of(made), samples(made)) == ("body", [(HiddenKind.NOT_DISPLAYED, "order")])


def test_comments_are_quoted_with_who_wrote_them(convert):
    comments = part("comments", f'<w:comment w:id="1" w:author="李">{run("请补充出处")}</w:comment>')
    made = convert(docx(run("正文"), **{"word/comments.xml": comments}), "a.docx")
    assert text_of(made).endswith("> 李: 请补充出处")


def test_charts_and_diagrams_are_read(convert):
    def points(tag, *values):
        cached = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values))
        return f"<c:{tag}>{cached}</c:{tag}>"

    title = "<c:title><a:p><a:r><a:t>销量</a:t></a:r></a:p></c:title>"
    series = (
        f"<c:ser>{points('tx', '2026')}{points('cat', '华东', '华南')}{points('val', '44', '17')}</c:ser>"
    )
    chart = f'<c:chart xmlns:c="{C}" xmlns:a="{A}">{title}{series}</c:chart>'
    shape = "<dgm:pt><a:p><a:r><a:t>第一步</a:t></a:r></a:p></dgm:pt>"
    diagram = f'<dgm:m xmlns:dgm="{DGM}" xmlns:a="{A}">{shape}<dgm:pt/></dgm:m>'
    broken = {"word/charts/chart2.xml": "<c:chart"}
    members = {"word/charts/chart1.xml": chart, "word/diagrams/data1.xml": diagram, **broken}
    text = text_of(convert(docx(run("x"), **members), "a.docx"))
    assert "销量\n\n|  | 2026 |" in text
    assert "| 华南 | 17 |" in text
    assert "- 第一步" in text


COLOURS = {
    "almost white": ('<w:color w:val="FEFEFE"/>', ""),
    "black on black": ('<w:color w:val="000000"/><w:shd w:fill="000000"/>', ""),
    "on its paragraph": ('<w:color w:val="C00000"/>', '<w:shd w:fill="C00000"/>'),
    "on its highlight": ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', ""),
}


@pytest.mark.parametrize(("own", "paragraph"), COLOURS.values(), ids=COLOURS)
def test_words_in_the_colour_of_their_ground_are_reported(convert, own, paragraph):
    body = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{own}</w:rPr><w:t>order</w:t></w:r></w:p>"
    made = convert(docx(run("seen") + body), "a.docx")
    assert (text_of(made), samples(made)) == ("seen", [(HiddenKind.COLOUR, "order")])


def test_letters_squeezed_to_a_line_are_tiny(convert):
    made = convert(docx(run("order", '<w:w w:val="1%"/>')), "a.docx")
    assert samples(made) == [(HiddenKind.TINY, "order")]


def styled(inside):
    return {"word/styles.xml": part("styles", inside)}


def test_a_colour_of_the_usual_style_counts_unless_the_run_has_its_own(convert):
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    usual = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{white}</w:style>'
    defaults = f"<w:docDefaults><w:rPrDefault>{white}</w:rPrDefault></w:docDefaults>"
    body = run("order") + run("seen", '<w:color w:val="auto"/>')
    for inside in (usual, defaults):
        made = convert(docx(body, **styled(inside)), "a.docx")
        assert (text_of(made), samples(made)) == ("seen", [(HiddenKind.COLOUR, "order")])


def test_a_table_style_with_a_ground_leaves_its_white_head_in_peace(convert):
    style = '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    style += '<w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    head = run("城市", '<w:color w:val="FFFFFF"/>')
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{head}</w:tc></w:tr></w:tbl>'
    assert "城市" in text_of(convert(docx(table, **styled(style)), "a.docx"))


def test_white_words_on_a_dark_page_are_seen_only_if_word_shows_its_colour(convert):
    document = f'<w:document xmlns:w="{W}"><w:background w:color="101040"/><w:body>'
    document += run("words", '<w:color w:val="FFFFFF"/>') + "</w:body></w:document>"
    shown = {"word/settings.xml": part("settings", "<w:displayBackgroundShape/>")}
    dark = {"word/document.xml": document}
    assert text_of(convert(docx("", **dark, **shown), "a.docx")) == "words"
    assert samples(convert(docx("", **dark), "a.docx")) == [(HiddenKind.COLOUR, "words")]


def test_a_strict_file_hides_nothing_from_us(convert):
    document = (
        f'<w:document xmlns:w="{W}"><w:body>{run("order", "<w:vanish/>")}{run("seen")}</w:body></w:document>'
    )
    strict = document.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    made = convert(docx("", **{"word/document.xml": strict}), "a.docx")
    assert (text_of(made), samples(made)) == ("seen", [(HiddenKind.NOT_DISPLAYED, "order")])


def test_a_document_without_end_is_read_as_far_as_time_allows(convert, monkeypatch):
    monkeypatch.setattr(docx_whole, "_MOST_PARAGRAPHS", 2)
    made = convert(docx(run("one") + run("two") + run("three")), "a.docx")
    assert text_of(made).split("\n\n") == ["one", "two"]
    assert Remark.CUT in made.remarks
