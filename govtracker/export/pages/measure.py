"""Document items -> line boxes and measured tables, with the styles of one document; widths in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from govtracker.export.document import Bars, Choices, Flow, Grid, Para, Pic, Style, Tabbed
from govtracker.export.pages.bars import chart
from govtracker.export.pages.items import MM, Image
from govtracker.export.pages.line_boxes import LineBox, stacked
from govtracker.export.pages.measured import Content, MeasuredCell, MeasuredGrid
from govtracker.export.pages.nested import nested_boxes
from govtracker.export.pages.paragraphs import Paragraphs
from govtracker.export.spans import spread

KNOWN = 2048
"""Most measured paragraphs that are remembered."""
LEAST_WIDTH = 4.0
"""Width that a text gets in the narrowest cell."""
NOTHING = Content((), 0.0, ())
_Text = tuple[object, str, str, float]


class Measure(Paragraphs):
    """Measures items; remembers the paragraphs that stand alone in cells, since `plain` gives one object per text."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        super().__init__(styles)
        self.known: dict[_Text, tuple[Para, Content]] = {}

    def content(self, items: Sequence[Flow], width: float) -> Content:
        """What a cell of the width holds."""
        if len(items) == 1 and isinstance(items[0], Para):
            return self._paragraph(items[0], width)
        return self._several(items, width) if items else NOTHING

    def _paragraph(self, para: Para, width: float) -> Content:
        """A paragraph alone in a cell, measured once."""
        key = (para.runs, para.style, para.align, width)
        known = self.known.get(key)
        if known is not None and known[0] is para:
            return known[1]
        boxes = self.para(para, width)
        content = Content(boxes, stacked(boxes), (0,))
        if len(self.known) >= KNOWN:
            self.known.clear()
        self.known[key] = (para, content)
        return content

    def _several(self, items: Sequence[Flow], width: float) -> Content:
        """Items under one another; a table is kept with the line before it."""
        boxes: list[LineBox] = []
        starts: list[int] = []
        for item in items:
            starts.append(len(boxes))
            if not isinstance(item, Grid):
                boxes += self.boxes(item, width)
                continue
            nested = nested_boxes(self.grid(item))
            if nested and boxes:
                boxes[-1] = boxes[-1]._replace(keep=True)
            boxes += nested
        return Content(boxes, stacked(boxes), starts)

    def boxes(self, item: Flow, width: float) -> list[LineBox]:
        """Line boxes of one item that is no table."""
        if isinstance(item, Para):
            return self.para(item, width)
        if isinstance(item, Choices):
            return self.choices(item, width)
        if isinstance(item, Tabbed):
            return self.tabbed(item, width)
        if isinstance(item, Bars):
            return self._chart(item, width)
        assert isinstance(item, Pic)
        return [_picture(item, width)]

    def _chart(self, item: Bars, width: float) -> list[LineBox]:
        """The strips of a chart, kept together."""
        strips = chart(item, self.faces[item.style], width)
        last = len(strips) - 1
        return [
            LineBox(strip.height, strip.items, strip.before * MM, keep=at < last)
            for at, strip in enumerate(strips)
        ]

    def grid(self, grid: Grid) -> MeasuredGrid:
        """A table's cells and its rows' heights: each as high as its cells need."""
        edges = [0.0, *accumulate(column * MM for column in grid.widths)]
        rows, covered = self._cells(grid, edges)
        heights = _heights(grid, rows)
        return MeasuredGrid(
            grid, grid.x * MM, edges, heights, rows, covered, grid.before * MM, grid.after * MM
        )

    def _cells(
        self, grid: Grid, edges: Sequence[float]
    ) -> tuple[list[list[MeasuredCell]], list[list[MeasuredCell]]]:
        """Cells by the row they begin in, and by every row that they cover."""
        rows: list[list[MeasuredCell]] = [[] for _ in grid.rows]
        covered: list[list[MeasuredCell]] = [[] for _ in grid.rows]
        last = len(edges) - 1
        for at, column, cell in spread(grid.rows):
            left, right = edges[min(column, last)], edges[min(column + cell.colspan, last)]
            pad, width = cell.pad, right - left
            content = self.content(cell.content, max(LEAST_WIDTH, width - 2 * pad[0] * MM))
            height = content.height + 2 * pad[1] * MM
            measured = MeasuredCell(cell, at, column, left, width, content, height)
            rows[at].append(measured)
            covered[at].append(measured)
            if cell.rowspan > 1:
                for below in covered[at + 1 : at + cell.rowspan]:
                    below.append(measured)
        return rows, covered


def _heights(grid: Grid, rows: Sequence[Sequence[MeasuredCell]]) -> list[float]:
    """Heights of rows; where a cell over several needs more than they have, the last one grows."""
    heights = [row.height * MM for row in grid.rows]
    over_rows = []
    for at, row in enumerate(rows):
        for cell in row:
            if cell.cell.rowspan > 1:
                over_rows.append(cell)
            elif cell.height > heights[at]:
                heights[at] = cell.height
    for cell in over_rows:
        covered = heights[cell.row : cell.end]
        heights[cell.row + len(covered) - 1] += max(0.0, cell.height - sum(covered))
    return heights


def _picture(item: Pic, width: float) -> LineBox:
    """A picture, no wider than there is room and no higher than a page bears."""
    w, h = item.width * MM, item.height * MM
    scale = min(1.0, width / w if w else 1.0, 200 * MM / h if h else 1.0)
    image = Image(0, 1 * MM, w * scale, h * scale, item.sha)
    return LineBox(image.height + 2 * MM, (image,), place=item.place)
