"""The totals that a form's header prints, as a sheet of one computed row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from govtracker.arithmetic.budget import grand_total
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Block, Form, GridCell
from govtracker.forms.spans import spread
from govtracker.model.card import Card, Facts, Section
from govtracker.model.content import one_line
from govtracker.model.figure import BLANK, Figure
from govtracker.model.place import Place
from govtracker.ui.sheets.base import FlatSheet, View

Cells = tuple[tuple[str, GridCell], ...]
"""(label above, cell) of each total."""


def totals_of(form: Form) -> list[tuple[str, Cells]]:
    """(label at the left, its cells) of every row of totals in the form's header grids."""
    return [found for block in form.block if block.kind == "grid" for found in _rows(block)]


def _rows(block: Block) -> list[tuple[str, Cells]]:
    grid = spread(block.rows)
    rows: list[tuple[str, Cells]] = []
    for _, starts in groupby(grid.starts, key=itemgetter(0)):
        totals = [(row, column, cell) for row, column, cell in starts if cell.total]
        if totals:
            row, column, _ = totals[0]
            cells = tuple((grid.label_above(row, column), cell) for row, column, cell in totals)
            rows.append((one_line(grid.label_left(row, column)), cells))
    return rows


class TotalsSheet(FlatSheet):
    """Read only: the sums of the card's money."""

    grows = False
    detailed = False
    rows = 1

    def __init__(self, form: Form, setting: Setting, card: Card | None, cells: Cells) -> None:
        self.form, self.setting, self.card, self.cells = form, setting, card, cells
        self.heads = [label for label, _ in cells]
        self.widths = [70] * len(cells)

    def view(self, row: int, column: int) -> View:
        cell = self.cells[column][1]
        return View(self._total(cell).printed(), editable=False, computed=True, align="right")

    def place(self, row: int, column: int) -> Place:
        return Place("")

    def _total(self, cell: GridCell) -> Figure:
        if self.card is None:
            return BLANK
        return grand_total(self.form, self.card, self.setting, cell.total, cell.source)

    def edit(self, row: int, column: int, text: str) -> Section:
        return Facts()

    def insert(self, row: int) -> Section:
        return Facts()

    def remove(self, rows: Sequence[int]) -> Section:
        return Facts()

    def move(self, row: int, by: int) -> Section:
        return Facts()
