"""Reading an .xlsx with openpyxl into neutral sheets. Runs in a child process only (see `child`)."""

from __future__ import annotations

import contextlib
import re
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from govtracker.importer.package.drawings import EMU_MM, Drawn, drawings
from govtracker.importer.package.parts import cell_facts
from govtracker.importer.package.workbook import NonCell, Sheet, SheetCell, Workbook
from govtracker.model.content import Run

CELL_LIMIT = 400_000
"""Cells of a sheet that are looked at; an officer's largest sheet has some thousands."""


def read(path: Path) -> Workbook:
    """Sheets with every non-empty cell, every bordered or filled one, and all that stands beside them."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True, rich_text=True)
        facts = cell_facts(path)
        formulas = _formulas(path) if facts is None else {name: places for name, (places, _) in facts.items()}
        buried = _all_values(path) if facts is None or any(under for _, under in facts.values()) else {}
        drawn = drawings(path)
        sheets = [
            _sheet(
                sheet,
                formulas.get(sheet.title, set()),
                buried.get(sheet.title, {}),
                drawn.get(sheet.title, Drawn()),
            )
            for sheet in book.worksheets
        ]
    return Workbook(path.name, sheets)


def _formulas(path: Path) -> dict[str, set[str]]:
    """Places of formulas by sheet: a formula without a cached value must not pass as an empty cell."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    found: dict[str, set[str]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        places = {
            cell.coordinate
            for row in sheet.iter_rows(max_row=20_000, max_col=200)
            for cell in row
            if isinstance(cell.value, str) and cell.data_type == "f"
        }
        found[sheet.title] = places
    book.close()
    return found


def _all_values(path: Path) -> dict[str, dict[str, str]]:
    """Text of every cell by sheet, those under a merge included (full mode drops them)."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found: dict[str, dict[str, str]] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        found[sheet.title] = {
            cell.coordinate: str(cell.value)
            for row in sheet.iter_rows(max_row=20_000, max_col=200)
            for cell in row
            if cell.value is not None
        }
    book.close()
    return found


def _sheet(source: Any, formulas: set[str], values: dict[str, str], drawn: Drawn) -> Sheet:
    spans, covered = _merges(source)
    sheet = Sheet(source.title, hidden=source.sheet_state != "visible")
    sheet.hidden_rows = frozenset(row for row, size in source.row_dimensions.items() if size.hidden)
    for count, cell in enumerate(source._cells.values()):
        if count > CELL_LIMIT:
            sheet.beside.append(NonCell("too many cells", text=f"{CELL_LIMIT}번째 뒤의 칸은 읽지 않았습니다"))
            break
        if (cell.row, cell.column) in covered:
            continue
        made = _cell(cell, spans.get((cell.row, cell.column), (1, 1)), formulas)
        if made:
            sheet.cells.append(made)
        if cell.comment:
            sheet.beside.append(NonCell("comment", cell.coordinate, cell.comment.text, cell.row, cell.column))
    sheet.cells.sort(key=lambda cell: (cell.row, cell.column))
    places = {cell.place for cell in sheet.cells if cell.text or cell.fault}
    for place, text in values.items():
        if place not in places and text.strip():
            sheet.beside.append(NonCell("under merge", place, text))
    _around(source, sheet, drawn)
    return sheet


def _merges(source: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    spans, covered = {}, set()
    for area in source.merged_cells.ranges:
        spans[area.min_row, area.min_col] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        covered |= {
            (row, column)
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        } - {(area.min_row, area.min_col)}
    return spans, covered


def _cell(cell: Any, span: tuple[int, int], formulas: set[str]) -> SheetCell | None:
    fill, border = _fill(cell), _border(cell)
    text, runs, fault = _text(cell, cell.coordinate in formulas)
    if not (text or fault or fill or border or span != (1, 1)):
        return None
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    around = words_around(cell.number_format) if number else ("", "")
    return SheetCell(
        cell.row, cell.column, f"{around[0]}{text}{around[1]}", span[0], span[1], runs, bool(cell.font and cell.font.b), fill,
        int(cell.alignment.indent or 0) if cell.alignment else 0, border,
        number, fault, around,
    )  # fmt: skip


def _text(cell: Any, formula: bool) -> tuple[str, tuple[Run, ...], str]:
    """(text as shown, styled runs, fault)."""
    value = cell.value
    if value is None:
        return "", (), "계산값이 저장되지 않은 수식입니다" if formula else ""
    if cell.data_type == "e":
        return str(value), (), f"오류값입니다: {value}"
    if isinstance(value, str) or hasattr(value, "as_list"):
        text = _normal(str(value))
        return text, _runs(cell, value, text), ""
    return shown(value, cell.number_format), (), ""


def _normal(text: str) -> str:
    import unicodedata

    text = (
        re.sub(r"_x000D_", "", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u00a0", " ")
        .replace("\u3000", " ")
    )
    return unicodedata.normalize("NFC", text).rstrip()


def _runs(cell: Any, value: Any, text: str) -> tuple[Run, ...]:
    """Styled runs of a rich text whose styles differ; () where the cell has one style."""
    if isinstance(value, str):
        return ()
    made = []
    for piece in value:
        if isinstance(piece, str):
            made.append(Run(_keep(piece), bool(cell.font and cell.font.b)))
        else:
            made.append(Run(_keep(piece.text), bool(piece.font and piece.font.b)))
    return tuple(made) if len({run.bold for run in made}) > 1 else ()


def _keep(text: str) -> str:
    import unicodedata

    return unicodedata.normalize(
        "NFC", re.sub(r"_x000D_", "", text).replace("\r\n", "\n").replace("\u00a0", " ")
    )


def words_around(number_format: str) -> tuple[str, str]:
    """Literal words before and behind the number in a format: `#,##0"백만원"`, `"("#,##0")"`."""
    kind = re.sub(r"[_*].", "", number_format.split(";")[0])
    parts = re.split(r"[#0?][#0?,.]*(?:E[+-]0+)?%?", kind, maxsplit=1)
    if len(parts) != 2 or re.search(r"[#0?ymdhs@]", re.sub(r'"[^"]*"', "", parts[1])):
        return "", ""
    return _literals(parts[0]), _literals(parts[1])


def _literals(part: str) -> str:
    """Quoted and escaped words, and round brackets."""
    return "".join(a or b or c for a, b, c in re.findall(r'"([^"]*)"|\\(.)|([()])', part)).strip()


def shown(value: Any, number_format: str) -> str:
    """A typed value as its number format shows it: separators, decimals, percent, Korean dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    kind = number_format.split(";")[0]
    percent = "%" in kind
    if percent:
        number *= 100
    decimals = re.search(r"0\.(0+)", kind)
    if decimals:
        from govtracker.forms.formula import round_half_up

        number = round_half_up(_fraction(number), len(decimals[1]))
    elif kind != "General" and re.search(r"[0#]", kind) and "." not in kind:
        from govtracker.forms.formula import round_half_up

        number = round_half_up(_fraction(number), 0)
    elif number == number.to_integral():
        number = number.quantize(Decimal(1)) if abs(number) < Decimal(10) ** 20 else number
    text = f"{number:,f}" if "," in kind else f"{number:f}"
    return f"{text}%" if percent else text


