"""A PDF's pages as pixels, for the screen and for printers."""

from __future__ import annotations

import io
import threading
from typing import NamedTuple

PDFIUM = threading.Lock()
"""PDFium knows no threads, not even for files of their own: all that rasterise take turns page by page."""


class PagePixels(NamedTuple):
    """A page in pixels: `data` are rows from the top, four bytes a pixel (red, green, blue, one unused)."""

    width: int
    height: int
    data: bytes


class RenderedPages:
    """The pages of a PDF, rendered one by one when they are asked for. Close it after use."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        with PDFIUM:
            self.document = pypdfium2.PdfDocument(io.BytesIO(pdf))
            self.count = len(self.document)

    def page(self, number: int, dpi: float) -> PagePixels:
        """A page, counted from 0, with so many pixels an inch."""
        with PDFIUM:
            page = self.document[number]
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)
            pixels = PagePixels(bitmap.width, bitmap.height, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        return pixels

    def close(self) -> None:
        """Give the PDF's memory back."""
        with PDFIUM:
            self.document.close()


def images(pdf: bytes, scale: float) -> list[PagePixels]:
    """All pages of a PDF, `scale` pixels a point."""
    pages = RenderedPages(pdf)
    try:
        return [pages.page(number, scale * 72) for number in range(pages.count)]
    finally:
        pages.close()
