"""Sheets and slides: row numbers that can be cited, gaps, types of values, and parts that are missing."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.convert import convert_bytes
from core.documents.model import HiddenKind, Remark
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentError
from tests.core.documents.made import odf

SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def labels(converted):
    return [part.label for part in converted.parts]


def ods(*sheets):
    inside = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets)
    return odf(f"<office:spreadsheet>{inside}</office:spreadsheet>", mimetype=SHEET)


def row(*cells, repeated=""):
    inside = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    times = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    return f"<table:table-row{times}>{inside or '<table:table-cell/>'}</table:table-row>"


def workbook(fill):
    """The bytes of a workbook that `fill` was given."""
    import openpyxl

    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(*rows):
    def fill(book):
        for values in rows:
            book.active.append(values)

    return workbook(fill)


def without(data, *names):
    """The same archive with some members left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
    return out.getvalue()


# OpenDocument sheets


@pytest.mark.parametrize("gap", [1, 49, 50, 51, 60, 1000, 1_048_500])
def test_a_row_after_a_gap_keeps_its_number(convert, gap):
    made = convert(ods(("账", row("head") + row(repeated=gap) + row("数据"))), "a.ods")
    assert labels(made) == [f"sheet 账, row {gap + 2}"]
    assert "| 数据 |" in text_of(made)


def test_gaps_that_follow_each_other_add_up(convert):
    gaps = row(repeated=60) + row(repeated=3) + row(repeated=70)
    assert labels(convert(ods(("S", row("h") + gaps + row("x"))), "a.ods")) == ["sheet S, row 135"]


def test_the_empty_rest_of_a_sheet_is_no_row(convert):
    made = convert(ods(("S", row("h") + row("x") + row(repeated=1_048_574))), "a.ods")
    assert labels(made) == ["sheet S, row 2"]


def test_a_row_that_repeats_more_often_than_is_shown_still_counts(convert):
    made = convert(ods(("S", row("h") + row("same", repeated=80) + row("last"))), "a.ods")
    last = made.parts[-1]
    assert last.label.endswith("82")
    assert "| last |" in last.text


@pytest.mark.parametrize("times", ["x", "-3", "", "1.5", "٣", "99999999999999999999"])
def test_a_count_that_is_none_counts_once(convert, times):
    rows = row("h") + row("y").replace(
        "<table:table-row", f'<table:table-row table:number-rows-repeated="{times}"'
    )
    assert "| y |" in text_of(convert(ods(("S", rows)), "a.ods"))


@pytest.mark.parametrize("times", ["x", "16384", "-1"])
def test_a_cell_that_repeats_without_sense_is_there_once(convert, times):
    cell = f'<table:table-cell table:number-columns-repeated="{times}"><text:p>一</text:p></table:table-cell>'
    rows = row("a", "b") + f"<table:table-row>{cell}</table:table-row>"
    assert text_of(convert(ods(("S", rows)), "a.ods")).count("一") == 1


def test_each_sheet_is_filed_under_its_name(convert):
    made = convert(ods(("一月", row("h") + row("1")), ("空", ""), ("二月", row("h") + row("2"))), "a.ods")
    assert labels(made) == ["sheet 一月, row 2", "sheet 二月, row 2"]
    assert [part.text.split("\n")[0] for part in made.parts] == ["## 一月", "## 二月"]


@given(st.lists(st.one_of(st.integers(1, 90), st.just("x")), min_size=1, max_size=12))
def test_numbers_of_rows_are_those_of_the_sheet_whatever_the_gaps(steps):
    rows, number, wanted = row("h"), 1, []
    for step in steps:
        if step == "x":
            number += 1
            rows += row(f"r{number}r")
            wanted.append(number)
        else:
            number += step
            rows += row(repeated=step)
    made = convert_bytes(Source(ods(("S", rows)), "a.ods"))
    assert [found for found in range(number + 1) if f"r{found}r" in text_of(made)] == wanted
    if wanted:
        assert made.parts[-1].label.split()[-1].split("–")[-1] == str(wanted[-1])


def test_a_text_with_a_table_whose_gap_has_no_end_is_read(convert):
    table = f"<table:table>{row('h')}{row(repeated=1_000_000)}{row('x')}</table:table>"
    made = convert(odf(f"<office:text>{table}<text:p>after</text:p></office:text>"), "a.odt")
    assert text_of(made) == "| h |\n| --- |\n| x |\n\nafter"


# White words


def looks(**grounds):
    """A style W of white words, and styles of cells and paragraphs with these grounds."""
    made = '<style:style style:name="W"><style:text-properties fo:color="#ffffff"/></style:style>'
    for name, ground in grounds.items():
        kind = "table-cell" if name.startswith("cell") else "paragraph"
        behind = f'<style:{kind}-properties fo:background-color="{ground}"/>'
        made += f'<style:style style:name="{name}">{behind}</style:style>'
    return made


