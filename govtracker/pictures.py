"""Pictures as they are kept: no finer than paper shows them, and what comes from a camera upright."""

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
PLAIN, INDEXED = ("RGB", "RGBA", "L", "LA", "CMYK"), ("1", "P", "PA")
"""Modes that can be made smaller, and those that can be turned into one of them without loss; others stay."""
PHOTOGRAPHS = ("JPEG", "MPO")
"""Kinds of file that are written as JPEG again; MPO is what many phones write."""
QUALITY = 88
INCH = 25.4
ORIENTATION = 274
"""EXIF's tag of how a camera was held."""
UPRIGHT, LYING = 1, (5, 6, 7, 8)


def size(data: bytes, name: str) -> tuple[int, int]:
    """(width, height) in pixels of a picture once it is upright; FileTrouble with the file's `name` for what is none."""
    image = _opened(data, name)
    return (image.height, image.width) if _held(image) in LYING else image.size


def upright(data: bytes) -> bytes:
    """The picture turned the way its camera says; the very bytes where it is already, or can't be read."""
    try:
        image = _opened(data, "")
        turn = _turns().get(_held(image))
        return data if turn is None else _written(image, image.transpose(turn))
    except (FileTrouble, OSError, ValueError):
        return data


def fitted(data: bytes, width: float, height: float) -> bytes:
    """The picture with the pixels that it needs when printed so many mm wide and high; not turned.

    The very bytes where it has hardly more, or can't be read or written again without loss.
    """
    from PIL import Image

    try:
        image = _opened(data, "")
        scale = max(width / INCH * DPI / image.width, height / INCH * DPI / image.height)
        if scale <= 0 or scale * SLACK >= 1:
            return data
        target = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        made = _written(image, _plain(image).resize(target, Image.Resampling.LANCZOS))
    except (FileTrouble, OSError, ValueError):
        return data
    return made if len(made) < len(data) else data


def _opened(data: bytes, name: str) -> Image.Image:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            image.load()
    except Image.DecompressionBombError as error:
        raise FileTrouble(
            name, "그림이 너무 큽니다.", "더 작게 줄인 그림을 고르세요.", detail=str(error)
        ) from error
    except Exception as error:  # a damaged picture may raise anything, and is no bug of ours
        raise FileTrouble(
            name, "그림으로 읽을 수 없는 파일입니다.", "PNG나 JPEG 그림을 고르세요.", detail=str(error)
        ) from error
    return image


def _held(image: Image.Image) -> int:
    """How the camera was held, by EXIF's numbers; upright where its notes are damaged."""
    try:
        return int(image.getexif().get(ORIENTATION, UPRIGHT))
    except Exception:  # as above
        return UPRIGHT


def _turns() -> dict[int, Image.Transpose]:
    from PIL.Image import Transpose

    return {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller; ValueError where that would lose anything."""
    if image.mode in INDEXED:
        return image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.mode not in PLAIN:
        raise ValueError(image.mode)
    return image


def _written(old: Image.Image, new: Image.Image) -> bytes:
    """The new picture in the old one's kind of file (anything but a photograph as PNG), its colours meant alike."""
    out = io.BytesIO()
    kind = "JPEG" if old.format in PHOTOGRAPHS else "PNG"
    new.save(out, kind, quality=QUALITY, optimize=True, icc_profile=old.info.get("icc_profile"))
    return out.getvalue()
