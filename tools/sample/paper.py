"""A sheet that is written from top to bottom on a raster of columns, and a workbook with steady bytes."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, pairwise

from openpyxl import Workbook
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string as column_index
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

EMU = 9525
"""Drawing units of a pixel."""
STAMP = datetime(2024, 1, 15, 9, 0, 0)
WIDTH = 170.0
"""Width of a form in mm; column borders are counted from its left edge."""
PAGE_PIXELS = 585
"""Printable width of the paper; short of the true 703 since other programs draw wider columns."""
Figure = int | str
"""A figure as it stands in a cell: a number, `-` for none, or an empty string for a blank cell."""
Cell = int | str | None
Span = tuple[int, int]
"""First and last sheet column, both counted from 1 and both in."""
HAIR = Side(style="thin", color="7F7F7F")


@dataclass(frozen=True)
class Look:
    """How a cell looks; `fill` names a colour of the sheet's layout."""

    bold: bool = False
    size: float = 10
    align: str = "center"
    vertical: str = "center"
    fill: str = ""
    colour: str = "000000"
    border: bool = True
    sides: str = "lrtb"
    number: str = "General"
    rotation: int = 0
    indent: int = 0


TEXT = Look(align="left")
PLAIN = Look(align="left", border=False)
BODY = Look()
MONEY = Look(align="right", number="#,##0")
RATE = Look(align="right", number="0.0")
HEAD = Look(bold=True, fill="head")
SMALL_HEAD = Look(bold=True, fill="head", size=8)
STACKED_HEAD = Look(bold=True, fill="head", size=8, rotation=255)
CAPTION = Look(bold=True, align="left", size=10.5, border=False)
SECTION = Look(bold=True, size=12, align="left", border=False, indent=1)
UNIT = Look(align="right", size=9, border=False)


