"""Reading values alone with calamine: binary workbooks, and those that the first reader can't take."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from govtracker.importer.package.characters import clean
from govtracker.importer.package.number_formats import general
from govtracker.importer.package.workbook import Sheet, SheetCell, Workbook

_ONLY = "서식과 그림 없이 값만 읽었습니다"


def read(path: Path) -> Workbook:
    """The workbook's values; its dates and numbers in a plain spelling, as their formats aren't known."""
    from python_calamine import CalamineWorkbook

    source = CalamineWorkbook.from_path(str(path))
    made = Workbook(path.name, remarks=[f"이 형식의 파일은 {_ONLY}. 숫자와 날짜의 모양이 다를 수 있습니다."])
    for info in source.sheets_metadata:
        if str(info.typ).rpartition(".")[2] not in ("WorkSheet", "MacroSheet"):
            continue
        sheet = source.get_sheet_by_name(info.name)
        own = Sheet(info.name, hidden=str(info.visible).rpartition(".")[2] != "Visible")
        spans = {
            (top, left): (bottom - top + 1, right - left + 1)
            for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
        }
        row, column = sheet.start or (0, 0)
        for r, values in enumerate(sheet.to_python(skip_empty_area=True), row):
            for c, value in enumerate(values, column):
                text, number = _shown(value)
                span = spans.get((r, c), (1, 1))
                if text or span != (1, 1):
                    cell = SheetCell(r + 1, c + 1, text, *span, number=number, digits=text if number else "")
                    own.cells.append(cell)
        made.sheets.append(own)
    return made


def read_instead(path: Path, error: Exception) -> Workbook:
    """The values of a workbook that the first reader failed on, with a remark that says so; its error where both fail."""
    try:
        made = read(path)
    except Exception:
        raise error from None
    made.remarks = [f"파일에 잘못된 곳이 있어 다른 방법으로 읽었습니다({type(error).__name__}). {_ONLY}."]
    return made


def _shown(value: Any) -> tuple[str, bool]:
    """(text, whether it is a number)."""
    if value is None or value == "":
        return "", False
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), False
    if isinstance(value, int | float):
        return general(Decimal(repr(value))), True
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" if value.hour or value.minute else ""
        return f"{value.year}. {value.month}. {value.day}.{clock}", False
    if isinstance(value, date):
        return f"{value.year}. {value.month}. {value.day}.", False
    if isinstance(value, time):
        return f"{value:%H:%M}", False
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}", False
    return clean(str(value)).rstrip(), False
