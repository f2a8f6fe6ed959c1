"""Pictures, by the words in them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from core.documents import limits
from core.documents.lines import paragraphs
from core.documents.model import Converted, Part
from core.documents.ocr import Recogniser
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentTooLarge, DocumentWithoutText

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile


def convert(source: Source) -> Converted:
    """Read the words of a picture."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = limits.PICTURE_PIXELS
    recogniser = Recogniser(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(source.data))
            picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise DocumentTooLarge("It is a picture of too many pixels.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DocumentDamaged(reason="incomplete") from error
    if not recogniser.is_ready():
        raise DocumentWithoutText("It is a picture, and no text recognition is installed.", reason="scan")
    parts = tuple(_parts(picture, recogniser))
    if not any(part.text for part in parts):
        raise DocumentWithoutText("It is a picture, and no words were found in it.", reason="picture")
    pages = len(parts) if len(parts) > 1 else 0
    return Converted(parts, PurePath(source.name).stem, "picture", pages, remarks=recogniser.remarks())


def _parts(picture: ImageFile, recogniser: Recogniser) -> Iterator[Part]:
    """The words of a picture; of a fax or scan of several pages, those of each page."""
    from PIL import ImageSequence

    pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1  # others are films
    for number, page in enumerate(ImageSequence.Iterator(picture), start=1):
        if number > pages or not recogniser.is_ready():
            return
        yield Part(paragraphs(recogniser.read(page)), f"p. {number}" if pages > 1 else "")
