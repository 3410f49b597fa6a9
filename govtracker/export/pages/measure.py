"""Document items -> atoms (what can't be parted: a line of text, a picture) and measured grids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made

from govtracker.export.document import Cell, Choice, Choices, Flow, Grid, Para, Pic, Style, Tabbed
from govtracker.export.pages.lines import Faces, break_lines, text_marks
from govtracker.export.pages.marks import MM, Check, Fill, Frame, Image, Mark, Rule, Text
from govtracker.model.content import Run

UNBROKEN = 1e6
DATE, COLON = 1.55, 5.0
"""Where the date of a dated line stands, and the colon behind it unless the date is longer, em."""
SPREAD = 0.42
"""Gap between the syllables of a spread label, em."""
KNOWN = 2048
"""Most measured cells that are remembered."""
SIDE, BOXED = 6.6, 6.6 + 2.4
"""Side of the box around a heading's number, and where the heading begins beside it, mm."""


@dataclass(slots=True)
class Atom:
    """`at` of `of` lines of one paragraph; `before` is dropped at the top of a page or cell part.

    `keep` = no break after it. `lead` stands before it again where it begins a part (a nested table's head).
    `heading` = text of the section's heading that it is.
    """

    height: float
    marks: tuple[Mark, ...]
    before: float = 0
    after: float = 0
    keep: bool = False
    at: int = 0
    of: int = 1
    lead: tuple[Atom, ...] = ()
    source: str = ""
    heading: str = ""

    @property
    def total(self) -> float:
        return self.before + self.height + self.after


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


def stacked(atoms: list[Atom]) -> float:
    """Height of atoms under one another; the first one's space above doesn't count."""
    if len(atoms) == 1:
        return atoms[0].height + atoms[0].after
    return sum(atom.total for atom in atoms) - (atoms[0].before if atoms else 0)


