"""What is seen of OpenDocument files: styles and those they are based on, slides, sheets, shapes, headers."""

import pytest

from core.documents.model import HiddenKind
from tests.core.documents.made import odf
from tests.core.documents.test_sheets_and_slides import SHEET, text_of

SLIDES = "application/vnd.oasis.opendocument.presentation"
NS = "urn:oasis:names:tc:opendocument:xmlns"
SHARED = (
    f'<office:document-styles xmlns:office="{NS}:office:1.0" xmlns:style="{NS}:style:1.0" '
    f'xmlns:fo="{NS}:xsl-fo-compatible:1.0" xmlns:text="{NS}:text:1.0" xmlns:draw="{NS}:drawing:1.0">{{}}'
    "</office:document-styles>"
)


def style(name, properties="", *, parent="", kind="text-properties"):
    based = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}"{based}><style:{kind} {properties}/></style:style>'


def samples(converted):
    return [(hidden.kind, hidden.sample) for hidden in converted.hidden]


def text(span_style, styles="", shared=""):
    """A text with `seen` and with `order` in a span of this style."""
    body = f'<text:p>seen<text:span text:style-name="{span_style}">order</text:span></text:p>'
    more = {"styles.xml": SHARED.format(shared)} if shared else {}
    return odf(f"<office:text>{body}</office:text>", styles, **more)


HIDDEN = {
    "tiny": (text("T", style("T", 'fo:font-size="1pt"')), HiddenKind.TINY),
    "tiny in inches": (text("T", style("T", 'fo:font-size="0.02in"')), HiddenKind.TINY),
    "tiny by a share": (text("T", style("T", 'fo:font-size="5%"')), HiddenKind.TINY),
    "squeezed": (text("T", style("T", 'style:text-scale="1%"')), HiddenKind.TINY),
    "almost white": (text("T", style("T", 'fo:color="#fefefe"')), HiddenKind.COLOUR),
    "red on red": (
        text("T", style("T", 'fo:color="#c00000" fo:background-color="#c00000"')),
        HiddenKind.COLOUR,
    ),
    "by a style of all parts": (text("G", shared=style("G", 'fo:color="#ffffff"')), HiddenKind.COLOUR),
    "by the style it is based on": (
        text("C", style("C", parent="G"), style("G", 'text:display="none"')),
        HiddenKind.NOT_DISPLAYED,
    ),
    "by styles in a circle": (
        text("C", style("C", 'text:display="none"', parent="D") + style("D", parent="C")),
        HiddenKind.NOT_DISPLAYED,
    ),
}


