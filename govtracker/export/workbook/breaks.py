"""Where the page engine begins a document's pages, said in items, rows and lines: the sheet breaks there, too."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.export.document import Document, Grid
from govtracker.export.pages.atoms import Atom
from govtracker.export.pages.marks import MM, PAGE_HEIGHT
from govtracker.export.pages.measure import Measure, MeasuredCell, MeasuredGrid
from govtracker.export.pages.paginate import Breaker, RowPart, parted
from govtracker.export.pages.units import units


class Start(NamedTuple):
    """A page begins at an item; in a table at `row`, or inside that row: at `content` of its cell in `column`.

    `inner` is the row of a table that stands there in the cell. `late` = the line began on the page before, and
    most of it stands there.
    """

    item: int
    row: int = 0
    column: int = -1
    content: int = 0
    inner: int = 0
    late: bool = False


def page_starts(document: Document) -> list[Start]:
    """The start of every page but the first."""
    left, _, top, bottom = (margin * MM for margin in document.margins)
    breaker = Recorder(left, top, PAGE_HEIGHT - bottom)
    breaker.run(units(document, Measure(document.styles, parted)))
    return breaker.starts


class Recorder(Breaker):
    """Breaks like the engine, but only writes down what each page begins with."""

    def __init__(self, left: float, top: float, foot: float) -> None:
        super().__init__(left, top, foot)
        self.starts: list[Start] = []
        self.item = -1
        self.seen = 1
        self.grid: MeasuredGrid | None = None

    def _turned(self) -> bool:
        turned, self.seen = len(self.pages) > self.seen, len(self.pages)
        return turned

    def _atom(self, atom: Atom) -> None:
        self.item += atom.at == 0
        self._space(atom.before)
        if self._turned():
            self.starts.append(Start(self.item, late=atom.at * 2 > atom.of))
        self.y += atom.height
        self.gap = atom.after

    def _paint(
        self, grid: MeasuredGrid, parts: list[RowPart], spans: dict[int, tuple[int, list[Atom]]]
    ) -> None:
        begun, self.grid = grid is self.grid, grid
        self.item += not begun
        if self._turned():
            body = parts[min(grid.grid.head, len(parts) - 1)]
            self.starts.append(self._inside(grid, body) if begun else Start(self.item))
        self.y += sum(part.height for part in parts)

    def _inside(self, grid: MeasuredGrid, part: RowPart) -> Start:
        if part.first:
            return Start(self.item, part.row)
        for cell in grid.rows[part.row]:
            rest = part.atoms.get(id(cell), [])
            if rest and len(rest) < len(cell.atoms) and cell.cell.rowspan == 1:
                return Start(self.item, part.row, cell.column, *_line(cell, rest))
        return Start(self.item, part.row, late=True)


def _line(cell: MeasuredCell, rest: list[Atom]) -> tuple[int, int, bool]:
    """(content, inner row, late) of the first atom that is left of a cell; a head repeated before it aside."""
    at = _place(cell.atoms, rest[0])
    if len(rest) > 1 and _place(cell.atoms, rest[1]) > at + 1:
        at = _place(cell.atoms, rest[1])
    reached = 0
    for number, item in enumerate(cell.cell.content):
        count = cell.atoms[reached].of if reached < len(cell.atoms) else 1
        if isinstance(item, Grid):
            count = sum(1 for atom in cell.atoms if atom.table and atom.table[0] == id(item))
        if at < reached + count:
            atom = cell.atoms[at]
            return number, atom.table[1] if atom.table else 0, atom.at * 2 > atom.of
        reached += count
    return 0, 0, False


def _place(atoms: list[Atom], wanted: Atom) -> int:
    return next((at for at, atom in enumerate(atoms) if atom is wanted), 0)
