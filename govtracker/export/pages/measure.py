"""Document items -> atoms (what can't be parted: a line of text, a picture) and measured grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from itertools import accumulate
from typing import NamedTuple

from govtracker.export.document import Bars, Cell, Choices, Flow, Grid, Para, Pic, Style, Tabbed
from govtracker.export.pages.atoms import Atom, moved, stacked
from govtracker.export.pages.bars import chart
from govtracker.export.pages.marks import MM, Fill, Frame, Image, Mark
from govtracker.export.pages.paragraphs import Paragraphs

KNOWN = 2048
"""Most measured cells that are remembered."""
TALLEST = 150 * MM
"""Height of what can't be parted of a table in a cell; what is higher is parted before pages are known."""


class Part(NamedTuple):
    """A part of a table that was broken to a height, closed all round, its head again above it; `row` begins it."""

    height: float
    marks: tuple[Mark, ...]
    row: int


Parted = Callable[["MeasuredGrid", float], list[Part]]
"""Breaks a table into parts of at most a height: the page engine's own way of breaking."""


@dataclass(slots=True)
class MeasuredCell:
    """A cell with its atoms; `row` is where it begins, x and width in points within the grid."""

    cell: Cell
    row: int
    column: int
    x: float
    width: float
    atoms: list[Atom]
    stack: float
    """Height of the atoms under one another."""
    height: float
    """The same with the space above and below."""
    sums: list[float] = made(default_factory=list)
    """Heights of the first atoms, one more each; made when the cell is parted."""

    def high(self, rest: list[Atom]) -> float:
        """Height of the last atoms of the cell, a repeated head perhaps before them; the same cost for any number."""
        if len(rest) < 2:
            return stacked(rest)
        if not self.sums:
            self.sums = [0.0, *accumulate(atom.total for atom in self.atoms)]
        at = len(self.atoms) - len(rest)
        if at >= 0 and self.atoms[at] is rest[0]:
            return self.sums[-1] - self.sums[at] - rest[0].before
        return rest[0].total - rest[0].before + self.sums[-1] - self.sums[at + 1]


@dataclass(slots=True)
class MeasuredGrid:
    grid: Grid
    x: float
    edges: list[float]
    heights: list[float]
    rows: list[list[MeasuredCell]]
    before: float = 0
    after: float = 0
    covered: list[list[MeasuredCell]] = made(default_factory=list)

    @property
    def height(self) -> float:
        return sum(self.heights)


