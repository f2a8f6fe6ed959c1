"""Words in pictures and recordings, with recognisers that say what a test tells them."""

import io
import sys
import time
import types
from types import SimpleNamespace

import pytest
from PIL import Image  # noqa: TID253

from core.documents import limits, ocr
from core.documents.convert import convert_bytes
from core.documents.formats import sound
from core.documents.model import Remark
from core.documents.slices import slices
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentTooLarge, DocumentWithoutText


def picture(width=60, height=40, kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def corners(left, top, width, height=10):
    """The four corners of a line, as the recogniser gives them."""
    right, bottom = left + width, top + height
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


@pytest.fixture
def recogniser(monkeypatch):
    """Reads these words with these scores in every picture."""
    boxes = [corners(10, 20 * line, 60) for line in (1, 2)]
    said = SimpleNamespace(txts=("发布计划", "smudge"), scores=(0.98, 0.2), boxes=boxes, sizes=[])

    def engine(_self):
        def read(image):
            said.sizes.append(image.size)
            return said

        return read

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr.Recogniser, "_engine", property(engine))
    return said


def test_words_of_a_picture_are_read_without_the_doubtful_ones(recogniser, convert):
    made = convert(picture(), "白板.png")
    assert (made.parts[0].text, made.title, made.remarks) == ("发布计划", "白板", (Remark.OCR,))