def _fraction(number: Decimal) -> Any:
    from fractions import Fraction

    return Fraction(number)


def _date(value: datetime | date, number_format: str) -> str:
    if "d" in number_format.lower() or number_format == "General":
        return f"{value.year}. {value.month}. {value.day}."
    return f"{value.year}. {value.month}."


def _fill(cell: Any) -> str:
    fill = cell.fill
    if not fill or fill.fill_type != "solid":
        return "" if not fill or not fill.fill_type else f"pattern:{fill.fill_type}"
    color = fill.fgColor
    if color.type == "rgb":
        return "" if str(color.rgb).upper().endswith("FFFFFF") else str(color.rgb)
    if color.type == "theme":
        return "" if color.theme == 0 and not color.tint else f"theme:{color.theme}:{color.tint:.2f}"
    return "" if color.indexed in (9, 65) else f"indexed:{color.indexed}"


def _border(cell: Any) -> str:
    """Drawn sides as letters: l, r, t, b."""
    border = cell.border
    if not border:
        return ""
    sides = (("l", border.left), ("r", border.right), ("t", border.top), ("b", border.bottom))
    return "".join(letter for letter, side in sides if side and side.style)


def _around(source: Any, sheet: Sheet, drawn: Drawn) -> None:
    """Pictures with their bytes, texts of shapes, charts, page header and footer."""
    for picture in source._images:
        anchor = picture.anchor
        start = getattr(anchor, "_from", None)
        row, column = (start.row + 1, start.col + 1) if start is not None else (1, 1)
        width, height = drawn.sizes.get((row, column)) or _picture_size(picture, anchor)
        data = b""
        with contextlib.suppress(Exception):
            data = picture._data()
        sheet.beside.append(
            NonCell("picture", f"{_letters(column)}{row}", "", row, column, data, width, height)
        )
    for row, column, text in drawn.texts:
        sheet.beside.append(NonCell("text box", f"{_letters(column)}{row}", text, row, column))
    for chart in source._charts:
        start = getattr(chart.anchor, "_from", None)
        place = f"{_letters(start.col + 1)}{start.row + 1}" if start is not None else ""
        sheet.beside.append(NonCell("chart", place))
    for what, part in (("page header", source.oddHeader), ("page footer", source.oddFooter)):
        text = " ".join(t for t in (part.left.text, part.center.text, part.right.text) if t) if part else ""
        if text:
            sheet.beside.append(NonCell(what, "", text))


def _picture_size(picture: Any, anchor: Any) -> tuple[float, float]:
    """Millimetres, from the anchor where it says, else from the pixels at 96 dpi."""
    extent = getattr(anchor, "ext", None)
    if extent is not None and extent.width and extent.height:
        return extent.width / EMU_MM, extent.height / EMU_MM
    return picture.width * 25.4 / 96, picture.height * 25.4 / 96


def _letters(number: int) -> str:
    from govtracker.importer.package.workbook import column_letters

    return column_letters(number)
