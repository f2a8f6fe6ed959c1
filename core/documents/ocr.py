"""Words in pictures, by rapidocr where it is installed; its models are in its wheel, nothing is fetched."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from core.documents import limits
from core.documents.columns import in_reading_order
from core.documents.model import Remark
from core.documents.prose import Run
from core.documents.slices import slices
from core.documents.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST_SCORE = 0.5
_LONGEST_SIDE = 1_800
"""150 dpi on A4: ten-point type is read without mistakes, in half the time that 200 dpi takes."""
_LEAST_SIDE = 736
"""What the recogniser wants."""


def is_installed() -> bool:
    """Whether pictures can be read here."""
    return find_spec("rapidocr") is not None


def on_paper(picture: Image) -> Image:
    """Return a picture upright and in colour, on white where it is transparent."""
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(picture)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def with_margin(piece: Image) -> Image:
    """Return a narrow picture on more of its own ground: the recogniser would blow it up, at any cost."""
    from PIL import Image

    size = (max(_LEAST_SIDE, piece.width), max(_LEAST_SIDE, piece.height))
    if size == piece.size:
        return piece
    ground = Image.new("RGB", size, piece.getpixel((0, 0)))
    ground.paste(piece, ((size[0] - piece.width) // 2, (size[1] - piece.height) // 2))
    return ground


class Recogniser:
    """Reads pictures until its time is up, and remembers what there is to say about that."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._said: dict[Remark, None] = {}

    def is_ready(self) -> bool:
        """Whether another picture can be read."""
        if not is_installed():
            self._said[Remark.OCR_MISSING] = None
            return False
        if self._source.is_late:
            self._said[Remark.OCR_UNFINISHED] = None
            return False
        return True

    def read(self, picture: Image) -> str:
        """Return the lines of a picture, turned upright if need be; empty where there are none.

        A form feed stands between blocks of different measure, where the picture is a page in columns.
        """
        if picture.width * picture.height > limits.PICTURE_PIXELS:
            self._said[Remark.PICTURES_UNREAD] = None
            return ""
        pieces = slices(on_paper(picture), _LONGEST_SIDE)
        text = "\n".join(self._words(piece) for piece in pieces if self.is_ready()).strip()
        if text:
            self._said[Remark.OCR] = None
        return text

    def _words(self, piece: Image) -> str:
        piece.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        found = self._engine(with_margin(piece))
        if not found.txts:
            return ""
        scored = zip(found.txts, found.scores, found.boxes, strict=True)
        sure = [(words, corners) for words, score, corners in scored if words and score >= _LEAST_SCORE]
        return "\f".join(_read_in_order([_run(*line, place) for place, line in enumerate(sure)]))

    def remarks(self) -> tuple[Remark, ...]:
        """What there is to say about what was read."""
        return tuple(self._said)

    @cached_property
    def _engine(self) -> Any:
        from rapidocr import RapidOCR

        threads = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
        }
        return RapidOCR(params={"Global.log_level": "error", **threads})


def _read_in_order(runs: list[Run]) -> list[str]:
    """The lines of a picture, one below the other unless they stand in columns."""
    ordered = in_reading_order(runs)
    return ["\n".join(run.words for run in runs)] if ordered is None else ordered


def _run(words: str, corners: Any, place: int) -> Run:
    """A recognised line, with the place of its four corners."""
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Run(words, min(across), max(across), max(down), max(down) - min(down), place)