@pytest.mark.parametrize(("document", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_words_that_a_style_hides_are_reported_and_left_out(convert, document, kind):
    made = convert(document, "a.odt")
    assert (text_of(made), samples(made)) == ("seen", [(kind, "order")])


def test_a_section_that_is_not_shown_is_reported(convert):
    section = '<text:section text:display="none"><text:p>order</text:p></text:section>'
    made = convert(odf(f"<office:text><text:p>seen</text:p>{section}</office:text>"), "a.odt")
    assert (text_of(made), samples(made)) == ("seen", [(HiddenKind.NOT_DISPLAYED, "order")])


@pytest.mark.parametrize("is_hidden", ["true", "false"])
@pytest.mark.parametrize(
    "body",
    [
        '<text:section text:display="condition" text:is-hidden="{}"><text:p>order</text:p></text:section>',
        '<text:p><text:span>order</text:span><text:hidden-paragraph text:is-hidden="{}"/></text:p>',
    ],
)
def test_what_a_condition_hides_is_reported_while_it_holds(convert, body, is_hidden):
    inside = f"<text:p>seen</text:p>{body.format(is_hidden)}"
    made = convert(odf(f"<office:text>{inside}</office:text>"), "a.odt")
    hidden = [(HiddenKind.NOT_DISPLAYED, "order")] if is_hidden == "true" else []
    assert ("order" in text_of(made), samples(made)) == (is_hidden == "false", hidden)


def test_type_that_is_small_but_can_be_read_stays(convert):
    made = convert(text("T", style("T", 'fo:font-size="0.25cm" style:text-scale="80%"')), "a.odt")
    assert (text_of(made), made.hidden) == ("seenorder", ())


def test_headers_and_footers_follow_the_text_each_once(convert):
    header = "<style:header><text:p>合同编号</text:p></style:header>"
    pages = f"<style:master-page>{header}<style:footer><text:p>2</text:p></style:footer></style:master-page>"
    shared = {"styles.xml": SHARED.format(pages * 2)}
    made = convert(odf("<office:text><text:p>正文</text:p></office:text>", **shared), "a.odt")
    assert text_of(made).split() == ["正文", "合同编号"]


def slides(*pages, styles="", **more):
    return odf(f"<office:presentation>{''.join(pages)}</office:presentation>", styles, SLIDES, **more)


def white_in(shape_style, page_style=""):
    inside = '<text:p><text:span text:style-name="W">words</text:span></text:p>'
    shape = f'<draw:rect draw:style-name="{shape_style}">{inside}</draw:rect>'
    return f'<draw:page draw:style-name="{page_style}">{shape}</draw:page>'


WHITE = style("W", 'fo:color="#ffffff"')


@pytest.mark.parametrize("fill", ['draw:fill="solid" draw:fill-color="#102060"', 'draw:fill="bitmap"'])
@pytest.mark.parametrize(("shape", "page"), [("F", ""), ("", "F")])
def test_white_words_in_a_filled_shape_or_on_a_filled_slide_are_seen(convert, fill, shape, page):
    filled = style("F", fill, kind="graphic-properties")
    made = convert(slides(white_in(shape, page), styles=WHITE + filled), "a.odp")
    assert (text_of(made), made.hidden) == ("words", ())


def test_white_words_on_a_bare_slide_are_reported_with_its_number(convert):
    made = convert(slides("<draw:page/>", white_in(""), styles=WHITE), "a.odp")
    assert [(hidden.kind, hidden.label) for hidden in made.hidden] == [(HiddenKind.COLOUR, "slide 2")]


def test_the_ground_of_the_master_counts(convert):
    fill = 'draw:fill="solid" draw:fill-color="#000030"'
    shared = style("M", fill, kind="drawing-page-properties")
    shared += '<style:master-page style:name="dark" draw:style-name="M"/>'
    page = white_in("").replace("<draw:page", '<draw:page draw:master-page-name="dark"')
    more = {"styles.xml": SHARED.format(shared)}
    assert text_of(convert(slides(page, styles=WHITE, **more), "a.odp")) == "words"


def test_a_slide_that_is_not_shown_is_reported_and_the_others_keep_their_numbers(convert):
    hidden = f'<style:style style:name="H"><style:drawing-page-properties xmlns:p="{NS}:presentation:1.0" '
    hidden += 'p:visibility="hidden"/></style:style>'
    shape = "<draw:rect><text:p>{}</text:p></draw:rect>"
    pages = [f'<draw:page draw:style-name="H">{shape.format("order")}</draw:page>']
    pages += [f"<draw:page>{shape.format('seen')}</draw:page>"]
    made = convert(slides(*pages, styles=hidden), "a.odp")
    assert [(part.label, part.text) for part in made.parts] == [("slide 1", ""), ("slide 2", "seen")]
    assert (samples(made), made.pages) == ([(HiddenKind.NOT_DISPLAYED, "order")], 2)


def test_the_pages_of_a_drawing_are_read(convert):
    page = "<draw:page><draw:ellipse><text:p>圆</text:p></draw:ellipse></draw:page>"
    body = f"<office:drawing>{page}</office:drawing>"
    (part,) = convert(odf(body, mimetype="application/vnd.oasis.opendocument.graphics"), "a.odg").parts
    assert (part.label, part.text) == ("p. 1", "圆")


def test_folded_rows_columns_and_sheets_are_reported(convert):
    off = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = f"<table:table-row>{cell.format('城市')}{cell.format('order 1')}</table:table-row>"
    rows += f'<table:table-row table:visibility="filter">{cell.format("order 2")}</table:table-row>'
    rows += f"<table:table-row>{cell.format('北京')}</table:table-row>"
    sheets = f'<table:table table:name="A">{columns}{rows}</table:table>'
    sheets += f'<table:table table:name="B" table:style-name="H"><table:table-row>{cell.format("order 3")}'
    sheets += "</table:table-row></table:table>"
    made = convert(odf(f"<office:spreadsheet>{sheets}</office:spreadsheet>", off, SHEET), "a.ods")
    assert ("北京" in text_of(made), "order" in text_of(made)) == (True, False)
    assert [(hidden.sample, hidden.label) for hidden in made.hidden] == [
        ("order 1", "sheet A"),
        ("order 2", "sheet A"),
        ("order 3", "sheet B"),
    ]
