"""What an audience sees of a slide, and what else is written on it: diagrams, formulas, comments."""

import io

import pytest

from core.documents.model import HiddenKind
from tests.core.documents.test_sheets_and_slides import blank, box, deck, text_of

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def one_box(change):
    """A deck of one slide with `seen` and with `order` in a box that `change` is given."""

    def fill(slides):
        slide = blank(slides)
        box(slide, "seen", 1)
        box(slide, "order", 4)
        change(slide, slide.shapes[-1])

    return deck(fill)


def ink(colour):
    def change(_slide, shape):
        from pptx.dml.color import RGBColor

        shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(colour)

    return change


def filled(ground, colour):
    def change(slide, shape):
        from pptx.dml.color import RGBColor

        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(ground)
        ink(colour)(slide, shape)

    return change


def tiny(_slide, shape):
    shape.text_frame.paragraphs[0].runs[0].font.size = 12_700


def left_of_the_slide(_slide, shape):
    shape.left = -20 * 914_400


def below_the_slide(_slide, shape):
    shape.top = 30 * 914_400


def switched_off(_slide, shape):
    shape._element.nvSpPr.cNvPr.set("hidden", "1")


def clear(slide, shape):
    from pptx.oxml import parse_xml

    ink("112233")(slide, shape)
    next(shape._element.iter(f"{{{A}}}srgbClr")).append(parse_xml(f'<a:alpha xmlns:a="{A}" val="0"/>'))


def of_the_ground_of_its_theme(_slide, shape):
    from pptx.enum.dml import MSO_THEME_COLOR

    color = shape.text_frame.paragraphs[0].runs[0].font.color
    color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


HIDDEN = {
    "white": (ink("FFFFFF"), HiddenKind.COLOUR),
    "red on red": (filled("C00000", "C00000"), HiddenKind.COLOUR),
    "the theme's ground": (of_the_ground_of_its_theme, HiddenKind.COLOUR),
    "clear": (clear, HiddenKind.INVISIBLE),
    "tiny": (tiny, HiddenKind.TINY),
    "left of the slide": (left_of_the_slide, HiddenKind.NOT_DISPLAYED),
    "below the slide": (below_the_slide, HiddenKind.NOT_DISPLAYED),
    "switched off": (switched_off, HiddenKind.NOT_DISPLAYED),
}


@pytest.mark.parametrize(("change", "kind"), HIDDEN.values(), ids=HIDDEN)
def test_words_that_no_audience_sees_are_reported_and_left_out(convert, change, kind):
    made = convert(one_box(change), "a.pptx")
    assert text_of(made) == "seen"
    assert [(hidden.kind, hidden.sample, hidden.label) for hidden in made.hidden] == [
        (kind, "order", "slide 1")
    ]


def dark_slide(slide, shape):
    from pptx.dml.color import RGBColor

    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(0, 0, 40)
    ink("FFFFFF")(slide, shape)


def over_a_picture(slide, shape):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    lain = slide.shapes.add_picture(picture, 0, 3 * 914_400, 9_144_000, 3 * 914_400)
    slide.shapes._spTree.insert(2, lain._element)
    ink("FFFFFF")(slide, shape)


SEEN = {"on blue": filled("102060", "FFFFFF"), "on a dark slide": dark_slide, "on a picture": over_a_picture}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_white_words_on_something_dark_stay(convert, change):
    made = convert(one_box(change), "a.pptx")
    assert "order" in text_of(made)
    assert [hidden.sample for hidden in made.hidden if hidden.sample == "order"] == []


def test_shapes_of_newer_programs_are_read_with_their_formulas(convert):
    from pptx.oxml import parse_xml

    frame = f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="7" name="x"/><p:cNvSpPr/><p:nvPr/>'
    frame += "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>{}</a:p></p:txBody></p:sp>"
    formula = '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><m:r xmlns:m="'
    formula += 'http://schemas.openxmlformats.org/officeDocument/2006/math"><m:t>a+b</m:t></m:r></a14:m>'
    newer = frame.format(f"<a:r><a:t>面积 </a:t></a:r>{formula}")
    older = frame.format("<a:r><a:t>?</a:t></a:r>")
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="a14">{newer}</mc:Choice>'
    both += f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
    made = convert(deck(lambda slides: blank(slides).shapes._spTree.append(parse_xml(both))), "a.pptx")
    assert text_of(made) == "面积 a+b"


def related(slide, kind, xml):
    """Add a part to a slide; return the name of the relation."""
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    name = PackURI(f"/ppt/{kind}/{kind}1.xml")
    part = Part(name, "application/xml", slide.part.package, xml.encode())
    return slide.part.relate_to(part, f"{R}/{kind}")


def test_the_words_of_a_diagram_stand_on_its_slide(convert):
    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"

    def fill(slides, inside):
        slide = blank(slides)
        name = related(slide, "diagramData", inside)
        frame = f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:nvGraphicFramePr>'
        frame += '<p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>'
        frame += '<a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="d">'
        frame += (
            f'<dgm:relIds xmlns:dgm="{space}" r:dm="{name}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )
        slide.shapes._spTree.append(parse_xml(frame))

    words = f'<d:m xmlns:d="{space}" xmlns:a="{A}"><d:pt><a:p><a:r><a:t>流程</a:t></a:r></a:p></d:pt></d:m>'
    assert text_of(convert(deck(lambda slides: fill(slides, words)), "a.pptx")) == "- 流程"
    assert text_of(convert(deck(lambda slides: fill(slides, "<broken")), "a.pptx")) == ""


def test_comments_on_a_slide_are_quoted(convert):
    older = f'<p:cmLst xmlns:p="{P}"><p:cm><p:text>换一张图</p:text></p:cm></p:cmLst>'
    made = convert(deck(lambda slides: related(blank(slides), "comments", older)), "a.pptx")
    assert text_of(made) == "> 换一张图"
