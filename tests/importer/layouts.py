"""The same cards in other layouts: several on one sheet, one over several sheets, all in a list."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Area = tuple[int, int]
"""First and last row."""


def without_pictures(file: Path, sheets: Iterable[str]) -> Workbook:
    """Some sheets of a workbook, without what lies on them and without print areas (which other layouts don't keep)."""
    book = openpyxl.load_workbook(file, rich_text=True)
    for name in book.sheetnames:
        if name not in sheets:
            del book[name]
    for sheet in book.worksheets:
        sheet._images = []
        sheet.print_area = None
        sheet.print_title_rows = None
        for row in sheet.iter_rows():
            for cell in row:
                if type(cell).__name__ != "MergedCell":
                    cell.comment = None
    return book


def copy_rows(source: Worksheet, rows: Area, target: Worksheet, *, down: int, right: int = 0) -> None:
    """Rows of a sheet with their styles and merges to another place, as many rows and columns further."""
    first, last = rows
    for row in source.iter_rows(min_row=first, max_row=last):
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            other = target.cell(cell.row + down, cell.column + right)
            if type(other).__name__ == "MergedCell":
                continue
            other.value = cell.value
            other._style = copy(cell._style)
    for area in list(source.merged_cells.ranges):
        if first <= area.min_row and area.max_row <= last:
            place = (
                f"{get_column_letter(area.min_col + right)}{area.min_row + down}:"
                f"{get_column_letter(area.max_col + right)}{area.max_row + down}"
            )
            if not (source is target and not down and not right):
                target.merge_cells(place)


def stacked(file: Path, sheets: list[str], out: Path, *, gap: int = 2) -> Path:
    """The cards of some sheets under one another on the first one."""
    book = without_pictures(file, sheets)
    first, *others = (book[name] for name in sheets)
    for other in others:
        copy_rows(other, (1, other.max_row), first, down=first.max_row + gap)
        del book[other.title]
    book.save(out)
    return out


def beside(file: Path, sheets: list[str], out: Path, *, gap: int = 1) -> Path:
    """The cards of some sheets side by side on the first one."""
    book = without_pictures(file, sheets)
    first, *others = (book[name] for name in sheets)
    for other in others:
        copy_rows(other, (1, other.max_row), first, down=0, right=first.max_column + gap)
        del book[other.title]
    book.save(out)
    return out


def split(
    file: Path, sheet: str, starts: list[int], names: list[str], out: Path, *, title: Area | None
) -> Path:
    """One card over several sheets: from each of these rows on its own one; `title` are rows that each repeats."""
    book = without_pictures(file, [sheet])
    source = book[sheet]
    for at, (start, name) in enumerate(zip(starts, names, strict=True)):
        target = book.create_sheet(name)
        end = starts[at + 1] - 1 if at + 1 < len(starts) else source.max_row
        shift = 0
        if title is not None and start > title[1]:
            copy_rows(source, title, target, down=1 - title[0])
            shift = title[1] - title[0] + 2
        copy_rows(source, (start, end), target, down=shift + 1 - start)
    del book[sheet]
    book.save(out)
    return out
