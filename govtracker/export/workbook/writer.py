"""Documents -> an .xlsx workbook, a sheet per card: XlsxWriter makes it, `cells` fills its sheets. Same documents, same bytes."""

from __future__ import annotations

import io
import re
from datetime import datetime
from itertools import pairwise
from typing import Any

from govtracker.export.document import Document
from govtracker.export.elide import shortened
from govtracker.export.encoded import STOPPED, Encoded, Pictures, no_picture
from govtracker.export.fonts import face
from govtracker.export.pages.engine import Engine
from govtracker.export.pages.items import MM, PAGE_HEIGHT
from govtracker.export.workbook.addresses import addresses
from govtracker.export.workbook.breaks import page_starts
from govtracker.export.workbook.cells import Cells
from govtracker.export.workbook.chart import insert_chart
from govtracker.export.workbook.contents import Listed, contents, listed
from govtracker.export.workbook.formats import Formats
from govtracker.export.workbook.package import completed
from govtracker.export.workbook.plan import plan
from govtracker.export.workbook.sheet_plan import Photo, SheetPlan
from govtracker.files import Progress
from govtracker.forms.loader import vocabulary

_CREATED = datetime(2000, 1, 1)
_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DEFAULT = {"font_name": "Verdana", "font_size": 8}
"""Column widths count in digits of the default font, so they hold where it, or a font like it, is there: DejaVu Sans
has Verdana's digits, whereas nothing on a bare Linux has Calibri's."""
_RESERVED = "history"
"""Excel keeps this name for itself."""
INCH, LEAST_MARGIN = 25.4, 0.6
SMALLEST = 80
"""Per cent to which a sheet is shrunk at most, so that its pages fit."""


def excel_bytes(
    documents: list[Document],
    pictures: Pictures = no_picture,
    progress: Progress | None = None,
    title: str = "",
) -> Encoded:
    """Workbook of the documents, a sheet per card. Several cards get a contents sheet before them.

    Without a title the first document names the book.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": dict(_DEFAULT)})
    named = title or (documents[0].name if documents else "")
    book.set_properties({"created": _CREATED, "title": named, "comments": ""})
    writer, engine = BookWriter(book, pictures), Engine()
    several = len(documents) > 1
    taken: set[str] = set()
    if several:
        front = book.add_worksheet(sheet_name(str(vocabulary("words")["contents"]), taken))
    cards: list[Listed] = []
    for done, document in enumerate(documents):
        if progress and not progress(done, len(documents)):
            book.close()
            return STOPPED
        name = sheet_name(document.title, taken)
        cards.append(listed(document, name))
        writer.card(book.add_worksheet(name), document, plan(document, page_starts(document, engine)))
    if several:
        writer.contents(front, documents[0], cards)
    writer.scratch()
    book.close()
    return Encoded(completed(target.getvalue(), writer.cells), len(documents))


def sheet_name(title: str, taken: set[str]) -> str:
    """A legal name of at most 31 characters, unlike those taken (which it joins)."""
    base = _ILLEGAL.sub(" ", title).strip(" '") or "공약"
    base += "." if base.lower() == _RESERVED else ""
    name, number = _cut(base, 31).strip(" '"), 1
    while name.lower() in taken:
        number += 1
        tail = f" ({number})"
        name = _cut(base, 31 - len(tail)).strip(" '") + tail
    taken.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    """The beginning of a text in at most so many characters as Excel counts them: an emoji is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


