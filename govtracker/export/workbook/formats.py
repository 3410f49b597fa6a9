"""How cells look, as XlsxWriter's formats: each once per workbook, known by a number."""

from __future__ import annotations

from typing import Any

from govtracker.export.document import Style
from govtracker.export.workbook.values import CellPlan

FONTS = {"myeongjo": "바탕", "gothic": "맑은 고딕"}
_SIDES = (("l", "left"), ("r", "right"), ("t", "top"), ("b", "bottom"))


def font_of(style: Style) -> str:
    """Name of the font that spreadsheets have for a style."""
    return FONTS.get(style.family, FONTS["gothic"])


class Formats:
    """Numbers from 1 in order of first use, as XlsxWriter numbers formats that are used in that order."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.numbered: list[Any] = []
        self.by_cell: dict[tuple[Any, ...], int] = {}
        self.by_properties: dict[tuple[Any, ...], int] = {}

    def of(self, cell: CellPlan, style: Style) -> int:
        """Number of a cell's format."""
        key = (
            style, cell.align, cell.valign, cell.fill, cell.borders, cell.indent, cell.format, cell.bold,
            cell.whole,
        )  # fmt: skip
        number = self.by_cell.get(key)
        if number is None:
            number = self.by_cell[key] = self._number(properties(cell, style))
        return number

    def _number(self, values: dict[str, Any]) -> int:
        """Number of the format with some properties, which is added where it is new."""
        number = self.by_properties.setdefault(tuple(values.items()), len(self.numbered) + 1)
        if number > len(self.numbered):
            self.numbered.append(self.book.add_format(values))
        return number


def properties(cell: CellPlan, style: Style) -> dict[str, Any]:
    """A cell's format in XlsxWriter's words. A number shrinks where it would show as hashes."""
    values: dict[str, Any] = {
        "font_name": font_of(style), "font_size": style.size, "bold": style.bold or cell.bold,
        "align": cell.align, "valign": "vcenter" if cell.valign == "middle" else "top",
    }  # fmt: skip
    values["shrink" if cell.whole else "text_wrap"] = True
    if cell.indent:
        values |= {"indent": cell.indent, "align": "left"}
    if cell.fill:
        values |= {"bg_color": cell.fill}
    if cell.align == "right" and "b" in cell.borders:
        values |= {"num_format": _spaced(cell.format or "General")}
    elif cell.format:
        values |= {"num_format": cell.format}
    return values | {name: 1 for side, name in _SIDES if side in cell.borders}


def _spaced(number_format: str) -> str:
    """The format with the width of a bracket free after it, for numbers and for dashes."""
    if number_format.endswith('")"'):  # a figure in brackets is printed under such a one
        return number_format
    if ";" in number_format:
        return "".join(f"{part}_);" for part in number_format.split(";")) + "@_)"
    return f"{number_format}_);-{number_format}_);{number_format}_);@_)"
