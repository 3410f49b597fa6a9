"""Pages -> PDF: painted with reportlab's canvas in reading order. Same pages, same bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from govtracker.export.document import Document
from govtracker.export.fonts import Face, face
from govtracker.export.glyphs import Glyphs
from govtracker.export.ink import Ink
from govtracker.export.pages.marks import MM, PAGE_HEIGHT, PAGE_WIDTH, Image, Page, Text
from govtracker.export.pages.paginate import pages
from govtracker.export.writing import replace_file

Pictures = Callable[[str], bytes]
Progress = Callable[[int, int], bool]
"""(done, of) -> whether to go on."""
LEVEL = 6
"""How hard page contents are compressed."""


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
    """Paints pages into a canvas: reportlab keeps pages, outline, pictures and fonts, the strokes are ours."""

    def __init__(self, canvas: Any, pictures: Pictures) -> None:
        self.canvas = canvas
        self.pictures = pictures
        self.number = 0
        self.images: dict[str, Any] = {}
        self.fonts: dict[str, Glyphs] = {}

    def document(self, document: Document, found: list[Page]) -> None:
        """All pages of a card, with running head, page number and a bookmark."""
        key = f"card{self.number}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(document.title, key, 0)
        for page in found:
            self.number += 1
            ink = Ink(self._font)
            self._frame(ink, document)
            ink.place(page.placed)
            self._foot(ink)
            self._show(ink)

    def _font(self, name: str) -> Glyphs:
        """The font as this PDF knows it, entered the first time."""
        found = self.fonts.get(name)
        if found is None:
            found = self.fonts[name] = Glyphs(f"G{len(self.fonts) + 1}", name)
            self.canvas._doc.delayedFonts.append(found)
        return found

    def _show(self, ink: Ink) -> None:
        """Close the page; its content is packed at once, so that a long book stays small in memory."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

        for image in ink.images:
            self._image(image)
        self.canvas.addLiteral(ink.stream())
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("ascii"), LEVEL)
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed, [])
        page.stream = None

    def _frame(self, ink: Ink, document: Document) -> None:
        gothic = face("gothic", bold=False)
        left, right = document.margins[0] * MM, PAGE_WIDTH - document.margins[1] * MM
        if document.running_head:
            string(ink, gothic, document.running_head, left, 10.2 * MM, 8.5, "#444444")
        if document.running_date:
            width = gothic.width(document.running_date) * 8.5 / 1000
            string(ink, gothic, document.running_date, right - width, 10.2 * MM, 8.5, "#444444")

    def _foot(self, ink: Ink) -> None:
        text, serif = f"- {self.number} -", face("myeongjo", bold=False)
        string(ink, serif, text, (PAGE_WIDTH - serif.width(text) / 100) / 2, PAGE_HEIGHT - 8 * MM, 10)

    def _image(self, image: Image) -> None:
        from reportlab.lib.utils import ImageReader

        if image.sha not in self.images:
            self.images[image.sha] = ImageReader(io.BytesIO(self.pictures(image.sha)))
        self.canvas.drawImage(
            self.images[image.sha], image.x, image.y, image.width, image.height, mask="auto"
        )


def string(ink: Ink, font: Face, text: str, x: float, y: float, size: float, color: str = "#000000") -> None:
    """A text that is no part of a card, each stretch in the first font that has it."""
    for name, piece, width in font.pieces(text):
        if name:
            ink.text(Text(x, y, name, size, piece, width * size / 1000, color), 0, PAGE_HEIGHT)
        x += width * size / 1000
