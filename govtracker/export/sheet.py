"""Document -> a plan of one sheet: what stands in which cells, how high the rows are. No library yet.

A long cell is one sheet row per line (a row is at most 409 pt high), so that nothing is cut and pages break
between lines. Outline lines carry their level as the cell's indent (level + 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made

from govtracker.export.chart import Chart
from govtracker.export.document import Bars, Cell, Choice, Choices, Document, Flow, Grid, Para, Pic, Tabbed
from govtracker.export.pages.marks import MM
from govtracker.export.pages.measure import Measure, stacked
from govtracker.export.raster import PAD, Raster, edges_of, positions
from govtracker.model.content import Run
from govtracker.model.figure import Figure, parse_figure

TALLEST = 409.0
SLACK = 0.93
"""Part of a column's width that is counted on when lines are counted: Excel's fonts are wider than ours."""


@dataclass(slots=True)
class Put:
    """One (merged) cell of the sheet: rows and columns inclusive, 0-based; `borders` names its drawn sides."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str = ""
    runs: tuple[Run, ...] = ()
    number: float | None = None
    format: str = ""
    formula: str = ""
    name: str = ""
    style: str = "cell"
    align: str = "left"
    valign: str = "middle"
    fill: str = ""
    borders: str = ""
    indent: int = 0
    bold: bool = False


@dataclass(slots=True)
class Photo:
    row: int
    column: int
    sha: str
    width: float
    height: float


@dataclass(slots=True)
class SheetPlan:
    """`heights` in points by row, `widths` in mm by column."""

    widths: list[float]
    puts: list[Put] = made(default_factory=list)
    photos: list[Photo] = made(default_factory=list)
    charts: list[Chart] = made(default_factory=list)
    heights: dict[int, float] = made(default_factory=dict)


def plan(document: Document) -> SheetPlan:
    """The sheet of a document."""
    return Planner(document).run()


