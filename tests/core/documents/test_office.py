"""Word, slides, sheets, OpenDocument: structure kept, hidden text told, broken files refused."""

import io

import openpyxl  # noqa: TID253
import pytest
from pptx import Presentation  # noqa: TID253
from pptx.chart.data import CategoryChartData  # noqa: TID253
from pptx.enum.chart import XL_CHART_TYPE  # noqa: TID253
from pptx.util import Inches  # noqa: TID253

from core.documents.model import HiddenKind, Remark
from core.errors import DocumentDamaged, DocumentLocked, DocumentUnsafe
from tests.core.documents.made import docx, odf, run


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def saved(thing):
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


# Word


def test_paragraphs_of_a_word_file_are_read(convert):
    assert text_of(convert(docx(run("第一段") + run("Second")), "a.docx")) == "第一段\n\nSecond"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("<w:vanish/>", HiddenKind.NOT_DISPLAYED),
        ('<w:vanish w:val="true"/>', HiddenKind.NOT_DISPLAYED),
        ('<w:color w:val="ffffff"/>', HiddenKind.COLOUR),
        ('<w:sz w:val="2"/>', HiddenKind.TINY),
    ],
)
def test_hidden_words_of_a_word_file_are_reported_and_left_out(convert, properties, kind):
    made = convert(docx(run("Seen") + run("secret order", properties)), "a.docx")
    assert text_of(made) == "Seen"
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(kind, "secret order")]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="false"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>',
        '<w:color w:val="FF0000"/>',
        '<w:sz w:val="20"/>',
    ],
)
def test_words_that_can_be_seen_stay(convert, properties):
    made = convert(docx(run("can be seen", properties)), "a.docx")
    assert (text_of(made), made.hidden) == ("can be seen", ())


def test_neighbouring_hidden_runs_are_one_report(convert):
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    body = f"<w:p><w:r>{hidden}<w:t>two </w:t></w:r><w:r>{hidden}<w:t>runs</w:t></w:r></w:p>"
    assert [report.sample for report in convert(docx(body), "a.docx").hidden] == ["two runs"]


def test_formulas_keep_their_letters(convert):
    body = "<w:p><w:r><w:t>Energy</w:t></w:r><m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath></w:p>"
    assert "E=mc2" in text_of(convert(docx(body), "a.docx"))


def test_macros_are_told(convert):
    made = convert(docx(run("x"), **{"word/vbaProject.bin": b"\0"}), "a.docm")
    assert made.remarks == (Remark.MACROS,)


def test_a_word_file_with_entities_is_refused(convert):
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(DocumentUnsafe):
        convert(docx(run("x"), **{"word/styles.xml": entity}), "a.docx")


def test_xml_that_ends_early_is_damaged(convert):
    data = docx(run("x"))
    with pytest.raises(DocumentDamaged):
        convert(data.replace(b"PK\x01\x02", b"PK\x01\x03"), "a.docx")
    with pytest.raises(DocumentDamaged):
        convert(docx("<w:p>"), "a.docx")


def test_real_word_files_keep_headings_and_tables(convert, real):
    made = convert((real / "test.docx").read_bytes(), "test.docx")
    assert "\n# Introduction\n" in text_of(made)
    assert "| --- |" in text_of(convert((real / "word_tables.docx").read_bytes(), "a.docx"))


def test_an_old_word_file_is_read_with_its_cells_apart(convert, real):
    text = text_of(convert((real / "legacy_sample.doc").read_bytes(), "legacy_sample.doc"))
    assert "Summer activities" in text
    assert "Corn, Buckwheat, Barley | 200" in text
    assert "HYPERLINK" not in text


def test_half_an_old_word_file_is_damaged_or_read_in_part(convert, real):
    data = (real / "legacy_sample.doc").read_bytes()
    with pytest.raises(DocumentDamaged):
        convert(data[:3000], "a.doc")


# Slides


@pytest.fixture
def deck():
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Launch plan"
    body = slide.placeholders[1].text_frame
    body.text = "Beta in March"
    body.add_paragraph().text = "two thousand people wait"
    body.paragraphs[1].level = 1
    slide.notes_slide.notes_text_frame.text = "Mention the waiting list"
    return made


def test_a_slide_has_title_points_and_notes(convert, deck):
    made = convert(saved(deck), "deck.pptx")
    (part,) = made.parts
    assert part.label == "slide 1"
    assert part.text.startswith("## Launch plan\n\nBeta in March\n- two thousand people wait")
    assert part.text.endswith("Mention the waiting list")
    assert made.pages == 1


def test_tables_and_charts_of_slides_become_tables(convert, deck):
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for place, words in enumerate(("City", "People", "北京", "2189")):
        table.cell(place // 2, place % 2).text = words
    chart = CategoryChartData()
    chart.categories = ["Q1", "Q2"]
    chart.add_series("Sales", (12.0, 15.5))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, Inches(2), Inches(4), Inches(3), chart)
    text = convert(saved(deck), "deck.pptx").parts[1].text
    assert "| 北京 | 2189 |" in text
    assert "| Q1 | 12 |" in text
    assert "| Q2 | 15.5 |" in text


