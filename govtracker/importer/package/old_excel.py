"""Reading an old .xls with xlrd: values, formats, merges, what is hidden."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from govtracker.importer.package import number_formats
from govtracker.importer.package.characters import clean
from govtracker.importer.package.looks import Styled, seen
from govtracker.importer.package.numbers import digits_of
from govtracker.importer.package.workbook import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    Sheet,
    SheetCell,
    Workbook,
    column_letters,
)

_REMARK = "옛 형식(.xls)의 그림·도형·메모는 읽지 못합니다. 있으면 .xlsx로 다시 저장한 뒤 가져오세요."


def read(path: Path) -> Workbook:
    """The workbook."""
    import xlrd

    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    made = Workbook(path.name, remarks=[_REMARK])
    for source in book.sheets():
        sheet = Sheet(source.name, hidden=source.visibility != 0)
        spans = {
            (top, left): (bottom - top, right - left) for top, bottom, left, right in source.merged_cells
        }
        covered = {
            (row, column)
            for top, bottom, left, right in source.merged_cells
            for row in range(top, bottom)
            for column in range(left, right)
        } - set(spans)
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                if (row, column) not in covered:
                    _take(book, source, sheet, row, column, spans.get((row, column), (1, 1)))
        made.sheets.append(sheet)
    return made


def _take(book: Any, source: Any, sheet: Sheet, row: int, column: int, span: tuple[int, int]) -> None:
    xf = book.xf_list[source.cell_xf_index(row, column)]
    font = book.font_list[xf.font_index]
    border = "".join(
        letter
        for letter, line in (
            ("l", xf.border.left_line_style),
            ("r", xf.border.right_line_style),
            ("t", xf.border.top_line_style),
            ("b", xf.border.bottom_line_style),
        )
        if line
    )
    background = xf.background
    fill = "" if not background.fill_pattern or background.pattern_colour_index in (9, 64, 65) else (
        f"indexed:{background.pattern_colour_index}"
    )  # fmt: skip
    cell = SheetCell(
        row + 1,
        column + 1,
        "",
        *span,
        (),
        bool(font.bold or font.weight >= 700),
        fill,
        xf.alignment.indent_level,
        border,
    )
    _value(book, source, sheet, cell, xf, font)
    if not (cell.text or cell.fault or fill or border or span != (1, 1)):
        return
    hidden_row = row in source.rowinfo_map and source.rowinfo_map[row].hidden
    hidden_column = column in source.colinfo_map and source.colinfo_map[column].hidden
    if (hidden_row and span[0] == 1) or (hidden_column and span[1] == 1):
        if cell.text or cell.fault:
            why = HIDDEN_ROW if hidden_row else HIDDEN_COLUMN
            where = f"{row + 1}행" if hidden_row else f"{column_letters(column + 1)}열"
            sheet.unseen.append((cell, why))
            sheet.remarks.append((cell.place, f"{why}({where})의 값은 담지 않았습니다"))
        return
    sheet.cells.append(cell)


def _value(book: Any, source: Any, sheet: Sheet, cell: SheetCell, xf: Any, font: Any) -> None:
    import xlrd

    row, column = cell.row - 1, cell.column - 1
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else "General"
    code = number_formats.BUILT_IN.get(xf.format_key, code)
    if kind == xlrd.XL_CELL_ERROR:
        cell.raw = xlrd.error_text_from_code.get(value, "#ERR")
        cell.fault = f"오류값입니다: {cell.raw}"
        sheet.remarks.append((cell.place, cell.fault))
    elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number = Decimal(repr(value))
        cell.text = number_formats.show(number, code, epoch_1904=bool(book.datemode))
        cell.number = True
        is_date = number_formats.is_date(code)
        cell.digits = cell.text if is_date else digits_of(cell.text, negative=number < 0)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        cell.text = "TRUE" if value else "FALSE"
    elif kind == xlrd.XL_CELL_TEXT:
        found = seen(_pieces(book, source, row, column, str(value), font))
        cell.text, cell.runs = found.text, found.runs
        sheet.remarks += [(cell.place, remark) for remark in found.remarks]
        if found.struck:
            cell.raw = clean(str(value)).strip()
            cell.fault = "" if cell.text.strip() else "취소선으로 지운 글입니다"


def _pieces(book: Any, source: Any, row: int, column: int, text: str, font: Any) -> list[Styled]:
    """The stretches of a cell's text, each in its font."""
    starts = [
        (0, font),
        *((at, book.font_list[n]) for at, n in source.rich_text_runlist_map.get((row, column), ())),
    ]
    ends = [at for at, _ in starts[1:]] + [len(text)]
    return [
        Styled(
            text[at:end],
            bool(f.bold or f.weight >= 700),
            bool(f.struck_out),
            f.escapement == 1,
            f.escapement == 2,
            f.name,
        )
        for (at, f), end in zip(starts, ends, strict=True)
        if end > at
    ]
