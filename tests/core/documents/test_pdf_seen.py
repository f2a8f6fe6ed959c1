"""Which words of a PDF page a reader sees: under boxes, off the page, turned pages, forms and comments."""

import pytest

from core.documents import limits
from core.documents.convert import convert_bytes
from core.documents.formats import pdf as pdf_format
from core.documents.model import HiddenKind, Remark
from core.documents.ocr import Recogniser
from core.documents.source import Source
from tests.core.documents.made import pdf, words

SEEN = words("Pay within 30 days", y=700)
BLACK_BOX, WHITE_BOX = "0 g 60 490 300 30 re f", "1 1 1 rg 60 490 300 30 re f"
NOTE = "/Type /Annot /Rect [72 72 200 90] /Subtype"


def text_of(converted):
    return "\n".join(part.text for part in converted.parts)


HIDDEN = {
    "on its own colour": (f"{BLACK_BOX} {words('order', y=500)}", HiddenKind.COVERED),
    "under a box": (f"{words('order', y=500)} {WHITE_BOX}", HiddenKind.COVERED),
    "cut off": (f"q 0 0 5 5 re W n {words('order', y=500)} Q", HiddenKind.COVERED),
    "above the page": (words("order", y=2000), HiddenKind.NOT_DISPLAYED),
    "below the page": (words("order", y=-300), HiddenKind.NOT_DISPLAYED),
}


@pytest.mark.parametrize(("stream", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_words_that_nobody_can_see_on_the_page_are_reported_and_left_out(convert, stream, kind):
    made = convert(pdf(f"{SEEN} {stream}"), "a.pdf")
    assert text_of(made).split() == ["Pay", "within", "30", "days"]
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(kind, "order")]


@pytest.mark.parametrize(
    "turn", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox [50 100 590 780]"]
)
def test_turned_and_cropped_pages_are_looked_at_where_the_words_stand(convert, turn):
    bar = "0 0 0.4 rg 60 190 300 40 re f " + words("Quarter Revenue", y=205, before="1 1 1 rg")
    page = f"{SEEN} {bar} {words('order', y=500, before='1 1 1 rg')}"
    made = convert(pdf(page, page=turn), "a.pdf")
    assert "Quarter Revenue" in text_of(made)
    assert [hidden.sample for hidden in made.hidden] == ["order"]


def test_words_outside_of_the_crop_box_are_off_the_page(convert):
    made = convert(pdf(f"{SEEN} {words('order', y=50)}", page="/CropBox [0 100 612 792]"), "a.pdf")
    assert [hidden.kind for hidden in made.hidden] == [HiddenKind.NOT_DISPLAYED]
    assert "order" not in text_of(made)


def test_dark_words_on_a_bright_ground_stay(convert):
    made = convert(pdf(f"1 0.9 0.2 rg 60 690 300 30 re f 0 g {SEEN}"), "a.pdf")
    assert (text_of(made), made.hidden) == ("Pay within 30 days", ())


def test_words_of_a_font_that_can_nowhere_be_drawn_are_not_taken_for_hidden(convert):
    """Its letters are blank on this machine, which says nothing about the document."""
    made = convert(pdf(f"{words('order', y=500)} {WHITE_BOX}"), "a.pdf")
    assert text_of(made) == "order"


def scan(stream, *, recognised, monkeypatch):
    """A page that is one picture, with this written over it."""
    picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
    picture += " /ColorSpace /DeviceGray /Length 1 >>\nstream\n@\nendstream"
    font = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    data = pdf(f"q 612 0 0 792 0 0 cm /Im Do Q {stream}", more=[picture]).replace(
        b"/Resources << /Font", b"/Resources << /XObject << /Im 5 0 R >> /Font"
    )
    assert font.encode() in data
    monkeypatch.setattr(Recogniser, "is_ready", lambda _self: True)
    monkeypatch.setattr(Recogniser, "read", lambda _self, _picture: recognised)
    return convert_bytes(Source(data, "a.pdf"))


def test_a_scan_with_a_stamp_at_its_foot_is_recognised(monkeypatch):
    stamp = words("Scanned with a telephone and its program", y=20)
    made = scan(stamp, recognised="安全检查报告", monkeypatch=monkeypatch)
    assert text_of(made).split("\n\n") == ["Scanned with a telephone and its program", "安全检查报告"]


def test_words_in_the_middle_of_a_picture_make_it_no_scan(monkeypatch):
    made = scan(words("A slide on a background", y=400), recognised="twice", monkeypatch=monkeypatch)
    assert text_of(made) == "A slide on a background"


def test_the_layer_under_a_scan_is_kept_beside_its_stamp(monkeypatch):
    stream = words("Stamped by the archive office", y=20) + words("layer", y=400, before="3 Tr")
    made = scan(stream, recognised="twice", monkeypatch=monkeypatch)
    assert "layer" in text_of(made)
    assert [(hidden.kind, hidden.sample, hidden.kept) for hidden in made.hidden] == [
        (HiddenKind.INVISIBLE, "layer", True)
    ]


def test_filled_fields_typed_words_and_comments_are_read(convert):
    notes = [
        f"<< {NOTE} /FreeText /Contents (typed on the page) >>",
        f"<< {NOTE} /Text /Contents (a comment) >>",
        f"<< {NOTE} /Popup /Contents (a comment) >>",
        f"<< {NOTE} /Text /F 2 /Contents (order) >>",
    ]
    page = "/Annots [" + " ".join(f"{number} 0 R" for number in range(5, 9)) + "]"
    made = convert(pdf(SEEN, page=page, more=notes), "a.pdf")
    assert made.parts[0].text.split("\n\n") == ["Pay within 30 days", "typed on the page", "a comment"]
    assert [(hidden.kind, hidden.sample, hidden.label) for hidden in made.hidden] == [
        (HiddenKind.NOT_DISPLAYED, "order", "p. 1")
    ]


def test_the_value_of_a_field_is_read_though_it_stands_with_its_parent(convert):
    field = "<< /FT /Tx /T (name) /V (Gwendolyn Hart) /Kids [5 0 R] >>"
    widget = f"<< {NOTE} /Widget /Parent 6 0 R >>"
    data = pdf(SEEN, page="/Annots [5 0 R]", more=[widget, field])
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [6 0 R] >>")
    assert "Gwendolyn Hart" in text_of(convert(data, "a.pdf"))


def test_a_long_pdf_gives_the_pages_that_could_be_read_in_time(monkeypatch):
    over = iter([False, False, True])
    monkeypatch.setattr(Source, "is_over", property(lambda _self: next(over)))
    made = convert_bytes(Source(pdf(*[SEEN] * 5), "a.pdf"))
    assert [part.label for part in made.parts] == ["p. 1", "p. 2"]
    assert (made.pages, made.remarks) == (5, (Remark.CUT,))


def test_pages_without_suspicion_are_drawn_only_for_a_while(convert, monkeypatch):
    monkeypatch.setattr(pdf_format, "_LOOKING_SECONDS", -1.0)
    made = convert(pdf(f"{SEEN} {words('order', y=500)} {WHITE_BOX}"), "a.pdf")
    assert "order" in text_of(made)


def test_all_work_ends_within_the_minute():
    assert limits.WORK_SECONDS + limits.LAST_SECONDS < limits.WALL_SECONDS < 60


def test_a_dash_is_seen_wherever_it_falls_between_two_pixels(convert):
    dashes = [words("-", y=300 + 20 * number + number / 10) for number in range(10)]
    made = convert(pdf("\n".join([SEEN, *dashes])), "a.pdf")
    assert (text_of(made).count("-"), made.hidden) == (10, ())
