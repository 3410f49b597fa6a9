"""Charts of a sheet: stacked bars as Excel draws them, fed by the cells of the table that shows the counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govtracker.export.document import Bars
from govtracker.export.pages.bars import ticks
from govtracker.model.place import Place

_PATTERNS = {"/": "wide_upward_diagonal", "x": "outlined_diamond"}
_FONT = {"name": "맑은 고딕", "size": 9}
_LIGHT_BELOW = 0x98


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart whose upper left corner is in the first cell of a row; sizes in points."""

    row: int
    bars: Bars
    width: float
    height: float


def insert_chart(book: Any, sheet: Any, chart: Chart, cells: Mapping[Place, str]) -> None:
    """Insert a chart over its rows; series without a count are left out."""
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    for at in range(len(chart.bars.series)):
        if any(bar.counts[at] for bar in chart.bars.bars):
            drawn.add_series(_series(sheet, chart.bars, at, cells))
    drawn.set_legend({"position": "top", "font": _FONT})
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": _FONT, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": "#BBBBBB", "width": 0.5}}
    end = ticks(chart.bars)
    scale = {"min": 0, "max": end[-1], "major_unit": end.step}
    drawn.set_x_axis({"num_font": _FONT, "num_format": "#,##0", "major_gridlines": grid, **scale})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.set_size({"width": round(chart.width / 72 * 96) - 4, "height": round(chart.height / 72 * 96) - 4})
    sheet.insert_chart(chart.row, 0, drawn, {"x_offset": 2, "y_offset": 2, "object_position": 2})


def _series(sheet: Any, bars: Bars, at: int, cells: Mapping[Place, str]) -> dict[str, Any]:
    series = bars.series[at]
    values: dict[str, Any] = {
        "name": series.label,
        "categories": _range(sheet, [cells[bar.place] for bar in bars.bars if bar.place]),
        "values": _range(sheet, [cells[bar.cells[at]] for bar in bars.bars]),
        "border": {"color": "#000000", "width": 0.35},
        "gap": 70,
        "data_labels": {
            "value": True,
            "num_format": "#,##0;;",
            "font": {**_FONT, "color": _readable_on(series.fill)},
        },
    }
    if series.hatch:
        values["pattern"] = {
            "pattern": _PATTERNS[series.hatch],
            "fg_color": "#000000",
            "bg_color": series.fill,
        }
    else:
        values["fill"] = {"color": series.fill}
    return values


def _readable_on(fill: str) -> str:
    return "#FFFFFF" if int(fill[1:3], 16) < _LIGHT_BELOW else "#000000"


def _range(sheet: Any, addresses: list[str]) -> str:
    """The column of cells from the first to the last address."""
    first, last = addresses[0], addresses[-1]
    name = sheet.get_name().replace("'", "''")
    return f"='{name}'!{_fixed(first)}:{_fixed(last)}"


def _fixed(address: str) -> str:
    from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(*xl_cell_to_rowcol(address), row_abs=True, col_abs=True))
