"""Words in pictures, by rapidocr where it is installed; its models are in its wheel, nothing is fetched."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from core.documents import limits
from core.documents.model import Remark
from core.documents.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

_LEAST_SCORE = 0.5
_LONGEST_SIDE = 1_800
"""150 dpi on A4: ten-point type is read without mistakes, in half the time that 200 dpi takes."""


def is_installed() -> bool:
    """Whether pictures can be read here."""
    return find_spec("rapidocr") is not None


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
        """Return the lines of a picture, turned upright if need be; empty where there are none."""
        if picture.width * picture.height > limits.PICTURE_PIXELS:
            self._said[Remark.PICTURES_UNREAD] = None
            return ""
        picture = picture.convert("RGB")
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        found = self._engine(picture)
        scored = zip(found.txts or (), found.scores or (), strict=True)
        text = "\n".join(words for words, score in scored if score >= _LEAST_SCORE)
        if text:
            self._said[Remark.OCR] = None
        return text

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