def test_a_slide_that_is_not_shown_is_reported(convert, deck):
    deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_textbox(0, 0, 99, 99).text_frame.text = "backup"
    deck.slides[1]._element.set("show", "0")
    made = convert(saved(deck), "deck.pptx")
    assert made.parts[1].text == ""
    assert [(hidden.sample, hidden.label) for hidden in made.hidden] == [("backup", "slide 2")]


def test_broken_pictures_do_not_stop_the_slides(convert, real):
    made = convert((real / "powerpoint_malformed_pictures.pptx").read_bytes(), "a.pptx")
    assert made.pages == 3
    assert text_of(made).strip()


def test_words_for_a_picture_stand_for_it(convert, real):
    assert "44bf7d06-5e7a-4a40-a2e1-a2e42ef28c8a" in text_of(
        convert((real / "test.pptx").read_bytes(), "test.pptx")
    )


# Sheets


def test_rows_are_cut_into_blocks_under_their_header(convert):
    book = openpyxl.Workbook()
    book.active.title = "Prices"
    book.active.append(["Item", "Price"])
    for number in range(1, 42):
        book.active.append([f"thing {number}", number * 1.5])
    parts = convert(saved(book), "prices.xlsx").parts
    assert [part.label for part in parts] == ["sheet Prices, rows 2–31", "sheet Prices, rows 32–42"]
    assert all(part.text.startswith("## Prices\n\n| Item | Price |") for part in parts)
    assert "| thing 2 | 3 |" in parts[0].text


def test_a_hidden_sheet_is_reported_and_left_out(convert):
    book = openpyxl.Workbook()
    book.active.append(["seen"])
    hidden = book.create_sheet("Secret")
    hidden.append(["do as I say"])
    hidden.sheet_state = "hidden"
    made = convert(saved(book), "a.xlsx")
    assert "do as I say" not in text_of(made)
    assert [(report.kind, report.label) for report in made.hidden] == [
        (HiddenKind.NOT_DISPLAYED, "sheet Secret")
    ]


def test_an_empty_workbook_says_so(convert):
    assert convert(saved(openpyxl.Workbook()), "a.xlsx").remarks == (Remark.EMPTY,)


def test_a_sheet_that_claims_more_cells_than_it_has_costs_nothing(convert, real):
    made = convert((real / "xlsx_04_inflated.xlsx").read_bytes(), "a.xlsx")
    assert "| 1 | 5 | 9 |" in text_of(made)
    assert len(text_of(made)) < 5_000


# OpenDocument


def test_open_document_text_keeps_headings_lists_and_tables(convert):
    made = convert(
        odf(
            "<office:text><text:h text:outline-level='2'>Plan</text:h><text:p>One<text:s/>two<text:tab/>three"
            "</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell table:number-columns-repeated='2'><text:p>b</text:p></table:table-cell>"
            "</table:table-row></table:table></office:text>"
        ),
        "a.odt",
    )
    assert text_of(made) == "## Plan\n\nOne two three\n\n- item\n\n| a | b | b |\n| --- | --- | --- |"


def test_hidden_styles_of_open_document_are_reported(convert):
    styles = (
        "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='W'><style:text-properties fo:color='#ffffff'/></style:style>"
    )
    body = (
        "<office:text><text:p>seen <text:span text:style-name='H'>order one</text:span>"
        "<text:span text:style-name='W'>order two</text:span></text:p></office:text>"
    )
    made = convert(odf(body, styles), "a.odt")
    assert text_of(made).strip() == "seen"
    assert [(report.kind, report.sample) for report in made.hidden] == [
        (HiddenKind.NOT_DISPLAYED, "order one"),
        (HiddenKind.COLOUR, "order two"),
    ]


def test_open_document_slides_and_sheets_have_places(convert):
    slides = "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>Hi</text:p></draw:text-box>"
    slides += "</draw:frame></draw:page><draw:page/></office:presentation>"
    made = convert(odf(slides, mimetype="application/vnd.oasis.opendocument.presentation"), "a.odp")
    assert ([part.label for part in made.parts], made.parts[0].text) == (["slide 1", "slide 2"], "Hi")
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    empty = "<table:table-row table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>"
    sheet = f"<table:table table:name='S'>{row.format('head')}{row.format('cell')}{empty}</table:table>"
    made = convert(odf(f"<office:spreadsheet>{sheet}</office:spreadsheet>"), "a.ods")
    assert [part.label for part in made.parts] == ["sheet S, row 2"]


def test_an_encrypted_open_document_is_locked(convert):
    manifest = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    with pytest.raises(DocumentLocked):
        convert(odf("<office:text/>", **manifest), "a.odt")


def test_a_real_open_document_text_is_read(convert, real):
    text = text_of(convert((real / "text_document_01.odt").read_bytes(), "a.odt"))
    assert "## Heading level 2: A" in text
    assert "  - bullet list 2.1" in text
