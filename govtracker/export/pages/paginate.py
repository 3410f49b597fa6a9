"""Breaking: atoms and measured grids onto pages.

A heading keeps what follows; a row that must break keeps at least two lines on each side; a table that goes
on repeats its head and its row labels, and its outer rule closes at the last line of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from govtracker.export.document import Document, Style
from govtracker.export.pages.atoms import Atom, moved, stacked
from govtracker.export.pages.cuts import cut, led
from govtracker.export.pages.marks import MM, PAGE_HEIGHT, Fill, Page, Placed
from govtracker.export.pages.measure import Measure, MeasuredCell, MeasuredGrid, Part, offset, smaller
from govtracker.export.pages.rules import Rules, outline
from govtracker.export.pages.units import Unit, units

WHOLE = 0.34
"""A table that needs at most this share of a page is not parted."""


@dataclass(slots=True)
class RowPart:
    """A row, or a part of one: per cell that begins in it the atoms to show here (all, where it isn't named)."""

    row: int
    height: float
    atoms: dict[int, list[Atom]]
    first: bool = True
    last: bool = True


def pages(document: Document) -> list[Page]:
    """The document's pages, at least one."""
    left, _, top, bottom = (margin * MM for margin in document.margins)
    measure = _measure(document.styles)
    found = units(document, measure)
    made_ = Breaker(left, top, PAGE_HEIGHT - bottom).run(found)
    made_[0].small += _small(found)
    return made_


def _small(found: list[Unit]) -> Iterator[tuple[str, float]]:
    """The texts in tables, and in tables inside them, that were made smaller."""
    for grid in found:
        if isinstance(grid, MeasuredGrid):
            yield from smaller(grid.rows)


_measures: dict[int, Measure] = {}


def _measure(styles: Mapping[str, Style]) -> Measure:
    """The measure of a form's styles: all its cards share what is measured already."""
    found = _measures.get(id(styles))
    if found is None or found.styles is not styles:
        _measures.clear()
        found = _measures[id(styles)] = Measure(styles, parted)
    return found


class Breaker:
    """Fills pages from `top` to `foot`, text from `left`."""

    def __init__(self, left: float, top: float, foot: float) -> None:
        self.left, self.top, self.foot = left, top, foot
        self.pages = [Page()]
        self.y = top
        self.gap = 0.0
        self.rest: dict[int, list[Atom]] = {}

    @property
    def fresh(self) -> bool:
        return self.y <= self.top + 0.01

    @property
    def room(self) -> float:
        return self.foot - self.y

    def turn(self) -> None:
        """Go on on the next page, unless this one is still empty."""
        if not self.fresh:
            self._next()

    def run(self, found: list[Unit]) -> list[Page]:
        for at, unit in enumerate(found):
            if isinstance(unit, Atom):
                if (
                    self._needed(found, at)
                    > self.room - (0 if self.fresh else max(0.0, self.gap - unit.before)) + 0.01
                ):
                    self.turn()
                self._atom(unit)
            else:
                self._grid(unit)
        return self.pages

    # ------------------------------------------------------------ atoms

    def _needed(self, found: list[Unit], at: int) -> float:
        """Height that must be free for the unit at `at`: itself and what it must not be parted from."""
        height, capacity = 0.0, self.foot - self.top
        for number in range(at, len(found)):
            unit = found[number]
            if isinstance(unit, MeasuredGrid):
                return height + min(unit.before + self._start(unit), capacity)
            height += unit.total - (unit.before if number == at and self.fresh else 0)
            inside = (
                unit.of > 1
                and unit.at < unit.of - 1
                and (unit.at == 0 or unit.at == unit.of - 2 or unit.of <= 3)
            )
            if not unit.keep and not inside:
                return height
            if height > capacity:
                return 0.0
        return height

    def _atom(self, atom: Atom) -> None:
        self._space(atom.before)
        if atom.heading:
            self.pages[-1].headings.append((atom.heading, self.y))
        self.pages[-1].placed.append(Placed(self.left, self.y, atom.marks, atom.source))
        self.y += atom.height
        self.gap = atom.after

    def _space(self, before: float) -> None:
        """Space above what comes next: the greater of what it asks for and what the last one left; none on top."""
        if not self.fresh:
            self.y += max(before, self.gap)
        self.gap = 0.0

    # ------------------------------------------------------------ grids

    def _start(self, grid: MeasuredGrid) -> float:
        """Height of the least that may stand on this page of a table: its head and its first row (or two lines)."""
        head = sum(grid.heights[: self._repeated(grid)])
        if grid.height <= (self.foot - self.top) * (0.6 if grid.grid.role == "nested" else WHOLE):
            return grid.height
        row = self._repeated(grid)
        if row >= len(grid.heights):
            return head
        least = grid.heights[row]
        if grid.grid.rows[row].splits:
            longest = max(grid.rows[row], key=lambda cell: cell.height, default=None)
            if longest and len(longest.atoms) > 3:
                least = min(least, stacked(longest.atoms[:3]) + 2 * longest.cell.pad[1] * MM)
        return head + least

    def _grid(self, grid: MeasuredGrid) -> None:
        if not self.fresh and max(grid.before, self.gap) + self._start(grid) > self.room + 0.01:
            self.turn()
        self._space(grid.before)
        repeated = self._repeated(grid)
        head = [self._whole(grid, at) for at in range(repeated)]
        headed = sum(part.height for part in head)
        parts, used = list(head), headed
        row = repeated
        waiting: RowPart | None = None
        while row < len(grid.heights):
            part = waiting or self._whole(grid, row)
            if used + part.height <= self.room + 0.01:
                parts.append(part)
                used += part.height
                row, waiting = row + 1, None
                continue
            begun = len(parts) > len(head)
            split = self._split(grid, part, self.room - used, headed, begun=begun or not self.fresh)
            if split:
                parts.append(split[0])
                waiting = split[1]
            elif not begun and self.fresh:
                parts.append(part)
                row, waiting = row + 1, None
            if parts[len(head) :]:
                self._paint(grid, parts, self._spans(grid, parts))
            if row < len(grid.heights):
                waiting = self._grown(grid, row, waiting)
                self._next()
                parts, used = list(head), headed
            else:
                parts, used = [], 0.0
        if parts[len(head) :] or (head and len(grid.heights) == len(head)):
            self._paint(grid, parts, self._spans(grid, parts))
        self.gap = grid.after

    def _repeated(self, grid: MeasuredGrid) -> int:
        """Rows that stand on every page: the head, unless it would leave less than half a page."""
        head = grid.grid.head
        return head if sum(grid.heights[:head]) <= (self.foot - self.top) / 2 else 0

    def _next(self) -> None:
        self.pages.append(Page())
        self.y, self.gap = self.top, 0.0

    def _whole(self, grid: MeasuredGrid, row: int) -> RowPart:
        return RowPart(row, grid.heights[row], {})

    def _split(
        self, grid: MeasuredGrid, part: RowPart, room: float, headed: float, *, begun: bool
    ) -> tuple[RowPart, RowPart] | None:
        """(part that fits the room, rest), or None where the row should stay whole or nothing fits."""
        capacity = self.foot - self.top - headed
        if begun and not grid.grid.rows[part.row].splits and part.height <= capacity + 0.01:
            return None
        first: dict[int, list[Atom]] = {}
        rest: dict[int, list[Atom]] = {}
        parted = False
        for cell in grid.rows[part.row]:
            atoms = part.atoms.get(id(cell), cell.atoms)
            fits = room - 2 * cell.cell.pad[1] * MM
            if cell.high(atoms) <= fits + 0.01 or cell.cell.rowspan > 1:
                first[id(cell)] = atoms
                rest[id(cell)] = atoms if cell.cell.repeat else []
                continue
            count = cut(atoms, fits, forced=not begun)
            if not count:
                return None
            first[id(cell)], rest[id(cell)] = atoms[:count], led(atoms[count:], capacity)
            parted = True
        if not parted:
            return self._sheer(grid, part, room, capacity)
        cells = grid.rows[part.row]
        upper = max(
            stacked(first[id(cell)]) + 2 * cell.cell.pad[1] * MM for cell in cells if cell.cell.rowspan == 1
        )
        lower = max(
            cell.high(rest[id(cell)]) + 2 * cell.cell.pad[1] * MM for cell in cells if cell.cell.rowspan == 1
        )
        return (
            RowPart(part.row, max(upper, 0.0), first, part.first, last=False),
            RowPart(part.row, lower, rest, first=False, last=part.last),
        )

    @staticmethod
    def _sheer(
        grid: MeasuredGrid, part: RowPart, room: float, capacity: float
    ) -> tuple[RowPart, RowPart] | None:
        """A row that only a cell over several rows makes higher than a page, parted anywhere."""
        if part.height <= capacity or not any(cell.cell.rowspan > 1 for cell in grid.covered[part.row]):
            return None
        rest = {
            id(cell): part.atoms.get(id(cell), cell.atoms) if cell.cell.repeat else []
            for cell in grid.rows[part.row]
            if cell.cell.rowspan == 1
        }
        return (
            RowPart(part.row, room, part.atoms, part.first, last=False),
            RowPart(part.row, part.height - room, rest, first=False, last=part.last),
        )

    def _grown(self, grid: MeasuredGrid, row: int, waiting: RowPart | None) -> RowPart | None:
        """Make what follows a break high enough for the rest of the cells that go on over it."""
        for cell in grid.covered[row]:
            rest = self.rest.get(id(cell), [])
            if cell.cell.rowspan < 2 or not rest or (cell.row == row and not waiting):
                continue
            end = cell.row + cell.cell.rowspan
            need = cell.high(rest) + 2 * cell.cell.pad[1] * MM
            have = (waiting.height if waiting else grid.heights[row]) + sum(grid.heights[row + 1 : end])
            if need <= have:
                continue
            if waiting and end - 1 == row:
                waiting = replace(waiting, height=waiting.height + need - have)
            else:
                grid.heights[min(end, len(grid.heights)) - 1] += need - have
        return waiting

    def _spanning(self, cell: MeasuredCell, height: float, *, ends: bool) -> list[Atom]:
        """What a cell over several rows shows in one page's part; what is left is kept for the next.

        A label that fits is shown whole in every part; a text goes on.
        """
        atoms = self.rest.get(id(cell), cell.atoms)
        fits = height - 2 * cell.cell.pad[1] * MM
        if ends or cell.high(atoms) <= fits + 0.01:
            whole = len(atoms) == len(cell.atoms)
            self.rest[id(cell)] = cell.atoms if cell.cell.repeat and whole else []
            return atoms
        count = cut(atoms, fits, forced=False)
        self.rest[id(cell)] = atoms[count:]
        return atoms[:count]

    def _spans(self, grid: MeasuredGrid, parts: list[RowPart]) -> dict[int, tuple[int, list[Atom]]]:
        """Per cell over several rows the last of the parts that it covers, and what it shows in them."""
        tops = [0.0]
        for part in parts:
            tops.append(tops[-1] + part.height)
        found: dict[int, tuple[int, list[Atom]]] = {}
        for at, part in enumerate(parts):
            for cell in grid.covered[part.row]:
                if cell.cell.rowspan < 2 or id(cell) in found:
                    continue
                until = self._until(grid, parts, at, cell)
                if cell.row < self._repeated(grid):
                    found[id(cell)] = until, cell.atoms
                    continue
                last = parts[until]
                ends = last.last and last.row >= min(cell.row + cell.cell.rowspan, len(grid.heights)) - 1
                found[id(cell)] = until, self._spanning(cell, tops[until + 1] - tops[at], ends=ends)
        return found

    def _paint(
        self, grid: MeasuredGrid, parts: list[RowPart], spans: dict[int, tuple[int, list[Atom]]]
    ) -> None:
        """One page's part of the table, closed all round."""
        page, x0, y0 = self.pages[-1], self.left + grid.x, self.y
        tops = [0.0]
        for part in parts:
            tops.append(tops[-1] + part.height)
        rules = Rules(grid.edges[-1], tops[-1])
        shown: set[int] = set()
        for at, part in enumerate(parts):
            for cell in grid.covered[part.row]:
                if cell.cell.rowspan > 1:
                    if id(cell) in shown:
                        continue
                    shown.add(id(cell))
                    until, atoms = spans[id(cell)]
                else:
                    until, atoms = at, part.atoms.get(id(cell), cell.atoms)
                top, bottom = tops[at], tops[until + 1]
                if atoms or cell.cell.fill:
                    self._cell(page, cell, atoms, x0, y0, top, bottom)
                rules.cell(cell, top, bottom)
        page.placed.append(Placed(x0, y0, (*rules.marks(), *outline(grid, tops[-1]))))
        self.y += tops[-1]

    @staticmethod
    def _until(grid: MeasuredGrid, parts: list[RowPart], at: int, cell: MeasuredCell) -> int:
        """The last of the parts that a cell of several rows covers."""
        while at + 1 < len(parts) and any(cell is other for other in grid.covered[parts[at + 1].row]):
            at += 1
        return at

    def _cell(
        self,
        page: Page,
        cell: MeasuredCell,
        atoms: list[Atom],
        x0: float,
        y0: float,
        top: float,
        bottom: float,
    ) -> None:
        height, source, placed = bottom - top, cell.cell.place, page.placed
        if cell.cell.fill:
            placed.append(Placed(x0, y0, (Fill(cell.x, top, cell.width, height, cell.cell.fill),), source))
        x, y = x0 + cell.x + cell.cell.pad[0] * MM, y0 + top + offset(cell, height, atoms)
        for at, atom in enumerate(atoms):
            y += atom.before if at else 0
            if atom.marks:
                placed.append(Placed(x, y, atom.marks, atom.source or source))
            y += atom.height + atom.after


def parted(grid: MeasuredGrid, height: float) -> list[Part]:
    """A table as parts of at most a height (for one in a cell with rows that are higher than a page)."""
    slices = Slices(0.0, 0.0, height)
    slices.run([grid])
    return slices.made


class Slices(Breaker):
    """Breaks a table onto pages as high as a part may be; each page is one."""

    def __init__(self, left: float, top: float, foot: float) -> None:
        super().__init__(left, top, foot)
        self.made: list[Part] = []

    def _paint(
        self, grid: MeasuredGrid, parts: list[RowPart], spans: dict[int, tuple[int, list[Atom]]]
    ) -> None:
        super()._paint(grid, parts, spans)
        placed = self.pages[-1].placed
        marks = tuple(moved(mark, place.dx, place.dy) for place in placed for mark in place.marks)
        row = next((part.row for part in parts if part.row >= grid.grid.head), 0)
        self.made.append(Part(self.y, marks, row))