class Measure:
    """Measures items with a document's styles; widths in points."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self.faces = {name: Faces(s.family, s.size, s.bold, s.plain) for name, s in styles.items()}
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
            return self._para(item, width)
        if isinstance(item, Choices):
            return self._choices(item, width)
        if isinstance(item, Tabbed):
            return self._tabbed(item, width)
        assert isinstance(item, Pic)
        return [self._picture(item, width)]

    # ------------------------------------------------------------ paragraphs

    def _para(self, para: Para, width: float) -> list[Atom]:
        style, faces = self.styles[para.style], self.faces[para.style]
        size, height = style.size, style.size * style.leading
        baseline = height / 2 + 0.36 * size
        before, after = para.before * MM, para.after * MM
        if para.spread:
            marks = self._spread(para, faces, width, baseline)
            return [Atom(height, tuple(marks), before, after, para.keep, source=para.source)]
        start = para.text_x * size + (BOXED * MM if para.number else 0.0)
        if para.date:
            start += self._colon(para, faces) - COLON * size
        room = UNBROKEN if para.whole else max(size, width - start - self._right_width(para))
        lines = break_lines(para.runs, faces, room)
        last = len(lines) - 1
        atoms = []
        for at, line in enumerate(lines):
            x = start
            if para.align == "center":
                x = start + (width - start - line.width) / 2
            elif para.align == "right":
                x = width - line.width - para.clear * size
            marks = text_marks(line.runs, faces, x, baseline)
            if at == 0 and (para.mark or para.number or para.date):
                marks = self._lead(para, faces, height, baseline) + marks
            if at == last and para.right:
                marks += self._right(para, width, x + line.width, baseline)
            high = max(height, SIDE * MM) if para.number else height
            above, below = before if at == 0 else 0, after if at == last else 0
            atoms.append(Atom(high, tuple(marks), above, below, para.keep, at, last + 1, (), para.source))
        return atoms

    def _lead(self, para: Para, faces: Faces, height: float, baseline: float) -> list[Mark]:
        """What stands before a paragraph's first line."""
        marks: list[Mark] = []
        if para.mark:
            marks += text_marks(((para.mark + " ", False),), faces, para.mark_x * faces.size, baseline)
        if para.date:
            marks += text_marks(((para.date + " ", False),), faces, DATE * faces.size, baseline)
            marks += text_marks(((": ", False),), faces, self._colon(para, faces), baseline)
        return marks + self._boxed(para.number, faces, height) if para.number else marks

    def _colon(self, para: Para, faces: Faces) -> float:
        """Where the colon behind a date stands: at its stop, or behind a longer date."""
        return max(COLON * faces.size, (DATE + 0.25) * faces.size + faces.width(para.date))

    def _spread(self, para: Para, faces: Faces, width: float, y: float) -> list[Mark]:
        syllables = para.text.split(" ") if " " in para.text else list(para.text)
        gap = SPREAD * faces.size
        widths = [faces.width(s) for s in syllables]
        total = sum(widths) + gap * (len(syllables) - 1)
        x = (width - total) / 2 if para.align == "center" else 0.0
        made: list[Mark] = []
        for at, (syllable, advance) in enumerate(zip(syllables, widths, strict=True)):
            text = syllable + (" " if at < len(syllables) - 1 and " " in para.text else "")
            made += text_marks(((text, False),), faces, x, y)
            x += advance + gap
        return made

    def _boxed(self, number: str, faces: Faces, height: float) -> list[Mark]:
        side = SIDE * MM
        top = (height - side) / 2
        advance = faces.width(number)
        marks: list[Mark] = [Frame(0.5, top, side, side, 0.35 * MM, "#E7E6E6")]
        return marks + text_marks(
            ((number + " ", False),), faces, 0.5 + (side - advance) / 2, height / 2 + 0.36 * faces.size
        )

    def _right_width(self, para: Para) -> float:
        if not para.right:
            return 0.0
        faces = self.faces["body" if para.leader else "caption"]
        return faces.width(para.right) + 1.2 * faces.size

    def _right(self, para: Para, width: float, end: float, y: float) -> list[Mark]:
        faces = self.faces["body" if para.leader else "caption"]
        x = width - faces.width(para.right)
        made: list[Mark] = []
        if para.leader:
            step, clear = 0.45 * faces.size, 0.6 * faces.size
            at = end + clear
            while at + step < x - clear:
                made += text_marks((("·", False),), faces, at, y, "#333333")
                at += step
        return made + text_marks(((para.right, False),), faces, x, y)

    # ------------------------------------------------------------ boxes, tabs, pictures

    def _choices(self, item: Choices, width: float) -> list[Atom]:
        """Boxes with labels side by side, going on in the next line where the width ends."""
        faces, style = self.faces[item.style], self.styles[item.style]
        height = style.size * style.leading
        baseline = height / 2 + 0.36 * style.size
        groups = [self._choice(choice, faces, baseline, height) for choice in item.options]
        lines: list[list[Mark]] = [[]]
        x = 0.0
        for marks, advance in groups:
            if x and x + advance > width + 0.01:
                lines.append([])
                x = 0.0
            lines[-1] += [_moved(mark, x) for mark in marks]
            x += advance + 2.6 * MM
        return [
            Atom(height, tuple(marks), at=at, of=len(lines), source=item.source)
            for at, marks in enumerate(lines)
        ]

    def _choice(self, choice: Choice, faces: Faces, y: float, height: float) -> tuple[list[Mark], float]:
        side = 2.7 * MM
        marks: list[Mark] = [Check(0, (height - side) / 2, side, choice.ticked)]
        x = side + 1.0 * MM
        marks += text_marks(((choice.label, False),), faces, x, y)
        x += faces.width(choice.label)
        if choice.inside:
            marks += text_marks(((" ( ", False),), faces, x, y)
            x += faces.width(" ( ")
            for at, inner in enumerate(choice.inside):
                found, advance = self._choice(inner, faces, y, height)
                x += 2.0 * MM if at else 0
                marks += [_moved(mark, x) for mark in found]
                x += advance
            marks += text_marks(((" )", False),), faces, x, y)
            x += faces.width(" )")
        return marks, x

    def _tabbed(self, item: Tabbed, width: float) -> list[Atom]:
        faces, style = self.faces[item.style], self.styles[item.style]
        height = style.size * style.leading
        baseline = height / 2 + 0.36 * style.size
        rows: list[list[Mark]] = []
        for line in item.lines:
            rows.append([])
            end = 0.0
            for stop, text in line:
                x = max(stop * MM, end + 2.5 * MM if end else 0.0)
                if end and x + faces.width(text) > width:
                    rows.append([])
                    x = 0.0
                for broken in break_lines((Run(text),), faces, max(faces.size, width - x), None):
                    if x + broken.width > width + 0.5 and rows[-1]:
                        rows.append([])
                        x = 0.0
                    rows[-1] += text_marks(
                        ((f"{broken.runs[0][0] if broken.runs else ''} ", False),), faces, x, baseline
                    )
                    end = x + broken.width
        return [
            Atom(height, tuple(marks), at=at, of=len(rows), source=item.source)
            for at, marks in enumerate(rows)
        ]

    def _picture(self, item: Pic, width: float) -> Atom:
        w, h = item.width * MM, item.height * MM
        scale = min(1.0, width / w if w else 1.0, 200 * MM / h if h else 1.0)
        image = Image(0, 1 * MM, w * scale, h * scale, item.sha)
        return Atom(image.height + 2 * MM, (image,), source=item.source)

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
        pieces: list[Atom] = []
        start, head = 0, grid.head
        while start < len(grid.rows):
            end = start + 1
            while end < len(grid.rows) and any(cell.row < end for cell in measured.covered[end]):
                end += 1
            if start < head:
                end = max(end, head)
            pieces.append(self._piece(measured, start, end))
            start = end
        if pieces:
            pieces[0].before, pieces[-1].after = grid.before * MM, grid.after * MM
            if above:
                above[-1].keep = True
        for at, piece in enumerate(pieces):
            piece.keep = at < len(pieces) - 1 and (whole or at == 0)
            piece.at, piece.of = 0, 1
            if at > 1 and head and not whole:
                piece.lead = (pieces[0],)
        return pieces

    def _piece(self, measured: MeasuredGrid, start: int, end: int) -> Atom:
        marks: list[Mark] = []
        y = 0.0
        for at in range(start, end):
            for cell in measured.rows[at]:
                height = sum(measured.heights[at : at + cell.cell.rowspan])
                marks += cell_marks(cell, measured.x + cell.x, y, height, 0.12 * MM)
            y += measured.heights[at]
        return Atom(y, tuple(marks))