def white(words, *, paragraph=""):
    return (
        f'<text:p text:style-name="{paragraph}"><text:span text:style-name="W">{words}</text:span></text:p>'
    )


def white_cell(cell="", paragraph="", **grounds):
    """A sheet whose head is white words in a cell of this style."""
    head = (
        f'<table:table-cell table:style-name="{cell}">{white("头", paragraph=paragraph)}</table:table-cell>'
    )
    rows = f"<table:table-row>{head}</table:table-row>{row('x')}"
    sheet = f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
    return odf(sheet, looks(**grounds), mimetype=SHEET)


def test_the_white_head_of_a_dark_cell_can_be_read_and_stays(convert):
    made = convert(white_cell("cell1", cell1="#000080"), "a.ods")
    assert "| 头 |" in text_of(made)
    assert made.hidden == ()


@pytest.mark.parametrize(
    "document",
    [
        white_cell(),
        white_cell("cell1", cell1="#ffffff"),
        white_cell("cell1", cell1="transparent"),
        white_cell("cell1", "p1", cell1="#000080", p1="#FFFFFF"),
    ],
)
def test_white_words_on_white_cells_are_reported(convert, document):
    made = convert(document, "a.ods")
    assert "头" not in text_of(made)
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(HiddenKind.COLOUR, "头")]


def test_a_dark_cell_says_nothing_about_the_next_one(convert):
    dark = f'<table:table-cell table:style-name="cell1">{white("一")}</table:table-cell>'
    plain = f"<table:table-cell>{white('二')}</table:table-cell>"
    rows = f"<table:table-row>{dark}{plain}</table:table-row>"
    made = convert(
        odf(f"<office:text><table:table>{rows}</table:table></office:text>", looks(cell1="#111111")), "a.odt"
    )
    assert "一" in text_of(made)
    assert [hidden.sample for hidden in made.hidden] == ["二"]


def test_a_dark_paragraph_is_behind_its_white_words(convert):
    body = f"<office:text>{white('横幅', paragraph='p1')}{white('order')}</office:text>"
    made = convert(odf(body, looks(p1="#203040")), "a.odt")
    assert text_of(made) == "横幅"
    assert [hidden.sample for hidden in made.hidden] == ["order"]


# OpenDocument text


def test_spaces_tabs_and_line_breaks_of_a_text_keep_words_apart(convert):
    body = "<text:p>a<text:s/>b<text:tab/>c<text:line-break/>d</text:p>"
    assert text_of(convert(odf(f"<office:text>{body}</office:text>"), "a.odt")) == "a b c\nd"


def test_a_comment_in_the_margin_is_no_text(convert):
    body = "<text:p>x<office:annotation><text:p>remark</text:p></office:annotation>y</text:p>"
    assert text_of(convert(odf(f"<office:text>{body}</office:text>"), "a.odt")) == "xy"


def test_lists_in_lists_are_indented(convert):
    inner = "<text:list><text:list-item><text:p>二</text:p></text:list-item></text:list>"
    body = f"<text:list><text:list-item><text:p>一</text:p>{inner}</text:list-item></text:list>"
    assert text_of(convert(odf(f"<office:text>{body}</office:text>"), "a.odt")) == "- 一\n\n  - 二"


@pytest.mark.parametrize(("level", "marks"), [("2", "##"), ("9", "######"), ("x", "#"), ("", "#")])
def test_a_heading_has_a_level_that_markdown_knows(convert, level, marks):
    body = f'<text:h text:outline-level="{level}">题</text:h>'
    assert text_of(convert(odf(f"<office:text>{body}</office:text>"), "a.odt")) == f"{marks} 题"


