"""What of a workbook is seen: hidden rows, columns and cells, what lies on a sheet, shares, long sheets."""

import pytest

from core.documents import limits
from core.documents.convert import convert_bytes
from core.documents.formats import xlsx
from core.documents.model import HiddenKind, Remark
from core.documents.source import Source
from tests.core.documents.test_sheets_and_slides import rows_of, text_of, workbook


def test_hidden_rows_and_columns_are_reported_and_left_out(convert):
    def fill(book):
        sheet = book.active
        for values in (["城市", "order one"], ["北京", "order two"], ["order three", "x"], ["上海", "y"]):
            sheet.append(values)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    made = convert(workbook(fill), "a.xlsx")
    assert "order" not in text_of(made)
    assert "| 上海 |" in text_of(made)
    (hidden,) = made.hidden
    assert (hidden.kind, hidden.label) == (HiddenKind.NOT_DISPLAYED, "sheet Sheet")
    assert hidden.sample == "order one order two order three x y"


def styled(**looks):
    """A workbook whose second row looks so, under a head."""
    from openpyxl.styles import Font, PatternFill

    def fill(book):
        book.active.append(["head"])
        cell = book.active["A2"]
        cell.value = "order"
        cell.font = Font(color=looks.get("ink"), size=looks.get("size", 11))
        if "ground" in looks:
            cell.fill = PatternFill("solid", fgColor=looks["ground"])
        cell.number_format = looks.get("format", "General")

    return workbook(fill)


HIDDEN = {
    "white": ({"ink": "FFFFFFFF"}, HiddenKind.COLOUR),
    "red on red": ({"ink": "FFC00000", "ground": "FFC00000"}, HiddenKind.COLOUR),
    "tiny": ({"size": 1}, HiddenKind.TINY),
    "a format that shows nothing": ({"format": ";;;"}, HiddenKind.NOT_DISPLAYED),
}


@pytest.mark.parametrize(("looks", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_cells_that_show_nothing_are_reported_and_left_out(convert, looks, kind):
    made = convert(styled(**looks), "a.xlsx")
    assert "order" not in text_of(made)
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(kind, "order")]


@pytest.mark.parametrize("looks", [{"ink": "FFFFFFFF", "ground": "FF203060"}, {"ink": "FF203060"}, {}])
def test_cells_that_can_be_read_stay(convert, looks):
    made = convert(styled(**looks), "a.xlsx")
    assert ("order" in text_of(made), made.hidden) == (True, ())


def test_the_white_head_of_a_table_is_seen_on_the_colour_of_its_style(convert):
    from openpyxl.styles import Font
    from openpyxl.worksheet.table import Table

    def fill(book):
        book.active.append(["城市", "人口"])
        book.active.append(["北京", "2189"])
        book.active["A1"].font = Font(color="FFFFFFFF")
        book.active.add_table(Table(displayName="T", ref="A1:B2"))

    assert "| 城市 | 人口 |" in text_of(convert(workbook(fill), "a.xlsx"))


def test_shares_are_read_as_they_are_shown(convert):
    def fill(book):
        book.active.append(["share", 0.256])
        book.active["B1"].number_format = "0.0%"

    assert "| share | 25.6% |" in text_of(convert(workbook(fill), "a.xlsx"))


def test_comments_and_charts_follow_the_sheets(convert):
    from openpyxl.chart import BarChart, Reference
    from openpyxl.comments import Comment

    def fill(book):
        sheet = book.active
        sheet.append(["月", "量"])
        sheet["A1"].comment = Comment("核对发票", "Wang")
        chart = BarChart()
        chart.title = "柱图"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=1))
        sheet.add_chart(chart, "E1")

    last = convert(workbook(fill), "a.xlsx").parts[-1]
    assert "> A1: 核对发票" in last.text
    assert "柱图" in last.text


def test_a_long_sheet_gives_the_rows_that_could_be_read_in_time(monkeypatch):
    late = iter([False, False, True])
    monkeypatch.setattr(Source, "is_late", property(lambda _self: next(late)))
    made = convert_bytes(Source(rows_of(["h"], ["one"], ["two"], ["three"]), "a.xlsx"))
    assert "one" in text_of(made)
    assert "two" not in text_of(made)
    assert Remark.CUT in made.remarks


def test_text_and_columns_without_end_are_cut_and_said(convert, monkeypatch):
    monkeypatch.setattr(xlsx, "_COLUMNS", 2)
    made = convert(rows_of(["a", "b", "c"]), "a.xlsx")
    assert ("b" in text_of(made), "c" in text_of(made), made.remarks) == (True, False, (Remark.CUT,))
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 3)
    assert Remark.CUT in convert(rows_of(["aaaa"], ["bbbb"]), "a.xlsx").remarks