def test_a_picture_of_two_columns_is_read_column_by_column(recogniser, convert):
    """The recogniser goes down the page line by line."""
    left, right = ([f"{name}{number:02} 京剧锣鼓的运用，有程式" for number in range(9)] for name in "左右")
    recogniser.txts = [line for pair in zip(left, right, strict=True) for line in pair]
    recogniser.scores = [0.9] * 18
    recogniser.boxes = [corners(10 + 200 * (place % 2), 14 * (place // 2), 180) for place in range(18)]
    text = convert(picture(400, 400), "a.png").parts[0].text
    assert [text.index(line) for line in left + right] == sorted(text.index(line) for line in left + right)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_all_common_kinds_of_pictures_are_opened(recogniser, convert, kind):
    assert convert(picture(kind=kind), f"a.{kind.lower()}").kind == "picture"


def test_a_large_picture_is_read_smaller(recogniser, convert):
    convert(picture(3600, 1800), "a.png")
    assert max(recogniser.sizes[0]) == 1_800


def test_a_long_screenshot_is_cut_where_no_line_stands():
    page = Image.new("L", (800, 6000), "white")
    for top in range(0, 6000, 60):
        page.paste("black", (20, top, 780, top + 40))
    heights = [piece.height for piece in slices(page, 1_800)]
    assert sum(heights) == 6000
    assert all(1_000 < height <= 1_800 for height in heights[:-1])
    assert all(sum(heights[:n]) % 60 >= 40 for n in range(1, len(heights)))


def test_every_piece_of_a_long_picture_is_read(recogniser, convert):
    made = convert(picture(4000, 900), "panorama.png")
    assert len(recogniser.sizes) == 3
    assert made.parts[0].text.count("发布计划") == 3


def test_a_page_is_one_piece():
    page = Image.new("L", (900, 1_900))
    assert list(slices(page, 1_800)) == [page]


def test_each_page_of_a_fax_is_a_part(recogniser, convert):
    pages = [Image.new("L", (60, 40), "white") for _ in range(3)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    made = convert(out.getvalue(), "fax.tiff")
    assert ([part.label for part in made.parts], made.pages) == (["p. 1", "p. 2", "p. 3"], 3)


def test_a_transparent_picture_is_read_on_white_and_a_turned_photo_upright():
    clear = ocr.on_paper(Image.new("RGBA", (2, 2), (0, 0, 0, 0)))
    assert clear.getpixel((0, 0)) == (255, 255, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    assert ocr.on_paper(Image.open(out)).size == (40, 60)


def test_a_narrow_picture_gets_a_margin_of_its_own_colour():
    strip = ocr.with_margin(Image.new("RGB", (900, 40), "navy"))
    assert (strip.size, strip.getpixel((0, 0))) == ((900, 736), (0, 0, 128))
    page = Image.new("RGB", (900, 1200))
    assert ocr.with_margin(page) is page


def test_a_picture_without_words_says_so(recogniser, convert):
    recogniser.txts = recogniser.scores = None
    with pytest.raises(DocumentWithoutText) as caught:
        convert(picture(), "a.png")
    assert caught.value.details["reason"] == "picture"


def test_without_a_recogniser_a_picture_says_what_is_missing(convert, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    with pytest.raises(DocumentWithoutText) as caught:
        convert(picture(), "a.png")
    assert caught.value.details["reason"] == "scan"


def test_a_picture_of_too_many_pixels_is_not_unpacked(recogniser, convert, monkeypatch):
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 1_000)
    with pytest.raises(DocumentTooLarge):
        convert(picture(60, 40), "a.png")


@pytest.mark.parametrize("data", [picture()[:40], b"\x89PNG\r\n\x1a\nrubbish", b"GIF89a" + b"\xff" * 30])
def test_a_broken_picture_is_damaged(recogniser, convert, data):
    with pytest.raises(DocumentDamaged):
        convert(data, "a.png")


def test_scans_are_read_page_by_page_until_time_is_up(recogniser, real):
    data = (real / "zh-git-scan.pdf").read_bytes()
    made = convert_bytes(Source(data, "scan.pdf"))
    assert [part.text for part in made.parts] == ["发布计划", "发布计划"]
    assert made.remarks == (Remark.OCR,)
    with pytest.raises(DocumentWithoutText):
        convert_bytes(Source(data, "scan.pdf", deadline=time.monotonic() - 1))


# Recordings

WAVE = b"RIFF\x24\0\0\0WAVEfmt "


@pytest.fixture
def whisper(monkeypatch, tmp_path):
    """A speech recogniser that hears these segments."""
    heard = [SimpleNamespace(start=1.0, text=" one two "), SimpleNamespace(start=61.0, text="三")]

    class WhisperModel:
        def __init__(self, folder, **options):
            assert options["local_files_only"]

        def transcribe(self, data, **_options):
            assert data.read(4) == b"RIFF"
            return iter(heard), None

    module = types.ModuleType("faster_whisper")
    module.WhisperModel = WhisperModel
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    monkeypatch.setattr(sound, "find_spec", lambda _name: object())
    (tmp_path / "model.bin").write_bytes(b"x")
    monkeypatch.setenv("PILOTFISH_WHISPER_MODEL", str(tmp_path))
    return heard


def test_a_recording_is_transcribed_in_parts_of_a_minute(whisper, convert):
    made = convert(WAVE, "talk.wav")
    assert [(part.label, part.text) for part in made.parts] == [("0:00", "one two"), ("1:00", "三")]
    assert made.remarks == (Remark.TRANSCRIBED,)


def test_silence_is_said_to_be_silence(whisper, convert):
    whisper.clear()
    assert convert(WAVE, "silent.wav").remarks == (Remark.NO_SPEECH,)


def test_a_transcription_that_takes_too_long_hands_over_what_it_has(whisper):
    made = convert_bytes(Source(WAVE, "talk.wav", deadline=time.monotonic() - 1))
    assert [part.text for part in made.parts] == ["one two"]
    assert Remark.CUT in made.remarks


def test_a_broken_recording_is_damaged(whisper, convert, monkeypatch):
    def fail(_self, _data, **_options):
        raise ValueError("no audio stream")

    monkeypatch.setattr(sys.modules["faster_whisper"].WhisperModel, "transcribe", fail)
    with pytest.raises(DocumentDamaged):
        convert(WAVE, "talk.wav")


@pytest.mark.parametrize("name", ["test.mp3", "silent_1s.wav"])
def test_without_speech_recognition_a_recording_says_so(convert, real, name):
    with pytest.raises(DocumentWithoutText) as caught:
        convert((real / name).read_bytes(), name)
    assert caught.value.details["reason"] == "speech"