@pytest.mark.parametrize("content", ["", "<a/>", "<office:x", "\0\0\0", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"])
def test_an_open_document_without_sense_is_refused_in_words(convert, content):
    with pytest.raises(DocumentError) as told:
        convert(with_content(content), "a.odt")
    assert str(told.value)


def with_content(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", content)
    return out.getvalue()


# Workbooks


def test_values_are_shown_as_they_are_in_the_sheet(convert):
    day = datetime.datetime(2026, 3, 1)
    moment = datetime.datetime(2026, 3, 1, 9, 30)
    made = convert(rows_of(["日期", "数", "真"], [day, 3.0, True], [moment, 0.1, None]), "a.xlsx")
    assert "| 2026-03-01 | 3 | True |" in text_of(made)
    assert "| 2026-03-01 09:30:00 | 0.1 |  |" in text_of(made)


def test_a_formula_that_was_never_computed_is_an_empty_cell(convert):
    made = convert(rows_of(["a", "b"], [1, "=A2*2"], ["x", "y"]), "a.xlsx")
    assert "=A2" not in text_of(made)
    assert "| x | y |" in text_of(made)


def test_an_empty_row_is_left_out_and_counted(convert):
    made = convert(rows_of(["h"], ["one"], [None], ["three"]), "a.xlsx")
    assert labels(made) == ["sheet Sheet, rows 2–4"]
    assert text_of(made).endswith("| one |\n| three |")


def test_a_cell_of_many_lines_stays_one_cell(convert):
    made = convert(rows_of(["h"], ["first\nsecond | third"]), "a.xlsx")
    assert "| first second \\| third |" in text_of(made)


def test_a_workbook_of_nothing_but_hidden_sheets_is_empty_and_says_what_it_hides(convert):
    def fill(book):
        book.active.append(["秘密", "order"])
        book.active.sheet_state = "veryHidden"
        book.create_sheet("Shown")

    made = convert(workbook(fill), "a.xlsx")
    assert (text_of(made), Remark.EMPTY in made.remarks) == ("", True)
    (hidden,) = made.hidden
    assert hidden.kind is HiddenKind.NOT_DISPLAYED
    assert "order" in hidden.sample


def test_a_merged_cell_says_its_words_once(convert):
    def fill(book):
        book.active.append(["标题", None, "x"])
        book.active.append([1, 2, 3])
        book.active.merge_cells("A1:B1")

    assert text_of(convert(workbook(fill), "a.xlsx")).count("标题") == 1


@pytest.mark.parametrize("missing", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_without_one_of_its_parts_is_read_or_refused_in_words(convert, missing):
    data = without(rows_of(["a"], ["b"]), missing)
    try:
        made = convert(data, "a.xlsx")
    except DocumentError as error:
        assert str(error)
    else:
        assert Remark.EMPTY in made.remarks


def test_the_title_of_a_workbook_is_the_one_in_its_properties(convert):
    def fill(book):
        book.properties.title = "  销售\n报表 "
        book.active.append(["x"])

    assert convert(workbook(fill), "a.xlsx").title == "销售 报表"


# Slides


def deck(fill):
    """The bytes of a deck that `fill` was given."""
    from pptx import Presentation

    slides = Presentation()
    fill(slides)
    out = io.BytesIO()
    slides.save(out)
    return out.getvalue()


def box(slide, words, top):
    from pptx.util import Inches

    slide.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = words


def blank(slides):
    return slides.slides.add_slide(slides.slide_layouts[6])


def test_boxes_are_read_from_top_to_bottom_however_they_were_drawn(convert):
    def fill(slides):
        slide = blank(slides)
        for words, top in (("第三", 5), ("第一", 1), ("第二", 3)):
            box(slide, words, top)

    assert text_of(convert(deck(fill), "a.pptx")).split() == ["第一", "第二", "第三"]


def test_boxes_in_a_group_are_read(convert):
    def fill(slides):
        group = blank(slides).shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(0, 0, 900_000, 900_000).text_frame.text = "inside"

    assert "inside" in text_of(convert(deck(fill), "a.pptx"))


def test_levels_of_points_become_a_list(convert):
    def fill(slides):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = "要点"
        frame = slide.placeholders[1].text_frame
        frame.text = "top"
        for level in (1, 2):
            point = frame.add_paragraph()
            point.text, point.level = f"level {level}", level

    assert text_of(convert(deck(fill), "a.pptx")) == "## 要点\n\ntop\n- level 1\n  - level 2"


def test_a_slide_without_words_keeps_the_numbers_of_the_others(convert):
    def fill(slides):
        blank(slides)
        box(blank(slides), "second", 1)

    made = convert(deck(fill), "a.pptx")
    assert [(part.label, part.text) for part in made.parts] == [("slide 1", ""), ("slide 2", "second")]
    assert made.pages == 2


def test_a_deck_without_slides_is_empty(convert):
    made = convert(deck(lambda _slides: None), "a.pptx")
    assert (made.parts, made.remarks) == ((), (Remark.EMPTY,))


def test_notes_of_a_speaker_follow_the_words_of_the_slide(convert):
    def fill(slides):
        slide = blank(slides)
        box(slide, "shown", 1)
        slide.notes_slide.notes_text_frame.text = "记得微笑"

    assert text_of(convert(deck(fill), "a.pptx")) == "shown\n\n记得微笑"


def test_a_deck_without_a_slide_that_it_names_is_damaged(convert):
    data = deck(lambda slides: box(blank(slides), "x", 1))
    with pytest.raises(DocumentDamaged):
        convert(without(data, "ppt/slides/slide1.xml"), "a.pptx")