class BookWriter:
    """Writes planned sheets; `cells` are the finished ones by part name."""

    def __init__(self, book: Any, pictures: Pictures) -> None:
        self.book, self.pictures = book, pictures
        self.formats = Formats(book)
        self.cells: dict[str, str] = {}
        self.images: dict[str, tuple[bytes, float, float]] = {}

    def card(self, sheet: Any, document: Document, planned: SheetPlan) -> None:
        """A card's sheet."""
        self._fill(sheet, document, planned)
        cells = addresses(planned.cells) if planned.charts else {}
        for chart in planned.charts:
            insert_chart(self.book, sheet, chart, cells)
        for photo in planned.photos:
            self._photo(sheet, photo)
        sheet.set_print_scale(scale(document, planned))
        if planned.breaks:
            sheet.set_h_pagebreaks(planned.breaks)

    def contents(self, sheet: Any, first: Document, cards: list[Listed]) -> None:
        """The contents sheet; its links are under cells that are filled in later."""
        planned = contents(first, cards)
        self._fill(sheet, first, planned)
        for row, card in enumerate(cards, 3):
            target = card.sheet.replace("'", "''")
            sheet.write_url(row, 2, f"internal:'{target}'!A1")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)

    def scratch(self) -> None:
        """A blank cell of every format in the first row of the first sheet: XlsxWriter numbers formats as they are used."""
        sheets = self.book.worksheets()
        for column, cell_format in enumerate(self.formats.numbered if sheets else ()):
            sheets[0].write_blank(0, column, None, cell_format)

    def _fill(self, sheet: Any, document: Document, planned: SheetPlan) -> None:
        cells = Cells(self.formats, document.styles)
        cells.add(planned.cells)
        self.cells[f"xl/worksheets/sheet{sheet.index + 1}.xml"] = cells.xml(rounded(planned.heights))
        for column, width in enumerate(planned.widths):
            sheet.set_column_pixels(column, column, width)
        self._print_setup(sheet, document)

    def _photo(self, sheet: Any, photo: Photo) -> None:
        data, width, height = self._image(photo.sha)
        sheet.insert_image(
            photo.row, photo.column, f"{photo.sha[:12]}.png",
            {"image_data": io.BytesIO(data), "x_scale": photo.width / width, "y_scale": photo.height / height,
             "x_offset": 4, "y_offset": 3, "object_position": 2},
        )  # fmt: skip

    def _image(self, sha: str) -> tuple[bytes, float, float]:
        """A picture's bytes and its own size, mm."""
        if sha not in self.images:
            from PIL import Image

            data = self.pictures(sha)
            with Image.open(io.BytesIO(data)) as image:
                dpi = image.info.get("dpi") or (96, 96)
                sides = [side / float(dots or 96) * INCH for side, dots in zip(image.size, dpi, strict=False)]
            self.images[sha] = (data, sides[0], sides[1])
        return self.images[sha]

    def _print_setup(self, sheet: Any, document: Document) -> None:
        left, right, top, bottom = (margin / INCH for margin in document.margins)
        sheet.set_paper(9)
        sheet.set_portrait()
        sheet.set_margins(left, right, max(top, LEAST_MARGIN), max(bottom, LEAST_MARGIN))
        sheet.hide_gridlines(2)
        sheet.set_header(f"&L&8{_escaped(document.running_head)}&R&8{_escaped(document.running_date)}")
        sheet.set_footer(f"{_named(document)}&C- &P -")


def rounded(heights: dict[int, float]) -> dict[int, float]:
    """Heights in whole pixels, as Excel keeps them."""
    return {row: -(-height // 0.75) * 0.75 for row, height in heights.items()}


def scale(document: Document, planned: SheetPlan) -> int:
    """Per cent at which the sheet's width and its pages fit the paper.

    A page that is much too high (a long paragraph can't be split) goes on on another one instead.
    """
    _, _, top, bottom = (max(margin / INCH, LEAST_MARGIN) for margin in document.margins)
    room = (PAGE_HEIGHT - (top + bottom) * 72) * 100
    heights = rounded(planned.heights)
    starts = [0, *planned.breaks, max(heights, default=0) + 1]
    fits = [
        room / max(1.0, sum(heights.get(row, 0.0) for row in range(start, end)))
        for start, end in pairwise(starts)
    ]
    wide = document.width / INCH * 9600 / sum(planned.widths)
    return int(min([100, wide, *(fit for fit in fits if fit >= SMALLEST)]))


def _named(document: Document) -> str:
    """The pledge at the left of a card's foot: Excel has one head for all pages, and what it says is read back."""
    if not document.running_title:
        return ""
    room = document.width * MM / 2 - 36
    return f"&L&8{_escaped(shortened(document.title, face('gothic', bold=False), 8, room))}"


def _escaped(text: str) -> str:
    return text.replace("&", "&&")
