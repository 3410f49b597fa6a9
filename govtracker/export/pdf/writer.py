"""Pages -> PDF: painted with reportlab's canvas in reading order. Same pages, same bytes."""

from __future__ import annotations

import gc
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from govtracker.export.document import Document
from govtracker.export.elide import shortened
from govtracker.export.encoded import STOPPED, Encoded, Pictures, no_picture
from govtracker.export.fonts import Face, face
from govtracker.export.pages.marks import MM, PAGE_HEIGHT, PAGE_WIDTH, Image, Page, Text
from govtracker.export.pages.paginate import pages
from govtracker.export.pdf.content import Ink
from govtracker.export.pdf.front import Contents, Front, Sheet, cover, words
from govtracker.export.pdf.glyphs import Glyphs
from govtracker.files import Progress

CONTENTS = "contents"
LEVEL = 2
"""How hard page contents are compressed: six would make a book a twelfth smaller in three times the time."""


def pdf_bytes(
    documents: Sequence[Document],
    pictures: Pictures = no_picture,
    title: str = "",
    progress: Progress | None = None,
    front: Front | None = None,
) -> Encoded:
    """PDF of the documents, each beginning on a new page, with a cover and contents before them where `front` says so."""
    target = io.BytesIO()
    contents = Contents(front) if front else None
    painter = Painter(new_canvas(target, title), pictures, 1 + len(contents.parts) if contents else 0)
    with uncollected():
        if contents:
            painter.outline(words()["bookmark"], CONTENTS)
        if not all(_cards(painter, documents, title, progress, 1 if front else 0)):
            return STOPPED
        if contents and not _front(painter, contents, progress, len(documents)):
            return STOPPED
        painter.canvas.save()
    return Encoded(target.getvalue(), painter.pages, tuple(painter.remarks))


def new_canvas(target: io.BytesIO, title: str) -> Any:
    """A canvas of A4 pages in Korean, without anything that depends on when or where it is made."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    make: Any = Canvas
    canvas = make(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang="ko",
        initialFontName=face("gothic", bold=False).font,
        pdfVersion=(1, 7),
    )
    canvas._doc.info = _undated()
    canvas.setTitle(title)
    canvas.setCreator("GovTracker")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _undated() -> Any:
    """Title, subject, author and creator, without the time stamps that reportlab always writes."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Undated(PDFInfo):
        author = subject = ""

        def format(self, document: Any) -> Any:
            texts = {
                "Title": self.title, "Subject": self.subject, "Author": self.author, "Creator": self.creator,
            }  # fmt: skip
            return PDFDictionary({key: PDFString(text) for key, text in texts.items() if text}).format(
                document
            )

    return Undated()


def _cards(
    painter: Painter, documents: Sequence[Document], title: str, progress: Progress | None, more: int
) -> Iterator[bool]:
    """Print the cards; for each whether to go on."""
    names = set()
    for done, document in enumerate(documents):
        if progress and not progress(done, len(documents) + more):
            yield False
            return
        if not done and not title:
            painter.canvas.setTitle(document.title)
        names.add(document.name)
        painter.canvas.setSubject(document.name if len(names) == 1 else title)
        painter.document(document, pages(document))
        yield True


def _front(painter: Painter, contents: Contents, progress: Progress | None, count: int) -> bool:
    """Print cover and contents behind the cards and put them before; whether to go on."""
    painter.canvas.setAuthor(contents.front.owner)
    painter.cover(cover(contents.front))
    for number in range(len(contents.parts)):
        if progress and not progress(count, count + 1):
            return False
        painter.contents(contents.sheet(number, painter.starts), first=number == 0)
    painter.to_front(1 + len(contents.parts))
    return True


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: a card's many small objects make none, and looking through them costs a fifth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def card_key(at: int) -> str:
    """Name of the place where a card begins."""
    return f"card{at}"


