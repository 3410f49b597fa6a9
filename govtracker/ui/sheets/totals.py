"""The totals that a form's header prints, as a sheet of one computed row."""

from __future__ import annotations

from govtracker.arithmetic.budget import grand_total
from govtracker.forms.schema import Block, Form, GridCell
from govtracker.model.card import Card, Facts, Section
from govtracker.model.content import one_line
from govtracker.ui.sheets.base import View

Cells = tuple[tuple[str, GridCell], ...]
"""(label above, cell) of each total."""


def totals_of(form: Form) -> list[tuple[str, Cells]]:
    """(label at the left, its cells) of every row of totals in the form's header grids."""
    return [found for block in form.block if block.kind == "grid" for found in _rows(block)]


def _rows(block: Block) -> list[tuple[str, Cells]]:
    at: dict[tuple[int, int], GridCell] = {}
    for r, row in enumerate(block.rows):
        c = 0
        for cell in row:
            while (r, c) in at:
                c += 1
            for down in range(cell.down):
                for right in range(cell.span):
                    at[r + down, c + right] = cell
            c += cell.span
    made = []
    for r, row in enumerate(block.rows):
        places = [
            min(c for (y, c), other in at.items() if y == r and other is cell) for cell in row if cell.total
        ]
        if places:
            left = next((at[r, c] for c in range(places[0] - 1, -1, -1) if at[r, c].label), GridCell())
            cells = tuple((_above(at, r, c), at[r, c]) for c in places)
            made.append((one_line(left.label), cells))
    return made


def _above(at: dict[tuple[int, int], GridCell], row: int, column: int) -> str:
    return next((at[r, column].label for r in range(row - 1, -1, -1) if at[r, column].label), "")


class TotalsSheet:
    """Read only: the sums of the card's money."""

    grows = False
    rows = 1

    def __init__(self, form: Form, card: Card | None, cells: Cells) -> None:
        self.form, self.card, self.cells = form, card, cells
        self.heads = [label for label, _ in cells]
        self.widths = [70] * len(cells)

    def view(self, row: int, column: int) -> View:
        cell = self.cells[column][1]
        text = grand_total(self.form, self.card, cell.total, cell.source).printed() if self.card else ""
        return View(text, editable=False, computed=True, align="right")

    def edit(self, row: int, column: int, text: str) -> Section:
        return Facts()

    def insert(self, row: int) -> Section:
        return Facts()

    remove = insert

    def move(self, row: int, by: int) -> Section:
        return Facts()
