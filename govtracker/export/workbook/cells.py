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
from govtracker.export.workbook.formats import Looks, font_of
from govtracker.export.workbook.values import Put
from govtracker.model.content import Run

LONGEST = 32_000
"""Characters of a cell; Excel cuts at 32,767 without a word."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile(r"[&<>\r]|_x")
_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


class Cells:
    """Gathers the cells row by row; `styles` are those that the cells name."""

    def __init__(self, looks: Looks, styles: Mapping[str, Style]) -> None:
        self.looks, self.styles = looks, styles
        self.rows: dict[int, list[tuple[int, str]]] = {}
        self.merges: list[str] = []

    def add(self, puts: list[Put]) -> None:
        """Write cells; a formula's places are those cells."""
        addresses = Addresses(puts)
        for put in puts:
            look = self.looks.of(put, self.styles[put.style])
            self._at(put.row, put.column, self._cell(put, look, addresses))
            if put.last_row > put.row or put.last_column > put.column:
                self._merge(put, look)

    def _at(self, row: int, column: int, xml: str) -> None:
        found = self.rows.get(row)
        if found is None:
            found = self.rows[row] = []
        found.append((column, xml))

    def _cell(self, put: Put, look: int, addresses: Addresses) -> str:
        place = f'<c r="{letters(put.column)}{put.row + 1}" s="{look}"'
        if put.number is not None:
            formula = f"<f>{_escaped(addresses.filled(put.formula, put.table))}</f>" if put.formula else ""
            return f"{place}>{formula}<v>{put.number:.16G}</v></c>"
        if not put.text:
            return f"{place}/>"
        inner = self._rich(put) if len(put.runs) > 1 else _text(put.text[:LONGEST])
        return f'{place} t="inlineStr"><is>{inner}</is></c>'

    def _rich(self, put: Put) -> str:
        style = self.styles[put.style]
        return "".join(
            f"<r><rPr>{'<b/>' if run.bold or style.bold else ''}{_font(style)}</rPr>{_text(run.text)}</r>"
            for run in _within(put.runs)
            if run.text
        )

    def _merge(self, put: Put, look: int) -> None:
        """The area, and its other cells as far as they draw a side."""
        first, last, left, right = put.row, put.last_row, put.column, put.last_column
        self.merges.append(f"{letters(left)}{first + 1}:{letters(right)}{last + 1}")
        if not put.borders and not put.fill:
            return
        for row in range(first, last + 1):
            whole = put.fill or (row == first and "t" in put.borders) or (row == last and "b" in put.borders)
            begin = left + (row == first)
            if not whole:
                if row > first and left < right:
                    self._at(row, left, _blanks(left, left, look).replace("#", str(row + 1)))
                begin = right if right > left or row > first else right + 1
            if begin <= right:
                self._at(row, begin, _blanks(begin, right, look).replace("#", str(row + 1)))

    def xml(self, heights: Mapping[int, float]) -> str:
        """Rows and merges, as they stand in a worksheet."""
        made = ["<sheetData>"]
        for row in sorted(self.rows.keys() | heights.keys()):
            high = f' ht="{heights[row]:g}" customHeight="1"' if row in heights else ""
            cells = sorted(self.rows.get(row, ()))
            made.append(f'<row r="{row + 1}"{high}>{"".join([xml for _, xml in cells])}</row>')
        made.append("</sheetData>")
        if self.merges:
            areas = '"/><mergeCell ref="'.join(self.merges)
            made.append(f'<mergeCells count="{len(self.merges)}"><mergeCell ref="{areas}"/></mergeCells>')
        return "".join(made)


@cache
def _blanks(left: int, right: int, look: int) -> str:
    """Empty cells side by side, `#` for the row."""
    return "".join(f'<c r="{letters(column)}#" s="{look}"/>' for column in range(left, right + 1))


@cache
def _font(style: Style) -> str:
    return f'<sz val="{style.size:g}"/><color theme="1"/><rFont val="{font_of(style)}"/>'


def _within(runs: tuple[Run, ...]) -> list[Run]:
    """Runs up to the longest text of a cell."""
    made, room = [], LONGEST
    for run in runs:
        made.append(Run(run.text[:room], run.bold))
        room -= len(made[-1].text)
    return made


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
