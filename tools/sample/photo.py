"""The invented photograph of the samples, drawn."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

PHOTO_PIXELS = (224, 147)


def photo() -> bytes:
    """A meeting hall seen from the back rows: a lit screen, a speaker, three rows of listeners (PNG)."""
    scale, size = 2, (640, 420)
    image = Image.new("RGB", (size[0] * scale, size[1] * scale), "#E9EEF4")
    pen = ImageDraw.Draw(image)
    paint_room(pen, scale)
    for row, (top, shade) in enumerate(((232, 0.82), (284, 0.92), (346, 1.0))):
        paint_row(pen, scale, row, top, shade)
    small = image.resize(size, Image.Resampling.LANCZOS).quantize(96, Image.Quantize.MEDIANCUT)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def paint_room(pen: ImageDraw.ImageDraw, k: int) -> None:
    def area(*points: tuple[int, int], fill: str) -> None:
        pen.polygon([(x * k, y * k) for x, y in points], fill=fill)

    area((0, 0), (640, 0), (540, 60), (100, 60), fill="#F6F8FB")
    area((0, 0), (100, 60), (100, 215), (0, 270), fill="#D5DEE9")
    area((640, 0), (540, 60), (540, 215), (640, 270), fill="#CBD6E3")
    area((0, 270), (100, 215), (540, 215), (640, 270), (640, 420), (0, 420), fill="#C9B79C")
    for x in (200, 320, 440):
        area((x - 42, 18), (x + 42, 18), (x + 34, 32), (x - 34, 32), fill="#FFFBE6")
    for x in (22, 60):
        area(
            (x, 60 + x // 3), (x + 26, 64 + x // 3), (x + 26, 196 - x // 4), (x, 212 - x // 4), fill="#A9CCE3"
        )
    area((195, 76), (445, 76), (445, 190), (195, 190), fill="#2F5597")
    area((201, 82), (439, 82), (439, 184), (201, 184), fill="#F4F9FF")
    for i, height in enumerate((22, 36, 30, 52, 64)):
        area(
            (228 + i * 22, 168),
            (242 + i * 22, 168),
            (242 + i * 22, 168 - height),
            (228 + i * 22, 168 - height),
            fill=("#9DC3E6", "#70AD47", "#FFC000", "#5B9BD5", "#ED7D31")[i],
        )
    for i, length in enumerate((68, 52, 60, 40)):
        area(
            (352, 100 + i * 18),
            (352 + length, 100 + i * 18),
            (352 + length, 106 + i * 18),
            (352, 106 + i * 18),
            fill="#B4C7E7",
        )
    area((474, 168), (512, 168), (508, 222), (478, 222), fill="#8B6B4A")
    paint_person(pen, k, 493, 142, 0.62, "#44546A", "#F1C9A5")


def paint_row(pen: ImageDraw.ImageDraw, k: int, row: int, top: int, shade: float) -> None:
    """A row of people from behind, larger and lower the nearer it is."""
    coats = ("#5B9BD5", "#C55A5A", "#70AD47", "#7F6BB3", "#D79B3E", "#4E8F8B", "#8497B0", "#B5657D")
    hair = ("#2B2B2B", "#4A3728", "#3A3A3A", "#6B5B4D", "#8A8A8A")
    count, size = 8 - row, 0.72 + row * 0.2
    step = 600 / count
    for i in range(count):
        x = int(20 + step * (i + 0.5) + (row % 2) * 6)
        coat = dimmed(coats[(i * 3 + row * 2) % len(coats)], shade)
        paint_person(pen, k, x, top + (i % 3) * 3, size, coat, hair[(i * 2 + row) % len(hair)])


def paint_person(pen: ImageDraw.ImageDraw, k: int, x: int, y: int, size: float, coat: str, head: str) -> None:
    r, half, deep = 17 * size, 33 * size, 74 * size
    shoulders = (x - half, y + r * 0.9, x + half, y + r + deep * 1.3)
    pen.rounded_rectangle([v * k for v in shoulders], radius=int(26 * size * k), fill=coat)
    pen.ellipse([v * k for v in (x - r, y - r, x + r, y + r * 1.1)], fill=head)


def dimmed(colour: str, shade: float) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{int(part * shade + 233 * (1 - shade)):02X}" for part in parts)