def cell_marks(cell: MeasuredCell, x: float, y: float, height: float, rule: float) -> list[Mark]:
    """A whole cell: fill, frame of hairlines, contents."""
    made: list[Mark] = []
    if cell.cell.fill:
        made.append(Fill(x, y, cell.width, height, cell.cell.fill))
    made.append(Frame(x, y, cell.width, height, rule))
    top = y + offset(cell, height)
    for at, atom in enumerate(cell.atoms):
        top += atom.before if at else 0
        made += [_moved(mark, x + cell.cell.pad[0] * MM, top) for mark in atom.marks]
        top += atom.height + atom.after
    return made


def offset(cell: MeasuredCell, height: float, atoms: list[Atom] | None = None) -> float:
    """Space above the contents in a cell of the given height."""
    pad = cell.cell.pad[1] * MM
    if cell.cell.valign == "top":
        return pad
    high = cell.stack if atoms is None or atoms is cell.atoms else stacked(atoms)
    return max(pad, (height - high) / 2)


def _moved(mark: Mark, dx: float, dy: float = 0.0) -> Mark:
    if isinstance(mark, Text):
        return Text(mark.x + dx, mark.y + dy, mark.font, mark.size, mark.text, mark.width, mark.color)
    if isinstance(mark, Rule):
        return Rule(mark.x1 + dx, mark.y1 + dy, mark.x2 + dx, mark.y2 + dy, mark.width)
    return mark._replace(x=mark.x + dx, y=mark.y + dy)


def texts(atom: Atom) -> str:
    """Text of an atom, for tests and errors."""
    return "".join(mark.text for mark in atom.marks if isinstance(mark, Text))
