"""A chart of stacked bars as strips of items: legend, one strip a bar, axis. Points, y downwards."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.export.document import Bar, Bars, Series
from govtracker.export.pages.items import MM, DrawItem, Fill, Frame, Rule
from govtracker.export.pages.lines import Faces, break_lines, text_items
from govtracker.model.content import Run

HEIGHT, PITCH = 4.8 * MM, 8.2 * MM
STROKE, AXIS, GRID = 0.12 * MM, 0.25 * MM, 0.1 * MM
HATCH = 1.0 * MM
SQUARE, AFTER_SQUARE, BETWEEN = 3.0 * MM, 1.0 * MM, 6.0 * MM
GREY, DARK, WHITE = "#BBBBBB", "#333333", "#FFFFFF"
MOST_TICKS = 10
LEADING = 1.2


class Strip(NamedTuple):
    """A part of the chart that is never broken; `before` in mm."""

    height: float
    items: tuple[DrawItem, ...]
    before: float = 0


def chart(item: Bars, faces: Faces, width: float) -> list[Strip]:
    """Strips from top to bottom; series without a count are not in the legend."""
    used = [at for at in range(len(item.series)) if any(bar.counts[at] for bar in item.bars)]
    marked = ticks(item)
    scale = item.width * MM / marked[-1]
    grid = [item.left * MM + scale * at for at in marked]
    return [
        *_legend(item, [item.series[at] for at in used], faces, width),
        *(_bar(item, bar, faces, scale, grid) for bar in item.bars),
        _axis(list(zip(grid, marked, strict=True)), faces),
    ]


def ticks(item: Bars) -> range:
    """What stands at the axis, from 0 to the longest bar or a little more."""
    most = max(1, *(sum(bar.counts) for bar in item.bars)) if item.bars else 1
    step = tick(most)
    return range(0, -(-most // step) * step + 1, step)


def tick(most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 ... that gives at most ten steps."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= step * MOST_TICKS:
                return step
        power *= 10


def _legend(item: Bars, series: list[Series], faces: Faces, width: float) -> list[Strip]:
    """Squares with labels, going on in the next line where the width ends."""
    lines: list[list[DrawItem]] = [[]]
    x, height = item.left * MM, faces.size * 1.5
    middle = height / 2
    for each in series:
        advance = SQUARE + AFTER_SQUARE + faces.width(each.label)
        if lines[-1] and x + advance > width:
            lines.append([])
            x = item.left * MM
        lines[-1] += _box(x, middle - SQUARE / 2, SQUARE, SQUARE, each)
        lines[-1] += text_items(
            ((each.label + " ", False),), faces, x + SQUARE + AFTER_SQUARE, middle + 0.36 * faces.size
        )
        x += advance + BETWEEN
    last = len(lines) - 1
    return [Strip(height + (2.2 * MM if at == last else 0), tuple(items)) for at, items in enumerate(lines)]


def _box(x: float, y: float, width: float, height: float, series: Series) -> list[DrawItem]:
    made: list[DrawItem] = [Frame(x, y, width, height, STROKE, series.fill)]
    if series.hatch:
        made += _hatched(x, y, width, height, rising=True)
    if series.hatch == "x":
        made += _hatched(x, y, width, height, rising=False)
    return made


def _hatched(x: float, y: float, width: float, height: float, *, rising: bool) -> list[DrawItem]:
    """Lines at 45 degrees, cut at the box."""
    made: list[DrawItem] = []
    at = HATCH / 2
    while at < width + height:
        left, right = max(0.0, at - height), min(width, at)
        top, bottom = at - right, at - left
        if rising:
            made.append(Rule(x + left, y + bottom, x + right, y + top, STROKE))
        else:
            made.append(Rule(x + left, y + height - bottom, x + right, y + height - top, STROKE))
        at += HATCH
    return made


def _bar(item: Bars, bar: Bar, faces: Faces, scale: float, grid: list[float]) -> Strip:
    """The label at the left, the segments with their counts, and the grid's lines behind them."""
    left = item.left * MM
    lines = break_lines((Run(bar.label),), faces, left - 2.5 * MM)
    leading = faces.size * LEADING
    height = max(PITCH, len(lines) * leading + 1.0 * MM)
    made: list[DrawItem] = [Fill(x - GRID / 2, 0, GRID, height, GREY) for x in grid[1:]]
    top = (height - len(lines) * leading) / 2 + leading / 2 + 0.36 * faces.size
    for at, line in enumerate(lines):
        made += text_items(line.runs, faces, left - 2.5 * MM - line.width, top + at * leading)
    x = left
    for count, series in zip(bar.counts, item.series, strict=True):
        if count:
            made += _segment(count, series, faces, x, (height - HEIGHT) / 2, count * scale)
            x += count * scale
    made.append(Rule(left, 0, left, height, AXIS))
    return Strip(height, tuple(made))


def _segment(count: int, series: Series, faces: Faces, x: float, y: float, width: float) -> list[DrawItem]:
    """A box and its count, where there is room for it; light on dark, on a white ground over a hatch."""
    made = _box(x, y, width, HEIGHT, series)
    text = f"{count:,}"
    advance = faces.width(text)
    if advance + 0.6 * MM > width:
        return made
    start = x + (width - advance) / 2
    if series.hatch:
        made.append(Fill(start - 0.7 * MM, y + 0.5 * MM, advance + 1.4 * MM, HEIGHT - 1.0 * MM, WHITE))
    color = WHITE if int(series.fill[1:3], 16) < 0x98 else "#000000"
    return made + text_items(((text, False),), faces, start, y + HEIGHT / 2 + 0.36 * faces.size, color)


def _axis(ticks: list[tuple[float, int]], faces: Faces) -> Strip:
    made: list[DrawItem] = []
    for x, at in ticks:
        text = f"{at:,}"
        made += text_items(
            ((text + " ", False),), faces, x - faces.width(text) / 2, 2.5 * MM + 0.36 * faces.size, DARK
        )
    return Strip(2.5 * MM + faces.size, tuple(made))