class Measure(Paragraphs):
    """Measures items with a document's styles; widths in points."""

    def __init__(self, styles: Mapping[str, Style], parted: Parted) -> None:
        super().__init__(styles)
        self.parted = parted
        self.known: dict[tuple[int, float], tuple[Flow, list[Atom], float]] = {}

    def content(self, items: tuple[Flow, ...], width: float) -> tuple[list[Atom], float]:
        """Atoms of a cell and their height. A lone paragraph is measured once: `plain` gives one object per text."""
        if len(items) != 1:
            atoms = self.atoms(items, width) if items else []
            return atoms, stacked(atoms) if atoms else 0.0
        key = (id(items[0]), width)
        found = self.known.get(key)
        if found is None:
            atoms = self.atoms(items, width)
            if len(self.known) >= KNOWN:
                self.known.clear()
            found = self.known[key] = (items[0], atoms, stacked(atoms))
        return found[1], found[2]

    def atoms(self, items: tuple[Flow, ...], width: float) -> list[Atom]:
        """Atoms of a cell's or a page's items, nested tables included."""
        found: list[Atom] = []
        for item in items:
            if isinstance(item, Grid):
                found += self._nested(item, width, found)
            else:
                found += self.item(item, width)
        return found

    def item(self, item: Flow, width: float) -> list[Atom]:
        """Atoms of one item that is no table."""
        if isinstance(item, Para):
            return self.para(item, width)
        if isinstance(item, Choices):
            return self.choices(item, width)
        if isinstance(item, Tabbed):
            return self.tabbed(item, width)
        if isinstance(item, Bars):
            strips = chart(item, self.faces[item.style], width)
            return [
                Atom(s.height, s.marks, s.before * MM, keep=at < len(strips) - 1)
                for at, s in enumerate(strips)
            ]
        assert isinstance(item, Pic)
        return [self._picture(item, width)]

    def _picture(self, item: Pic, width: float) -> Atom:
        w, h = item.width * MM, item.height * MM
        scale = min(1.0, width / w if w else 1.0, 200 * MM / h if h else 1.0)
        image = Image(0, 1 * MM, w * scale, h * scale, item.sha)
        return Atom(image.height + 2 * MM, (image,), source=item.place)

    # ------------------------------------------------------------ grids

    def grid(self, grid: Grid, width: float) -> MeasuredGrid:
        """Cells with their atoms, and the rows' heights: each as high as its cells need."""
        edges = [0.0]
        for column in grid.widths:
            edges.append(edges[-1] + column * MM)
        rows, covered = self._cells(grid, edges)
        heights = [row.height * MM for row in grid.rows]
        spanning = []
        for at, row in enumerate(rows):
            for cell in row:
                if cell.cell.rowspan > 1:
                    spanning.append(cell)
                elif cell.height > heights[at]:
                    heights[at] = cell.height
        for cell in spanning:
            span = heights[cell.row : cell.row + cell.cell.rowspan]
            heights[cell.row + len(span) - 1] += max(0.0, cell.height - sum(span))
        return MeasuredGrid(
            grid, grid.x * MM, edges, heights, rows, grid.before * MM, grid.after * MM, covered
        )

    def _cells(
        self, grid: Grid, edges: list[float]
    ) -> tuple[list[list[MeasuredCell]], list[list[MeasuredCell]]]:
        """Cells by the row they begin in, and by every row that they cover."""
        taken: set[tuple[int, int]] = set()
        rows: list[list[MeasuredCell]] = []
        covered: list[list[MeasuredCell]] = [[] for _ in grid.rows]
        last = len(edges) - 1
        for at, row in enumerate(grid.rows):
            begun, column = [], 0
            for cell in row.cells:
                while taken and (at, column) in taken:
                    column += 1
                end = min(column + cell.colspan, last) if cell.colspan > 1 or column >= last else column + 1
                x, width, pad = edges[column], edges[end] - edges[column], cell.pad
                atoms, stack = self.content(cell.content, max(4.0, width - 2 * pad[0] * MM))
                measured = MeasuredCell(cell, at, column, x, width, atoms, stack, stack + 2 * pad[1] * MM)
                begun.append(measured)
                covered[at].append(measured)
                if cell.rowspan > 1:
                    for r in range(at + 1, min(at + cell.rowspan, len(grid.rows))):
                        covered[r].append(measured)
                        taken.update((r, c) for c in range(column, end))
                column = end
            rows.append(begun)
        return rows, covered

    def _nested(self, grid: Grid, width: float, above: list[Atom]) -> list[Atom]:
        """A table in a cell as atoms, one per group of rows that spans hold together; small ones stay whole."""
        measured = self.grid(grid, width)
        whole = measured.height < 90 * MM
        pieces = self._pieces(measured)
        if max((piece.height for piece in pieces), default=0) > TALLEST:
            pieces = [
                Atom(part.height, part.marks, table=(id(grid), part.row))
                for part in self.parted(measured, TALLEST)
            ]
            pieces[0].small = tuple(smaller(measured.rows))
        else:
            for at, piece in enumerate(pieces):
                piece.keep = at < len(pieces) - 1 and (whole or at == 0)
                if at > 1 and grid.head and not whole:
                    piece.lead = (pieces[0],)
        if pieces:
            pieces[0].before, pieces[-1].after = grid.before * MM, grid.after * MM
            if above:
                above[-1].keep = True
        return pieces

    def _pieces(self, measured: MeasuredGrid) -> list[Atom]:
        """One atom per group of rows that spans hold together; the head is one."""
        pieces: list[Atom] = []
        grid = measured.grid
        start, head = 0, grid.head
        while start < len(grid.rows):
            end = start + 1
            while end < len(grid.rows) and any(cell.row < end for cell in measured.covered[end]):
                end += 1
            if start < head:
                end = max(end, head)
            pieces.append(self._piece(measured, start, end))
            start = end
        return pieces

    def _piece(self, measured: MeasuredGrid, start: int, end: int) -> Atom:
        marks: list[Mark] = []
        y = 0.0
        for at in range(start, end):
            for cell in measured.rows[at]:
                height = sum(measured.heights[at : at + cell.cell.rowspan])
                marks += cell_marks(cell, measured.x + cell.x, y, height, 0.12 * MM)
            y += measured.heights[at]
        small = tuple(smaller(measured.rows[start:end]))
        return Atom(y, tuple(marks), small=small, table=(id(measured.grid), start))


def smaller(rows: list[list[MeasuredCell]]) -> Iterator[tuple[str, float]]:
    """(text, type size) of what was made smaller in some rows."""
    return (small for row in rows for cell in row for atom in cell.atoms for small in atom.small)


def cell_marks(cell: MeasuredCell, x: float, y: float, height: float, rule: float) -> list[Mark]:
    """A whole cell: fill, frame of hairlines, contents."""
    made: list[Mark] = []
    if cell.cell.fill:
        made.append(Fill(x, y, cell.width, height, cell.cell.fill))
    made.append(Frame(x, y, cell.width, height, rule))
    top = y + offset(cell, height)
    for at, atom in enumerate(cell.atoms):
        top += atom.before if at else 0
        made += [moved(mark, x + cell.cell.pad[0] * MM, top) for mark in atom.marks]
        top += atom.height + atom.after
    return made


def offset(cell: MeasuredCell, height: float, atoms: list[Atom] | None = None) -> float:
    """Space above the contents in a cell of the given height."""
    pad = cell.cell.pad[1] * MM
    if cell.cell.valign == "top":
        return pad
    high = cell.stack if atoms is None or atoms is cell.atoms else stacked(atoms)
    return max(pad, (height - high) / 2)