class Painter:
    """Paints pages into a canvas: reportlab keeps pages, outline, pictures and fonts, the strokes are ours."""

    def __init__(self, canvas: Any, pictures: Pictures, before: int = 0) -> None:
        self.canvas = canvas
        self.pictures = pictures
        self.number = before
        self.pages = 0
        self.starts: list[int] = []
        self.remarks: list[str] = []
        self.images: dict[str, Any] = {}
        self.fonts: dict[str, Glyphs] = {}
        self.resources: Any = None

    def document(self, document: Document, found: list[Page]) -> None:
        """All pages of a card, with running head, page number and a bookmark."""
        key = card_key(len(self.starts))
        self.starts.append(self.number + 1)
        self.canvas.bookmarkPage(key)
        self.outline(document.title, key, closed=True)
        self.remarks += (
            f"{document.title}: {text!r} — 칸에 맞추려고 {size:.1f}pt로 줄였습니다."
            for text, size in found[0].small
        )
        missing: list[str] = []
        for page in found:
            running = document.running_title if page is not found[0] else ""
            self.number += 1
            for at, (text, y) in enumerate(page.headings):
                inner = f"{key}.{self.number}.{at}"
                self.canvas.bookmarkPage(inner, fit="XYZ", left=0, top=round(PAGE_HEIGHT - y + 6, 2))
                self.outline(text, inner, 1)
            ink = Ink(self._font)
            self._frame(ink, document, running or document.running_head)
            ink.place(page.placed)
            self._foot(ink, self.number)
            missing += ink.missing
            self._show(ink)
        if missing:
            shown = " ".join(dict.fromkeys(missing))
            self.remarks.append(
                f"{document.title}: 글꼴에 없어 빈 네모로 인쇄한 글자 {len(missing)}자 — {shown}"
            )

    def outline(self, text: str, key: str, level: int = 0, *, closed: bool = False) -> None:
        """An entry of the outline; the place of its key may come later."""
        self.canvas.addOutlineEntry(text, key, level, closed)

    def cover(self, page: Page) -> None:
        """The cover has no page number."""
        ink = Ink(self._font)
        ink.place(page.placed)
        self._show(ink)

    def contents(self, sheet: Sheet, *, first: bool) -> None:
        """A page of the contents, each entry a link to its card."""
        if first:
            self.canvas.bookmarkPage(CONTENTS)
            self.number = 1
        self.number += 1
        ink = Ink(self._font)
        ink.place(sheet.page.placed)
        self._foot(ink, self.number)
        for link in sheet.links:
            y = PAGE_HEIGHT - link.y
            place = (link.x, y - link.height, link.x + link.width, y)
            self.canvas.linkAbsolute("", card_key(link.entry), place, Border="[0 0 0]")
        self._show(ink)

    def to_front(self, count: int) -> None:
        """Move the last pages before all others."""
        kids = self.canvas._doc.Pages.pages
        kids[:] = [*kids[-count:], *kids[:-count]]

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
        self.pages += 1
        self.canvas.addLiteral(ink.stream())
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("ascii"), LEVEL)
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed, [])
        page.stream = None
        if not ink.images:
            page.Resources = self._resources()

    def _resources(self) -> Any:
        """What pages without pictures use, named once for all of them."""
        if self.resources is None:
            from reportlab.pdfbase.pdfdoc import PDFResourceDictionary

            made = PDFResourceDictionary()
            made.basicFonts()
            made.basicProcs()
            self.resources = self.canvas._doc.Reference(made, "plainResources")
        return self.resources

    def _frame(self, ink: Ink, document: Document, running: str) -> None:
        """The running head, shortened where it would come nearer to the date than an em."""
        gothic = face("gothic", bold=False)
        left, right = document.margins[0] * MM, PAGE_WIDTH - document.margins[1] * MM
        right -= gothic.width(document.running_date) * 8.5 / 1000
        text = shortened(running, gothic, 8.5, right - left - 8.5)
        string(ink, gothic, text, left, 10.2 * MM, 8.5, "#444444")
        string(ink, gothic, document.running_date, right, 10.2 * MM, 8.5, "#444444")

    def _foot(self, ink: Ink, number: int) -> None:
        text, serif = f"- {number} -", face("myeongjo", bold=False)
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
