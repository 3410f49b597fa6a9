"""Paints printed pages into a PDF: running heads, page numbers, bookmarks, links, and what was drawn on them."""

from __future__ import annotations

from collections.abc import Sequence

from govtracker.export.document import Document
from govtracker.export.elide import shortened
from govtracker.export.encoded import Pictures
from govtracker.export.fonts import Face, face
from govtracker.export.pages.items import MM, PAGE_HEIGHT, PAGE_WIDTH, Text
from govtracker.export.pages.printed import PrintedPage
from govtracker.export.pdf.canvas import Canvas
from govtracker.export.pdf.content import BLACK, ContentStream
from govtracker.export.pdf.front import ContentsPage, words

CONTENTS = "contents"
"""Name of the place where the contents begin."""
HEAD_SIZE, HEAD_Y, HEAD_COLOR = 8.5, 10.2 * MM, "#444444"
FOOT_SIZE, FOOT_Y = 10, PAGE_HEIGHT - 8 * MM
ABOVE_HEADING = 6
"""How far above a heading its bookmark leads, pt."""


def card_key(at: int) -> str:
    """Name of the place where a card begins."""
    return f"card{at}"


class Painter:
    """Paints one page after another; `before` pages are counted that come to stand before them later.

    `starts` are the page numbers of the cards, `remarks` what a reader should know of them.
    """

    def __init__(self, canvas: Canvas, pictures: Pictures, before: int = 0) -> None:
        self.canvas = canvas
        self.pictures = pictures
        self.number = before
        self.pages = 0
        self.starts: list[int] = []
        self.remarks: list[str] = []

    def document(self, document: Document, pages: Sequence[PrintedPage]) -> None:
        """All pages of a card, with running head, page number and a bookmark."""
        key = card_key(len(self.starts))
        self.starts.append(self.number + 1)
        self.canvas.bookmark(key)
        self.canvas.outline(document.title, key, closed=True)
        self.remarks += (
            f"{document.title}: {text!r} — 칸에 맞추려고 {size:.1f}pt로 줄였습니다."
            for text, size in pages[0].small
        )
        heads = [document.running_head] + [document.running_title or document.running_head] * (len(pages) - 1)
        missing = [
            char
            for page, head in zip(pages, heads, strict=True)
            for char in self._page(document, page, key, head)
        ]
        if missing:
            shown = " ".join(dict.fromkeys(missing))
            self.remarks.append(
                f"{document.title}: 글꼴에 없어 빈 네모로 인쇄한 글자 {len(missing)}자 — {shown}"
            )

    def _page(self, document: Document, page: PrintedPage, key: str, head: str) -> list[str]:
        """A page of a card; the characters on it that no font has."""
        self.number += 1
        for at, (text, y) in enumerate(page.headings):
            inner = f"{key}.{self.number}.{at}"
            self.canvas.bookmark_at(inner, y - ABOVE_HEADING)
            self.canvas.outline(text, inner, 1)
        content = ContentStream(self.canvas.font)
        _running_head(content, document, head)
        content.place(page.positioned)
        _foot(content, self.number)
        self._show(content)
        return content.missing

    def announce_contents(self) -> None:
        """The contents' entry in the outline, which is the first though they are painted last."""
        self.canvas.outline(words()["bookmark"], CONTENTS)

    def cover(self, page: PrintedPage) -> None:
        """The cover has no page number."""
        content = ContentStream(self.canvas.font)
        content.place(page.positioned)
        self._show(content)

    def contents(self, contents: ContentsPage, *, first: bool) -> None:
        """A page of the contents, each entry a link to its card."""
        if first:
            self.canvas.bookmark(CONTENTS)
            self.number = 1
        self.number += 1
        content = ContentStream(self.canvas.font)
        content.place(contents.page.positioned)
        _foot(content, self.number)
        for link in contents.links:
            self.canvas.link(card_key(link.entry), link.x, link.y, link.width, link.height)
        self._show(content)

    def _show(self, content: ContentStream) -> None:
        self.pages += 1
        self.canvas.page(content.operators(), content.images, self.pictures)


def _running_head(content: ContentStream, document: Document, head: str) -> None:
    """What a card's pages say of it at the top, shortened where it would come nearer to the date than an em."""
    gothic = face("gothic", bold=False)
    left, right = document.margins[0] * MM, PAGE_WIDTH - document.margins[1] * MM
    right -= gothic.width(document.running_date) * HEAD_SIZE / 1000
    text = shortened(head, gothic, HEAD_SIZE, right - left - HEAD_SIZE)
    string(content, gothic, text, left, HEAD_Y, HEAD_SIZE, HEAD_COLOR)
    string(content, gothic, document.running_date, right, HEAD_Y, HEAD_SIZE, HEAD_COLOR)


def _foot(content: ContentStream, number: int) -> None:
    """The page number."""
    text, serif = f"- {number} -", face("myeongjo", bold=False)
    string(content, serif, text, (PAGE_WIDTH - serif.width(text) / 100) / 2, FOOT_Y, FOOT_SIZE)


def string(
    content: ContentStream, font: Face, text: str, x: float, y: float, size: float, color: str = BLACK
) -> None:
    """A text that is no part of a card, each stretch in the first font that has it."""
    for name, piece, width in font.pieces(text):
        if name:
            content.text(Text(x, y, name, size, piece, width * size / 1000, color), 0, PAGE_HEIGHT)
        x += width * size / 1000
