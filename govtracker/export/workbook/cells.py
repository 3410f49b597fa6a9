"""The cells of one sheet as SpreadsheetML: rows, values, merges.

XlsxWriter keeps an object for every blank cell of a merge, which is most of what a form's sheet has: written
here straight as text they take a fraction of the time and memory. All else of the workbook stays its work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from govtracker.export.document import Style
from govtracker.export.workbook.addresses import Addresses, letters
from govtracker.export.workbook.formats import Formats, font_of
from govtracker.export.workbook.values import CellPlan
from govtracker.model.content import Run

LONGEST = 32_000
"""Characters of a cell; Excel cuts at 32,767 without a word."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile(r"[&<>\r]|_x")
_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


class Cells:
    """Gathers the cells row by row; `styles` are those that the cells name."""

    def __init__(self, formats: Formats, styles: Mapping[str, Style]) -> None:
        self.formats, self.styles = formats, styles
        self.rows: dict[int, list[tuple[int, str]]] = {}
        self.merges: list[str] = []

    def add(self, cells: list[CellPlan]) -> None:
        """Write cells; a formula's places are those cells."""
        addresses = Addresses(cells)
        for planned in cells:
            number = self.formats.of(planned, self.styles[planned.style])
            self._at(planned.row, planned.column, self._cell(planned, number, addresses))
            if planned.last_row > planned.row or planned.last_column > planned.column:
                self._merge(planned, number)

    def _at(self, row: int, column: int, xml: str) -> None:
        cells = self.rows.get(row)
        if cells is None:
            cells = self.rows[row] = []
        cells.append((column, xml))

    def _cell(self, planned: CellPlan, format_: int, addresses: Addresses) -> str:
        place = f'<c r="{letters(planned.column)}{planned.row + 1}" s="{format_}"'
        if planned.number is not None:
            filled = addresses.filled(planned.formula, planned.table) if planned.formula else ""
            formula = f"<f>{_escaped(filled)}</f>" if filled else ""
            return f"{place}>{formula}<v>{planned.number:.16G}</v></c>"
        if not planned.text:
            return f"{place}/>"
        inner = self._rich(planned) if len(planned.runs) > 1 else _text(planned.text[:LONGEST])
        return f'{place} t="inlineStr"><is>{inner}</is></c>'

    def _rich(self, planned: CellPlan) -> str:
        style = self.styles[planned.style]
        return "".join(
            f"<r><rPr>{'<b/>' if run.bold or style.bold else ''}{_font(style)}</rPr>{_text(run.text)}</r>"
            for run in _within(planned.runs)
            if run.text
        )

    def _merge(self, planned: CellPlan, format_: int) -> None:
        """The area, and its other cells as far as they draw a side."""
        first, last, left, right = planned.row, planned.last_row, planned.column, planned.last_column
        self.merges.append(f"{letters(left)}{first + 1}:{letters(right)}{last + 1}")
        if not planned.borders and not planned.fill:
            return
        for row in range(first, last + 1):
            whole = (
                planned.fill
                or (row == first and "t" in planned.borders)
                or (row == last and "b" in planned.borders)
            )
            begin = left + (row == first)
            if not whole:
                if row > first and left < right:
                    self._at(row, left, _blanks(left, left, format_).replace("#", str(row + 1)))
                begin = right if right > left or row > first else right + 1
            if begin <= right:
                self._at(row, begin, _blanks(begin, right, format_).replace("#", str(row + 1)))

    def xml(self, heights: Mapping[int, float]) -> str:
        """Rows and merges, as a worksheet has them."""
        parts = ["<sheetData>"]
        for row in sorted(self.rows.keys() | heights.keys()):
            high = f' ht="{heights[row]:g}" customHeight="1"' if row in heights else ""
            cells = sorted(self.rows.get(row, ()))
            parts.append(f'<row r="{row + 1}"{high}>{"".join([xml for _, xml in cells])}</row>')
        parts.append("</sheetData>")
        if self.merges:
            areas = '"/><mergeCell ref="'.join(self.merges)
            parts.append(f'<mergeCells count="{len(self.merges)}"><mergeCell ref="{areas}"/></mergeCells>')
        return "".join(parts)


@cache
def _blanks(left: int, right: int, format_: int) -> str:
    """Empty cells side by side, `#` for the row."""
    return "".join(f'<c r="{letters(column)}#" s="{format_}"/>' for column in range(left, right + 1))


@cache
def _font(style: Style) -> str:
    return f'<sz val="{style.size:g}"/><color theme="1"/><rFont val="{font_of(style)}"/>'


def _within(runs: tuple[Run, ...]) -> list[Run]:
    """Runs up to the longest text of a cell."""
    shortened, room = [], LONGEST
    for run in runs:
        shortened.append(Run(run.text[:room], run.bold))
        room -= len(shortened[-1].text)
    return shortened


def _text(text: str) -> str:
    """A text element; what XML or Excel reads as something else is escaped as XlsxWriter does."""
    text = _CONTROL.sub("", text)
    if _SPECIAL.search(text):
        text = _ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<t{kept}>{text}</t>"


def _escaped(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
