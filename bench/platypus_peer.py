"""Documents through reportlab's platypus: Paragraph, LongTable, a page template; flowables are made in the time.

Left out: check boxes are the characters ☐ and ☑, spread labels have plain blanks, words break by platypus' own rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from bench.sheets import sheets
from govtracker.export.document import Cell, Choice, Choices, Document, Flow, Grid, Para, Style, Tabbed

FACES = {
    ("myeongjo", False): "NanumMyeongjo",
    ("myeongjo", True): "NanumMyeongjoBold",
    ("gothic", False): "NanumGothic",
    ("gothic", True): "NanumGothicBold",
}
SYMBOLS = "DejaVuSans"
ALIGN: dict[str, Any] = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


def write(documents: list[Document], fonts: Path, pictures: Path, out: Path) -> None:
    """The documents as one PDF, each beginning on a new page."""
    for name in (*FACES.values(), SYMBOLS):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))
    for family in ("myeongjo", "gothic"):
        plain, bold = FACES[family, False], FACES[family, True]
        pdfmetrics.registerFontFamily(plain, normal=plain, bold=bold, italic=plain, boldItalic=bold)
    story: list[Any] = []
    of = sheets(documents)
    builders = {sheet: Builder(sheet.styles, pictures) for sheet in of}
    for at, (document, sheet) in enumerate(zip(documents, of, strict=True)):
        builder = builders[sheet]
        story += [NextPageTemplate(sheet.name("page")), PageBreak()] if at else []
        story.append(Bookmark(document.title, at))
        for item in document.items:
            story += builder.flowables(item, document.width * mm)
    make: Any = BaseDocTemplate
    looks = dict(zip(of, documents, strict=True))
    pages = [_page(document, sheet.name("page")) for sheet, document in looks.items()]
    make(str(out), pagesize=A4, pageTemplates=pages).build(story)


def _page(document: Document, name: str) -> PageTemplate:
    """Margins, running head and page number of a form."""
    left, right, top, bottom = (margin * mm for margin in document.margins)

    def paint(canvas: Any, template: Any) -> None:
        canvas.saveState()
        canvas.setFont("NanumGothic", 8.5)
        canvas.setFillColor(HexColor("#444444"))
        canvas.drawString(left, A4[1] - 10.2 * mm, document.running_head)
        canvas.drawRightString(A4[0] - right, A4[1] - 10.2 * mm, document.running_date)
        canvas.setFillColor(black)
        canvas.setFont("NanumMyeongjo", 10)
        canvas.drawCentredString(A4[0] / 2, 8 * mm, f"- {template.page} -")
        canvas.restoreState()

    make: Any = Frame
    frame = make(left, bottom, A4[0] - left - right, A4[1] - top - bottom, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=paint, pagesize=A4)


class Bookmark(Flowable):
    """An entry in the outline, of no size."""

    def __init__(self, title: str, number: int) -> None:
        super().__init__()
        self.title, self.key = title, f"card{number}"

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.title, self.key, 0)


class Builder:
    """Flowables of one document; paragraph styles are made once for each look."""

    def __init__(self, styles: Mapping[str, Style], pictures: Path) -> None:
        self.styles = styles
        self.pictures = pictures
        self.looks: dict[tuple[Any, ...], ParagraphStyle] = {}

    def flowables(self, item: Flow, width: float) -> list[Any]:
        """What an item becomes."""
        if isinstance(item, Grid):
            return [self._grid(item)]
        if isinstance(item, Para):
            return [self._numbered(item, width) if item.number or item.right else self._para(item)]
        if isinstance(item, Choices):
            return [Paragraph("   ".join(map(_choice, item.options)), self._look(item.style))]
        if isinstance(item, Tabbed):
            look = self._look(item.style)
            return [
                Paragraph("&nbsp;&nbsp; ".join(escape(text) for _, text in line), look) for line in item.lines
            ]
        return [Image(str(self.pictures / f"{item.sha}.png"), item.width * mm, item.height * mm)]

    def _look(self, name: str, para: Para | None = None) -> ParagraphStyle:
        given = para or Para((), name)
        key = (
            name, given.align, given.mark_x, given.text_x, given.before, given.after, given.keep, given.clear,
        )  # fmt: skip
        if key not in self.looks:
            style = self.styles[name]
            self.looks[key] = ParagraphStyle(
                str(key),
                fontName=FACES[style.family, style.bold],
                fontSize=style.size,
                leading=style.size * style.leading,
                alignment=ALIGN[given.align],
                leftIndent=given.text_x * style.size,
                bulletIndent=given.mark_x * style.size,
                bulletFontName=FACES[style.family, style.bold],
                bulletFontSize=style.size,
                rightIndent=given.clear * style.size,
                spaceBefore=given.before * mm,
                spaceAfter=given.after * mm,
                keepWithNext=int(given.keep),
            )
        return self.looks[key]

    def _para(self, para: Para) -> Any:
        text = "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in para.runs)
        look = self._look(para.style, para)
        return Paragraph(text, look, bulletText=para.mark) if para.mark else Paragraph(text, look)

    def _numbered(self, para: Para, width: float) -> Any:
        """A heading with its number in a box, and what stands at its right edge, as a table of one row."""
        style = self.styles[para.style]
        plain = Para(para.runs, para.style, mark=para.mark, mark_x=para.mark_x, text_x=para.text_x)
        cells: list[Any] = [self._para(plain)]
        widths = [width]
        look: list[Any] = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
        look += [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
        look.append(("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
        if para.number:
            centered = self._look(para.style, Para((), para.style, "center"))
            cells = [Paragraph(escape(para.number), centered), "", *cells]
            widths = [6.6 * mm, 2.4 * mm, width - 9 * mm]
            look.append(("BOX", (0, 0), (0, 0), 0.35 * mm, black))
            look.append(("BACKGROUND", (0, 0), (0, 0), HexColor("#E7E6E6")))
        if para.right:
            name = "body" if para.leader else "caption"
            side = self.styles[name]
            room = pdfmetrics.stringWidth(para.right, FACES[side.family, side.bold], side.size) + 2
            cells.append(Paragraph(escape(para.right), self._look(name, Para((), name, "right"))))
            widths[-1] -= room
            widths.append(room)
        height = max(style.size * style.leading, 6.6 * mm if para.number else 0)
        made: Any = Table(
            [cells], widths, [height], style=look, spaceBefore=para.before * mm, spaceAfter=para.after * mm
        )
        made.keepWithNext = int(para.keep)
        return made

    def _grid(self, grid: Grid) -> Any:
        columns = len(grid.widths)
        rows: list[list[Any]] = [[""] * columns for _ in grid.rows]
        look: list[Any] = [
            ("INNERGRID", (0, 0), (-1, -1), 0.12 * mm, black),
            ("BOX", (0, 0), (-1, -1), grid.outer * mm, black),
        ]
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(grid.rows):
            column = 0
            for cell in row.cells:
                while (at, column) in taken:
                    column += 1
                end = min(column + cell.colspan, columns) - 1
                last = min(at + cell.rowspan, len(rows)) - 1
                width = sum(grid.widths[column : end + 1]) * mm - 2 * cell.pad[0] * mm
                rows[at][column] = [
                    made for item in cell.content for made in self.flowables(item, width)
                ] or ""
                look += _cell(cell, (column, at), (end, last), row.height)
                taken |= {(y, x) for y in range(at, last + 1) for x in range(column, end + 1)}
                column = end + 1
        make: Any = LongTable
        made: Any = make(
            rows,
            [width * mm for width in grid.widths],
            [None] * len(rows),
            style=look,
            repeatRows=grid.head if grid.head < len(rows) else 0,
            splitInRow=int(any(row.splits for row in grid.rows)),
            spaceBefore=grid.before * mm,
            spaceAfter=grid.after * mm,
            hAlign="LEFT",
        )
        made.keepWithNext = int(grid.keep)
        return made


def _cell(cell: Cell, start: tuple[int, int], end: tuple[int, int], height: float) -> list[Any]:
    """A cell's look; the row's least height is kept by its padding where there is but one line."""
    x, y = cell.pad[0] * mm, cell.pad[1] * mm
    if not cell.content:
        y = height * mm / 2 - 5
    elif len(cell.content) == 1 and cell.rowspan == 1:
        y = max(y, (height * mm - 13.5) / 2)
    made: list[Any] = [
        ("LEFTPADDING", start, end, x),
        ("RIGHTPADDING", start, end, x),
        ("TOPPADDING", start, end, y),
        ("BOTTOMPADDING", start, end, y),
        ("VALIGN", start, end, "TOP" if cell.valign == "top" else "MIDDLE"),
    ]
    made += [("SPAN", start, end)] if start != end else []
    made += [("BACKGROUND", start, end, HexColor(cell.fill))] if cell.fill else []
    made += [("LINEBEFORE", start, (start[0], end[1]), 0.25 * mm, black)] if cell.divider else []
    return made


def _choice(choice: Choice) -> str:
    box = f'<font name="{SYMBOLS}">{"☑" if choice.ticked else "☐"}</font>'
    inside = f" ( {' '.join(map(_choice, choice.inside))} )" if choice.inside else ""
    return f"{box} {escape(choice.label)}{inside}"