@dataclass
class Paper:
    """A sheet that is written from top to bottom on a raster of columns."""

    sheet: Worksheet
    origin: str
    widths: list[float]
    colours: dict[str, str]
    font: str = "맑은 고딕"
    row: int = 0
    first: int = 0
    heights: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        letters, self.row = coordinate_from_string(self.origin)
        self.first = column_index(letters)
        for column in range(1, self.first):
            self.sheet.column_dimensions[get_column_letter(column)].width = 1.8
        for offset, width in enumerate(self.widths):
            self.sheet.column_dimensions[get_column_letter(self.first + offset)].width = width

            self.sheet.column_dimensions[get_column_letter(self.first + offset)].width = width

    @property
    def last(self) -> int:
        return self.first + len(self.widths) - 1

    def columns(self, edges: Sequence[float]) -> list[Span]:
        """First and last sheet column between each two edges (mm), snapped to the raster."""
        scale = WIDTH / sum(self.widths)
        marks = [0.0, *accumulate(width * scale for width in self.widths)]
        snapped: list[int] = []
        for left, edge in zip(range(len(edges) - 1, -1, -1), edges, strict=True):
            near = min(range(len(marks)), key=lambda i: abs(marks[i] - edge))
            near = max(near, snapped[-1] + 1) if snapped else near
            snapped.append(min(near, len(self.widths) - left))
        return [(self.first + a, self.first + b - 1) for a, b in pairwise(snapped)]

    def put(self, span: Span, value: Cell | float, look: Look, rows: int = 1) -> None:
        """Write a value over the columns of `span` and `rows` rows from the current one, merged where needed."""
        left, right = span
        for row in range(self.row, self.row + rows):
            for column in range(left, right + 1):
                self._dress(row, column, look)
        self.sheet.cell(self.row, left).value = value
        if right > left or rows > 1:
            self.sheet.merge_cells(None, self.row, left, self.row + rows - 1, right)
        if rows == 1 and not look.rotation:
            self.need(self.height_of(str(value or ""), span, look.size))

    def _dress(self, row: int, column: int, look: Look) -> None:
        cell = self.sheet.cell(row, column)
        cell.font = Font(name=self.font, size=look.size, bold=look.bold, color=look.colour)
        cell.alignment = Alignment(
            look.align, look.vertical, look.rotation, wrap_text=True, indent=look.indent
        )
        cell.number_format = look.number
        if look.border:
            cell.border = _frame(look.sides)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=self.colours[look.fill])

    def room(self, span: Span) -> float:
        return sum(self.widths[column - self.first] for column in range(span[0], span[1] + 1))

    def height_of(self, text: str, span: Span, size: float) -> float:
        """Height in points that the text needs when it wraps within the span."""
        room = max(self.room(span) - 1.5, 1.5) * 10 / size
        lines = sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))
        return lines * size * 1.5 + 4

    def need(self, height: float) -> None:
        self.heights[self.row] = max(self.heights.get(self.row, 18.0), height)

    def next(self, rows: int = 1) -> None:
        self.row += rows

    def gap(self, height: float = 9) -> None:
        self.heights[self.row] = height
        self.next()

    @property
    def whole(self) -> Span:
        return self.first, self.last

    def rule_below(self, column: int) -> None:
        """The rule under the cell above the current row."""
        cell = self.sheet.cell(self.row - 1, column)
        old = cell.border
        cell.border = Border(left=old.left, right=old.right, top=old.top, bottom=HAIR)

    def hang(self, picture: bytes, span: Span, pixels: tuple[int, int]) -> None:
        """Anchor a picture at the right end of the columns, and make its row high enough."""
        width, height = pixels
        column, taken = span[1] + 1, 0.0
        while taken < width + 6:
            column -= 1
            taken += self.widths[column - self.first] * 7 + 5
        start = AnchorMarker(column - 1, int(taken - width - 3) * EMU, self.row - 1, 6 * EMU)
        image = SheetImage(io.BytesIO(picture))
        image.anchor = OneCellAnchor(start, XDRPositiveSize2D(width * EMU, height * EMU))
        self.sheet.add_image(image)
        self.need((height + 12) * 0.75)

    def finish(self, left: str, right: str, *, fit: bool = True) -> None:
        """Row heights, print area and paper of a drawn sheet, fitted to its width or scaled; texts of its page header."""
        sheet = self.sheet
        for row, height in self.heights.items():
            sheet.row_dimensions[row].height = round(height, 1)
        top = coordinate_from_string(self.origin)[1]
        first, last = get_column_letter(self.first), get_column_letter(self.last)
        sheet.print_area = f"{first}{top}:{last}{self.row - 1}"
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.paperSize = 9
        if fit:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        else:
            sheet.page_setup.scale = int(100 * PAGE_PIXELS / sum(width * 7 + 5 for width in self.widths))
        sheet.page_margins.left = sheet.page_margins.right = 0.47
        sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.65
        sheet.print_options.horizontalCentered = True
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None and footer is not None
        for part, text in ((header.left, left), (header.right, right), (footer.center, "- &P -")):
            assert part is not None
            part.text = text
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90


def _frame(sides: str) -> Border:
    left, right, top, bottom = (HAIR if side in sides else Side() for side in "lrtb")
    return Border(left, right, top, bottom)


def text_width(text: str) -> float:
    """Width of a line in column units: a wide character counts two."""
    return sum(1.95 if unicodedata.east_asian_width(char) in "WFA" else 1.05 for char in text)


def covered(cells: Sequence[Figure], mark: str) -> Iterator[Figure]:
    for cell in cells:
        if cell != mark:
            return
        yield cell


def is_figure(value: Figure) -> bool:
    return isinstance(value, int) or value == "-" or bool(re.fullmatch(r"[\d,.]+", value))


def saved(book: Workbook, creator: str, title: str) -> bytes:
    """The workbook's bytes, the same for the same content."""
    book.properties.creator, book.properties.title, book.properties.created = creator, title, STAMP
    file = io.BytesIO()
    book.save(file)
    return steady(file.getvalue())


def steady(data: bytes) -> bytes:
    """The same workbook with fixed time stamps, so that the same content gives the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            body = old.read(name)
            new.writestr(info, stamped(body) if name == "docProps/core.xml" else body, compresslevel=9)
    return file.getvalue()


def stamped(core: bytes) -> bytes:
    stamp = f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)