class Planner:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.measure = Measure(document.styles)
        self.raster = Raster(document)
        self.plan = SheetPlan(self.raster.widths())
        self.row = 0

    def run(self) -> SheetPlan:
        for item in self.document.items:
            if isinstance(item, Grid):
                self._gap(item.before)
                self._grid(item)
                self._gap(item.after)
            elif isinstance(item, Para):
                self._gap(item.before)
                self._para(item)
            elif isinstance(item, Bars):
                self._chart(item)
            else:
                self._piece(item, 0, self.raster.last, 0.0, "")
        return self.plan

    def _gap(self, space: float) -> None:
        """An empty row for a space above 2 mm, so that blocks stay apart."""
        if space > 2 and self.row and self.row - 1 not in self._gaps():
            self.plan.heights[self.row] = space * MM * 0.8
            self.row += 1

    def _gaps(self) -> set[int]:
        used = {put.last_row for put in self.plan.puts} | {photo.row for photo in self.plan.photos}
        return {self.row - 1} - used

    # ------------------------------------------------------------ paragraphs over the whole width

    def _para(self, para: Para) -> None:
        last = self.raster.last
        style = self.document.styles[para.style]
        height = self._height(para, self.document.width)
        start = 0
        if para.number:
            start = max(1, self.raster.column(6.6) if 6.6 in self.raster.where else 1)
            self._put(
                Put(
                    self.row,
                    0,
                    self.row,
                    start - 1,
                    number=_whole(para.number),
                    text=para.number,
                    style=para.style,
                    align="center",
                    fill="#E7E6E6",
                    borders="lrtb",
                )
            )
        text = _marked(para)
        indent = para.level + 1 if para.role == "text" else 0
        if para.right and para.leader:
            text = f"{text} ----- {para.right}"
        elif para.right:
            middle = max(start, last * 2 // 3)
            self._put(
                Put(self.row, middle + 1, self.row, last, text=para.right, style="caption", align="right")
            )
            last = middle
        if text or not para.right:
            self._put(
                Put(
                    self.row,
                    start,
                    self.row,
                    last,
                    text=text,
                    runs=_rich(para),
                    bold=_bold(para),
                    style=para.style,
                    align=para.align,
                    indent=indent,
                )
            )
        elif para.right:
            last = self.raster.last
        self.plan.heights[self.row] = min(TALLEST, max(height, style.size * 1.5))
        self.row += 1

    def _height(self, item: Flow, width: float) -> float:
        return stacked(self.measure.atoms((item,), max(10.0, width * MM * SLACK))) + 2

    def _chart(self, bars: Bars) -> None:
        """Empty rows under a chart, none higher than a row may be."""
        height = self._height(bars, self.document.width)
        count = int(height // (TALLEST / 2)) + 1
        self.plan.charts.append(Chart(self.row, bars, self.document.width * MM, height))
        for _ in range(count):
            self.plan.heights[self.row] = height / count
            self.row += 1

    # ------------------------------------------------------------ grids

    def _grid(self, grid: Grid, x: float = 0.0, frame: str = "") -> None:
        """A table's rows; `frame` are sides of an outer cell that go on left and right of a nested one."""
        edges = [self.raster.column(edge) for edge in edges_of(grid, x)]
        places = positions(grid)
        counts = [1] * len(grid.rows)
        for at, cell, _ in places:
            if cell.rowspan == 1 and _rowwise(cell):
                counts[at] = max(counts[at], sum(_rows(item) for item in cell.content))
        tops = [self.row]
        for count in counts:
            tops.append(tops[-1] + count)
        for at, row in enumerate(grid.rows):
            for number in range(tops[at], tops[at + 1]):
                self.plan.heights.setdefault(number, row.height * MM if counts[at] == 1 else 0)
        for at, cell, column in places:
            bottom = min(at + cell.rowspan, len(grid.rows))
            last = edges[min(column + cell.colspan, len(edges) - 1)] - 1
            width = sum(grid.widths[column : column + cell.colspan])
            self._cell(
                cell, tops[at], tops[bottom] - 1, edges[column], last, width, edges_of(grid, x)[column]
            )
        self.row = tops[-1]
        for number in range(tops[0], tops[-1]):
            self.plan.heights[number] = min(TALLEST, max(self.plan.heights.get(number, 0), 14.0))

    def _cell(self, cell: Cell, top: int, bottom: int, left: int, right: int, width: float, x: float) -> None:
        if cell.rowspan == 1 and _rowwise(cell) and (bottom > top or len(cell.content) == 1):
            self._items(cell, top, bottom, left, right, width, x)
            return
        put = _value(cell)
        put.row, put.last_row, put.column, put.last_column = top, bottom, left, right
        put.borders = "lrtb"
        put.indent = 1 if put.align == "left" and cell.role != "label" else 0
        self._put(put)
        need = (
            stacked(self.measure.atoms(cell.content, max(6.0, (width - 2 * cell.pad[0]) * MM * SLACK)))
            + 2 * cell.pad[1] * MM
        )
        have = sum(self.plan.heights.get(row, 0) for row in range(top, bottom + 1))
        if need > have:
            self.plan.heights[bottom] = min(TALLEST, self.plan.heights.get(bottom, 0) + need - have)

    def _items(
        self, cell: Cell, top: int, bottom: int, left: int, right: int, width: float, x: float
    ) -> None:
        """Lines, tables and pictures of a cell, each in rows of its own."""
        back, self.row = self.row, top
        for item in cell.content:
            first = self.row
            if isinstance(item, Grid):
                self._grid(item, x + PAD)
                inner = [self.raster.column(edge) for edge in edges_of(item, x + PAD)]
                for row in range(first, self.row):
                    if inner[0] > left:
                        self._put(Put(row, left, row, inner[0] - 1, borders="l"))
                    if inner[-1] - 1 < right:
                        self._put(Put(row, inner[-1], row, right, borders="r"))
            else:
                self._piece(
                    item,
                    left,
                    right,
                    width - 2 * cell.pad[0],
                    "lr" + ("t" if first == top else "") + ("b" if first == bottom else ""),
                )
        while self.row <= bottom:
            self._put(
                Put(
                    self.row,
                    left,
                    self.row,
                    right,
                    borders="lr" + ("t" if self.row == top else "") + ("b" if self.row == bottom else ""),
                )
            )
            self.row += 1
        self.row = back

    def _piece(self, item: Flow, left: int, right: int, width: float, borders: str) -> None:
        """One line or picture in a row of its own."""
        if isinstance(item, Pic):
            self._put(Put(self.row, left, self.row, right, borders=borders))
            self.plan.photos.append(Photo(self.row, left, item.sha, item.width, item.height))
            self.plan.heights[self.row] = min(
                TALLEST, max(self.plan.heights.get(self.row, 0), item.height * MM + 6)
            )
        else:
            text, style, indent = "", "cell", 0
            runs: tuple[Run, ...] = ()
            bold = False
            if isinstance(item, Para):
                text, runs, style = _marked(item), _rich(item), item.style
                bold = _bold(item)
                indent = item.level + 1 if item.role == "text" else 0
            self._put(
                Put(
                    self.row,
                    left,
                    self.row,
                    right,
                    text=text,
                    runs=runs,
                    bold=bold,
                    style=style,
                    borders=borders,
                    indent=indent,
                )
            )
            height = self._height(item, width or self.document.width)
            self.plan.heights[self.row] = min(TALLEST, max(self.plan.heights.get(self.row, 0), height))
        self.row += 1

    def _put(self, put: Put) -> None:
        self.plan.puts.append(put)


def _rowwise(cell: Cell) -> bool:
    """Whether a cell's lines go to sheet rows of their own."""
    return cell.role in ("items", "box")


def _rows(item: Flow) -> int:
    if not isinstance(item, Grid):
        return 1
    return sum(
        max(
            [
                1,
                *(
                    sum(_rows(inner) for inner in cell.content)
                    for cell in row.cells
                    if cell.rowspan == 1 and _rowwise(cell)
                ),
            ]
        )
        for row in item.rows
    )


def _marked(para: Para) -> str:
    return f"{para.mark} {para.text}".rstrip() if para.mark else para.text


def _rich(para: Para) -> tuple[Run, ...]:
    """Runs with the mark where the styles differ; () for a text in one style."""
    if len({run.bold for run in para.runs}) < 2:
        return ()
    return ((Run(f"{para.mark} "),) if para.mark else ()) + para.runs


def _bold(para: Para) -> bool:
    return bool(para.runs) and all(run.bold for run in para.runs)


def _whole(text: str) -> float | None:
    return float(text) if text.isdigit() else None


def _value(cell: Cell) -> Put:
    """What a cell of one value shows: a number with its format, or text."""
    style = next((item.style for item in cell.content if isinstance(item, Para | Choices | Tabbed)), "cell")
    put = Put(0, 0, 0, 0, style=style, align=cell.align, valign=cell.valign, fill=cell.fill, name=cell.name)
    text = "\n".join(_text(item) for item in cell.content)
    figure = cell.figure if cell.figure is not None and cell.role != "pair" else None
    if figure is not None and figure.value is not None:
        put.number, put.format, put.formula = (
            float(figure.value),
            _format(figure, cell.decimals, cell.zero),
            cell.formula,
        )
        if len(figure.value.as_tuple().digits) > 15:
            put.number, put.format = None, ""
    elif cell.role in ("no", "nested"):
        put.number, put.format = _plain_number(text)
    put.text = text
    return put


def _format(figure: Figure, decimals: int, zero: str = "") -> str:
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{number};-{number};"{zero}"' if zero else number


def _plain_number(text: str) -> tuple[float | None, str]:
    """A text that is a number is one in the sheet, too, if its format prints the very text again."""
    figure = parse_figure(text)
    if figure.value is None or len(figure.value.as_tuple().digits) > 15:
        return None, ""
    exponent = figure.value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    tail = "." + "0" * places if places else ""
    if text == f"{figure.value:f}":
        return float(figure.value), "0" + tail
    return (float(figure.value), "#,##0" + tail) if text == f"{figure.value:,f}" else (None, "")


def _text(item: Flow) -> str:
    if isinstance(item, Para):
        return _marked(item)
    if isinstance(item, Choices):
        return "  ".join(_choice(choice) for choice in item.options)
    if isinstance(item, Tabbed):
        return "\n".join("  ".join(text for _, text in line) for line in item.lines)
    return ""


def _choice(choice: Choice) -> str:
    box = "☑" if choice.ticked else "□"
    inner = "  ".join(_choice(one) for one in choice.inside)
    label = f"{box} {choice.label}".replace(" ", "\u00a0")
    return f"{label} ({inner})" if inner else label
