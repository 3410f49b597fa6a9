"""A finished workbook as calls of XlsxWriter that make it again: read with openpyxl, so that nothing of ours is in them."""

from __future__ import annotations

import base64
import io
from typing import Any

_SIDES = ("left", "right", "top", "bottom")


def calls(data: bytes) -> dict[str, Any]:
    """Looks, pictures by name, and what is called per card; the contents sheet is left out."""
    import openpyxl

    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    looks: list[dict[str, Any]] = []
    pictures: dict[str, str] = {}
    cards = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data), rich_text=True):
        if not any(cell.hyperlink for row in sheet.iter_rows() for cell in row):
            cards.append(_sheet(sheet, values[sheet.title], looks, pictures))
    return {"looks": looks, "pictures": pictures, "cards": cards}


def _sheet(sheet: Any, values: Any, looks: list[dict[str, Any]], pictures: dict[str, str]) -> dict[str, Any]:
    merges, covered = [], set()
    for area in sheet.merged_cells.ranges:
        look = _number(looks, sheet.cell(area.min_row, area.min_col))
        merges.append([area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1, look])
        covered |= set(area.cells)
    cells = []
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None or (row, column) not in covered:
            kind, value = _value(cell, values.cell(row, column).value)
            cells.append([row - 1, column - 1, kind, value, _number(looks, cell)])
    return {
        "columns": [size.width for size in sheet.column_dimensions.values()],
        "rows": [[row - 1, size.height] for row, size in sheet.row_dimensions.items() if size.height],
        "merges": merges, "cells": cells, "pictures": [_picture(each, pictures) for each in sheet._images],
        "scale": int(sheet.page_setup.scale or 100), "breaks": [each.id for each in sheet.row_breaks.brk],
        "header": f"&L&8{sheet.oddHeader.left.text or ''}&R&8{sheet.oddHeader.right.text or ''}",
        "footer": f"&C{sheet.oddFooter.center.text or ''}",
    }  # fmt: skip


def _value(cell: Any, cached: Any) -> tuple[str, Any]:
    value = cell.value
    if value is None:
        return "blank", None
    if cell.data_type == "f":
        return "formula", [str(value), cached]
    if isinstance(value, int | float):
        return "number", value
    if hasattr(value, "as_list"):
        pieces = [
            (each, False) if isinstance(each, str) else (each.text, bool(each.font and each.font.b))
            for each in value
        ]
        return ("rich", pieces) if len(pieces) > 1 else ("text", str(value))
    return "text", str(value)


def _picture(image: Any, pictures: dict[str, str]) -> list[Any]:
    data = image._data()
    name = f"p{len(pictures)}"
    pictures[name] = base64.b64encode(data).decode()
    start, extent = image.anchor._from, image.anchor.ext
    return [start.row, start.col, name, extent.width / 9525 / image.width]


def _number(looks: list[dict[str, Any]], cell: Any) -> int:
    look = _look(cell)
    if look not in looks:
        looks.append(look)
    return looks.index(look)


def _look(cell: Any) -> dict[str, Any]:
    aligned, font = cell.alignment, cell.font
    look = {
        "font_name": font.name, "font_size": font.sz, "bold": bool(font.b), "align": aligned.horizontal or "left",
        "valign": "vcenter" if aligned.vertical == "center" else "top", "text_wrap": bool(aligned.wrap_text),
        "shrink": bool(aligned.shrink_to_fit), "indent": int(aligned.indent or 0), "num_format": cell.number_format,
    }  # fmt: skip
    if cell.fill.fill_type == "solid":
        look["bg_color"] = f"#{str(cell.fill.fgColor.rgb)[-6:]}"
    sides = {side: 1 for side in _SIDES if getattr(cell.border, side) and getattr(cell.border, side).style}
    return look | sides
