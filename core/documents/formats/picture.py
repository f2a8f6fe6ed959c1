"""Pictures, by the words in them."""

from __future__ import annotations

import io
import warnings
from pathlib import PurePath

from core.documents import limits
from core.documents.lines import paragraphs
from core.documents.model import Converted, Part
from core.documents.ocr import Recogniser
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentTooLarge, DocumentWithoutText


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
    text = paragraphs(recogniser.read(picture))
    if not text:
        raise DocumentWithoutText("It is a picture, and no words were found in it.", reason="picture")
    return Converted(
        (Part(text),), title=PurePath(source.name).stem, kind="picture", remarks=recogniser.remarks()
    )
