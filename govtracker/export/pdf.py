"""Pages -> PDF: painted with reportlab's canvas in reading order. Same pages, same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from govtracker.export.document import Document
from govtracker.export.fonts import Face, face
from govtracker.export.pages.marks import (
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Box,
    Check,
    Fill,
    Frame,
    Image,
    Mark,
    Page,
    Rule,
    Text,
)
from govtracker.export.pages.paginate import pages
from govtracker.export.writing import replace_file

Pictures = Callable[[str], bytes]
Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""


def no_picture(sha: str) -> bytes:
    """For documents without pictures."""
    raise KeyError(sha)


def write_pdf(
    path: Path,
    documents: Iterable[Document],
    pictures: Pictures = no_picture,
    title: str = "",
    progress: Progress | None = None,
) -> int:
    """Write the documents one after another, each beginning on a new page; the number of pages.

    FileTrouble where the file can't be written; 0 and no file where `progress` said stop.
    """
    data, count = pdf_bytes(list(documents), pictures, title, progress)
    if count:
        replace_file(path, data)
    return count


def pdf_bytes(
    documents: list[Document],
    pictures: Pictures = no_picture,
    title: str = "",
    progress: Progress | None = None,
) -> tuple[bytes, int]:
    """(PDF, number of pages) of the documents."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    target = io.BytesIO()
    make: Any = Canvas
    canvas = make(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang="ko",
        initialFontName=face("gothic", bold=False).font,
    )
    canvas.setTitle(title or (documents[0].title if documents else ""))
    canvas.setCreator("GovTracker")
    canvas.setSubject(documents[0].name if documents else "")
    painter = Painter(canvas, pictures)
    for done, document in enumerate(documents):
        if progress and not progress(done, len(documents)):
            return b"", 0
        painter.document(document, pages(document))
    canvas.save()
    return target.getvalue(), painter.number


class Painter:
    """Paints pages; fonts and colours are set only when they change."""

    def __init__(self, canvas: Any, pictures: Pictures) -> None:
        self.canvas = canvas
        self.pictures = pictures
        self.number = 0
        self.images: dict[str, Any] = {}
        self.colors: dict[str, Any] = {}
        self.color = ""

    def document(self, document: Document, found: list[Page]) -> None:
        """All pages of a card, with running head, page number and a bookmark."""
        key = f"card{self.number}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(document.title, key, 0)
        for page in found:
            self.number += 1
            self._frame(document)
            for place in page.placed:
                for mark in place.marks:
                    self._mark(mark, place.dx, place.dy)
            self._foot()
            self.canvas.showPage()

    def _fill(self, color: str) -> None:
        """Set the fill colour where it changes; reportlab spends long on reading a colour's name."""
        if color != self.color:
            if color not in self.colors:
                from reportlab.lib.colors import HexColor

                self.colors[color] = HexColor(color)
            self.canvas.setFillColor(self.colors[color])
            self.color = color

    def _frame(self, document: Document) -> None:
        self.canvas.setLineCap(2)
        self.color = ""
        gothic = face("gothic", bold=False)
        left, right = document.margins[0] * MM, PAGE_WIDTH - document.margins[1] * MM
        if document.running_head:
            self._string(gothic, document.running_head, left, 10.2 * MM, 8.5, "#444444")
        if document.running_date:
            width = gothic.width(document.running_date) * 8.5 / 1000
            self._string(gothic, document.running_date, right - width, 10.2 * MM, 8.5, "#444444")

    def _foot(self) -> None:
        text, serif = f"- {self.number} -", face("myeongjo", bold=False)
        self._string(
            serif, text, (PAGE_WIDTH - serif.width(text) / 100) / 2, PAGE_HEIGHT - 8 * MM, 10, "#000000"
        )

    def _string(self, font: Face, text: str, x: float, y: float, size: float, color: str) -> None:
        for name, piece, width in font.pieces(text):
            if name:
                self._text(Text(x, y, name, size, piece, width * size / 1000, color), 0, 0)
            x += width * size / 1000

    def _mark(self, mark: Mark, dx: float, dy: float) -> None:
        if isinstance(mark, Text):
            self._text(mark, dx, dy)
        elif isinstance(mark, Rule):
            self.canvas.setLineWidth(mark.width)
            self.canvas.line(
                mark.x1 + dx, PAGE_HEIGHT - mark.y1 - dy, mark.x2 + dx, PAGE_HEIGHT - mark.y2 - dy
            )
        elif isinstance(mark, Fill):
            self._fill(mark.color)
            self.canvas.rect(
                mark.x + dx,
                PAGE_HEIGHT - mark.y - dy - mark.height,
                mark.width,
                mark.height,
                stroke=0,
                fill=1,
            )
        elif isinstance(mark, Frame):
            self._box(mark, dx, dy)
        elif isinstance(mark, Check):
            self._check(mark, dx, dy)
        elif isinstance(mark, Image):
            self._image(mark, dx, dy)
        else:
            self._missing(mark, dx, dy)

    def _text(self, mark: Text, dx: float, dy: float) -> None:
        self.canvas.setFont(mark.font, mark.size)
        self._fill(mark.color)
        self.canvas.drawString(mark.x + dx, PAGE_HEIGHT - mark.y - dy, mark.text)

    def _box(self, mark: Frame, dx: float, dy: float) -> None:
        self.canvas.setLineWidth(mark.rule)
        if mark.fill:
            self._fill(mark.fill)
        y = PAGE_HEIGHT - mark.y - dy - mark.height
        self.canvas.rect(mark.x + dx, y, mark.width, mark.height, stroke=1, fill=1 if mark.fill else 0)

    def _missing(self, mark: Box, dx: float, dy: float) -> None:
        self.canvas.setLineWidth(0.4)
        side = mark.size * 0.78
        self.canvas.rect(
            mark.x + dx + mark.size * 0.1,
            PAGE_HEIGHT - mark.y - dy - side * 0.12,
            side,
            side,
            stroke=1,
            fill=0,
        )

    def _check(self, mark: Check, dx: float, dy: float) -> None:
        """The box and its tick as vectors; an invisible letter makes the choice searchable."""
        canvas, x, y, side = self.canvas, mark.x + dx, PAGE_HEIGHT - mark.y - dy - mark.size, mark.size
        canvas.setLineWidth(0.14 * MM)
        canvas.rect(x, y, side, side, stroke=1, fill=0)
        if mark.ticked:
            canvas.setLineWidth(0.34 * MM)
            path = canvas.beginPath()
            path.moveTo(x + side * 0.2, y + side * 0.5)
            path.lineTo(x + side * 0.43, y + side * 0.22)
            path.lineTo(x + side * 0.92, y + side + 0.35 * MM)
            canvas.drawPath(path)
        font, _ = face("gothic", bold=False).char("☑" if mark.ticked else "☐")
        if font:
            text = canvas.beginText(x, y)
            text.setTextRenderMode(3)
            text.setFont(font, side)
            text.textOut("☑ " if mark.ticked else "☐ ")
            text.setTextRenderMode(0)
            canvas.drawText(text)

    def _image(self, mark: Image, dx: float, dy: float) -> None:
        from reportlab.lib.utils import ImageReader

        if mark.sha not in self.images:
            self.images[mark.sha] = ImageReader(io.BytesIO(self.pictures(mark.sha)))
        self.canvas.drawImage(
            self.images[mark.sha],
            mark.x + dx,
            PAGE_HEIGHT - mark.y - dy - mark.height,
            mark.width,
            mark.height,
            mask="auto",
        )
