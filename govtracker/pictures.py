"""Pictures as they are kept: upright, and no finer than paper shows them."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from govtracker.errors import FileTrouble

if TYPE_CHECKING:
    from PIL import Image

DPI = 200
"""What print needs."""
SLACK = 1.15
"""A picture that is hardly finer stays as it is: its printed size is rounded, and it may come back from a workbook."""
PLAIN = ("RGB", "RGBA", "L", "LA", "CMYK")
"""Modes that can be made smaller without losing a palette."""
QUALITY = 88
INCH = 25.4
ORIENTATION = 274
"""EXIF's tag of how a camera was held."""


def size(data: bytes, name: str) -> tuple[int, int]:
    """(width, height) of a picture in pixels, upright; FileTrouble with the file's `name` for what is none."""
    image, _ = _opened(data, name)
    return image.size


def fitted(data: bytes, width: float, height: float) -> bytes:
    """The picture with the pixels that it needs when printed so many mm wide and high.

    The very bytes where it has hardly more and stands upright, or can't be read or written again.
    """
    try:
        image, turned = _opened(data, "")
        scale = max(width / INCH * DPI / image.width, height / INCH * DPI / image.height)
        if not turned and (scale <= 0 or scale * SLACK >= 1):
            return data
        made = _written(image, min(1.0, scale or 1.0))
    except (FileTrouble, OSError, ValueError):
        return data
    return made if turned or len(made) < len(data) else data


def _opened(data: bytes, name: str) -> tuple[Image.Image, bool]:
    """A picture as a person sees it, and whether it had to be turned: cameras only write down how they were held."""
    from PIL import Image, ImageOps

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                turned = image.getexif().get(ORIENTATION, 1) != 1
                upright = ImageOps.exif_transpose(image)
                upright.load()
                upright.format = image.format
                return upright, turned
    except (OSError, ValueError, SyntaxError, *bombs) as error:
        raise FileTrouble(
            name, "그림으로 읽을 수 없는 파일입니다.", "PNG나 JPEG 그림을 고르세요.", detail=str(error)
        ) from error


def _written(image: Image.Image, scale: float) -> bytes:
    """The picture made smaller, in the kind of file that it was: a photograph as JPEG, anything else as PNG."""
    from PIL import Image

    kind = "JPEG" if image.format == "JPEG" else "PNG"
    if image.mode not in PLAIN:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    target = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    out = io.BytesIO()
    image.resize(target, Image.Resampling.LANCZOS).save(out, kind, quality=QUALITY, optimize=True)
    return out.getvalue()
