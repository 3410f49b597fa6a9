"""A picture as it is seen on the sheet: cropped, turned, mirrored, in its size."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from govtracker.importer.package.parts import child, children
from govtracker.importer.package.workbook import NonCell

if TYPE_CHECKING:
    from PIL import Image

EMU_MM = 36_000
_WHOLE = 100_000
_DEGREE = 60_000
_DPI = 96
WIDEST = 120.0
"""Millimetres that a picture without a size of its own takes at most."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How a picture stands: its size in mm (None = as its pixels say), the scale of its group, what is cut off at the
    left, top, right and bottom in parts of 100,000, degrees clockwise, mirrored sideways and upside down.
    """

    size: tuple[float, float] | None = None
    scale: tuple[float, float] = (1.0, 1.0)
    crop: tuple[int, int, int, int] = (0, 0, 0, 0)
    turned: float = 0.0
    mirrored: tuple[bool, bool] = (False, False)

    def within(self, group: Element) -> Placing:
        """The placing of what stands in a group."""
        xfrm = child(group, "grpSpPr", "xfrm")
        outer, inner = extent_of(child(xfrm, "ext")), extent_of(child(xfrm, "chExt"))
        scale = self.scale
        if outer and inner:
            scale = (scale[0] * outer[0] / inner[0], scale[1] * outer[1] / inner[1])
        return replace(self, size=None, scale=scale)


def placing(picture: Element, around: Placing) -> Placing:
    """The placing of a `pic` element in what is around it."""
    xfrm = child(picture, "spPr", "xfrm")
    own = extent_of(child(xfrm, "ext"))
    source = next(children(picture, "srcRect"), None)
    crop = [int(source.get(side, "0") or 0) for side in "ltrb"] if source is not None else [0, 0, 0, 0]
    return Placing(
        (own[0] * around.scale[0], own[1] * around.scale[1]) if own else around.size,
        crop=(crop[0], crop[1], crop[2], crop[3]),
        turned=int(xfrm.get("rot", "0") or 0) / _DEGREE if xfrm is not None else 0.0,
        mirrored=(_set(xfrm, "flipH"), _set(xfrm, "flipV")),
    )


def _set(element: Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def extent_of(element: Element | None) -> tuple[float, float] | None:
    """Width and height in mm of an extent in EMU; None where there is none, or it is nothing."""
    if element is None:
        return None
    width, height = (int(element.get(name, "0") or 0) / EMU_MM for name in ("cx", "cy"))
    return (width, height) if width > 0 and height > 0 else None


def finished(item: NonCell, data: bytes, how: Placing) -> NonCell:
    """The item with the picture as it is seen; without bytes, as a picture that can't be read, where it can't be."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            plain = how.crop == (0, 0, 0, 0) and not how.turned % 360 and how.mirrored == (False, False)
            size = how.size or _size_of(image.size)
            if plain:
                item.data = data
            else:
                item.data, size = _seen(image, how, size)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        item.what = "unreadable picture"
        return item
    item.width, item.height = size
    return item


def _size_of(pixels: tuple[int, int]) -> tuple[float, float]:
    width, height = (side * 25.4 / _DPI for side in pixels)
    share = min(1.0, WIDEST / width)
    return width * share, height * share


def _seen(image: Image.Image, how: Placing, size: tuple[float, float]) -> tuple[bytes, tuple[float, float]]:
    """PNG (JPEG where it was one and stays upright) of what is seen, and the size of it."""
    from PIL import Image

    kind = "JPEG" if image.format == "JPEG" and not how.turned % 90 else "PNG"
    made: Image.Image = image
    if how.crop != (0, 0, 0, 0):
        made = _cropped(made, how.crop)
    if how.mirrored[0]:
        made = made.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if how.mirrored[1]:
        made = made.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if how.turned % 360:
        before = made.size
        stretched = (
            made.resize((max(1, round(size[0] / size[1] * before[1])), before[1]))
            if how.turned % 90
            else made
        )
        if how.turned % 90 and stretched.mode not in ("RGBA", "LA"):
            stretched = stretched.convert("RGBA")
        turned = stretched.rotate(-how.turned, expand=True)
        if how.turned % 180 == 90:
            size = size[1], size[0]
        elif how.turned % 90:
            unit = size[1] / stretched.size[1]
            size = turned.size[0] * unit, turned.size[1] * unit
        made = turned
    out = io.BytesIO()
    if kind == "JPEG":
        made.convert("RGB").save(out, "JPEG", quality=92)
    else:
        made.save(out, "PNG")
    return out.getvalue(), size


def _cropped(image: Image.Image, crop: tuple[int, int, int, int]) -> Image.Image:
    width, height = image.size
    left, top, right, bottom = (side / _WHOLE for side in crop)
    box = (
        round(max(0.0, left) * width),
        round(max(0.0, top) * height),
        max(round(max(0.0, left) * width) + 1, round((1 - max(0.0, right)) * width)),
        max(round(max(0.0, top) * height) + 1, round((1 - max(0.0, bottom)) * height)),
    )
    return image.crop(box)
