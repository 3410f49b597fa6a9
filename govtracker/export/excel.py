"""Documents -> an .xlsx workbook, a sheet per card, written with XlsxWriter. Same documents, same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from govtracker.export.anchors import anchored_at_one_cell
from govtracker.export.chart import insert_chart
from govtracker.export.document import Document, Style
from govtracker.export.pdf import Pictures, Progress, no_picture
from govtracker.export.sheet import Photo, Put, SheetPlan, plan
from govtracker.export.writing import replace_file

_FONTS = {"myeongjo": "바탕", "gothic": "맑은 고딕"}
_CREATED = datetime(2000, 1, 1)
_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST = 32_000
"""Characters of a cell; Excel cuts at 32,767 without a word."""


def write_excel(
    path: Path,
    documents: Iterable[Document],
    pictures: Pictures = no_picture,
    progress: Progress | None = None,
) -> int:
    """Write a workbook; the number of sheets, 0 and no file where `progress` said stop. FileTrouble on failure."""
    data, count = excel_bytes(list(documents), pictures, progress)
    if count:
        replace_file(path, data)
    return count


def excel_bytes(
    documents: list[Document], pictures: Pictures = no_picture, progress: Progress | None = None
) -> tuple[bytes, int]:
    """(workbook, number of sheets)."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {"created": _CREATED, "title": documents[0].name if documents else "", "comments": ""}
    )
    names: set[str] = set()
    drawn = False
    for done, document in enumerate(documents):
        if progress and not progress(done, len(documents)):
            book.close()
            return b"", 0
        sheet = book.add_worksheet(sheet_name(document.title, names))
        planned = plan(document)
        drawn = drawn or bool(planned.photos)
        SheetWriter(book, sheet, document, pictures).write(planned)
    book.close()
    data = target.getvalue()
    return anchored_at_one_cell(data) if drawn else data, len(documents)


def sheet_name(title: str, taken: set[str]) -> str:
    """A legal name of at most 31 characters, unlike those taken (which it joins)."""
    base = _ILLEGAL.sub(" ", title).strip().strip("'") or "공약"
    name, number = base[:31].strip(), 1
    while name.lower() in taken:
        number += 1
        tail = f" ({number})"
        name = base[: 31 - len(tail)].strip() + tail
    taken.add(name.lower())
    return name


class SheetWriter:
    def __init__(self, book: Any, sheet: Any, document: Document, pictures: Pictures) -> None:
        self.book, self.sheet, self.document, self.pictures = book, sheet, document, pictures
        self.formats: dict[tuple[Any, ...], Any] = {}

    def write(self, planned: SheetPlan) -> None:
        """Columns, rows, cells, pictures, print set-up."""
        for at, width in enumerate(planned.widths):
            self.sheet.set_column_pixels(at, at, max(4, round(width / 25.4 * 96)))
        for row, height in planned.heights.items():
            self.sheet.set_row(row, height)
        names = {put.name: _address(put) for put in planned.puts if put.name}
        for put in planned.puts:
            self._put(put, names)
        for chart in planned.charts:
            insert_chart(self.book, self.sheet, chart, names)
        for photo in planned.photos:
            self._photo(photo)
        self._print_setup()

    def _put(self, put: Put, names: dict[str, str]) -> None:
        look = self._format(put)
        single = put.row == put.last_row and put.column >= put.last_column
        if not single:
            self.sheet.merge_range(put.row, put.column, put.last_row, put.last_column, "", look)
        row, column, text = put.row, put.column, _CONTROL.sub("", put.text)[:LONGEST]
        if put.formula and put.number is not None:
            self.sheet.write_formula(row, column, "=" + _filled(put.formula, names), look, put.number)
        elif put.number is not None:
            self.sheet.write_number(row, column, put.number, look)
        elif put.runs and len(put.runs) > 1:
            self._rich(put, look)
        elif text:
            self.sheet.write_string(row, column, text, look)
        else:
            self.sheet.write_blank(row, column, None, look)

    def _rich(self, put: Put, look: Any) -> None:
        style = self.document.styles[put.style]
        pieces: list[Any] = []
        for run in put.runs:
            if run.text:
                pieces += [self._font(style, bold=run.bold or style.bold), _CONTROL.sub("", run.text)]
        self.sheet.write_rich_string(put.row, put.column, *pieces, look)

    def _font(self, style: Style, *, bold: bool) -> Any:
        key = ("font", style.family, style.size, bold)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": _FONTS.get(style.family, "맑은 고딕"), "font_size": style.size, "bold": bold}
            )
        return self.formats[key]

    def _format(self, put: Put) -> Any:
        key = (put.style, put.align, put.valign, put.fill, put.borders, put.indent, put.format, put.bold)
        if key not in self.formats:
            style = self.document.styles[put.style]
            look: dict[str, Any] = {
                "font_name": _FONTS.get(style.family, "맑은 고딕"), "font_size": style.size, "bold": style.bold or put.bold,
                "align": put.align, "valign": "vcenter" if put.valign == "middle" else "top", "text_wrap": True,
            }  # fmt: skip
            if put.indent:
                look |= {"indent": put.indent, "align": "left"}
            if put.fill:
                look |= {"bg_color": put.fill}
            if put.align == "right" and "b" in put.borders:
                look |= {"num_format": _spaced(put.format or "General")}
            elif put.format:
                look |= {"num_format": put.format}
            for side, name in (("l", "left"), ("r", "right"), ("t", "top"), ("b", "bottom")):
                if side in put.borders:
                    look[name] = 1
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]

    def _photo(self, photo: Photo) -> None:
        from PIL import Image

        data = self.pictures(photo.sha)
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            dpi = image.info.get("dpi") or (96, 96)
        scale_x = photo.width / 25.4 * 96 / (width * 96 / float(dpi[0] or 96))
        scale_y = photo.height / 25.4 * 96 / (height * 96 / float(dpi[1] or 96))
        self.sheet.insert_image(
            photo.row, photo.column, f"{photo.sha[:12]}.png",
            {"image_data": io.BytesIO(data), "x_scale": scale_x, "y_scale": scale_y, "x_offset": 4, "y_offset": 3, "object_position": 2},
        )  # fmt: skip

    def _print_setup(self) -> None:
        sheet, document = self.sheet, self.document
        left, right, top, bottom = (margin / 25.4 for margin in document.margins)
        sheet.set_paper(9)
        sheet.set_portrait()
        sheet.set_margins(left, right, max(top, 0.6), max(bottom, 0.6))
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_header(f"&L&8{_escaped(document.running_head)}&R&8{_escaped(document.running_date)}")
        sheet.set_footer("&C- &P -")


def _spaced(number_format: str) -> str:
    """The format with the width of a bracket free behind it, for numbers and for dashes."""
    if ";" in number_format:
        return "".join(f"{part}_);" for part in number_format.split(";")) + "@_)"
    return f"{number_format}_);-{number_format}_);{number_format}_);@_)"


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _address(put: Put) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(put.row, put.column))


def _filled(formula: str, names: dict[str, str]) -> str:
    """The formula with addresses; a name that stands nowhere counts as 0."""
    return re.sub(r"\{([^{}]+)\}", lambda match: names.get(match[1], "0"), formula)
